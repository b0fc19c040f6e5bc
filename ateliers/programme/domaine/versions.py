"""Publish the déroulé: a frozen version, and what it changes. Who is told: see participants."""

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.programme import journal
from ateliers.programme.domaine.differences import comparer, lignes_d_agenda
from ateliers.programme.domaine.horaires import chevauchements, hors_seance
from ateliers.programme.domaine.photographie import photographier
from ateliers.programme.domaine.relecture import du_jour
from ateliers.programme.domaine.trajets import alertes
from ateliers.programme.droits import peut_publier
from ateliers.programme.models import VersionProgramme
from ateliers.seances.domaine.agenda import verrouiller_seance
from ateliers.seances.domaine.numeros import marquer_changement
from ateliers.seances.domaine.preparation import verifier_vivante
from socle.erreurs import ElementsManquants, ErreurMetier, Manque, confirmer
from socle.journal.domaine import inscrire


def derniere(seance) -> VersionProgramme | None:
    return VersionProgramme.objects.filter(seance=seance).order_by("-numero").first()


def en_attente(seance, version=None) -> list[dict]:
    """What the next version would change."""
    return comparer(version.contenu if version else [], photographier(seance))


def a_verifier(seance, lignes) -> list[str]:
    """What nobody could follow as written: overlaps, hours outside the séance, stops too far.

    `lignes`: see `relecture.du_jour`.
    """
    routes = [phrase for ligne in lignes for phrase in alertes(ligne, ligne.arrets)]
    return chevauchements(lignes) + hors_seance(seance, lignes) + routes


@transaction.atomic
def publier(*, seance, par, confirmes=()) -> VersionProgramme:
    """`confirmes`: « a_verifier » when `a_verifier` says something and it goes out all the same."""
    seance = verrouiller_seance(seance)
    exiger(peut_publier(par, seance.atelier), "Le service pilote publie le déroulé.")
    verifier_vivante(seance)
    precedente, contenu = derniere(seance), photographier(seance)
    if not contenu:
        raise ElementsManquants([Manque("Le déroulé n’a encore aucune séquence.")])
    ancien = precedente.contenu if precedente else []
    changements = comparer(ancien, contenu)
    if not changements:
        raise ErreurMetier(f"Rien n’a changé depuis la version {precedente.numero}.")
    if phrases := a_verifier(seance, du_jour(seance)):
        confirmer(
            "a_verifier",
            f"{' '.join(phrases)} Corrigez le déroulé, ou cochez pour le publier ainsi.",
            confirmes,
        )
    version = VersionProgramme.objects.create(
        seance=seance,
        numero=precedente.numero + 1 if precedente else 1,
        contenu=contenu,
        changements=changements,
        publie_le=timezone.now(),
        par=par,
    )
    if lignes_d_agenda(ancien) != lignes_d_agenda(contenu):
        marquer_changement(seance)
    inscrire(
        journal.PUBLIE,
        objet=seance.atelier,
        par=par,
        seance=seance.titre,
        numero=version.numero,
    )
    return version
