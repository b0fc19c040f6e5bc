"""The questions of a call, one shown on a condition; then the national map and its table."""

import pytest

from candidatures.appels.domaine.blocs import lire_definition
from candidatures.dossiers.models import Reponse
from tests.e2e.parcours import Acteur
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import faire_brouillon, faire_deposee

pytestmark = pytest.mark.django_db(transaction=True)
SURFACE = "main [name='q_surface_de_la_friche']"


def test_une_question_sous_condition_se_montre_et_se_repond(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    version = reviser(distribution, candidature.appel)
    friche = poser(distribution, version, "Une friche", "choix", options=["Oui", "Non"])
    poser(distribution, version, "Surface de la friche", "nombre", si=(friche.cle, "egal", "Oui"))
    publier(distribution, version)
    ddt = Acteur(visiteur, distribution.ddt.email)
    page = ddt.ouvrir("candidatures:etape", candidature.reference, "identite")
    with page.expect_navigation():
        page.locator("#etapes a[href*='/questions/']").first.click()
    assert ddt.visiteur.violations() == []
    assert not page.locator(SURFACE).is_visible()
    page.get_by_label("Oui").check(force=True)
    page.locator(SURFACE).wait_for(state="visible")
    page.fill(SURFACE, "12,5")
    page.locator(SURFACE).blur()
    page.wait_for_function("document.querySelector('.saisie-etat').dataset.etat === 'enregistre'")
    assert ddt.visiteur.violations() == []
    gardees = Reponse.objects.filter(candidature=candidature).values_list("cle", "valeur")
    assert dict(gardees) == {"une_friche": "Oui", "surface_de_la_friche": "12.5"}
    page.get_by_label("Non").check(force=True)
    page.locator(SURFACE).wait_for(state="hidden")


def test_la_carte_nationale_et_son_tableau_disent_la_meme_chose(visiteur, distribution):
    candidature = faire_deposee(distribution)
    dgaln = Acteur(visiteur, distribution.dgaln.email)
    page = dgaln.ouvrir("/candidatures/carte/")
    assert page.locator(".carte__dessin a[aria-label^='Somme']").count() == 1
    ligne = page.locator(".carte__tableau tbody tr")
    assert ligne.count() == 1
    assert ligne.locator("th").inner_text() == "Somme (80)\nHauts-de-France"
    assert ligne.locator("td[data-libelle=Total]").inner_text() == "1"
    with page.expect_navigation():
        page.locator(".carte__dessin a[aria-label^='Somme']").focus()
        page.keyboard.press("Enter")
    assert dgaln.visiteur.violations() == []
    assert candidature.titre in page.locator("main").inner_text()


def test_les_lignes_d_un_bloc_s_ajoutent_s_enregistrent_et_se_retirent(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    version = reviser(distribution, candidature.appel)
    sous = lire_definition("Nom\nMontant ; nombre")
    poser(distribution, version, "Financeurs", type_="bloc", sous_questions=sous, maximum=3)
    publier(distribution, version)
    personne = visiteur("ddt@demo.example")
    url = f"/candidatures/{candidature.reference}/questions/questions-de-l-appel/"
    page = personne.aller(url)
    lignes = page.locator("[data-bloc-ligne]")
    assert lignes.count() == 1

    def attendre(attendues):
        for _ in range(60):
            lue = candidature.reponses.first()
            if (lue.valeur["lignes"] if lue and lue.valeur else []) == attendues:
                return
            page.wait_for_timeout(100)
        assert (lue.valeur["lignes"] if lue and lue.valeur else []) == attendues

    lignes.nth(0).get_by_label("Nom").fill("La mairie")
    page.click("[data-bloc-ajouter]")
    lignes.nth(1).get_by_label("Nom").fill("La région")
    lignes.nth(1).get_by_label("Montant").fill("12,5")
    attendre([{"nom": "La mairie"}, {"nom": "La région", "montant": "12.5"}])
    assert personne.violations() == []
    page.click("[data-bloc-ajouter]")
    assert not page.locator("[data-bloc-ajouter]").is_visible()
    lignes.nth(0).get_by_text("Retirer cette ligne").click()
    attendre([{"nom": "La région", "montant": "12.5"}])
    page.reload()
    assert [n.input_value() for n in page.get_by_label("Nom").all()] == ["La région"]
    assert lignes.count() == 1
