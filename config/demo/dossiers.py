"""Write one candidature of the demonstration through the verbs, up to a chosen state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from candidatures.appels.models import Appel
from candidatures.dispositifs.choix import College, RessourceNature
from candidatures.dispositifs.models import Theme
from candidatures.dossiers.choix import CleRubrique, CleSection, EtatSchema, NatureSchema
from candidatures.dossiers.domaine import creation, depot, pieces, redaction
from candidatures.dossiers.models import Candidature
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.domaine import decision, evaluation, recevabilite
from config.demo import horloge
from config.demo.lettres import lettre_pdf
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.models import Commune, Departement, Epci

PRENOMS = (
    "Camille",
    "Louise",
    "Thomas",
    "Inès",
    "Marc",
    "Élodie",
    "Hugo",
    "Sarah",
    "Paul",
    "Yasmine",
)
NOMS = (
    "Carpentier",
    "Moreau",
    "Lenoir",
    "Perrin",
    "Faure",
    "Marchand",
    "Roussel",
    "Girard",
    "Noël",
)


@dataclass
class Fiche:
    """What is known of a dossier. `sections` may leave keys out: they are then derived."""

    titre: str
    presentation: str
    communes: list[str] = field(default_factory=list)
    epcis: list[str] = field(default_factory=list)
    zones: list[tuple[str, str]] = field(default_factory=list)
    themes: int = 0
    sections: dict[str, str] = field(default_factory=dict)
    stade: str = "reflexion"


def agent(organisme: Organisme, role: str, rang: int) -> Utilisateur:
    """The invented person who acts for an organisme; the same at each run."""
    existant = Utilisateur.objects.filter(organisme=organisme, role=role).order_by("pk").first()
    if existant:
        return existant
    prenom, nom = PRENOMS[rang % len(PRENOMS)], NOMS[(rang * 3) % len(NOMS)]
    return Utilisateur.objects.create_user(
        f"agent-{organisme.pk}@demo.example",
        None,
        prenom=prenom,
        nom=nom,
        fonction="Chargé de mission" if rang % 2 else "Chargée de mission",
        role=role,
        organisme=organisme,
    )


def service(nom: str, departement: str) -> Organisme:
    """A State service of a département, created once."""
    nature = NatureOrganisme.DEAL if departement.startswith("97") else NatureOrganisme.DDT
    organisme, cree = Organisme.objects.get_or_create(nom=nom, defaults={"nature": nature})
    if cree:
        organisme.departements.set(Departement.objects.filter(pk=departement))
    return organisme


def collectivite(nom: str, *, commune: str = "", epci: str = "") -> Organisme:
    nature = (
        NatureOrganisme.COMMUNE if nom.startswith(("Commune", "Ville")) else NatureOrganisme.EPCI
    )
    if nom.startswith("Syndicat"):
        nature = NatureOrganisme.SYNDICAT
    return Organisme.objects.get_or_create(
        nom=nom,
        defaults={"nature": nature, "commune_id": commune or None, "epci_id": epci or None},
    )[0]


def ecrire(fiche: Fiche, *, appel: Appel, pilote: Utilisateur, elu: Utilisateur) -> Candidature:
    """Open the dossier and write all of it but the pieces."""
    candidature = creation.creer(appel=appel, titre=fiche.titre, par=pilote)
    candidature = creation.inviter(candidature=candidature, organisme=elu.organisme, par=pilote)
    _identite(candidature, fiche, pilote)
    for cle, texte in sections(fiche, pilote, elu).items():
        section = candidature.sections.get(cle=cle)
        redaction.enregistrer_section(
            candidature=candidature, cle=cle, texte=texte, par=elu, revision=section.revision
        )
    _rubriques(candidature, fiche, elu)
    candidature.refresh_from_db()
    return candidature


def _revision(candidature, cle) -> int:
    return candidature.rubriques.get(cle=cle).revision


def _identite(candidature, fiche, par) -> None:
    zones = [(nom, Departement.objects.get(pk=code)) for nom, code in fiche.zones]
    redaction.enregistrer_identite(
        candidature=candidature,
        titre=fiche.titre,
        perimetre={
            "communes": list(Commune.objects.filter(pk__in=fiche.communes)),
            "epcis": list(Epci.objects.filter(pk__in=fiche.epcis)),
            "zones": zones,
        },
        par=par,
        revision=_revision(candidature, CleRubrique.IDENTITE),
    )


def sections(fiche: Fiche, pilote: Utilisateur, elu: Utilisateur) -> dict[str, str]:
    """The seven sections; those that the fiche does not give are derived from what it says."""
    textes = {
        CleSection.PORTEURS: f"La candidature est portée ensemble par {elu.organisme.nom} et par "
        f"{pilote.organisme.nom}. La collectivité préside le comité de pilotage ; le service de "
        "l’État assure la maîtrise d’ouvrage de l’atelier et l’animation du comité technique.",
        CleSection.LOCALISATION: f"Le périmètre proposé est celui de « {fiche.titre} ». Il suit la "
        "géographie du projet plutôt que les limites administratives, et reste ouvert aux communes "
        "voisines qui voudraient s’y joindre.",
        CleSection.OBJET: fiche.presentation,
        CleSection.OBJECTIFS: "Partager un même constat entre élus, services et habitants ; "
        "choisir un ou deux sites où l’éprouver ; sortir avec une feuille de route signée, dont "
        "chaque action a un nom d’élu et un nom d’agent de l’État.",
        CleSection.RESSOURCES: "Des associations actives, des entreprises attachées au lieu, un "
        "patrimoine bâti solide et des paysages que les habitants connaissent bien : le projet "
        "part de là.",
        CleSection.DYNAMIQUES_TERRITOIRE: "La population se maintient mais vieillit. L’emploi se "
        "concentre dans quelques établissements, et les jeunes ménages s’installent plus loin, "
        "faute de logements adaptés.",
        CleSection.DYNAMIQUES_AMENAGEMENT: "Les documents d’urbanisme sont en révision : c’est le "
        "moment d’y verser une stratégie. Aucun avant-projet n’est engagé sur le périmètre.",
    }
    return {str(cle): fiche.sections.get(str(cle), texte) for cle, texte in textes.items()}


def _rubriques(candidature, fiche, par) -> None:
    redaction.enregistrer_ressources(
        candidature=candidature,
        textes={
            RessourceNature.HUMAINES: "Un tissu associatif dense et des artisans installés.",
            RessourceNature.NATURELLES: "Des paysages variés, une eau présente partout.",
            RessourceNature.MATERIELLES: "Un bâti ancien solide, en partie inoccupé.",
            RessourceNature.IMMATERIELLES: "Une mémoire du travail encore vive.",
        },
        par=par,
        revision=_revision(candidature, CleRubrique.RESSOURCES),
    )
    redaction.enregistrer_schemas(
        candidature=candidature,
        lignes=[
            {
                "nature": NatureSchema.SCOT,
                "intitule": "SCoT du territoire",
                "etat": EtatSchema.EN_REVISION,
                "annee": 2019,
            },
            {
                "nature": NatureSchema.PLUI,
                "intitule": "PLU intercommunal",
                "etat": EtatSchema.EN_VIGUEUR,
                "annee": 2021,
            },
        ],
        par=par,
        revision=_revision(candidature, CleRubrique.SCHEMAS),
    )
    redaction.enregistrer_projets(
        candidature=candidature,
        lignes=[
            {
                "intitule": "Étude de revitalisation du centre",
                "porteur": par.organisme.nom,
                "avancement": "Rendue l’an dernier",
            },
        ],
        par=par,
        revision=_revision(candidature, CleRubrique.PROJETS),
    )
    redaction.enregistrer_acteurs(
        candidature=candidature,
        lignes=[
            {
                "college": College.ASSOCIATIONS,
                "nom": "Associations de riverains",
                "attente": "Être associées dès la visite.",
            },
            {
                "college": College.SOCIO_ECONOMIQUES,
                "nom": "Chambre de métiers et de l’artisanat",
                "attente": "Connaître les besoins en locaux.",
            },
        ],
        par=par,
        revision=_revision(candidature, CleRubrique.ACTEURS),
    )
    tous = list(Theme.objects.order_by("pk"))
    redaction.enregistrer_themes(
        candidature=candidature,
        themes=[tous[fiche.themes % len(tous)], tous[(fiche.themes + 5) % len(tous)]],
        stade=fiche.stade,
        programmes=["pvd"],
        blocages="Des études se sont succédé sans décision commune.",
        gouvernance="Comité de pilotage coprésidé, comité technique mensuel.",
        par=par,
        revision=_revision(candidature, CleRubrique.THEMES),
    )


def joindre_les_pieces(candidature: Candidature, par: Utilisateur) -> None:
    for requise in candidature.appel.dispositif.pieces.filter(obligatoire=True):
        pieces.joindre(
            candidature=candidature,
            nom=f"{requise.libelle}.pdf",
            octets=lettre_pdf(requise.libelle, candidature.titre, par.organisme.nom),
            par=par,
            piece_requise=requise,
        )


def deposer(candidature: Candidature, par: Utilisateur) -> Candidature:
    joindre_les_pieces(candidature, par)
    return depot.deposer(candidature=candidature, par=par)


def mettre_en_evaluation(candidature, *, dgaln, evaluateur, echeance: date) -> Candidature:
    recevabilite.declarer_recevable(candidature=candidature, par=dgaln)
    evaluation.confier_evaluation(
        candidature=candidature, evaluateur=evaluateur, par=dgaln, echeance=echeance
    )
    return recevabilite.mettre_en_evaluation(candidature=candidature, par=dgaln)


def evaluer(candidature, *, evaluateur, notes: tuple[int, ...], remarque: str) -> None:
    """File one evaluation; `notes` are taken in the order of the criteria."""
    confiee = candidature.evaluations.get(evaluateur=evaluateur)
    criteres = candidature.appel.grille.criteres.order_by("ordre")
    evaluation.evaluer(
        evaluation=confiee,
        notes={c.pk: (notes[i % len(notes)], remarque) for i, c in enumerate(criteres)},
        par=evaluateur,
        revision=confiee.revision,
        synthese=remarque,
    )
    confiee.refresh_from_db()
    evaluation.deposer_evaluation(evaluation=confiee, par=evaluateur)


def retenir(fiche: Fiche, *, appel, pilote, elu, dgaln, evaluateur, debut: int) -> Candidature:
    """The whole way to « retenue », spread over the four months before day `debut`."""
    jour = horloge.jour
    with horloge.le(jour(debut - 120)):
        candidature = ecrire(fiche, appel=appel, pilote=pilote, elu=elu)
    with horloge.le(jour(debut - 95)):
        candidature = deposer(candidature, elu)
    with horloge.le(jour(debut - 80)):
        mettre_en_evaluation(
            candidature,
            dgaln=dgaln,
            evaluateur=evaluateur,
            echeance=jour(debut - 80) + timedelta(21),
        )
    with horloge.le(jour(debut - 65)):
        evaluer(
            candidature,
            evaluateur=evaluateur,
            notes=(4, 5, 4),
            remarque="Portage solide, question bien posée, sites démonstrateurs crédibles.",
        )
    with horloge.le(jour(debut - 45)):
        preparee = decision.preparer_decision(
            candidature=Candidature.objects.get(pk=candidature.pk),
            sens=SensDecision.RETENUE,
            motif="La mobilisation conjointe de l’État et de la collectivité est acquise, et la "
            "question posée intéresse d’autres territoires.",
            par=dgaln,
        )
    with horloge.le(jour(debut - 40)):
        decision.publier_decisions(ids=[preparee.pk], par=dgaln)
    return Candidature.objects.get(pk=candidature.pk)
