"""A simulation changes nothing until somebody keeps it, then the committee takes it as its own."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from candidatures.comite import journal
from candidatures.comite.calcul.reglages import Reglages, de
from candidatures.comite.calcul.tableau import tableau
from candidatures.comite.choix import Proposition
from candidatures.comite.domaine.commun import ouvrir
from candidatures.comite.models import Comite, Deliberation, Scenario
from socle.erreurs import ElementsManquants, ErreurMetier, Manque
from socle.journal.domaine import inscrire


@transaction.atomic
def garder_scenario(*, comite: Comite, nom: str, reglages: Reglages, par) -> Scenario:
    comite = ouvrir(comite, par)
    nom = nom.strip()
    if not nom:
        raise ElementsManquants([Manque("Donnez un nom à ce scénario.", "#id_nom")])
    if comite.scenarios.filter(nom=nom).exists():
        raise ErreurMetier("Un scénario porte déjà ce nom.")
    scenario = Scenario.objects.create(
        comite=comite, nom=nom, par=par, le=timezone.now(), **reglages.champs()
    )
    inscrire(journal.SCENARIO_GARDE, objet=comite, par=par, scenario=nom)
    return scenario


def _proposer(comite: Comite, par) -> None:
    """One proposal a dossier, except where the committee already voted."""
    lu = tableau(comite)
    existantes = {d.candidature_id: d for d in comite.deliberations.all()}
    propositions = [(r.cle, Proposition.RETENIR, None) for r in lu.retenues]
    propositions += [(r.cle, Proposition.RESERVE, i) for i, r in enumerate(lu.reserve, 1)]
    propositions += [(r.cle, Proposition.NE_PAS_RETENIR, None) for r in lu.autres]
    nouvelles, changees = [], []
    for cle, proposition, rang in propositions:
        deja = existantes.get(cle)
        if deja is None:
            nouvelles.append(
                Deliberation(
                    comite=comite,
                    candidature_id=cle,
                    proposition=proposition,
                    rang_reserve=rang,
                    par=par,
                )
            )
        elif deja.deliberee_le is None:
            deja.proposition, deja.rang_reserve, deja.par = proposition, rang, par
            deja.revision += 1
            changees.append(deja)
    Deliberation.objects.bulk_create(nouvelles)
    Deliberation.objects.bulk_update(changees, ["proposition", "rang_reserve", "par", "revision"])


@transaction.atomic
def retenir_scenario(*, scenario: Scenario, par) -> Scenario:
    """The committee's settings become the scenario's, and the proposals are written from it."""
    comite = ouvrir(scenario.comite, par)
    for nom, valeur in de(scenario).champs().items():
        setattr(comite, nom, valeur)
    comite.revision += 1
    comite.save(
        update_fields=["plafond_places", "plafond_budget", "reserve", "reglages", "revision"]
    )
    _proposer(comite, par)
    scenario.retenu_le = timezone.now()
    scenario.save(update_fields=["retenu_le"])
    inscrire(journal.SCENARIO_RETENU, objet=comite, par=par, scenario=scenario.nom)
    return scenario
