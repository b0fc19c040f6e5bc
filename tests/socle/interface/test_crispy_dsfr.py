"""The DSFR form pack, field by field."""

import pytest
from django import forms
from django.template import Context, Template
from lxml import html

from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise

VIDE = "Écrivez une réponse\u00a0: ce champ ne peut pas rester vide."


class Formulaire(FormulaireDsfr):
    libelle_envoi = "Déposer la candidature"
    titre = forms.CharField(label="Titre", help_text="Court et parlant.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    jour = forms.DateField(label="Jour")
    sens = forms.ChoiceField(
        label="Sens", choices=[("o", "Favorable"), ("n", "Défavorable")], widget=forms.RadioSelect
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=[("e", "Eau"), ("s", "Sols")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    region = forms.ChoiceField(label="Région", choices=[("", "Choisir"), ("32", "Hauts-de-France")])
    piece = forms.FileField(label="Pièce", required=False)
    accord = forms.BooleanField(label="J’ai lu le règlement", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, initial="x")


def rendre(form, gabarit="{% load crispy_forms_tags %}{% crispy form %}"):
    return html.fromstring(Template(gabarit).render(Context({"form": form, "csrf_token": "j"})))


@pytest.fixture
def vierge():
    return rendre(Formulaire())


@pytest.fixture
def fautif():
    return rendre(Formulaire({"note": "texte gardé", "secret": "x"}))


def test_chaque_champ_a_sa_classe_dsfr(vierge):
    classes = {
        e.get("name"): e.get("class") for e in vierge.xpath("//*[@name][not(@type='hidden')]")
    }
    assert classes == {
        "titre": "fr-input",
        "note": "fr-input",
        "jour": "fr-input",
        "sens": None,
        "themes": None,
        "region": "fr-select",
        "piece": "fr-upload",
        "accord": None,
        "envoyer": "fr-btn",
    }


def test_les_facultatifs_seuls_sont_marques(vierge):
    marques = vierge.xpath("//span[@class='facultatif']/..")
    assert [" ".join(m.text_content().split()) for m in marques] == [
        "Note (facultatif)",
        "Thèmes (facultatif)",
        "Pièce (facultatif)",
    ]
    assert "*" not in vierge.text_content()


def test_l_aide_precede_le_champ_et_le_decrit(vierge):
    champ = vierge.get_element_by_id("id_titre")
    assert champ.get("aria-describedby") == "id_titre_helptext"
    assert champ.getprevious().get("id") == "id_titre_helptext"


def test_la_date_est_un_selecteur_au_format_iso():
    from datetime import date

    page = rendre(Formulaire(initial={"jour": date(2026, 3, 3)}))
    champ = page.get_element_by_id("id_jour")
    assert (champ.get("type"), champ.get("value")) == ("date", "2026-03-03")


def test_radios_et_cases_sont_des_fieldsets_legendes(vierge):
    legendes = [f.find("legend").text.strip() for f in vierge.xpath("//fieldset")]
    assert legendes == ["Sens", "Thèmes"]


def test_les_erreurs_sont_resumees_avec_des_liens_vers_les_champs(fautif):
    resume = fautif.xpath("//*[@data-resume-erreurs]")[0]
    assert resume.find("h2").text == "4 erreurs sont à corriger"
    cibles = [a.get("href").removeprefix("#") for a in resume.xpath(".//a")]
    assert cibles == ["id_titre", "id_jour", "id_sens_groupe", "id_region"]
    for cible in cibles:
        assert fautif.get_element_by_id(cible) is not None


def test_l_erreur_est_a_cote_du_champ_et_le_decrit(fautif):
    champ = fautif.get_element_by_id("id_titre")
    assert champ.get("aria-describedby") == "id_titre_helptext id_titre_error"
    assert champ.get("aria-invalid") == "true"
    assert fautif.get_element_by_id("id_titre_error").text_content() == VIDE


def test_le_texte_saisi_reste(fautif):
    assert fautif.get_element_by_id("id_note").text.strip() == "texte gardé"


def test_le_bouton_porte_le_verbe(vierge):
    assert [b.text for b in vierge.xpath("//button")] == ["Déposer la candidature"]


def test_le_filtre_rend_les_champs_sans_balise_form():
    page = rendre(Formulaire(), "<div>{% load crispy_forms_tags %}{{ form|crispy }}</div>")
    assert page.xpath("//form") == []
    assert len(page.xpath("//*[@name]")) == 11


def test_un_formulaire_de_filtre_peut_taire_le_mot_facultatif():
    form = Formulaire()
    form.marquer_facultatifs = False
    assert rendre(form).xpath("//span[@class='facultatif']") == []


def test_la_revision_est_cachee():
    class Revise(FormulaireRevise):
        texte = forms.CharField()

    page = rendre(Revise(initial={"revision": 4}))
    revision = page.xpath("//input[@name='revision']")[0]
    assert (revision.get("type"), revision.get("value")) == ("hidden", "4")


class Ligne(forms.Form):
    nom = forms.CharField(label="Nom")


def test_formset_lignes_numerotees_et_ligne_modele():
    lignes = forms.formset_factory(Ligne, extra=2)(prefix="acteurs")
    page = rendre(lignes, "<div>{% load crispy_forms_tags %}{{ form|crispy }}</div>")
    legendes = [f.find("legend").text_content().strip() for f in page.xpath("//fieldset")]
    assert legendes == ["Ligne 1", "Ligne 2", "Ligne"]
    assert page.xpath("//template//input/@name") == ["acteurs-__prefix__-nom"]


def test_formset_resume_dit_quelle_ligne():
    donnees = {"a-TOTAL_FORMS": "2", "a-INITIAL_FORMS": "2", "a-0-nom": "Un", "a-1-nom": ""}
    lignes = forms.formset_factory(Ligne)(donnees, prefix="a")
    page = rendre(lignes, "<div>{% load crispy_forms_tags %}{{ form|crispy }}</div>")
    resume = page.xpath("//*[@data-resume-erreurs]//li")
    assert [li.text_content() for li in resume] == ["Ligne 2, Nom\u00a0: Ce champ est obligatoire."]
    assert page.xpath("//*[@data-resume-erreurs]//a/@href") == ["#id_a-1-nom"]
