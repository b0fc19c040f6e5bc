"""The proposal says who was left out of each dossier, and why."""

import pytest
from django.urls import reverse

from candidatures.dispositifs.models import Theme
from candidatures.instruction.choix import OrigineDeport
from candidatures.instruction.domaine import exclusions, tirage
from candidatures.instruction.models import Deport, ProfilEvaluateur
from tests.factories.candidatures import faire_appel
from tests.factories.instruction import deporter, faire_evaluateur, faire_recevable


@pytest.fixture
def propose(distribution):
    appel = faire_appel(distribution)
    a, b = (faire_recevable(distribution, appel=appel, titre=t) for t in ("Premier", "Second"))
    plein, hors = faire_evaluateur(distribution, 1), faire_evaluateur(distribution, 2)
    calcule = faire_evaluateur(distribution, 3)
    theme = Theme.objects.exclude(pk__in=a.themes.values("pk")).first()
    ProfilEvaluateur.objects.create(personne=plein, charge_max=1)
    ProfilEvaluateur.objects.create(personne=hors).themes.set([theme])
    deporter(distribution, a, motif="Ami du maire")
    d = deporter(distribution, a, calcule, motif="Même département")
    Deport.objects.filter(pk=d.pk).update(origine=OrigineDeport.CALCULE)
    lu = tirage.proposer_tirage(appel=appel, n=1, graine=1, par=distribution.dgaln)
    lu.proposition = {str(a.pk): [], str(b.pk): [plein.pk]}
    lu.save(update_fields=["proposition"])
    return lu, (a, b), (plein, hors, calcule)


def test_chaque_raison_est_dite(distribution, propose):
    lu, (a, b), (plein, hors, calcule) = propose
    dits = exclusions.ecartes(lu, [a, b])
    assert {(e.nom, e.raison, e.ferme) for e in dits[a.pk]} == {
        (distribution.evaluateur.nom_complet, "déport déclaré (Ami du maire)", True),
        (calcule.nom_complet, "déport calculé (Même département)", True),
        (plein.nom_complet, "charge atteinte (1 sur 1)", True),
        (hors.nom_complet, "aucun thème en commun", False),
    }
    assert [(e.nom, e.ferme) for e in dits[b.pk]] == [(hors.nom_complet, False)]


def test_la_page_les_montre(distribution, propose, client):
    lu, *_ = propose
    client.force_login(distribution.dgaln)
    texte = client.get(reverse("candidatures:tirage", args=[lu.pk])).content.decode()
    assert "3\u00a0évaluateurs écartés, 1 hors thème" in texte
    assert texte.count("déport déclaré (Ami du maire)") == 1


def test_un_nombre_fixe_de_requetes(distribution, propose, django_assert_num_queries):
    lu, (a, b), _ = propose
    for dossiers in ([a], [a, b]):
        with django_assert_num_queries(10):
            exclusions.ecartes(lu, dossiers)
