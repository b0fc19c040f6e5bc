"""Both threads, one click away from every page of the dossier."""

from django.urls import reverse

from candidatures.dossiers.liens import Lien, declarer_annotations, declarer_liens
from candidatures.echanges.choix import Fil
from candidatures.echanges.domaine.messages import compter_non_lus, non_lus
from candidatures.echanges.droits import fils_lus

LIBELLES = {Fil.PORTEURS: "Échanges avec les porteurs", Fil.INTERNE: "Fil des services de l’État"}


@declarer_annotations
def nouveaux_messages(utilisateur) -> dict:
    return {f"nouveaux_{fil}": compter_non_lus(utilisateur, fil) for fil in Fil.values}


@declarer_liens
def liens_des_fils(utilisateur, candidature) -> list[Lien]:
    fils = fils_lus(utilisateur, candidature)
    if not fils:
        return []
    if hasattr(candidature, f"nouveaux_{Fil.PORTEURS}"):
        nouveaux = {fil: getattr(candidature, f"nouveaux_{fil}") for fil in fils}
    else:
        nouveaux = non_lus(utilisateur, candidature)
    etat = Fil.INTERNE in fils
    return [
        Lien(
            LIBELLES[fil] if etat else "Échanges avec la DGALN",
            reverse("candidatures:echanges", args=[candidature.reference, fil]),
            nouveaux.get(fil, 0),
        )
        for fil in fils
    ]
