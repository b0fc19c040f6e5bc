"""What a séance takes. Once it is published, the database itself refuses to take it twice."""

from django.db import IntegrityError, transaction

from ateliers.seances.choix import SEVERITES_PAR_DEFAUT, EtatSeance, GenreOccupation, Severite
from ateliers.seances.domaine.conflits import conflits_d_occupation
from ateliers.seances.domaine.severites import severites
from ateliers.seances.models import Occupation
from socle.abonnes import SEANCE, prevenir
from socle.erreurs import ErreurMetier

OCCUPANTS = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)


def _voulues(seance) -> list[tuple]:
    """(kind, organisme, room, firm), always in the same order: two writers never cross."""
    if seance.etat not in OCCUPANTS:
        return []
    regles = severites()
    publiee = seance.etat == EtatSeance.CONVOQUEE
    fermes = {g: publiee and regles[g] == Severite.BLOQUER for g in SEVERITES_PAR_DEFAUT}
    equipes = seance.atelier.intervenants.order_by("pk").values_list("pk", flat=True)
    lignes = [(GenreOccupation.EQUIPE, pk, None, fermes["equipe"]) for pk in equipes]
    if seance.salle_id:
        lignes.append((GenreOccupation.LIEU, None, seance.salle_id, fermes["lieu"]))
    return lignes


def occuper(seance, *, par) -> None:
    """Write what this séance takes now. The row of the séance is locked by the verb."""
    periode = (seance.debut_prevu, seance.fin_prevu)
    nouvelles = [
        Occupation(
            seance=seance,
            genre=genre,
            organisme_id=organisme,
            lieu_id=lieu,
            ferme=ferme,
            periode=periode,
        )
        for genre, organisme, lieu, ferme in _voulues(seance)
    ]
    try:
        with transaction.atomic():
            Occupation.objects.filter(seance=seance).delete()
            Occupation.objects.bulk_create(nouvelles)
    except IntegrityError as refus:
        raise ErreurMetier(_phrase(seance, par)) from refus
    prevenir(SEANCE, seance)


def _phrase(seance, par) -> str:
    """Who has it, when the user may know."""
    trouves = conflits_d_occupation(seance, par=par)
    return " ".join(c.phrase for c in trouves if c.bloquant) or (
        "L’équipe ou le lieu vient d’être retenu par une autre séance au même moment."
    )
