"""The table of a closed committee: its ranking as sealed in the minutes, its groups as deliberated.

One source for the screen, the deliberations and the minutes: what happens to a dossier after the
closing, a late recusal for instance, changes nothing here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from candidatures.comite.calcul import reglages as lecture_reglages
from candidatures.comite.calcul.classement import Coupe, Place
from candidatures.comite.calcul.hors import HorsClassement, hors_classement
from candidatures.comite.calcul.pv import ContextePV
from candidatures.comite.calcul.tableau import (
    Donnees,
    Rangee,
    Tableau,
    equilibres,
    lire,
    tableau,
)
from candidatures.comite.choix import Proposition
from candidatures.comite.documents import PV
from candidatures.comite.models import Comite, Deliberation
from candidatures.dossiers.droits import deports_actifs
from socle.documents.models import Document

GROUPES = {Proposition.RETENIR: "retenue", Proposition.RESERVE: "reserve"}


def document_scelle(comite: Comite) -> Document:
    return Document.objects.get(
        cle=PV,
        objet_type=Comite._meta.label_lower,
        objet_id=str(comite.pk),
        contexte_sha256=comite.pv_sha256,
    )


def tableau_lu(comite: Comite, utilisateur=None, parametres=None, *, lues=None) -> Tableau:
    """What a page shows: calculated while the committee works, sealed once it is closed."""
    lues = lues or lire(comite)
    if not comite.est_clos:
        lu = tableau(comite, utilisateur, parametres, lues=lues)
        return replace(lu, hors=hors_classement(comite, utilisateur))
    pv = ContextePV.model_validate(document_scelle(comite).contexte)
    return _tableau(comite, utilisateur, lues, pv)


def _hors(pv: ContextePV, utilisateur) -> tuple[HorsClassement, ...]:
    """As sealed; without those from which the viewer is recused now."""
    hors = [HorsClassement(h.reference, h.titre, h.raison) for h in pv.hors_classement]
    if not hors or utilisateur is None:
        return tuple(hors)
    fermes = deports_actifs(utilisateur).values_list("candidature__reference", flat=True)
    caches = set(fermes.filter(candidature__reference__in=[h.reference for h in hors]))
    return tuple(h for h in hors if h.reference not in caches)


def _suite(acte: Deliberation) -> str:
    if acte.rang_reserve:
        return f"Réserve n°\u00a0{acte.rang_reserve}"
    return f"réorientée vers {acte.vers_dispositif}" if acte.vers_dispositif_id else ""


def _rangees(lues: Donnees, pv: ContextePV, utilisateur) -> list[Rangee]:
    """In the sealed order. Only the viewer's own recusal is read now: it closes their eyes."""
    cles = {fiche["reference"]: cle for cle, fiche in lues.fiches.items()}
    dits = {acte.reference: acte for acte in pv.deliberations}
    rangees = []
    for ligne in pv.classement:
        cle, dit = cles[ligne.reference], dits[ligne.reference]
        acte = lues.deliberations[cle]
        note = ligne.note.replace(",", ".")
        comptees, _, attendues = ligne.evaluations.partition(" sur ")
        rangee = Rangee(
            cle=cle,
            reference=ligne.reference,
            titre=ligne.titre,
            territoire=ligne.territoire,
            rang=int(ligne.rang) if ligne.rang.isdecimal() else None,
            moyenne=Decimal(note) if note[:1].isdecimal() else None,
            notes=int(comptees or 0),
            attendues=int(attendues or 0),
            detail=dit.evaluations,
            ex_aequo=ligne.ex_aequo,
            partage=False,
            place=GROUPES.get(Proposition(acte.proposition), "autre"),
            force="",
            proposition=acte.get_proposition_display(),
            deliberee=True,
            deports=len(dit.deportes) if dit.nombre_deports is None else dit.nombre_deports,
            masquee=False,
            vers_dessus="",
            vers_dessous="",
            vers_rang="",
            suite=_suite(acte),
        )
        masquee = utilisateur is not None and utilisateur.pk in lues.deports.get(cle, ())
        rangees.append(_masquer(rangee) if masquee else rangee)
    return rangees


def _masquer(rangee: Rangee) -> Rangee:
    return replace(
        rangee,
        reference="",
        titre="Dossier fermé par votre déport",
        territoire="",
        rang=None,
        moyenne=None,
        notes=0,
        attendues=0,
        detail="",
        ex_aequo=False,
        proposition="",
        suite="",
        masquee=True,
    )


def _tableau(comite: Comite, utilisateur, lues: Donnees, pv: ContextePV) -> Tableau:
    groupes: dict[str, list[Rangee]] = defaultdict(list)
    places = []
    for rangee in _rangees(lues, pv, utilisateur):
        groupes[rangee.place].append(rangee)
        places.append(Place(rangee.cle, None, rangee.rang, rangee.ex_aequo))
    groupes["reserve"].sort(key=lambda r: lues.deliberations[r.cle].rang_reserve or 0)
    retenus, reserve, autres = (
        tuple(r.cle for r in groupes[g]) for g in ("retenue", "reserve", "autre")
    )
    coupe = Coupe(retenus, reserve, autres, cout=len(retenus) * comite.cout_dossier)
    regions, themes = equilibres(lues, coupe)
    return Tableau(
        comite=comite,
        reglages=lecture_reglages.de(comite),
        criteres=lues.criteres,
        places=places,
        coupe=coupe,
        retenues=groupes["retenue"],
        reserve=groupes["reserve"],
        autres=groupes["autre"],
        regions=regions,
        themes=themes,
        simulation=False,
        fige=True,
        hors=_hors(pv, utilisateur),
    )
