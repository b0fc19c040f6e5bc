"""Which mail at which event of a poll; one mail a person, with a link of their own."""

from ateliers.participants.notifications import rendez_vous_publie, report_dit
from ateliers.sondages.lien import chemin
from ateliers.sondages.moments import plage
from socle.courriels.domaine import deposer, lien


def _contexte(sondage) -> dict:
    seance = sondage.seance
    return {
        "sondage": sondage,
        "seance": seance,
        "atelier": seance.atelier,
        "service": seance.atelier.service_pilote,
    }


def _deposer(cle, sonde, *, par=None, pieces_jointes=(), objet=None, **contexte):
    return deposer(
        cle,
        a=[sonde.courriel],
        contexte=_contexte(sonde.sondage)
        | {"participant": sonde.qui, "lien": lien(chemin(sonde))}
        | contexte,
        objet=objet or sonde.sondage,
        par=par,
        pieces_jointes=list(pieces_jointes),
    )


def question(sonde, creneaux, *, par):
    """The dates, in words, on the site's clock (and Paris time where it differs)."""
    plages = [plage(c, sonde.sondage.seance.zone) for c in creneaux]
    return _deposer("sondage_dates", sonde, par=par, plages=plages)


def rappel(sonde, *, par=None):
    return _deposer("sondage_rappel", sonde, par=par)


def annulation(sonde, *, par, motif):
    return _deposer("sondage_annule", sonde, par=par, motif=motif)


def reouverture(sonde, *, par):
    return _deposer("sondage_rouvert", sonde, par=par)


def retenue(sonde, creneau, *, par, glissement=None):
    """To an account that was asked: participants receive the convocation instead.

    Both hold the entry for a diary, and the date given up when there was one (`glissement`).
    """
    seance = sonde.sondage.seance
    report = report_dit(seance, glissement) if glissement else {}
    return _deposer(
        "sondage_retenu",
        sonde,
        par=par,
        pieces_jointes=[rendez_vous_publie(seance)],
        objet=seance,  # a slip finds there who holds this date
        date=plage(creneau, seance.zone),
        **report,
    )


def confirmee(sonde, creneau, *, par):
    """To a guest who holds the convocation already: the date stays."""
    return _deposer(
        "sondage_confirme", sonde, par=par, date=plage(creneau, sonde.sondage.seance.zone)
    )
