"""What the demonstration says, without what changes at each run (keys, tokens, passwords)."""

from __future__ import annotations

import hashlib
import json

from ateliers.contributions.models import Contribution
from ateliers.livrables.models import CompteRendu, Livrable
from ateliers.parcours.models import Atelier
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.models import Seance
from ateliers.sites.models import Hypothese, SiteDemonstrateur
from candidatures.comite.models import Comite, Deliberation, MembreComite, Scenario
from candidatures.dossiers.models import Candidature, CoAuteur, Mandat, Reponse, VisaPorteur
from candidatures.echanges.models import Message
from candidatures.instruction.models import (
    Avis,
    Decision,
    Deport,
    Evaluation,
    NoteMarge,
    PhaseInstruction,
    PoseEtiquette,
    RelanceAvis,
)
from candidatures.listes.models import VueEnregistree
from restitution.engagement.models import Signature
from restitution.feuilles.models import Action, Axe, FeuilleDeRoute
from restitution.national.models import Enseignement, Publication
from socle.comptes.models import Organisme, Utilisateur

CHAMPS = {
    Organisme: ("nom", "nature", "sigle"),
    Utilisateur: ("email", "prenom", "nom", "fonction", "role", "organisme__nom"),
    Candidature: ("reference", "titre", "etat", "appel__titre", "deposee_le"),
    Avis: ("candidature__titre", "organisme__nom", "sens", "texte"),
    Evaluation: ("candidature__titre", "evaluateur__email", "depose_le", "synthese"),
    Decision: ("candidature__titre", "sens", "motif"),
    Deport: ("candidature__titre", "personne__email", "origine", "motif"),
    NoteMarge: ("candidature__titre", "auteur__email", "ancre", "texte", "partagee"),
    PhaseInstruction: ("appel__titre", "genre", "debut", "fin"),
    Comite: ("appel__titre", "etat", "tenu_le", "quorum", "plafond_places"),
    MembreComite: ("comite__appel__titre", "nom", "qualite", "votant", "present"),
    Scenario: ("comite__appel__titre", "nom", "plafond_places", "reserve"),
    Deliberation: ("candidature__titre", "proposition", "motif", "pour", "contre"),
    CoAuteur: ("candidature__titre", "courriel", "invite_le", "accepte_le"),
    VisaPorteur: ("candidature__titre", "organisme__nom", "avis", "texte"),
    Mandat: ("candidature__titre", "mandant__nom", "signe_le"),
    Reponse: ("candidature__titre", "cle", "valeur"),
    Message: ("candidature__titre", "fil", "auteur__email", "texte", "ecrit_le"),
    PoseEtiquette: ("candidature__titre", "etiquette__nom"),
    RelanceAvis: ("avis__candidature__titre", "jalon"),
    VueEnregistree: ("proprietaire__email", "nom", "requete", "partage"),
    Atelier: ("reference", "slug", "nom", "etat", "ouvert_le"),
    Seance: ("atelier__slug", "titre", "etat", "debut_prevu", "debut_reel", "lieu"),
    Participant: ("atelier__slug", "prenom", "nom", "college", "fonction", "courriel"),
    Invitation: ("seance__titre", "participant__courriel", "presence"),
    Contribution: ("seance__atelier__slug", "texte", "nature", "college", "ressource"),
    Hypothese: ("atelier__slug", "titre", "texte"),
    SiteDemonstrateur: ("atelier__slug", "nom", "commune_id", "surface_m2"),
    Livrable: ("atelier__slug", "titre", "etat"),
    CompteRendu: ("seance__atelier__slug", "seance__titre", "texte", "publie_le"),
    FeuilleDeRoute: ("atelier__slug", "etat", "vision", "officialisee_le"),
    Axe: ("feuille__atelier__slug", "titre", "texte"),
    Action: (
        "axe__titre",
        "titre",
        "theme__libelle",
        "priorite",
        "echeance_annee",
        "avancement",
        "contributions__texte",
        "hypotheses__titre",
        "sites__nom",
    ),
    Signature: ("feuille__atelier__slug", "cote", "nom", "qualite", "organisme", "signe_le"),
    Enseignement: ("titre", "texte"),
    Publication: ("slug", "titre", "etat", "publiee_le"),
}


def relever() -> dict[str, list[list[str]]]:
    """Every row as text, sorted: two equal loadings give two equal dictionaries."""
    releve = {
        modele._meta.verbose_name: sorted(
            [str(valeur) for valeur in ligne] for ligne in modele.objects.values_list(*champs)
        )
        for modele, champs in CHAMPS.items()
    }
    releve["section"] = sorted(
        list(ligne)
        for ligne in Candidature.objects.values_list(
            "titre", "sections__cle", "sections__texte", "themes__libelle"
        )
        if None not in ligne
    )
    return releve


def empreinte(releve: dict) -> str:
    return hashlib.sha256(json.dumps(releve, ensure_ascii=False).encode()).hexdigest()
