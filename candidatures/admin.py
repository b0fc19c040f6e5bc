"""Reference data that DGALN edits. Dossiers are changed by verbs only, hence absent here."""

from django.contrib import admin

from candidatures.appels.models import Critere, Grille, SessionNationale
from candidatures.dispositifs.models import (
    Dispositif,
    EtapeType,
    Kit,
    LivrableType,
    PieceRequise,
    Theme,
)
from candidatures.instruction.models import MotifType, Signataire
from socle.interface.formulaires import FormulaireAdmin


class Reference(admin.ModelAdmin):
    form = FormulaireAdmin


class EnLigne(admin.TabularInline):
    form = FormulaireAdmin
    extra = 0


class EtapesEnLigne(EnLigne):
    model = EtapeType


class PiecesEnLigne(EnLigne):
    model = PieceRequise


class LivrablesEnLigne(EnLigne):
    model = LivrableType


class CriteresEnLigne(EnLigne):
    model = Critere


@admin.register(Dispositif)
class AdminDispositif(Reference):
    list_display = ("nom", "duree_min_mois", "duree_max_mois", "cout_indicatif")
    inlines = (EtapesEnLigne, PiecesEnLigne, LivrablesEnLigne)


@admin.register(Grille)
class AdminGrille(Reference):
    """Read only once made: a grid changes in the page of its call, version after version."""

    inlines = (CriteresEnLigne,)

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request, obj)


@admin.register(Theme)
class AdminTheme(Reference):
    list_display = ("libelle", "famille", "ordre")
    list_filter = ("famille",)


admin.site.register([Kit, SessionNationale, Signataire], Reference)


@admin.register(MotifType)
class AdminMotifType(Reference):
    list_display = ("libelle", "sens", "actif")
    list_filter = ("sens",)
