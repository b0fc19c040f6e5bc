"""Gather the facts of a candidature, and evaluate the rules of its call on them."""

from __future__ import annotations

from collections.abc import Collection

from candidatures.appels.choix import TONS_VERDICT, Verdict
from candidatures.appels.choix import TypeRegle as T
from candidatures.appels.domaine.eligibilite import Faits, Resultat, evaluer
from candidatures.appels.domaine.regles import regles_de
from candidatures.appels.models import RegleEligibilite
from candidatures.dossiers.domaine.figees import parties_figees
from candidatures.dossiers.domaine.territoire import accompagnements, laureats
from candidatures.dossiers.models import Candidature


def resultats_figes(candidature: Candidature) -> list[dict]:
    """As they were at the last deposit, each with its version."""
    versions = parties_figees(candidature)
    return (versions[0][2] or []) if versions else []


def regles_applicables(candidature: Candidature) -> list[RegleEligibilite]:
    """Those in force; once deposited, the versions it was deposited under."""
    if not candidature.versions.all():
        return regles_de(candidature.appel)
    figes = resultats_figes(candidature)
    regles = RegleEligibilite.objects.in_bulk([r["regle"] for r in figes])
    return [regles[r["regle"]] for r in figes if r["regle"] in regles]


def faits(candidature: Candidature, types: Collection[str] = tuple(T.values)) -> Faits:
    """Only what these types of rules look at is read."""
    perimetre = candidature.perimetre
    depts = list(perimetre.departements.all()) if perimetre else []
    regions = {}
    if perimetre and T.DANS_REGIONS in types:
        avec = perimetre.departements.select_related("region").order_by("code")
        regions = {d.region_id: d.region.nom for d in avec}
    requises = {p.pk: p for p in candidature.appel.dispositif.pieces.all()}
    jointes = {
        requises[p.piece_requise_id].cle: p.nom
        for p in candidature.pieces.all()
        if p.active and p.piece_requise_id in requises
    }
    chef = next((p.organisme.nom for p in candidature.portages.all() if p.chef_de_file), "")
    avec_programmes = laureats(candidature) if T.HORS_PROGRAMMES in types else []
    return Faits(
        situe=perimetre is not None,
        population=perimetre.population if perimetre else 0,
        communes=len(perimetre.couverture) if perimetre else 0,
        surface_km2=perimetre.surface_km2 if perimetre and perimetre.surface_entiere else None,
        departements=tuple(sorted(d.pk for d in depts)),
        regions=regions,
        stade=candidature.stade,
        stade_libelle=candidature.get_stade_display() if candidature.stade else "",
        chef_de_file=chef,
        pieces=jointes,
        pieces_requises={p.cle: p.libelle for p in requises.values()},
        accompagnements=(
            tuple(accompagnements(candidature)) if T.SANS_ACCOMPAGNEMENT in types else ()
        ),
        programmes={x.programme_id: x.programme.nom for x in avec_programmes},
    )


def resultats(candidature: Candidature) -> list[Resultat]:
    """Each rule of the call, with its verdict and why. No rule: no query about facts."""
    regles = regles_applicables(candidature)
    if not regles:
        return []
    return evaluer(regles, faits(candidature, {r.expression["type"] for r in regles}))


def lignes(candidature: Candidature) -> list[dict]:
    """For the page: the stored results once deposited, else those of now."""
    donnees = (
        resultats_figes(candidature)
        if candidature.deposee_le
        else [r.en_donnees() for r in resultats(candidature)]
    )
    return [
        ligne
        | {
            "ton": TONS_VERDICT[Verdict(ligne["verdict"])],
            "verdict_libelle": Verdict(ligne["verdict"]).label,
            "bloque": ligne["bloquante"] and ligne["verdict"] == Verdict.NON_TENUE,
            "conseil": ligne["verdict"] != Verdict.TENUE,
        }
        for ligne in donnees
    ]
