"""What the outside reader stumbled on: the contract without a team, the labels, the territory."""

import pytest
from django.urls import reverse

from ateliers.cadrage.models import Contrat
from socle.erreurs import ElementsManquants
from tests.factories import ateliers as fabrique

pytestmark = pytest.mark.django_db
PHRASE = "Désignez d’abord l’équipe\u00a0: son mandataire est le titulaire."


def page(client, nom, *arguments):
    return client.get(reverse(nom, args=arguments)).content.decode()


def test_sans_equipe_le_contrat_dit_quoi_faire(distribution, client):
    atelier = fabrique.faire_atelier(distribution, "flash")
    client.force_login(distribution.ddt)
    for nom in ("ateliers:cadrage", "ateliers:contrat_nouveau"):
        contenu = page(client, nom, atelier.slug)
        assert PHRASE in contenu
        assert reverse("ateliers:equipe", args=[atelier.slug]) in contenu
    with pytest.raises(ElementsManquants):
        fabrique.preparer_contrat(distribution, atelier)
    assert Contrat.objects.count() == 0


def test_une_section_est_dite_necessaire_pour_valider(distribution, client):
    atelier = fabrique.faire_atelier(distribution, "flash")
    client.force_login(distribution.ddt)
    contenu = page(client, "ateliers:cahier_section", atelier.slug, "attendus")
    assert contenu.count("(nécessaire pour valider)") == 1
    assert contenu.count("(facultatif)") == 0


def test_la_page_publique_montre_le_territoire_et_rien_de_la_note(distribution, client):
    atelier = fabrique.faire_atelier(distribution, "flash", titre="Essai du bourg")
    objet = next(
        s["texte"]
        for s in atelier.candidature.version_retenue.contenu["sections"]
        if s["cle"] == "objet"
    )
    contenu = page(client, "ateliers:atelier", atelier.slug)
    assert atelier.presentation == ""
    assert objet not in contenu
    assert "L’atelier s’ouvre. Sa présentation paraîtra ici." in contenu
    assert atelier.perimetre.lieu in contenu


def test_le_lieu_vient_du_perimetre_et_non_du_titre(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash", titre="Essai du bourg")
    perimetre = atelier.perimetre
    noms = [*perimetre.epcis.all(), *perimetre.communes.all()]
    assert noms[0].nom in perimetre.lieu
    assert perimetre.lieu.endswith("(Somme)")
    assert "Essai" not in perimetre.lieu
