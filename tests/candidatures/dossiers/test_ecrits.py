"""« Qui a écrit quoi »: one line per sitting, with what it changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers.domaine import ecrits
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import RevisionChamp
from tests.factories.candidatures import faire_brouillon

pytestmark = pytest.mark.django_db


def test_les_ecrits_se_groupent_par_seance_avec_ce_qui_a_change(distribution, connecte):
    brouillon = faire_brouillon(distribution)
    depart = timezone.now() - timedelta(hours=5)
    saisies = [
        (0, distribution.ddt, "Le bourg"),
        (2, distribution.ddt, "Le bourg ancien"),
        (60, distribution.ddt, "Le bourg rénové"),
        (61, distribution.collectivite, "Le village rénové"),
    ]
    for revision, (minutes, par, valeur) in enumerate(saisies):
        enregistrer_champ(
            candidature=brouillon, champ="section.objet", valeur=valeur, revision=revision, par=par
        )
        RevisionChamp.objects.filter(revision=revision + 1).update(
            le=depart + timedelta(minutes=minutes)
        )
    seances = ecrits.seances(brouillon, "section.objet")
    assert [(s.version.valeur, s.enregistrements) for s in seances] == [
        ("Le village rénové", 1),
        ("Le bourg rénové", 1),
        ("Le bourg ancien", 2),
    ]
    assert seances[1].morceaux("section.objet") == [
        ("=", "Le bourg "),
        ("-", "ancien"),
        ("+", "rénové"),
    ]
    page = connecte("ddt").get(
        reverse("candidatures:ecrits", args=[brouillon.reference]), {"champ": "section.objet"}
    )
    assert "<del>ancien</del><ins>rénové</ins>" in page.content.decode()
    assert "en 2 enregistrements" in page.content.decode()
