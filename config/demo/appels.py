"""Calls of the demonstration: two permanent ones, and three closed national sessions."""

from __future__ import annotations

from candidatures.appels.domaine import appels
from candidatures.appels.models import Appel, Grille
from candidatures.dispositifs.models import Dispositif
from config.demo import horloge
from socle.comptes.models import Utilisateur

PERMANENTS = {
    "local": (
        "Ateliers locaux, au fil de l’eau",
        "Une intercommunalité ou un grand territoire, une question d’aménagement, un an de travail "
        "commun. La candidature se dépose à tout moment, après un premier échange avec la DDT(M).",
    ),
    "flash": (
        "Ateliers flash, au fil de l’eau",
        "Une commune, un quartier, un bâtiment : deux jours sur place avec une équipe, et une "
        "esquisse de plan guide en quelques mois. La candidature se dépose à tout moment.",
    ),
}
SESSIONS = {
    "sols": ("Mieux aménager avec les sols vivants", "Sols vivants", -1160, -1040),
    "eau": ("Faire de l’eau une ressource pour l’aménagement", "Eau et aménagement", -720, -600),
    "productifs": (
        "Aménager des territoires productifs, sobres et créateurs de valeurs",
        "Économie et aménagement",
        -270,
        -150,
    ),
}


def installer(dgaln: Utilisateur) -> dict[str, Appel]:
    """Create and publish the calls; return them by key."""
    tous = {code: _permanent(code, dgaln) for code in PERMANENTS}
    tous |= {cle: _session(cle, dgaln) for cle in SESSIONS}
    return tous


def _permanent(code: str, dgaln) -> Appel:
    titre, presentation = PERMANENTS[code]
    with horloge.le(horloge.jour(-1300)):
        appel = appels.creer(
            dispositif=Dispositif.objects.get(pk=code),
            titre=titre,
            presentation=presentation,
            ouvre_le=horloge.instant(horloge.jour(-1300), "08:00"),
            grille=Grille.objects.order_by("pk").first(),
            par=dgaln,
        )
        return appels.publier(appel=appel, par=dgaln)


def _session(cle: str, dgaln) -> Appel:
    titre, thematique, ouvre, ferme = SESSIONS[cle]
    ouverture, cloture = horloge.jour(ouvre), horloge.jour(ferme)
    with horloge.le(ouverture, "08:30"):
        session = appels.creer_session(
            nom=titre,
            thematique=thematique,
            annee_debut=ouverture.year,
            annee_fin=ouverture.year + 2,
            par=dgaln,
        )
        appel = appels.creer(
            dispositif=Dispositif.objects.get(pk="national"),
            titre=f"Session nationale : {titre[0].lower()}{titre[1:]}",
            presentation="La session accompagne six territoires volontaires pendant dix-huit mois, "
            "avec une équipe chacun, et en tire des enseignements pour tous.",
            ouvre_le=horloge.instant(ouverture, "08:00"),
            ferme_le=horloge.instant(cloture, "17:00"),
            session=session,
            grille=Grille.objects.order_by("pk").first(),
            par=dgaln,
        )
        return appels.publier(appel=appel, par=dgaln)
