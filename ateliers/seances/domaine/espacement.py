"""How far a séance stays from the next one: the steps of the dispositif say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.duree import de_la_demarche
from ateliers.seances.models import Seance
from socle.erreurs import confirmer
from socle.interface.templatetags.interface import date_courte, pluriel

JOURS_PAR_MOIS = 30.5  # so that the steps of a year last a year
DATEES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)


def jours_voulus(avant, apres) -> int:
    """Days between two steps; half as many and twice as many are allowed."""
    mois = apres.etape_type.mois_prevu - avant.etape_type.mois_prevu
    return max(round(mois * JOURS_PAR_MOIS), 21)


@dataclass(frozen=True)
class Suivante:
    """The séance after the one that moves: it keeps its own date."""

    seance: Seance
    bornes: tuple[int, int] | None  # fewest and most days, when the dispositif says them

    def reste(self) -> str:
        """Told before a new date is chosen."""
        debut = self.seance.debut.date()
        phrase = (
            f"La séance suivante, « {self.seance} », reste le {date_courte(debut)} : "
            "un report ne la déplace pas."
        )
        if self.bornes is None:
            return phrase
        au_plus, au_moins = (debut - timedelta(days=n) for n in self.bornes)
        return (
            f"{phrase} Pour garder l’écart du dispositif ({self._prevu()}), cette séance finit "
            f"entre le {date_courte(au_moins)} et le {date_courte(au_plus)}."
        )

    def _prevu(self) -> str:
        return f"de {self.bornes[0]} à {self.bornes[1]}\u00a0jours"

    def hors(self, fin) -> str:
        """The sentence that tells a gap out of bounds, or nothing."""
        jours = (self.seance.debut.date() - fin.astimezone(self.seance.zone).date()).days
        if self.bornes is None or jours < 0 or self.bornes[0] <= jours <= self.bornes[1]:
            return ""
        sens = "moins" if jours < self.bornes[0] else "plus"
        dit = pluriel(jours, "jour") if jours else "moins d’un jour"
        return (
            f"« {self.seance} », le {date_courte(self.seance.debut.date())}, viendrait "
            f"{dit} après cette séance : {sens} que le dispositif ne prévoit "
            f"({self._prevu()})."
        )


def suivante(seance) -> Suivante | None:
    """The next dated step after this one, in the order of the parcours."""
    if not de_la_demarche(seance):
        return None
    apres = Seance.objects.filter(
        atelier=seance.atelier_id, ordre__gt=seance.ordre, etat__in=DATEES
    ).select_related("etape_type")
    lues = [s for s in apres if s.debut and de_la_demarche(s)]
    if not lues:
        return None
    autre = min(lues, key=lambda s: (s.ordre, s.pk))
    if not (autre.etape_type and seance.etape_type):
        return Suivante(autre, None)
    voulu = jours_voulus(seance, autre)
    return Suivante(autre, (voulu // 2, voulu * 2))


def verifier_espacement(seance, fin, confirmes) -> None:
    """Ask before a slip brings the next séance too near, or leaves it too far."""
    autre = suivante(seance)
    if autre and (phrase := autre.hors(fin)):
        confirmer(
            "espacement", f"{phrase} Cochez pour garder cette date.", confirmes, champ="jour_debut"
        )
