"""Read-only consultation by administrators: writing goes through the verbs."""

from django.contrib import admin

from ateliers.cadrage.models import Contrat
from ateliers.livrables.models import Livrable
from ateliers.parcours.models import Atelier
from ateliers.participants.models import QuorumCollege
from ateliers.seances.models import Seance
from socle.interface.formulaires import FormulaireAdmin


class LectureSeule(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Atelier)
class AdminAtelier(LectureSeule):
    list_display = ("reference", "nom", "dispositif", "etat", "ouvert_le")
    list_filter = ("etat", "dispositif")
    search_fields = ("reference", "nom")


@admin.register(Seance)
class AdminSeance(LectureSeule):
    list_display = ("titre", "atelier", "genre", "rang", "etat")
    list_filter = ("genre", "etat")
    list_select_related = ("atelier",)


@admin.register(Livrable)
class AdminLivrable(LectureSeule):
    list_display = ("titre", "atelier", "etat", "attendu_le")
    list_filter = ("etat",)
    list_select_related = ("atelier",)


@admin.register(Contrat)
class AdminContrat(LectureSeule):
    list_display = ("numero", "atelier", "nature", "montant_ht", "notifie_le")
    list_select_related = ("atelier",)


@admin.register(QuorumCollege)
class AdminQuorumCollege(admin.ModelAdmin):
    """Data of the démarche: which voices a dispositif wants in the room."""

    form = FormulaireAdmin
    list_display = ("dispositif", "genre", "college", "minimum")
    list_filter = ("dispositif", "genre")
