"""Write one candidature of the demonstration through the verbs, up to a chosen state."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from candidatures.appels.models import Appel
from candidatures.dispositifs.choix import RessourceNature
from candidatures.dispositifs.models import Theme
from candidatures.dossiers.choix import CleRubrique, EtatSchema, NatureSchema
from candidatures.dossiers.domaine import creation, depot, pieces, redaction
from candidatures.dossiers.models import Candidature
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.domaine import decision, evaluation, recevabilite
from config.demo import horloge
from config.demo.lettres import lettre_pdf
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.models import Commune, Departement, Epci

DONNEES = Path(__file__).parent / "donnees"


@dataclass
class Fiche:
    """What is known of a dossier. A section that the draft leaves empty is not written."""

    titre: str
    presentation: str
    communes: list[str] = field(default_factory=list)
    epcis: list[str] = field(default_factory=list)
    zones: list[tuple[str, str]] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    ressources: dict[str, str] = field(default_factory=dict)
    schemas: list[tuple[str, str, int]] = field(default_factory=list)
    projet: str = ""
    attente: tuple[str, str, str] | list[str] = ()
    blocages: str = ""
    programmes: list[str] = field(default_factory=list)
    stade: str = "reflexion"
    trace: list[str] = field(default_factory=list)
    parcelles: list[str] = field(default_factory=list)


ECHELLES = {
    NatureSchema.SCOT: "Échelle du grand territoire",
    NatureSchema.PLU: "Échelle de la commune",
    NatureSchema.SAR: "Échelle de l’île",
}


@cache
def _textes() -> dict:
    return json.loads((DONNEES / "textes.json").read_text(encoding="utf-8"))


def textes(famille: str, cle: str) -> dict:
    """The words proper to one dossier, as the last fields of a Fiche."""
    return deepcopy(_textes()[famille][cle])


@cache
def _noms() -> tuple[list[list[str]], list[str]]:
    matiere = json.loads((DONNEES / "noms.json").read_text(encoding="utf-8"))
    return matiere["prenoms"], matiere["noms"]


def nom_de_famille(rang: int) -> str:
    noms = _noms()[1]
    return noms[rang % len(noms)]


FONCTIONS = {
    Role.SERVICE_ETAT: ("Chargée de mission aménagement", "Chargé de mission aménagement"),
    Role.COLLECTIVITE: ("Directrice de l’aménagement", "Directeur de l’aménagement"),
    Role.EQUIPE: ("Urbaniste, mandataire de l’équipe", "Urbaniste, mandataire de l’équipe"),
    Role.EVALUATEUR: ("Professeure d’aménagement", "Professeur d’aménagement"),
    Role.PARTENAIRE: ("Responsable territoriale", "Responsable territorial"),
}


def agent(organisme: Organisme, role: str) -> Utilisateur:
    """The invented person who acts for an organisme: no two have the same name."""
    existant = Utilisateur.objects.filter(organisme=organisme, role=role).order_by("pk").first()
    if existant:
        return existant
    rang = Utilisateur.objects.filter(email__startswith="agent-").count()
    prenoms = _noms()[0]
    prenom, genre = prenoms[rang % len(prenoms)]
    return Utilisateur.objects.create_user(
        f"agent-{rang + 1}@demo.example",
        None,
        prenom=prenom,
        nom=nom_de_famille(rang),
        fonction=FONCTIONS[Role(role)][genre == "m"],
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
    for cle, texte in fiche.sections.items():
        if not texte:
            continue
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
        trace="\n".join(fiche.trace) or None,
        parcelles="\n".join(fiche.parcelles) or None,
        par=par,
        revision=_revision(candidature, CleRubrique.IDENTITE),
    )


def _rubriques(candidature, fiche, par) -> None:
    redaction.enregistrer_ressources(
        candidature=candidature,
        textes={RessourceNature(cle): texte for cle, texte in fiche.ressources.items()},
        par=par,
        revision=_revision(candidature, CleRubrique.RESSOURCES),
    )
    redaction.enregistrer_schemas(
        candidature=candidature,
        lignes=[
            {
                "nature": NatureSchema(nature),
                "intitule": ECHELLES.get(nature, "Échelle de l’intercommunalité"),
                "etat": EtatSchema(etat),
                "annee": annee,
            }
            for nature, etat, annee in fiche.schemas
        ],
        par=par,
        revision=_revision(candidature, CleRubrique.SCHEMAS),
    )
    redaction.enregistrer_projets(
        candidature=candidature,
        lignes=[
            {
                "intitule": fiche.projet,
                "porteur": par.organisme.nom,
                "avancement": "Engagé, à articuler avec l’atelier",
            },
        ],
        par=par,
        revision=_revision(candidature, CleRubrique.PROJETS),
    )
    redaction.enregistrer_acteurs(
        candidature=candidature,
        lignes=[dict(zip(("college", "nom", "attente"), fiche.attente, strict=True))],
        par=par,
        revision=_revision(candidature, CleRubrique.ACTEURS),
    )
    redaction.enregistrer_themes(
        candidature=candidature,
        themes=[Theme.objects.get(libelle=libelle) for libelle in fiche.themes],
        stade=fiche.stade,
        programmes=fiche.programmes,
        blocages=fiche.blocages,
        gouvernance="Comité de pilotage présidé par la collectivité, comité technique mensuel "
        "animé par le service de l’État.",
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


def retenir(
    fiche: Fiche, *, appel, pilote, elu, dgaln, evaluateur, debut: int, decider=None
) -> Candidature:
    """The whole way to « retenue », spread over the four months before day `debut`.

    `decider`: a committee that decides in place of the last steps.
    """
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
    if decider is not None:
        decider(candidature)
        return Candidature.objects.get(pk=candidature.pk)
    with horloge.le(jour(debut - 45)):
        preparee = decision.preparer_decision(
            candidature=Candidature.objects.get(pk=candidature.pk),
            sens=SensDecision.RETENUE,
            motif="La mobilisation conjointe de l’État et de la collectivité est acquise, et la "
            "question posée intéresse d’autres territoires.",
            datee_du=jour(debut - 40),
            par=dgaln,
        )
    with horloge.le(jour(debut - 40)):
        decision.publier_decisions(ids=[preparee.pk], par=dgaln, confirmes=decision.CONFIRMATIONS)
    return Candidature.objects.get(pk=candidature.pk)
