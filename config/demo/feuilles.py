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
    pilote = dossiers.agent(atelier.service_pilote, Role.SERVICE_ETAT, 0)
    collectivite = atelier.porteurs.exclude(pk=atelier.service_pilote_id).order_by("pk").first()
    return pilote, dossiers.agent(collectivite, Role.COLLECTIVITE, 0)


def _derniere_seance(atelier) -> Seance:
    return Seance.objects.filter(atelier=atelier, etat="tenue").order_by("fin_reelle").last()


def ecrire(atelier: Atelier, texte: dict) -> FeuilleDeRoute:
    """Vision, axes and actions, each tied to what it comes from."""
    pilote, elu = _acteurs(atelier)
    jour = _derniere_seance(atelier).fin.date()
    with horloge.le(jour, "18:00"):
        feuille = ecriture.ouvrir_feuille(atelier=atelier, par=pilote)
        feuille = ecriture.enregistrer_vision(
            feuille=feuille, vision=texte["vision"], revision=0, par=elu
        )
        provenance = {
            "contributions": list(
                Contribution.objects.filter(seance__atelier=atelier).order_by("pk")
            ),
            "hypotheses": list(Hypothese.objects.filter(atelier=atelier).order_by("pk")),
            "sites": list(SiteDemonstrateur.objects.filter(atelier=atelier).order_by("pk")),
        }
        rang = 0
        for donnees in texte["axes"]:
            axe = ecriture.enregistrer_axe(
                feuille=feuille, titre=donnees["titre"], texte=donnees["texte"], par=elu
            )
            for action in donnees["actions"]:
                _action(axe, action, provenance, rang, pilote)
                rang += 1
    return FeuilleDeRoute.objects.get(pk=feuille.pk)


def _action(axe, donnees, provenance, rang, par) -> None:
    themes = list(Theme.objects.order_by("pk"))
    actions.enregistrer_action(
        axe=axe,
        par=par,
        titre=donnees["titre"],
        description=donnees["description"],
        theme=themes[rang % len(themes)],
        priorite=PRIORITES[donnees["priorite"]],
        horizon=donnees["horizon"],
        echeance_annee=donnees["annee"],
        portage_elu=donnees["elu"],
        portage_etat=donnees["etat"],
        pilote=donnees["elu"],
        partenaires=donnees["partenaires"],
        outils=donnees["outils"],
        montant=donnees["montant"],
        financement=donnees["financement"],
        indicateur=donnees["indicateur"],
        deja_engagee=donnees.get("deja_engagee", False),
        **{cle: _une_ou_deux(liste, rang) for cle, liste in provenance.items()},
    )


def _une_ou_deux(liste: list, rang: int) -> list:
    return [liste[rang % len(liste)]] if liste else []


def engager(feuille: FeuilleDeRoute, *, jusqu_a: str) -> FeuilleDeRoute:
    """The acts, in order, up to « approuvee » or « publiee »."""
    atelier = feuille.atelier
    pilote, elu = _acteurs(atelier)
    jour = _derniere_seance(atelier).fin.date()
    with horloge.le(jour + timedelta(days=1)):
        actes.valider_techniquement(feuille=feuille, instance="copil", tenue_le=jour, par=pilote)
        actes.approuver(feuille=feuille, numero=f"D-{atelier.pk:03d}", adoptee_le=jour, par=elu)
    if jusqu_a == "approuvee":
        return feuille
    with horloge.le(jour + timedelta(days=2)):
        for cote, par, nom, qualite in (
            ("elu", elu, "Jeanne Vidal", "Présidente du comité de pilotage"),
            ("etat", pilote, "Antoine Séverac", "Sous-préfet"),
        ):
            signatures.recueillir_signature(
                feuille=feuille,
                cote=cote,
                nom=nom,
                qualite=qualite,
                organisme=par.organisme.nom if cote == "elu" else "Préfecture",
                signe_le=jour,
                engagement="Porter les actions de la feuille de route dans la durée et en rendre "
                "compte chaque année aux habitants.",
                par=par,
            )
        actes.officialiser(feuille=feuille, officialisee_le=jour, par=pilote)
        actes.publier(feuille=feuille, par=pilote)
        preparation.ouvrir_suivi(atelier=atelier, par=pilote)
    return FeuilleDeRoute.objects.get(pk=feuille.pk)


def suivre(feuille: FeuilleDeRoute) -> None:
    """A first point d’étape where time has passed, and what came of it."""
    pilote, elu = _acteurs(feuille.atelier)
    jour = feuille.officialisee_le
    passe = min(jour + timedelta(days=180), horloge.jour(-4))
    liste = list(Action.objects.filter(axe__feuille=feuille).order_by("axe__ordre", "ordre"))
    with horloge.le(passe):
        for action, avancement, note in (
            (liste[0], "en_cours", "La procédure est engagée ; le conseil a délibéré."),
            (liste[1], "realisee", "Convention signée par les trois parties."),
            (liste[2], "en_difficulte", "Le financement reste à réunir avant la fin de l’année."),
        ):
            suivi.constater_avancement(
                action=action, avancement=avancement, note=note, constate_le=passe, par=pilote
            )
        suivi.tenir_point_etape(
            feuille=feuille,
            mois=6,
            tenu_le=passe,
            synthese="Deux actions avancent, une cherche son financement. Le comité se réunira de "
            "nouveau dans six mois.",
            par=pilote,
        )
        suivi.ajouter_suite(
            feuille=feuille,
            genre="etude",
            titre="Étude pré-opérationnelle lancée par la collectivité",
            date=passe,
            action=liste[0],
            par=elu,
        )


def jouer(ateliers: dict[str, Atelier]) -> None:
    textes = {f["cle"]: f for f in lire("feuilles.json")["feuilles"]}
    textes["epinal"] = lire("ateliers.json")["feuille_epinal"]
    for cle in PUBLIEES:
        feuille = ecrire(ateliers[cle], textes[cle])
        suivre(engager(feuille, jusqu_a="publiee"))
    engager(ecrire(ateliers["epinal"], textes["epinal"]), jusqu_a="approuvee")
    _brouillon(ateliers["spdc"])


def _brouillon(atelier) -> None:
    pilote, elu = _acteurs(atelier)
    feuille = ecriture.ouvrir_feuille(atelier=atelier, par=pilote)
    ecriture.enregistrer_vision(
        feuille=feuille,
        vision="Habiter avec le fleuve : des étages reliés, des caves vides, une alerte que chacun "
        "comprend.",
        revision=0,
        par=elu,
    )


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
