import pytest
from django import forms
from django.http import QueryDict

from socle.territoires.champs import ChampPerimetre, codes_de
from socle.territoires.domaine import creer_perimetre


class Formulaire(forms.Form):
    perimetre = ChampPerimetre()


def remplir(*codes, saisie=""):
    donnees = QueryDict(mutable=True)
    donnees.setlist("perimetre", codes)
    donnees["perimetre_saisie"] = saisie
    return Formulaire(donnees)


def lire(form):
    choix = form.cleaned_data["perimetre"]
    return (
        [c.code for c in choix.communes],
        [e.code for e in choix.epcis],
        [(nom, d.code) for nom, d in choix.zones],
    )


def test_codes_du_selecteur(cog):
    form = remplir("C80253", "E200070951", "Z80:Vallée de l’Authie", "C80253")
    assert form.is_valid(), form.errors
    assert lire(form) == (["80253"], ["200070951"], [("Vallée de l’Authie", "80")])


def test_saisie_sans_javascript(cog):
    lignes = "doullens\n80021\nCC du Territoire Nord Picardie\nZone : Vallée de l’Authie (80)\n"
    form = remplir(saisie=lignes + "St-Denis (974)\n97411\n")
    assert form.is_valid(), form.errors
    assert lire(form) == (
        ["80253", "80021", "97411"],
        ["200070951"],
        [("Vallée de l’Authie", "80")],
    )


@pytest.mark.parametrize(
    ("codes", "saisie", "phrase"),
    [
        ([], "", "Indiquez au moins une commune, un EPCI ou une zone."),
        (["C99999"], "", "« C99999 » ne désigne aucun territoire connu."),
        (["Zx"], "", "« Zx » ne désigne aucun territoire connu."),
        (
            [],
            "Atlantide",
            "« Atlantide » ne correspond à aucune commune ni à aucun EPCI : vérifiez le nom ou "
            "donnez le code Insee.",
        ),
        ([], "Zone : port (99)", "« 99 » n’est pas un département."),
    ],
)
def test_une_phrase_dit_ce_qui_ne_va_pas(cog, codes, saisie, phrase):
    assert remplir(*codes, saisie=saisie).errors == {"perimetre": [phrase]}


def test_homonymes_et_code_postal_partage(cog):
    erreur = remplir(saisie="97500").errors["perimetre"][0]
    assert erreur == (
        "« 97500 » désigne plusieurs territoires : Miquelon-Langlade (975) – code Insee 97501, "
        "Saint-Pierre (975) – code Insee 97502. Précisez."
    )


def test_aller_retour_d_un_perimetre(cog):
    premier = remplir("C80253", "E200070951", "Z80:Vallée de l’Authie")
    assert premier.is_valid()
    perimetre = creer_perimetre(nom="P", **premier.cleaned_data["perimetre"].en_arguments())
    second = remplir(*codes_de(perimetre))
    assert second.is_valid() and lire(second) == lire(premier)
    html = str(Formulaire(initial={"perimetre": perimetre})["perimetre"])
    assert html.count(" checked>") == 3
    assert 'value="Z80:Vallée de l’Authie"' in html


def test_recherche_publique(cog, client):
    reponse = client.get("/territoires/recherche/", {"q": "st etien"})
    assert reponse.status_code == 200
    assert reponse.json()["resultats"][0] == {
        "code": "C42218",
        "nom": "Saint-Étienne",
        "precision": "Loire (42), 173\u202f136\u00a0hab.",
        "nature": "commune",
        "population": 173136,
        "rang": 1,
    }
    assert client.post("/territoires/recherche/").status_code == 405
