"""A committee at the stage that each address needs."""

from candidatures.comite.domaine.deliberations import Voix
from tests.factories.candidatures import faire_appel
from tests.factories.comite import (
    clore_comite,
    deliberer,
    faire_comite,
    faire_comite_clos,
    ouvrir_comite,
)
from tests.factories.instruction import preparer
from tests.matrices.decor import decor


@decor("appel_sans_comite")
def appel_sans_comite(distribution):
    return {"slug": faire_appel(distribution).slug}


def _prepare(distribution):
    return faire_comite(distribution, notes=((3, 3, 3),))


@decor("comite")
def comite(distribution):
    return {"pk": _prepare(distribution)[0].pk}


@decor("comite_membre")
def comite_membre(distribution):
    prepare, _ = _prepare(distribution)
    return {"pk": prepare.pk, "membre": prepare.membres.first().pk}


@decor("comite_scenario")
def comite_scenario(distribution):
    ouvert = ouvrir_comite(distribution, _prepare(distribution)[0])
    return {"pk": ouvert.pk, "scenario": ouvert.scenarios.get().pk}


@decor("comite_dossier")
def comite_dossier(distribution):
    prepare, (candidature,) = _prepare(distribution)
    ouvrir_comite(distribution, prepare)
    return {"pk": prepare.pk, "reference": candidature.reference}


@decor("comite_clos")
def comite_clos(distribution):
    return {"pk": faire_comite_clos(distribution, notes=((3, 3, 3),))[0].pk}


def _ecart(distribution):
    """One dossier retained by the committee, prepared otherwise before it."""
    prepare, (candidature,) = _prepare(distribution)
    preparer(distribution, candidature, "non_retenue")
    ouvert = ouvrir_comite(distribution, prepare)
    deliberer(distribution, ouvert, candidature, motif="Un bon projet.")
    return clore_comite(distribution, ouvert), candidature


@decor("comite_rejet")
def comite_rejet(distribution):
    comite, (candidature,) = _prepare(distribution)
    comite = ouvrir_comite(distribution, comite)
    rejet = deliberer(distribution, comite, candidature, voix=Voix(contre=3))
    return {"pk": comite.pk, "rejet": rejet.pk}


@decor("comite_ecart")
def comite_ecart(distribution):
    return {"pk": _ecart(distribution)[0].pk}


@decor("comite_ecart_dossier")
def comite_ecart_dossier(distribution):
    clos, candidature = _ecart(distribution)
    return {"pk": clos.pk, "reference": candidature.reference}


@decor("lot")
def lot(distribution):
    from candidatures.dossiers.models import Candidature
    from candidatures.instruction.domaine import lots
    from tests.factories.candidatures import faire_deposee

    deposee = faire_deposee(distribution)
    fait, _ = lots.preparer_lot(
        genre="recevable",
        candidatures=Candidature.objects.filter(pk=deposee.pk),
        par=distribution.dgaln,
    )
    return {"pk": fait.pk}
