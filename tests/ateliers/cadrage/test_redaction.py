"""Writing in several hands: nothing is lost, nothing is overwritten, the note stays in sight."""

import io

import docx
import pytest
from django.urls import reverse

from ateliers.cadrage.domaine import cahier, clauses, composition, plan, versions
from ateliers.cadrage.models import Clause, RevisionSection, SectionCahier, VersionCahier
from socle.erreurs import ErreurMetier, TransitionImpossible
from tests.factories import ateliers as fabrique

pytestmark = pytest.mark.django_db


@pytest.fixture
def atelier(distribution):
    return fabrique.faire_atelier(distribution, "flash")


def section(atelier, cle="attendus"):
    return SectionCahier.objects.select_related("cahier__atelier").get(
        cahier__atelier=atelier, cle=cle
    )


def saisir(client, atelier, valeur, revision, cle="attendus"):
    return client.post(
        reverse("ateliers:cahier_saisie", args=[atelier.slug]),
        {"champ": cle, "valeur": valeur, "revision": revision},
    )


@pytest.mark.parametrize("premier", ["ddt", "collectivite"])
def test_deux_saisies_entrelacees_gardent_les_deux_textes(distribution, connecte, atelier, premier):
    second = {"ddt": "collectivite", "collectivite": "ddt"}[premier]
    a, b = connecte(premier), connecte(second)
    assert saisir(a, atelier, "Texte un", 0).json()["revision"] == 1
    conflit = saisir(b, atelier, "Texte deux", 0)
    assert (conflit.status_code, conflit.json()["actuel"]) == (409, "Texte un")
    assert conflit.json()["par"] == getattr(distribution, premier).nom_complet
    assert saisir(a, atelier, "Texte un", 1).json()["revision"] == 1
    assert saisir(b, atelier, "Texte un et deux", 1).json()["revision"] == 2
    assert section(atelier).texte == "Texte un et deux"
    gardes = RevisionSection.objects.filter(section__cahier__atelier=atelier).order_by("revision")
    assert list(gardes.values_list("texte", flat=True)) == ["Texte un", "Texte un et deux"]


def test_sans_script_la_page_de_conflit_montre_les_deux_textes(connecte, atelier):
    adresse = reverse("ateliers:cahier_section", args=[atelier.slug, "attendus"])
    assert saisir(connecte("ddt"), atelier, "Déjà enregistré", 0).status_code == 200
    page = connecte("collectivite").post(adresse, {"texte": "Le mien", "revision": "0"})
    contenu = page.content.decode()
    assert (page.status_code, "Déjà enregistré" in contenu, "Le mien" in contenu) == (
        409,
        True,
        True,
    )


def test_au_visa_plus_rien_ne_s_ecrit(distribution, connecte, atelier):
    fabrique.soumettre_cahier(distribution, atelier)
    refus = saisir(connecte("ddt"), atelier, "Encore", 1)
    assert (refus.status_code, "rouvrez" in refus.json()["message"]) == (422, True)
    for geste in (
        lambda: plan.ajouter(atelier=atelier, par=distribution.ddt, titre="Plus", partie="mission"),
        lambda: plan.ecarter(section=section(atelier), par=distribution.ddt, ecartee=True),
        lambda: plan.choisir_clauses(atelier=atelier, par=distribution.ddt, cles=["panel"]),
    ):
        with pytest.raises(TransitionImpossible):
            geste()


def test_le_plan_se_remanie_dans_sa_partie(distribution, atelier):
    par = distribution.ddt
    avant = [s.cle for s in cahier.verrouiller_cahier(atelier).sections.filter(partie="execution")]
    assert avant[0] == "clause-propriete"
    plan.deplacer(section=section(atelier, "clause-propriete"), par=par, sens="bas")
    apres = [s.cle for s in cahier.verrouiller_cahier(atelier).sections.filter(partie="execution")]
    assert apres == [avant[1], avant[0], *avant[2:]]
    with pytest.raises(ErreurMetier):
        plan.deplacer(section=section(atelier, apres[0]), par=par, sens="haut")
    ajoutee = plan.ajouter(atelier=atelier, par=par, titre="Études déjà faites", partie="mission")
    lues = list(cahier.verrouiller_cahier(atelier).sections.filter(partie="mission"))
    assert lues[-1].pk == ajoutee.pk


def test_les_clauses_facultatives_se_cochent_et_se_decochent(distribution, atelier):
    par = distribution.ddt
    plan.choisir_clauses(atelier=atelier, par=par, cles=["panel"])
    ligne, ecrit = section(atelier, "clause-panel"), "Vingt habitants tirés au sort."
    cahier.ecrire_section(section=ligne, par=par, texte=ecrit, revision=0)
    plan.choisir_clauses(atelier=atelier, par=par, cles=[])
    assert section(atelier, "clause-panel").ecartee is True
    plan.choisir_clauses(atelier=atelier, par=par, cles=["panel"])
    ligne = section(atelier, "clause-panel")
    assert (ligne.ecartee, ligne.texte) == (False, ecrit)


def test_la_comparaison_dit_repris_modifie_ecarte(distribution, connecte, atelier):
    par = distribution.ddt
    objet = section(atelier, "objet")
    cahier.ecrire_section(section=objet, par=par, texte=f"{objet.texte} Et plus.", revision=0)
    plan.ecarter(section=section(atelier, "acteurs"), par=par, ecartee=True)
    adresse = reverse("ateliers:cahier_comparer", args=[atelier.slug])
    lignes = connecte("dreal").get(adresse).context["lignes"]
    etats = {ligne["section"].cle: ligne["etat"] for ligne in lignes}
    assert (etats["objet"], etats["acteurs"], etats["localisation"]) == (
        "modifiée",
        "écartée",
        "reprise telle quelle",
    )


def test_le_texte_en_cours_se_lit_en_entier_et_s_emporte(distribution, connecte, atelier):
    objet = section(atelier, "objet")
    cahier.ecrire_section(
        section=objet, par=distribution.ddt, texte="Dix villages à relier.", revision=0
    )
    lecteur = connecte("collectivite")
    page = lecteur.get(reverse("ateliers:cahier_lire", args=[atelier.slug]))
    textes = {s.titre: s.blocs for p in page.context["parties"] for s in p.sections}
    assert [bloc.lignes for bloc in textes[objet.titre]] == [["Dix villages à relier."]]
    assert "Le PDF sera prêt avec la première version figée" in page.content.decode()
    emporte = lecteur.get(reverse("ateliers:cahier_travail", args=[atelier.slug]))
    lu = docx.Document(io.BytesIO(emporte.content))
    assert (lu.core_properties.comments, VersionCahier.objects.count()) == (
        "Document de travail",
        0,
    )
    assert [p.text for p in lu.paragraphs].count("Dix villages à relier.") == 1


def test_une_clause_revue_est_proposee_sans_ecraser(distribution, connecte, atelier):
    cle, par = "clause-paiement", distribution.ddt
    cahier.ecrire_section(
        section=section(atelier, cle), par=par, texte="Notre paiement.", revision=0
    )
    clause = Clause.objects.get(cle="paiement")
    clauses.publier(
        clause=clause,
        par=distribution.dgaln,
        titre="Paiement",
        texte="Payé à {territoire}.",
        motif="Essai",
        revision=1,
    )
    lu = cahier.verrouiller_cahier(atelier)
    assert section(atelier, cle).texte == "Notre paiement."
    propose = f"Payé à {atelier.perimetre.lieu}."
    assert {p.cle: p.texte for p in composition.nouveautes(lu, lu.sections.all()).values()} == {
        cle: propose
    }
    adresse = reverse("ateliers:cahier_regenerer", args=[atelier.slug, cle])
    client = connecte("ddt")
    page = client.get(adresse).content.decode()
    assert ("Notre paiement." in page, propose in page) == (True, True)
    garde = {"texte": f"Notre paiement. {propose}", "revision": "1"}
    assert client.post(adresse, garde).status_code == 302
    ligne = section(atelier, cle)
    assert (ligne.texte, ligne.texte_origine, ligne.clause_version.numero) == (
        garde["texte"],
        propose,
        2,
    )
    assert composition.nouveautes(lu, lu.sections.all()) == {}


def test_chaque_section_dit_son_origine(distribution, atelier):
    lu = cahier.verrouiller_cahier(atelier)
    origines = {s.cle: versions.origine(s) for s in lu.sections.all()}
    assert origines["objet"].startswith("note figée, section « ")
    assert origines["clause-paiement"] == "clause « Paiement », version 1"
    assert origines["attendus"] == "rédigée pour cet atelier"
    assert not any("{" in s.texte for s in lu.sections.filter(origine="clause"))


def test_le_nombre_de_requetes_de_la_page(
    distribution, connecte, atelier, django_assert_num_queries
):
    client = connecte("ddt")
    adresse = reverse("ateliers:cahier", args=[atelier.slug])
    client.get(adresse)
    with django_assert_num_queries(REQUETES):
        client.get(adresse)
    for rang in range(3):
        plan.ajouter(atelier=atelier, par=distribution.ddt, titre=f"Plus {rang}", partie="mission")
    with django_assert_num_queries(REQUETES):
        client.get(adresse)


REQUETES = 10
