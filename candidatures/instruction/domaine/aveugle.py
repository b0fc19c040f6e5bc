"""What a blind reader must not read of a dossier, gathered from the database."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal, notifications
from candidatures.instruction.domaine.commun import ouvrir
from candidatures.instruction.domaine.masque import Jeton, fabriquer
from candidatures.instruction.domaine.toponymes import (
    formes_courantes,
    lieux_nommes,
    motif_gentile,
    mots_propres,
    ordinaires,
)
from candidatures.instruction.models import Evaluation, NomsMasques
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.journal.domaine import inscrire
from socle.territoires.models import Commune

PORTEUR = "[porteur]"
PERSONNE = "[personne]"


def lettre(rang: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    lettres = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def etiquettes(candidatures) -> dict[int, str]:
    """« Territoire A » for each of these deposited dossiers (keys): its name in its appel, once
    for all, whatever is deposited, imported or completed afterwards."""
    nommees = Candidature.objects.filter(pk__in=candidatures, rang_aveugle__isnull=False)
    rangs = nommees.order_by().values_list("pk", "rang_aveugle")
    return {pk: f"Territoire {lettre(rang)}" for pk, rang in rangs}


def lit_a_l_aveugle(utilisateur, candidature: Candidature) -> bool:
    """Evaluators only: an agent who instructs already knows the territory."""
    if utilisateur.role != Role.EVALUATEUR:
        return False
    return any(phase.aveugle for phase in candidature.appel.phases.all())


def _communes(perimetre) -> list[tuple]:
    """(commune, EPCI, département, région) of each commune covered."""
    if not perimetre:
        return []
    couvertes = Commune.objects.filter(code__in=perimetre.couverture)
    return list(
        couvertes.order_by().values_list(
            "nom", "epci__nom", "departement__nom", "departement__region__nom"
        )
    )


def _territoire(contenu: dict, perimetre) -> tuple[list[str], list[str]]:
    """Every name of the place, and those that have short names: communes, EPCI, zones."""
    lus = contenu.get("perimetre") or {}
    locaux = [p["nom"] for cle in ("communes", "epcis", "zones") for p in lus.get(cle, ())]
    larges = [p["nom"] for p in lus.get("departements", ())]
    for commune, epci, departement, region in _communes(perimetre):
        locaux += [n for n in (commune, epci) if n]
        larges += [n for n in (departement, region) if n]
    return locaux + larges, locaux


def _textes(contenu) -> list[str]:
    """Every text of the frozen dossier, whatever its depth."""
    if isinstance(contenu, str):
        return [contenu]
    if isinstance(contenu, dict):
        contenu = contenu.values()
    return [t for v in contenu for t in _textes(v)] if hasattr(contenu, "__iter__") else []


def _du_titre(titre: str, textes: list[str], communs: frozenset[str]) -> list[str]:
    """Its proper nouns; the first word has its capital anyway, so that a text must confirm it."""
    mots = mots_propres(titre, communs)
    if mots and titre.lstrip(" «\u00a0").startswith(mots[0]):
        confirme = re.compile(rf"[\w,’'] ?{re.escape(mots[0])}\b")
        if not any(confirme.search(t) for t in textes if t != titre):
            return mots[1:]
    return mots


def _lieux(titre: str, contenu: dict, locaux: list[str], porteurs: list[str], nom: str):
    """The everyday words for the place: short names, places of the title, gentilés."""
    textes = _textes(contenu)
    communs = ordinaires(textes)
    courts = {forme for local in locaux for forme in formes_courantes(local)}
    mots = {m for n in (*locaux, *porteurs) for m in mots_propres(n, communs)}
    cites = {lieu for texte in textes for lieu in lieux_nommes(texte)}
    mots |= {*_du_titre(titre, textes, communs)}
    mots |= {m for lieu in cites for m in mots_propres(lieu, communs)}
    jetons = [Jeton(n, nom, propre=True) for n in sorted(courts | cites | mots)]
    return jetons, Jeton(motif_gentile(mots), nom)


def masque_de(candidature: Candidature, contenu: dict, nom: str) -> Callable[[str], str]:
    """Territory, carriers and their people, hidden. `contenu`: the frozen dossier."""
    pilote = contenu.get("service_pilote")
    organismes = [o["id"] for o in contenu.get("porteurs", ())] + ([pilote["id"]] if pilote else [])
    noms, locaux = _territoire(contenu, candidature.perimetre)
    codes = [d["code"] for d in (contenu.get("perimetre") or {}).get("departements", ())]
    sigles = [
        n
        for lus in Organisme.objects.filter(pk__in=organismes).values_list("nom", "sigle")
        for n in lus
        if n
    ]
    porteurs = sigles + [p["porteur"] for p in contenu.get("projets", ()) if p["porteur"]]
    ajoutes = getattr(candidature, "noms_masques", None)
    noms += ajoutes.liste if ajoutes else []
    lieux, gentiles = _lieux(candidature.titre, contenu, locaux, sigles, nom)
    jetons = [*lieux, *[Jeton(n, nom) for n in noms], *[Jeton(p, PORTEUR) for p in porteurs]]
    personnes = Utilisateur.objects.filter(
        Q(organisme__in=organismes, role__in=(Role.SERVICE_ETAT, Role.COLLECTIVITE))
        | Q(pk=candidature.cree_par_id)
    )
    for prenom, patronyme in personnes.order_by().values_list("prenom", "nom"):
        jetons += [Jeton(f"{prenom} {patronyme}", PERSONNE), Jeton(patronyme, PERSONNE)]
    return fabriquer(jetons, codes, gentiles=gentiles)


@transaction.atomic
def noter_noms_masques(*, candidature: Candidature, noms: str, par) -> NomsMasques:
    """A nickname, a monument: hidden from the next blind reading on."""
    candidature = ouvrir(candidature, par)
    lus, _ = NomsMasques.objects.update_or_create(
        candidature=candidature, defaults={"noms": noms.strip(), "par": par}
    )
    inscrire(journal.NOMS_MASQUES, objet=candidature, par=par, nombre=len(lus.liste))
    return lus


@transaction.atomic
def masquer_la_boite(appel, par) -> None:
    """The appel has just become blind: what waits for an evaluator leaves without the names."""
    dossiers = Candidature.objects.filter(appel=appel)
    evaluateurs = Utilisateur.objects.filter(role=Role.EVALUATEUR)
    motif = "L’évaluation est désormais à l’aveugle."
    retires = notifications.retirer(dossiers, evaluateurs, motif, par)
    cles = [c.objet_id for c in retires if c.cle in notifications.CONFIES]
    aveugles = Evaluation.comptees.filter(pk__in=cles).select_related("evaluateur", "candidature")
    aveugles = list(aveugles.prefetch_related("candidature__appel__phases"))
    notifications.a_evaluer(aveugles, par, noms_masques(aveugles))


def noms_masques(evaluations) -> dict[int, str]:
    """What each blind reader reads instead of the title, by evaluation (for their mail)."""
    masquees = [e for e in evaluations if lit_a_l_aveugle(e.evaluateur, e.candidature)]
    noms = etiquettes({e.candidature_id for e in masquees}) if masquees else {}
    return {e.pk: noms[e.candidature_id] for e in masquees}
