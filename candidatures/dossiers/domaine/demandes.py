"""What an open request for compléments asks of one step, shown beside its field.

The request belongs to the instruction, which names its relation; this room only reads it.
"""

from __future__ import annotations

from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.domaine.etapes import Etape
from candidatures.dossiers.models import Candidature


def attendus_ici(candidature: Candidature, champs) -> list[dict]:
    """[{ou, texte}] of the items about these fields, then those about the whole dossier."""
    if candidature.etat != EtatCandidature.A_COMPLETER:
        return []
    demande = candidature.demandes_complement.filter(repondue_le__isnull=True).first()
    if demande is None:
        return []
    elements = demande.elements.select_related("piece_requise")
    ici = [e for e in elements if e.champ == "*" or any(e.champ.startswith(c) for c in champs)]
    return [{"ou": e.ou, "texte": e.texte, "avant": demande.echeance} for e in ici]


def champs_de(etape: Etape) -> list[str]:
    if etape.slug == "pieces":
        return ["piece:"]
    genre = "section" if etape.est_section else "rubrique"
    return [f"{genre}:{etape.cle}"] if etape.cle else []
