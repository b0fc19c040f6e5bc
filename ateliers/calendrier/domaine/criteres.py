"""What the form of a search starts from: the last search, or the dispositif."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from ateliers.calendrier.models import DemandeCalendrier
from ateliers.parcours.models import Atelier
from ateliers.seances.domaine.duree import mois_apres
from candidatures.dispositifs.models import Dispositif
from socle.interface.templatetags.interface import date_courte

PREAVIS_MOIS, DUREE_MOIS = 2, 18  # of no dispositif at all


def derniere(*, atelier=None, session=None):
    return _recherches(atelier=atelier, session=session).first()


def recherche(pk: int, *, atelier=None, session=None) -> DemandeCalendrier | None:
    return _recherches(pk=pk, atelier=atelier, session=session).first()


def _recherches(**filtre):
    return DemandeCalendrier.objects.filter(**filtre).select_related("par")


def dispositifs_de(session) -> list[Dispositif]:
    """Those of its ateliers; before the first one opens, those that a session may have."""
    ouverts = Atelier.objects.filter(candidature__appel__session=session)
    siens = Dispositif.objects.filter(pk__in=ouverts.values("dispositif"))
    return list(siens) or list(Dispositif.objects.filter(avec_session=True))


def au_plus_tot(dispositifs) -> date:
    """The first day that leaves people the notice that the dispositif promises."""
    mois = max((d.preavis_mois for d in dispositifs), default=PREAVIS_MOIS)
    return mois_apres(timezone.localdate(), mois)


def preavis_dit(dispositifs) -> str:
    mois = max((d.preavis_mois for d in dispositifs), default=PREAVIS_MOIS)
    jour = date_courte(au_plus_tot(dispositifs))
    return (
        f"Le dispositif demande de fixer une date au moins {mois} mois avant la séance : "
        f"au plus tôt le {jour}."
    )


def initiales(demande, dispositifs, regle: int | None = None) -> dict:
    """What was asked last time; else from the first day that leaves people the notice that the
    dispositif promises, for as long as it lasts.

    `regle`: with the change that the collision page advises for this rule.
    """
    aujourdhui = timezone.localdate()
    debut = au_plus_tot(dispositifs)
    if demande is None:
        mois = max((d.duree_max_mois for d in dispositifs), default=DUREE_MOIS)
        return {"debut": debut, "fin": debut + timedelta(days=31 * mois)}
    valeurs = demande.parametres | (_changement(demande, regle) or {})
    if valeurs["debut"] <= aujourdhui.isoformat():
        # An advice holds for the days that were searched: none is taken away.
        demain = aujourdhui + timedelta(days=1)
        valeurs["debut"] = (debut if regle is None else demain).isoformat()
    valeurs |= {f"quorum_{c}": n for c, n in valeurs.pop("quorums", {}).items()}
    par_seance = valeurs.pop("obligatoires_seance", {})
    valeurs |= {f"obligatoires_{pk}": liste for pk, liste in par_seance.items()}
    return valeurs | {f"fixe_{pk}": d for pk, d in valeurs.pop("epingles", {}).items()}


def _changement(demande, regle):
    regles = demande.resultat.get("regles", [])
    return regles[regle].get("changement") if regle in range(len(regles)) else None
