"""The compte rendu of a séance: written by several hands, then published."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ateliers.livrables import journal
from ateliers.livrables.models import CompteRendu
from ateliers.parcours.droits import exiger, peut_contribuer, peut_piloter
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from socle.erreurs import ConflitDeVersion, ElementsManquants, ErreurMetier, Manque
from socle.journal.domaine import inscrire


def _verrouiller(seance) -> tuple[Seance, CompteRendu | None]:
    seance = (
        Seance.objects.select_for_update(of=("self",)).select_related("atelier").get(pk=seance.pk)
    )
    return seance, CompteRendu.objects.filter(seance=seance).first()


@transaction.atomic
def enregistrer(*, seance: Seance, texte: str, decisions: str, revision: int, par) -> CompteRendu:
    """Save both texts. Raises ConflitDeVersion when a colleague saved since `revision`."""
    seance, compte_rendu = _verrouiller(seance)
    exiger(
        peut_contribuer(par, seance.atelier),
        "Le compte rendu est écrit par l’équipe, le pilote ou la collectivité.",
    )
    if compte_rendu and compte_rendu.publie_le:
        raise ErreurMetier("Ce compte rendu est publié : il ne se modifie plus.")
    if seance.etat != EtatSeance.TENUE:
        raise ErreurMetier("Le compte rendu s’écrit une fois la séance tenue.")
    compte_rendu = compte_rendu or CompteRendu(seance=seance)
    if compte_rendu.revision != revision:
        raise ConflitDeVersion(compte_rendu)
    compte_rendu.texte = texte
    compte_rendu.decisions = decisions
    compte_rendu.redige_par = par
    compte_rendu.revision += 1
    compte_rendu.save()
    inscrire(journal.CR_ENREGISTRE, objet=seance.atelier, par=par, seance=seance.titre)
    return compte_rendu


@transaction.atomic
def publier(*, seance: Seance, par) -> CompteRendu:
    seance, compte_rendu = _verrouiller(seance)
    exiger(peut_piloter(par, seance.atelier))
    if compte_rendu is None or not compte_rendu.texte.strip():
        raise ElementsManquants([Manque("Écrivez d’abord ce qui s’est dit pendant la séance.")])
    if compte_rendu.publie_le:
        raise ErreurMetier("Ce compte rendu est déjà publié.")
    compte_rendu.publie_le = timezone.now()
    compte_rendu.save(update_fields=["publie_le"])
    inscrire(journal.CR_PUBLIE, objet=seance.atelier, par=par, seance=seance.titre)
    return compte_rendu
