"""Whom an avis may be asked from: the competent services first, the others by their name."""

from __future__ import annotations

from candidatures.dossiers.domaine import pilotage
from candidatures.dossiers.models import Candidature
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.texte import plier

TROUVES = 12


def consultables(candidature: Candidature):
    """Organisations with somebody to answer, not carrying the dossier, not asked yet."""
    exclus = [p.organisme_id for p in candidature.portages.all()]
    exclus.append(candidature.service_pilote_id or 0)
    avec_agents = Utilisateur.objects.filter(is_active=True).exclude(role=Role.DGALN)
    return (
        Organisme.objects.filter(pk__in=avec_agents.values("organisme_id"))
        .exclude(pk__in=exclus)
        .exclude(pk__in=candidature.avis.values("organisme_id"))
        .order_by("nom", "pk")
    )


def competents(candidature: Candidature, permis) -> list[Organisme]:
    """The DREAL and the DDT(M) of the perimeter, in that order."""
    lus = pilotage.services(candidature)
    ordre = [c.competent for c in (*lus.regions, *lus.departements) if c.competent]
    services = {o.pk: rang for rang, o in reversed(list(enumerate(ordre)))}
    return sorted(permis.filter(pk__in=services), key=lambda o: services[o.pk])


def chercher(permis, q: str, *, sauf=(), choisi: str = "") -> list[Organisme]:
    """Every word of `q` somewhere in the name, accents aside; what was ticked stays listed."""
    mots = plier(q).split()
    if not mots and not choisi:
        return []
    ecartes = {o.pk for o in sauf}
    lus = []
    for organisme in permis:
        nom = plier(str(organisme))
        trouve = bool(mots) and all(mot in nom for mot in mots) and len(lus) < TROUVES
        if str(organisme.pk) == choisi or (trouve and organisme.pk not in ecartes):
            lus.append(organisme)
    return lus
