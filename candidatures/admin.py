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


class EtapesEnLigne(admin.TabularInline):
    model = EtapeType
    extra = 0


class PiecesEnLigne(admin.TabularInline):
    model = PieceRequise
    extra = 0


class LivrablesEnLigne(admin.TabularInline):
    model = LivrableType
    extra = 0


class CriteresEnLigne(admin.TabularInline):
    model = Critere
    extra = 0


@admin.register(Dispositif)
class AdminDispositif(admin.ModelAdmin):
    list_display = ("nom", "duree_min_mois", "duree_max_mois", "cout_indicatif")
    inlines = (EtapesEnLigne, PiecesEnLigne, LivrablesEnLigne)


@admin.register(Grille)
class AdminGrille(admin.ModelAdmin):
    """Read only once made: a grid changes in the page of its call, version after version."""

    inlines = (CriteresEnLigne,)

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request, obj)


@admin.register(Theme)
class AdminTheme(admin.ModelAdmin):
    list_display = ("libelle", "famille", "ordre")
    list_filter = ("famille",)


admin.site.register(Kit)
admin.site.register(SessionNationale)
admin.site.register(Signataire)


@admin.register(MotifType)
class AdminMotifType(admin.ModelAdmin):
    list_display = ("libelle", "sens", "actif")
    list_filter = ("sens",)
