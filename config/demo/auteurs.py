"""Who writes and in whose name: people invited on Beauval, a commune’s visa, a mandate."""

from __future__ import annotations

from candidatures.appels.choix import RegleVisas
from candidatures.appels.domaine import appels as verbes_appels
from candidatures.appels.models import Appel
from candidatures.dossiers.choix import AvisVisa
from candidatures.dossiers.domaine import coauteurs, creation, visas
from candidatures.dossiers.models import Candidature
from config.demo import distribution, dossiers, horloge
from config.demo.lettres import lettre_pdf
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme

ASSOCIATION = "Les Amis de la filature"
INVITEE = ("ines.caudron@demo.example", "Inès", "Caudron")


def jouer(joues: dict[str, Candidature], flash: Appel) -> None:
    cast = distribution.installer_distribution()
    with horloge.le(horloge.jour(-90)):
        verbes_appels.modifier(
            appel=flash,
            visas=RegleVisas.SOUHAITES,
            motif="Les communes du périmètre demandent à être associées avant le dépôt.",
            par=cast["dgaln@demo.example"],
        )
    _beauval(joues["beauval"], cast["collectivite@demo.example"], cast["ddt@demo.example"])
    _mandat(joues["couesnon"], cast["collectivite-autre@demo.example"])


def _inviter_commune(candidature, nom: str, code: str, par):
    commune = dossiers.collectivite(nom, commune=code)
    creation.inviter(candidature=candidature, organisme=commune, par=par)
    return dossiers.agent(commune, Role.COLLECTIVITE)


def _beauval(beauval: Candidature, elue, pilote) -> None:
    association, _ = Organisme.objects.get_or_create(
        nom=ASSOCIATION, defaults={"nature": NatureOrganisme.ASSOCIATION}
    )
    partenaire = dossiers.agent(association, Role.PARTENAIRE)
    with horloge.le(horloge.jour(-12), "10:10"):
        maire = _inviter_commune(beauval, "Commune de Beauval", "80071", pilote)
        invitation = coauteurs.inviter_personne(
            candidature=beauval,
            courriel=partenaire.email,
            prenom=partenaire.prenom,
            nom=partenaire.nom,
            par=elue,
        )
    with horloge.le(horloge.jour(-11), "08:50"):
        coauteurs.accepter(invitation=invitation, par=partenaire)
    courriel, prenom, nom = INVITEE
    with horloge.le(horloge.jour(-3), "17:20"):
        coauteurs.inviter_personne(
            candidature=beauval,
            courriel=courriel,
            prenom=prenom,
            nom=nom,
            organisme_nom="Atelier mémoire du textile",
            par=elue,
        )
        coauteurs.designer_deposant(candidature=beauval, deposant=elue, par=elue)
    with horloge.le(horloge.jour(-1), "18:05"):
        visas.viser(
            candidature=beauval,
            avis=AvisVisa.FAVORABLE,
            texte="Le conseil municipal souhaite que la cour plantée reste ouverte à tous.",
            par=maire,
        )


def _mandat(couesnon: Candidature, elue) -> None:
    """The agglomération files for one of its communes."""
    with horloge.le(horloge.jour(-10), "11:30"):
        _inviter_commune(couesnon, "Commune de Rives-du-Couesnon", "35282", elue)
        mandant = Organisme.objects.get(nom="Commune de Rives-du-Couesnon")
        visas.enregistrer_mandat(
            candidature=couesnon,
            mandant=mandant,
            signe_le=horloge.jour(-14),
            nom="mandat-rives-du-couesnon.pdf",
            octets=lettre_pdf("Mandat pour déposer la candidature", couesnon.titre, mandant.nom),
            par=elue,
        )
