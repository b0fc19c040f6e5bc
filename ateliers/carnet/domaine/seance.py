"""All that the page of a séance shows, in three times."""

from django.db.models import Count
from django.utils import timezone

from ateliers.contributions.models import Contribution
from ateliers.livrables.domaine.requetes import compte_rendu_de
from ateliers.livrables.models import Livrable
from ateliers.participants.domaine.dates import corrigeable
from ateliers.participants.domaine.requetes import presence_notee
from ateliers.participants.models import Invitation
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.conditions import OUVERTS, manques_programmer, manques_tenir
from ateliers.seances.domaine.preparation import fin_sequence
from candidatures.dispositifs.choix import College, GenreSeance

PREVUES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)


def _colleges(seance):
    """Invited people by college, for the balance of the room."""
    comptes = dict(
        Invitation.objects.filter(seance=seance)
        .values_list("participant__college")
        .annotate(n=Count("pk"))
        .order_by()
    )
    total = sum(comptes.values())
    lignes = [
        {"libelle": College(c).label, "nombre": comptes[c], "part": round(100 * comptes[c] / total)}
        for c in College.values
        if c in comptes
    ]
    return lignes, total


def _sequences(seance):
    lignes = list(seance.sequences.all())
    for ligne in lignes:
        ligne.fin = fin_sequence(ligne)
    return lignes


def lire_seance(seance) -> dict:
    ouverte = seance.atelier.etat in OUVERTS
    prevue = seance.etat in PREVUES
    a_programmer = seance.etat == EtatSeance.A_PROGRAMMER
    manques = manques_tenir(seance) if prevue else []
    if a_programmer:
        manques = manques_programmer(seance)
    colleges, invites = _colleges(seance)
    return {
        "atelier": seance.atelier,
        "seance": seance,
        "sequences": _sequences(seance),
        "glissements": list(seance.glissements.select_related("seance", "par")),
        "colleges": colleges,
        "invites": invites,
        "contributions": Contribution.objects.filter(seance=seance).count(),
        "compte_rendu": compte_rendu_de(seance),
        "livrables": Livrable.objects.filter(seance=seance),
        "manques": manques if ouverte else [],
        "programmable": a_programmer and ouverte,
        "echue": prevue and seance.fin <= timezone.now(),
        "reportable": prevue and ouverte,
        "corrigeable": ouverte and corrigeable(seance),
        "sans_presence": prevue and not presence_notee(seance),
        "tenue": seance.etat == EtatSeance.TENUE,
        "modifiable": ouverte and seance.etat != EtatSeance.ANNULEE,
        "annulable": ouverte
        and (prevue or a_programmer)
        and seance.genre not in (GenreSeance.ATELIER, GenreSeance.RESTITUTION),
    }
