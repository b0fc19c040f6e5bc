"""Reads of the calls."""

from django.db.models import F, Prefetch, Q
from django.utils import timezone

from candidatures.appels import journal
from candidatures.appels.choix import EtatAppel, EtatVersion
from candidatures.appels.models import Appel, VersionFormulaire
from candidatures.dispositifs.models import EtapeType, PieceRequise
from socle.journal.domaine import historique


def _complets(appels):
    return appels.select_related("dispositif", "session")


def ouverts(appels):
    """Those that one may answer today, the nearest closing first."""
    return _complets(appels.ouverts()).order_by(F("ferme_le").asc(nulls_last=True), "pk")


def a_venir(appels):
    return _complets(appels.filter(etat=EtatAppel.PUBLIE, ouvre_le__gt=timezone.now())).order_by(
        "ouvre_le", "pk"
    )


def passes(appels):
    fermes = Q(etat=EtatAppel.CLOS) | Q(etat=EtatAppel.PUBLIE, ferme_le__lte=timezone.now())
    return _complets(appels.filter(fermes)).order_by("-ferme_le", "-pk")


def en_preparation(appels):
    return _complets(appels.filter(etat=EtatAppel.BROUILLON)).order_by("ouvre_le", "pk")


def avec_questions():
    """The calls, once published, that ask questions of their own."""
    posees = VersionFormulaire.objects.filter(etat=EtatVersion.PUBLIEE, questions__isnull=False)
    return (
        Appel.objects.exclude(etat=EtatAppel.BROUILLON)
        .filter(pk__in=posees.values("appel"))
        .order_by("-ouvre_le", "pk")
    )


def pour_page(appels):
    """With what the page of one call shows: steps and required pieces."""
    return _complets(appels).prefetch_related(
        Prefetch("dispositif__etapes", queryset=EtapeType.objects.order_by("ordre")),
        Prefetch("dispositif__pieces", queryset=PieceRequise.objects.order_by("ordre", "pk")),
    )


def repris_de(appel) -> str:
    """Title of the call that this one copies, until somebody has read it again."""
    if appel.etat != EtatAppel.BROUILLON:
        return ""
    for entree, _ in historique(appel):
        if entree.action == journal.MODIFIE:
            return ""
        if entree.action == journal.DUPLIQUE:
            return entree.details.get("modele", "")
    return ""
