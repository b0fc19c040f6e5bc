"""The compte rendu of a séance."""

from django.db import transaction
from django.utils import timezone

from ateliers.livrables import journal
from ateliers.livrables.models import CompteRendu
from ateliers.parcours.domaine.cycle import verifier_revision
from ateliers.parcours.droits import exiger, peut_contribuer, peut_piloter
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.agenda import verrouiller_seance
from socle.erreurs import ElementsManquants, Manque, TransitionImpossible
from socle.journal.domaine import inscrire


@transaction.atomic
def ecrire_compte_rendu(*, seance, par, texte, decisions="", revision=0):
    """Write what was said and decided, once the séance is held."""
    seance = verrouiller_seance(seance)
    exiger(peut_contribuer(par, seance.atelier))
    if seance.etat != EtatSeance.TENUE:
        raise TransitionImpossible("Le compte rendu s’écrit une fois la séance tenue.")
    compte_rendu, _ = CompteRendu.objects.get_or_create(seance=seance)
    verifier_revision(compte_rendu, revision)
    compte_rendu.texte, compte_rendu.decisions = texte, decisions
    compte_rendu.redige_par = par
    compte_rendu.save(update_fields=["texte", "decisions", "redige_par", "revision"])
    inscrire(journal.CR_ECRIT, objet=seance.atelier, par=par, seance=seance.titre)
    return compte_rendu


@transaction.atomic
def publier_compte_rendu(*, seance, par):
    """Make it public, on the pilot's word."""
    seance = verrouiller_seance(seance)
    exiger(peut_piloter(par, seance.atelier))
    compte_rendu = CompteRendu.objects.select_for_update().filter(seance=seance).first()
    if compte_rendu is None or not compte_rendu.texte.strip():
        raise ElementsManquants([Manque("Le compte rendu n’est pas encore écrit.")])
    if compte_rendu.publie_le:
        raise TransitionImpossible("Ce compte rendu est déjà publié.")
    compte_rendu.publie_le = timezone.now()
    compte_rendu.save(update_fields=["publie_le"])
    inscrire(journal.CR_PUBLIE, objet=seance.atelier, par=par, seance=seance.titre)
    return compte_rendu
