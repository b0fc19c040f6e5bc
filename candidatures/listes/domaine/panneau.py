"""What the filter panel shows: the fields of one group, and every group as removable tags."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from candidatures.dossiers.choix import EtatCandidature
from candidatures.listes.domaine.criteres import (
    CHOIX,
    JOUR,
    NOMBRE,
    Critere,
    criteres,
    options_en_base,
)
from candidatures.listes.domaine.etat import GROUPES_MAX, UNE, EtatListe

PREMIERS = {"texte", "appel", "etat", "region"}
AIDES = {"departement": "Codes ou noms : 56, 44 ou Morbihan"}
TYPES = {NOMBRE: "number", JOUR: "date"}


def options(*, instructeur: bool) -> dict[str, list]:
    """Fixed and stored choices, by criterion. DGALN never sees a brouillon."""
    toutes = {c.cle: list(c.options) for c in criteres(instructeur=instructeur) if c.options}
    if instructeur:
        toutes["etat"] = [o for o in toutes["etat"] if o[0] != EtatCandidature.BROUILLON]
    return toutes | options_en_base(instructeur=instructeur)


def _cases(nom: str, choix, valeurs) -> SafeString:
    """The boxes to tick, in plain HTML: two hundred appels cost no template rendering."""
    debut = f'<label><input type="checkbox" name="{escape(nom)}" value="'
    return mark_safe(  # every part is escaped
        "".join(
            f'{debut}{escape(v)}"{" checked" if v in valeurs else ""}> {escape(libelle)}</label>'
            for v, libelle in choix
        )
    )


def _type(critere: Critere, refus: str) -> str:
    """What was refused stays in its field: one for numbers or days would show nothing."""
    if refus:
        return "text"
    return TYPES.get(critere.genre, "search" if critere.cle == "texte" else "text")


def _refuses(etat: EtatListe, *, instructeur: bool) -> list[str]:
    """Above the rows: what was typed, and does not choose them."""
    libelles = {c.cle: c.libelle for c in criteres(instructeur=instructeur)}
    return [f"{libelles[cle]}\u00a0: {phrase}" for (_, cle), (_, phrase) in etat.refus.items()]


def panneau(etat: EtatListe, choix: dict[str, list], *, instructeur: bool) -> dict:
    """The open group as fields: the usual ones, then the others, folded."""
    groupe = etat.groupe(etat.groupe_ouvert)
    premiers, autres = [], []
    for critere in criteres(instructeur=instructeur):
        valeurs = groupe.valeurs.get(critere.cle, ())
        tape, refus = etat.refus.get((groupe.numero, critere.cle), ("", ""))
        champ = {
            "nom": groupe.nom(critere.cle),
            "id": f"f-{critere.cle}",
            "libelle": critere.libelle,
            "choix": critere.genre == CHOIX,
            "type": _type(critere, refus),
            "valeur": valeurs[0] if valeurs else tape,
            "refus": refus,
            "aide": AIDES.get(critere.cle, ""),
            "options": _cases(groupe.nom(critere.cle), choix.get(critere.cle, ()), valeurs),
            "nombre": len(valeurs) or "",
        }
        if not champ["choix"] or champ["options"]:
            (premiers if critere.cle in PREMIERS else autres).append(champ)
    numeros = [g.numero for g in etat.groupes]
    autres_groupes = [n for n in numeros if n != groupe.numero]
    libres = [n for n in range(1, GROUPES_MAX + 1) if n not in numeros]
    return {
        "numero": groupe.numero,
        "nom_mode": groupe.nom("mode"),
        "une": groupe.mode == UNE,
        "premiers": premiers,
        "autres": autres,
        "autres_ouverts": any(c["nombre"] or c["refus"] for c in autres) or groupe.mode == UNE,
        "caches": [
            p
            for p in etat.paires(sauf_groupe=groupe.numero)
            if p[0] != "entre" or not autres_groupes
        ],
        "autres_groupes": autres_groupes,
        "entre_une": etat.entre == UNE or (not groupe.valeurs and len(autres_groupes) == 1),
        "refuses": _refuses(etat, instructeur=instructeur),
        "suivant": libres[0] if libres and groupe.valeurs else None,
        "nouveau": bool(numeros) and groupe.numero not in numeros,
    }


def groupes_dits(etat: EtatListe, choix: dict[str, list], *, instructeur: bool) -> list[dict]:
    """Each group as removable tags, and the link that opens it again."""
    connus = {c.cle: c for c in criteres(instructeur=instructeur)}
    dits = []
    for rang, groupe in enumerate(etat.groupes):
        tags = []
        for cle, valeurs in groupe.valeurs.items():
            noms = dict(choix.get(cle, ()))
            for valeur in valeurs:
                libelle = f"{connus[cle].libelle} : {noms.get(valeur, valeur)}"
                tags.append({"libelle": libelle, "url": etat.sans(groupe, cle, valeur)})
        dits.append(
            {
                "tags": tags,
                "une": groupe.mode == UNE and len(tags) > 1,
                "plusieurs": len(tags) > 1,
                "numero": groupe.numero,
                "ouvert": groupe.numero == etat.groupe_ouvert,
                "liaison": ("ou" if etat.entre == UNE else "et") if rang else "",
                "url": f"{etat.url()}&groupe={groupe.numero}",
            }
        )
    return dits
