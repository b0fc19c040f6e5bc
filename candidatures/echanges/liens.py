"""Both threads, one click away from every page of the dossier."""

from django.urls import reverse

from candidatures.dossiers.liens import Lien, declarer_liens
from candidatures.echanges.choix import Fil
from candidatures.echanges.domaine.messages import non_lus
from candidatures.echanges.droits import fils_lus

LIBELLES = {Fil.PORTEURS: "Échanges avec les porteurs", Fil.INTERNE: "Fil des services de l’État"}


@declarer_liens
def liens_des_fils(utilisateur, candidature) -> list[Lien]:
    fils = fils_lus(utilisateur, candidature)
    if not fils:
        return []
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
