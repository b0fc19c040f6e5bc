"""A thread with a file, labels."""

from candidatures.echanges.domaine.messages import ecrire
from candidatures.instruction.domaine.etiquettes import etiqueter, ranger
from candidatures.instruction.models import PoseEtiquette
from tests.factories.candidatures import PDF, faire_deposee
from tests.matrices.decor import decor


def message_interne(distribution):
    candidature = faire_deposee(distribution)
    return ecrire(
        candidature=candidature,
        fil="interne",
        texte="Entre nous",
        fichiers=[("note.pdf", PDF)],
        par=distribution.ddt,
    )


@decor("fil_interne")
def fil_interne(distribution):
    return {"reference": message_interne(distribution).candidature.reference, "fil": "interne"}


@decor("piece_interne")
def piece_interne(distribution):
    message = message_interne(distribution)
    return {"reference": message.candidature.reference, "pk": message.pieces.get().pk}


@decor("etiquette")
def etiquette(distribution):
    return {"pk": ranger(nom="Littoral", par=distribution.dgaln).pk}


@decor("pose_etiquette")
def pose_etiquette(distribution):
    candidature = faire_deposee(distribution)
    etiqueter(candidatures=[candidature], nom="Littoral", par=distribution.dgaln)
    return {"reference": candidature.reference, "pk": PoseEtiquette.objects.get().pk}
