"""The list of ateliers and the public page of one."""

from django.utils import timezone

from ateliers.cadrage.models import Equipe
from ateliers.carnet.domaine.parcours import lire_parcours
from ateliers.inscriptions.domaine.places import sont_ouvertes
from ateliers.inscriptions.droits import publiques
from ateliers.livrables.domaine.requetes import comptes_rendus_de
from ateliers.parcours.models import Atelier
from ateliers.sites.models import SiteDemonstrateur
from socle.interface.templatetags.interface import pluriel


def pour_liste(queryset):
    return (
        queryset.select_related("dispositif", "perimetre", "service_pilote")
        .prefetch_related("perimetre__departements", "perimetre__communes", "perimetre__epcis")
        .order_by("-ouvert_le", "-pk")
    )


def territoire(atelier) -> str:
    """« Beauval (Somme), 2 100 habitants »."""
    perimetre = atelier.perimetre
    if not perimetre.population:
        return perimetre.lieu
    return f"{perimetre.lieu}, {pluriel(perimetre.population, 'habitant')}"


def ouvertes_au_public(atelier) -> list:
    """The sign-ups that take somebody today, the next séance first."""
    lues = publiques().filter(seance__atelier=atelier, seance__debut_prevu__gt=timezone.now())
    return [i for i in lues.order_by("seance__debut_prevu") if sont_ouvertes(i)]


def lire_page_publique(atelier: Atelier) -> dict:
    """What anybody may read: no amount, no name of a participant, published texts only."""
    return {
        "atelier": atelier,
        "territoire": territoire(atelier),
        "parcours": lire_parcours(atelier, complet=False),
        "porteurs": atelier.porteurs.order_by("nom"),
        "equipe": Equipe.objects.filter(atelier=atelier)
        .select_related("mandataire")
        .prefetch_related("membres")
        .first(),
        "sites": SiteDemonstrateur.objects.filter(atelier=atelier).select_related("commune"),
        "inscriptions": ouvertes_au_public(atelier),
        "comptes_rendus": comptes_rendus_de(atelier, publies=True),
    }
