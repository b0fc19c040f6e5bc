"""What the last published déroulé takes from its people, hour by hour."""

from __future__ import annotations

from ateliers.programme.models import VersionProgramme
from ateliers.seances.domaine.heures import HorsJournee, Plage, heures_prises, hors_journee


def hors_des_journees(seances) -> dict[int, tuple[HorsJournee, ...]]:
    """By séance, what is published outside working hours. One query."""
    versions = VersionProgramme.objects.filter(seance__in=seances).order_by("seance", "-numero")
    lues = versions.distinct("seance").values_list("seance", "contenu")
    return {seance: hors for seance, contenu in lues if (hors := hors_journee(contenu))}


def heures_de(seance) -> tuple[Plage, ...]:
    """The hours that a dated séance takes, on the clock of its site. Read once, if at all."""
    debut, fin = (i.astimezone(seance.zone) for i in (seance.debut_prevu, seance.fin_prevu))
    if debut.date() == fin.date():
        return heures_prises(debut, fin)
    if not hasattr(seance, "hors_lus"):
        seance.hors_lus = hors_des_journees([seance]).get(seance.pk, ())
    return heures_prises(debut, fin, seance.hors_lus)
