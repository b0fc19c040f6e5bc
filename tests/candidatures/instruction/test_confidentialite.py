"""Nothing of notes, avis and pending decisions leaks: a crawl looks for secret words."""

import re
from html import unescape

import pytest

from candidatures.instruction.domaine import avis
from tests.factories.instruction import (
    demander_un_avis,
    faire_en_evaluation,
    faire_evaluateur,
    noter,
    preparer,
)

SECRET = "jeton-confidentiel-7391"
LIEN = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
DEPARTS = ("/tableau-de-bord/", "/candidatures/", "/instruction/", "/evaluations/", "/avis/")
FICHIERS = ("/static/", "/kits/", "/pieces/", "/fichier/", "/deconnexion")
LIMITE = 150


def parcourir(visiteur, departs):
    """Every page reachable by links from these, as {address: text}."""
    a_voir, pages = list(departs), {}
    while a_voir and len(pages) < LIMITE:
        adresse = unescape(a_voir.pop(0))
        if adresse in pages or any(mot in adresse for mot in FICHIERS):
            continue
        reponse = visiteur.get(adresse)
        if "html" not in reponse.get("Content-Type", ""):
            continue
        pages[adresse] = reponse.content.decode()
        a_voir += LIEN.findall(pages[adresse])
    return pages


@pytest.fixture
def dossier(distribution):
    """Under evaluation, with a secret in all that candidates must not read."""
    second = faire_evaluateur(distribution, 1)
    candidature = faire_en_evaluation(distribution, evaluateurs=[distribution.evaluateur, second])
    noter(candidature, second, (1, 2, 3), remarque=SECRET, synthese=SECRET)
    demande = demander_un_avis(distribution, candidature, distribution.collectivite_autre.organisme)
    avis.rendre_avis(
        avis=demande, sens="defavorable", texte=SECRET, par=distribution.collectivite_autre
    )
    preparer(distribution, candidature, "non_retenue", motif=SECRET)
    return candidature


@pytest.mark.parametrize("nom", ["ddt", "collectivite", "dreal", "evaluateur", "ddt_autre"])
def test_le_secret_n_apparait_nulle_part(distribution, connecte, dossier, nom):
    base = f"/candidatures/{dossier.reference}/"
    departs = [*DEPARTS, base]
    departs += [
        f"{base}{suite}"
        for suite in ("historique/", "instruction/", "decision/", "evaluer/", "complements/")
    ]
    pages = parcourir(connecte(nom), departs)
    assert [adresse for adresse, texte in pages.items() if SECRET in texte] == []


def test_le_secret_est_bien_lisible_par_la_dgaln(distribution, connecte, dossier):
    """Otherwise the crawl above would prove nothing."""
    page = connecte("dgaln").get(f"/candidatures/{dossier.reference}/instruction/")
    assert page.content.decode().count(SECRET) >= 4


def test_un_evaluateur_lit_la_synthese_apres_son_depot(distribution, connecte, dossier):
    noter(dossier, distribution.evaluateur, (5, 5, 5))
    page = connecte("evaluateur").get(f"/candidatures/{dossier.reference}/evaluer/")
    assert "Synthèse des évaluations" in page.content.decode()


def test_les_courriels_ne_portent_ni_note_ni_avis(distribution, dossier):
    from socle.courriels.models import Courriel

    assert Courriel.objects.filter(corps__contains=SECRET).count() == 0


def test_le_journal_public_se_tait(distribution, dossier):
    from socle.journal.domaine import historique

    actions = {action.cle for _, action in historique(dossier)}
    assert not actions & {
        "avis.demande",
        "avis.rendu",
        "evaluation.confiee",
        "evaluation.deposee",
        "decision.preparee",
    }
