"""The ladder of acts shown on the engagement page: done, possible now, or why not yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from restitution.engagement.choix import Cote
from restitution.engagement.domaine.conditions import (
    manques_pour_officialiser,
    manques_pour_publier,
    manques_pour_valider,
)
from restitution.engagement.domaine.signatures import peut_signer
from restitution.feuilles import droits
from restitution.feuilles.choix import EtatFeuille
from restitution.feuilles.mise_en_forme import en_date
from socle.comptes.choix import Role
from socle.erreurs import Manque

ORDRE = list(EtatFeuille)


@dataclass(frozen=True)
class Acte:
    cle: str
    titre: str
    qui: str
    fait_le: str = ""
    courant: bool = False
    permis: bool = False
    manques: list[Manque] = field(default_factory=list)

    @property
    def faisable(self) -> bool:
        return self.courant and self.permis and not self.manques


def actes(feuille, utilisateur) -> list[Acte]:
    """The four acts in order; what is missing is computed for the current one only."""
    pilote = droits.peut_piloter(utilisateur, feuille)
    collectivite = droits.est_collectivite(utilisateur, feuille)
    lignes = [
        (
            "valider",
            "Validation technique",
            "le service pilote, après le COTECH ou le COPIL",
            feuille.validee_le,
            EtatFeuille.BROUILLON,
            pilote,
            manques_pour_valider,
        ),
        (
            "approuver",
            "Approbation politique",
            "la collectivité, par délibération",
            feuille.approuvee_le,
            EtatFeuille.VALIDEE,
            collectivite and utilisateur.a_le_role(Role.COLLECTIVITE),
            None,
        ),
        (
            "officialiser",
            "Officialisation",
            "les élus et l’État, par leurs signatures",
            feuille.officialisee_le,
            EtatFeuille.APPROUVEE,
            pilote or collectivite,
            manques_pour_officialiser,
        ),
        (
            "publier",
            "Publication",
            "le service pilote ou la DGALN",
            feuille.publiee_le,
            EtatFeuille.OFFICIALISEE,
            pilote,
            manques_pour_publier,
        ),
    ]
    return [_acte(feuille, *ligne) for ligne in lignes]


def _acte(feuille, cle, titre, qui, fait_le, etat, permis, manques) -> Acte:
    courant = feuille.etat == etat
    return Acte(
        cle=cle,
        titre=titre,
        qui=qui,
        fait_le=en_date(fait_le) if fait_le else "",
        courant=courant,
        permis=permis,
        manques=manques(feuille) if courant and manques else [],
    )


def cotes(feuille, utilisateur) -> list[dict]:
    """Both sides, their signatures, and whether this user records them."""
    signatures = list(feuille.signatures.order_by("signe_le", "pk"))
    ouvert = feuille.etat == EtatFeuille.APPROUVEE
    return [
        {
            "cle": cote.value,
            "libelle": cote.label,
            "signatures": [s for s in signatures if s.cote == cote],
            "permis": ouvert and peut_signer(utilisateur, feuille, cote),
        }
        for cote in Cote
    ]
