"""A person known already is taken from the directory; whom one may not see is never proposed."""

import pytest
from django.urls import reverse

from ateliers.annuaire.models import Mandat, Personne
from ateliers.participants.domaine import participants as verbes
from ateliers.participants.domaine.rattachement import reprendre_de_l_annuaire
from ateliers.participants.models import Participant
from socle.erreurs import ActionInterdite, ErreurMetier
from tests.factories.participants import faire_atelier

pytestmark = pytest.mark.django_db
ADA = {
    "prenom": "Ada",
    "nom": "Roux",
    "courriel": "",
    "college": "elus",
    "organisation": "Mairie de Beauval",
    "fonction": "Maire",
}


def ajouter(distribution, atelier, **plus):
    return verbes.ajouter_participant(atelier=atelier, par=distribution.ddt, **ADA | plus)


def test_sans_adresse_le_meme_nom_de_la_meme_organisation_est_la_meme_personne(distribution):
    premier = ajouter(distribution, faire_atelier(distribution))
    second = ajouter(distribution, faire_atelier(distribution), prenom="ADA")
    assert (second.personne_id, second.prenom) == (premier.personne_id, "Ada")
    ailleurs = faire_atelier(distribution)
    autres = [
        ajouter(distribution, ailleurs, organisation="Mairie de Doullens"),
        ajouter(distribution, faire_atelier(distribution), organisation=""),
        ajouter(distribution, faire_atelier(distribution), college="habitants"),
    ]
    assert {a.personne_id == premier.personne_id for a in autres} == {False}
    assert Personne.objects.count() == 4


def test_on_choisit_dans_l_annuaire_a_un_titre(distribution, connecte):
    connue = ajouter(distribution, faire_atelier(distribution), courriel="ada@mairie.example")
    ajouter(distribution, faire_atelier(distribution), nom="Rouxel", college="habitants")
    atelier = faire_atelier(distribution)
    visiteur = connecte("ddt")
    adresse = reverse("ateliers:participant_annuaire", args=[atelier.slug])
    assert visiteur.get(adresse).context["mandats"] == []
    (mandat,) = visiteur.get(adresse, {"q": "roux beauval"}).context["mandats"]
    assert mandat.personne == connue.personne
    ajouter(distribution, faire_atelier(distribution), courriel="autre@mairie.example")
    page = visiteur.get(adresse, {"q": "roux"})
    assert page.context["homonymes"] is True
    for repere in ("ada@mairie.example", "autre@mairie.example", connue.atelier.nom):
        assert repere in page.text
    geste = reverse("ateliers:participant_reprendre", args=[atelier.slug, mandat.pk])
    assert visiteur.post(geste).status_code == 302
    repris = Participant.objects.get(atelier=atelier)
    assert (repris.personne, repris.courriel, repris.fonction, repris.college) == (
        connue.personne,
        "ada@mairie.example",
        "Maire",
        "elus",
    )
    restes = visiteur.get(adresse, {"q": "roux"}).context["mandats"]
    assert [m.personne.courriel for m in restes] == ["autre@mairie.example"]
    with pytest.raises(ErreurMetier, match="participe déjà"):
        reprendre_de_l_annuaire(atelier=atelier, par=distribution.ddt, mandat=mandat)
    with pytest.raises(ActionInterdite):
        reprendre_de_l_annuaire(atelier=atelier, par=distribution.equipe, mandat=mandat)
    Mandat.objects.filter(pk=mandat.pk).update(au="2020-01-01")
    mandat.refresh_from_db()
    with pytest.raises(ErreurMetier, match="à ce titre"):
        reprendre_de_l_annuaire(
            atelier=faire_atelier(distribution), par=distribution.ddt, mandat=mandat
        )
