"""Three people without accounts answer on a phone; the pilot keeps the date they can all make."""

import pytest
from django.urls import reverse

from ateliers.participants.domaine.participants import CHAMPS, ajouter_participant
from ateliers.participants.models import Invitation
from ateliers.seances.models import Seance
from ateliers.sondages.lien import chemin
from tests.factories.participants import PERSONNES, faire_seance
from tests.factories.sondages import cles, faire_sondage, sondes

pytestmark = pytest.mark.django_db(transaction=True)
ADJOINTE = ("Nadia", "Roux", "nadia.roux@exemple.fr", "elus", "Commune de Doullens", "Adjointe")


def _repondre(visiteur, sonde, choix):
    """One tick a date, with a finger, on a narrow screen."""
    telephone = visiteur()
    telephone.page.set_viewport_size({"width": 360, "height": 740})
    page = telephone.aller(chemin(sonde))
    assert telephone.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    for cle, valeur in choix.items():
        cible = page.locator(f"#c{cle}-{valeur}")
        assert cible.bounding_box()["height"] >= 44
        cible.check()
    page.click("button:has-text('Envoyer mes réponses')")
    page.wait_for_url("**/merci/")
    assert telephone.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_trois_personnes_sans_compte_puis_une_date(visiteur, distribution):
    seance = faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)
    for personne in (*PERSONNES[:2], ADJOINTE):
        ajouter_participant(
            atelier=seance.atelier,
            par=distribution.ddt,
            **dict(zip(CHAMPS, personne, strict=True)),
        )
    sondage = faire_sondage(distribution, seance=seance, creneaux=20)
    dates = cles(sondage)
    votes = (
        {dates[0]: "non", dates[4]: "oui"},
        {dates[0]: "oui", dates[4]: "si_besoin"},
        {dates[0]: "oui", dates[4]: "oui", dates[7]: "non"},
    )
    for sonde, choix in zip(sondes(sondage), votes, strict=True):
        _repondre(visiteur, sonde, choix)
    ddt = visiteur("ddt@demo.example")
    page = ddt.aller(reverse("ateliers:sondage", args=[seance.atelier.slug, sondage.pk]))
    assert ddt.violations() == []
    page.locator(".creneau a:has-text('Retenir')").first.click()
    page.wait_for_url("**/retenir/**")
    assert ddt.violations() == []
    page.fill("input[name=lieu]", "Mairie")
    page.click(".formulaire [type=submit]")
    page.wait_for_url(f"**/sondages/{sondage.pk}/")
    seance = Seance.objects.get(pk=seance.pk)
    assert (seance.etat, seance.debut_prevu) == (
        "convoquee",
        sondage.creneaux.get(pk=dates[4]).debut,
    )
    assert Invitation.objects.filter(seance=seance, convoque_le__isnull=False).count() == 3
