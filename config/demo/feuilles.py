"""Feuilles de route, signatures, follow-up and national publication of the demonstration."""

from __future__ import annotations

from datetime import timedelta

from ateliers.contributions.models import Contribution
from ateliers.parcours.models import Atelier
from ateliers.seances.domaine import preparation
from ateliers.seances.models import Seance
from ateliers.sites.models import Hypothese, SiteDemonstrateur
from candidatures.dispositifs.models import Theme
from config.demo import dossiers, horloge
from config.demo.ateliers import lire
from restitution.engagement.domaine import actes, signatures
from restitution.feuilles.domaine import actions, ecriture
from restitution.feuilles.models import Action, FeuilleDeRoute
from restitution.national.domaine import publications, rencontres
from restitution.suivi.domaine import suivi
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur

PRIORITES = {1: "haute", 2: "moyenne", 3: "basse"}
PUBLIEES = ("doullens", "tessy", "lisieux")


def _acteurs(atelier: Atelier) -> tuple[Utilisateur, Utilisateur]:
    """(pilot, élu) of an atelier, found again from its organismes."""
    pilote = dossiers.agent(atelier.service_pilote, Role.SERVICE_ETAT)
    collectivite = atelier.porteurs.exclude(pk=atelier.service_pilote_id).order_by("pk").first()
    return pilote, dossiers.agent(collectivite, Role.COLLECTIVITE)


def _derniere_seance(atelier) -> Seance:
    return Seance.objects.filter(atelier=atelier, etat="tenue").order_by("fin_reelle").last()


class Sources:
    """What an atelier gathered; an action names its own by the first words of their text."""

    def __init__(self, atelier: Atelier):
        self.textes = {
            "contributions": {
                c.texte: c
                for c in Contribution.objects.filter(seance__atelier=atelier).order_by("pk")
            },
            "hypotheses": {
                h.titre: h for h in Hypothese.objects.filter(atelier=atelier).order_by("pk")
            },
            "sites": {
                s.nom: s for s in SiteDemonstrateur.objects.filter(atelier=atelier).order_by("pk")
            },
        }

    def de(self, donnees: dict) -> dict[str, list]:
        trouvees = {cle: [self._une(cle, debut) for debut in donnees[cle]] for cle in self.textes}
        if not any(trouvees.values()):
            raise ValueError(f"action sans source : {donnees['titre']}")
        return trouvees

    def _une(self, cle: str, debut: str):
        (source,) = [s for texte, s in self.textes[cle].items() if texte.startswith(debut)]
        return source


def ecrire(atelier: Atelier, texte: dict) -> FeuilleDeRoute:
    """Vision, axes and actions, each tied to what it comes from."""
    pilote, elu = _acteurs(atelier)
    jour = _derniere_seance(atelier).fin.date()
    with horloge.le(jour, "18:00"):
        feuille = ecriture.ouvrir_feuille(atelier=atelier, par=pilote)
        feuille = ecriture.enregistrer_vision(
            feuille=feuille, vision=texte["vision"], revision=0, par=elu
        )
        sources = Sources(atelier)
        for donnees in texte["axes"]:
            axe = ecriture.enregistrer_axe(
                feuille=feuille, titre=donnees["titre"], texte=donnees["texte"], par=elu
            )
            for action in donnees["actions"]:
                _action(axe, action, sources.de(action), jour.year, pilote)
    return FeuilleDeRoute.objects.get(pk=feuille.pk)


def _action(axe, donnees, sources, annee, par) -> None:
    actions.enregistrer_action(
        axe=axe,
        par=par,
        titre=donnees["titre"],
        description=donnees["description"],
        theme=Theme.objects.get(libelle=donnees["theme"]),
        priorite=PRIORITES[donnees["priorite"]],
        horizon=donnees["horizon"],
        echeance_annee=annee + donnees["dans"],
        portage_elu=donnees["elu"],
        portage_etat=donnees["etat"],
        pilote=donnees["pilote"],
        partenaires=donnees["partenaires"],
        outils=donnees["outils"],
        montant=donnees["montant"],
        financement=donnees["financement"],
        indicateur=donnees["indicateur"],
        deja_engagee=donnees.get("deja_engagee", False),
        **sources,
    )


def engager(feuille: FeuilleDeRoute, texte: dict, *, jusqu_a: str) -> FeuilleDeRoute:
    """The acts, in order, up to « approuvee » or « publiee »."""
    atelier = feuille.atelier
    pilote, elu = _acteurs(atelier)
    jour = _derniere_seance(atelier).fin.date()
    with horloge.le(jour + timedelta(days=1)):
        actes.valider_techniquement(feuille=feuille, instance="copil", tenue_le=jour, par=pilote)
        actes.approuver(feuille=feuille, numero=texte["deliberation"], adoptee_le=jour, par=elu)
    if jusqu_a == "approuvee":
        return feuille
    with horloge.le(jour + timedelta(days=2)):
        for signature in texte["signataires"]:
            par = elu if signature["cote"] == "elu" else pilote
            signatures.recueillir_signature(feuille=feuille, signe_le=jour, par=par, **signature)
        actes.officialiser(feuille=feuille, officialisee_le=jour, par=pilote)
        actes.publier(feuille=feuille, par=pilote)
        preparation.ouvrir_suivi(atelier=atelier, par=pilote)
    return FeuilleDeRoute.objects.get(pk=feuille.pk)


def suivre(feuille: FeuilleDeRoute, texte: dict) -> None:
    """A first point d’étape where time has passed, and what came of it."""
    pilote, elu = _acteurs(feuille.atelier)
    jour = feuille.officialisee_le
    passe = min(jour + timedelta(days=180), horloge.jour(-4))
    liste = list(Action.objects.filter(axe__feuille=feuille).order_by("axe__ordre", "ordre"))
    with horloge.le(passe):
        for rang, (avancement, note) in enumerate(texte["suivi"]["constats"]):
            action = liste[rang]
            suivi.constater_avancement(
                action=action, avancement=avancement, note=note, constate_le=passe, par=pilote
            )
        suivi.tenir_point_etape(
            feuille=feuille,
            mois=6,
            tenu_le=passe,
            synthese=texte["suivi"]["synthese"],
            par=pilote,
        )
        suivi.ajouter_suite(
            feuille=feuille,
            genre="etude",
            titre=texte["suivi"]["suite"],
            date=passe,
            action=liste[0],
            par=elu,
        )


def jouer(ateliers: dict[str, Atelier]) -> None:
    textes = {f["cle"]: f for f in lire("feuilles.json")["feuilles"]}
    for cle in PUBLIEES:
        feuille = ecrire(ateliers[cle], textes[cle])
        suivre(engager(feuille, textes[cle], jusqu_a="publiee"), textes[cle])
    feuille = ecrire(ateliers["epinal"], textes["epinal"])
    engager(feuille, textes["epinal"], jusqu_a="approuvee")
    ecrire(ateliers["spdc"], textes["spdc"])


def publier(ateliers: dict[str, Atelier], dgaln: Utilisateur) -> None:
    """One national meeting, two lessons and the first publication."""
    choisis = [ateliers[cle] for cle in PUBLIEES]
    rencontre = rencontres.enregistrer_rencontre(
        titre="Rencontre nationale de l’Atelier des territoires",
        date=horloge.jour(-60),
        lieu="Cité de l’architecture, Paris",
        programme="Trois tables rondes, deux ateliers, la présentation des carnets.",
        participants=84,
        ateliers=choisis,
        par=dgaln,
    )
    lecons = [
        rencontres.enregistrer_enseignement(
            titre=titre, texte=texte, rencontre=rencontre, ateliers=choisis, par=dgaln
        )
        for titre, texte in (
            (
                "Commencer petit, et tout de suite",
                "Les trois territoires ont ouvert un lieu avant d’en décider l’avenir : une cour, "
                "une place, une fosse pédologique. L’usage a précédé le programme.",
            ),
            (
                "Un nom d’élu, un nom d’agent",
                "Les actions qui avancent ont deux noms en face d’elles. Les autres attendent.",
            ),
        )
    ]
    publication = publications.enregistrer_publication(
        titre="Trois territoires, une même méthode",
        sous_titre="Carnets de l’Atelier des territoires",
        avant_propos="Ces trois carnets racontent la même façon de faire : aller voir, écouter, "
        "dessiner, s’engager. Ils se lisent séparément ou ensemble.",
        rencontre=rencontre,
        enseignements=lecons,
        par=dgaln,
    )
    for atelier in choisis:
        publications.ajouter_chapitre(publication=publication, atelier=atelier, par=dgaln)
    publications.publier_publication(publication=publication, par=dgaln)
