"""What a visa is given on: a mark of all that the dossier says, and whether it still says it."""

from __future__ import annotations

import hashlib
import json

from candidatures.dossiers.domaine.reponses import stockees
from candidatures.dossiers.models import Candidature, VisaPorteur

LIGNES = {
    "projets": ("intitule", "porteur", "avancement"),
    "schemas": ("nature", "intitule", "etat", "annee"),
    "acteurs": ("college", "nom", "attente"),
}


def empreinte_lue(candidature: Candidature) -> str:
    """SHA-256 of the text, the perimeter and the pieces: no visa, no date, no author."""
    perimetre = candidature.perimetre
    donnees = {
        "titre": candidature.titre,
        "sections": {s.cle: s.texte for s in candidature.sections.all()},
        "ressources": {r.nature: r.texte for r in candidature.ressources.all()},
        "themes": sorted(t.cle for t in candidature.themes.all()),
        "choix": [candidature.stade, sorted(candidature.programmes)],
        "blocages": candidature.blocages,
        "gouvernance": candidature.gouvernance,
        "reponses": {cle: r.valeur for cle, r in stockees(candidature).items() if r.valeur},
        "pieces": sorted(p.sha256 for p in candidature.pieces.all() if p.active),
    }
    for nom, champs in LIGNES.items():
        lignes = sorted(getattr(candidature, nom).all(), key=lambda ligne: ligne.pk)
        donnees[nom] = [[getattr(ligne, champ) for champ in champs] for ligne in lignes]
    if perimetre is not None:
        donnees["perimetre"] = [
            sorted(c.pk for c in perimetre.communes.all()),
            sorted(e.pk for e in perimetre.epcis.all()),
            sorted(z.nom for z in perimetre.zones.all()),
        ]
    canonique = json.dumps(donnees, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonique.encode()).hexdigest()


def derniere_modification(candidature: Candidature):
    """When what a visa is given on was last saved, pieces included."""
    pieces = [p.deposee_le for p in candidature.pieces.all() if p.active]
    return max([candidature.modifiee_le, *pieces])


def perimes(candidature: Candidature, visas) -> set[int]:
    """Keys of the visas given on another text. One recorded before marks existed says nothing."""
    visas = [visa for visa in visas if visa.empreinte]
    if not visas:
        return set()
    courante = empreinte_lue(candidature)
    return {visa.pk for visa in visas if visa.empreinte != courante}


def phrase(visa: VisaPorteur) -> str:
    return f"{visa.organisme} a visé une version antérieure : le dossier a changé depuis ce visa."
