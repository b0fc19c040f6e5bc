"""Two authors at once, a network cut, a session lost: what was typed is still there."""

import pytest
from django.templatetags.static import static
from hypothesis import given, settings
from hypothesis import strategies as st

from candidatures.dossiers.domaine import depot
from candidatures.dossiers.models import RevisionChamp
from tests.factories.candidatures import faire_brouillon, remplir

pytestmark = pytest.mark.django_db(transaction=True)
CHAMP = "section.objet"
ADRESSE = "**/saisie/"


def ouvrir(personne, candidature, etape="objet"):
    return personne.aller(f"/candidatures/{candidature.reference}/rediger/{etape}/")


def attendre_etat(page, texte):
    page.wait_for_function(
        "texte => document.querySelector('.saisie-etat')?.textContent.includes(texte)", arg=texte
    )


def fermer_le_serveur(page):
    """Cut at `fetch` too: a closing page’s last word escapes the routes and « offline »."""
    page.context.route(ADRESSE, lambda route: route.abort())
    page.evaluate(
        "() => { window.fetch = () => Promise.reject(new TypeError('Failed to fetch')); }"
    )


def attendre_valeur(page, texte):
    """Sent again on return, or by the page that was closing: what counts is that it arrives."""
    for _ in range(50):
        if valeurs()[-1] == texte:
            return
        page.wait_for_timeout(100)
    assert valeurs()[-1] == texte


def valeurs(champ=CHAMP):
    gardees = RevisionChamp.objects.filter(champ=champ).order_by("revision")
    return list(gardees.values_list("valeur", flat=True))


def test_deux_auteurs_sur_un_champ_voient_les_deux_textes(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    claire, paul = visiteur(distribution.ddt.email), visiteur(distribution.collectivite.email)
    page_claire, page_paul = ouvrir(claire, candidature), ouvrir(paul, candidature)
    page_claire.fill("#id_texte", "Le centre ancien")
    attendre_etat(page_claire, "Enregistré à")
    page_paul.fill("#id_texte", "Le quartier de la gare")
    page_paul.wait_for_selector("[data-saisie-conflit]")
    textes = page_paul.locator(".conflit__corps").all_inner_texts()
    assert textes == ["Le centre ancien", "Le quartier de la gare"]
    nom = distribution.ddt.nom_complet
    assert page_paul.locator(".conflit__boutons button").all_inner_texts() == [
        "Garder le mien",
        f"Garder celui de {nom}",
        "Reprendre les deux",
    ]
    assert paul.violations() == []
    assert valeurs() == ["Le centre ancien"]
    page_paul.click("text=Reprendre les deux")
    attendre_etat(page_paul, "Enregistré à")
    assert valeurs() == ["Le centre ancien", "Le centre ancien\n\nLe quartier de la gare"]

    page_claire.fill("#id_texte", "Le centre seul")
    page_claire.wait_for_selector("[data-saisie-conflit]")
    page_claire.click("text=Garder le mien")
    attendre_etat(page_claire, "Enregistré à")
    page_claire.wait_for_function("!document.querySelector('[data-saisie-conflit]')")
    page_paul.fill("#id_texte", "Encore la gare")
    page_paul.wait_for_selector("[data-saisie-conflit]")
    page_paul.click(f"text=Garder celui de {nom}")
    assert page_paul.input_value("#id_texte") == "Le centre seul"
    assert valeurs()[-1] == "Le centre seul"


def test_reseau_coupe_page_rechargee_session_perdue_rien_ne_se_perd(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    personne = visiteur(distribution.ddt.email)
    page = ouvrir(personne, candidature)
    page.fill("#id_texte", "Avant la coupure")
    attendre_etat(page, "Enregistré à")

    page.context.set_offline(True)
    page.fill("#id_texte", "Avant la coupure, pendant")
    attendre_etat(page, "Hors connexion")
    assert valeurs() == ["Avant la coupure"]
    page.context.set_offline(False)
    attendre_etat(page, "Enregistré à")
    assert valeurs() == ["Avant la coupure", "Avant la coupure, pendant"]

    fermer_le_serveur(page)
    page.fill("#id_texte", "Avant la coupure, pendant, après")
    attendre_etat(page, "Hors connexion")
    page.goto("about:blank")
    assert valeurs()[-1] == "Avant la coupure, pendant"
    page.context.unroute(ADRESSE)
    ouvrir(personne, candidature)
    assert page.input_value("#id_texte") == "Avant la coupure, pendant, après"
    attendre_valeur(page, "Avant la coupure, pendant, après")
    page.wait_for_load_state("networkidle")

    gardees = [c for c in page.context.cookies() if c["name"] != "sessionid"]
    page.context.clear_cookies()
    page.context.add_cookies(gardees)
    page.fill("#id_texte", "Après la session")
    attendre_etat(page, "Votre session a expiré.")
    assert personne.violations() == []
    personne.se_connecter(distribution.ddt.email)
    ouvrir(personne, candidature)
    assert page.input_value("#id_texte") == "Après la session"
    attendre_valeur(page, "Après la session")
    attendre_etat(page, "Enregistré à")
    assert page.locator("[data-saisie-conflit]").count() == 0


def perdre_les_reponses(page):
    """The server saves; what it answers never comes back."""

    def perdre(route):
        route.fetch()
        route.abort()

    page.route(ADRESSE, perdre)


@pytest.mark.parametrize("fermee", [False, True])
def test_une_reponse_perdue_ne_fait_pas_de_conflit_avec_soi_meme(visiteur, distribution, fermee):
    candidature = faire_brouillon(distribution)
    personne = visiteur(distribution.ddt.email)
    page = ouvrir(personne, candidature)
    perdre_les_reponses(page)
    page.fill("#id_texte", "Le centre ancien")
    attendre_etat(page, "Hors connexion")
    attendre_valeur(page, "Le centre ancien")
    if fermee:
        page.goto("about:blank")
        page.unroute(ADRESSE)
        ouvrir(personne, candidature)
        assert page.input_value("#id_texte") == "Le centre ancien"
    else:
        page.unroute(ADRESSE)
    page.fill("#id_texte", "Un quartier du centre")
    attendre_valeur(page, "Un quartier du centre")
    attendre_etat(page, "Enregistré à")
    assert page.locator("[data-saisie-conflit]").count() == 0
    assert valeurs() == ["Le centre ancien", "Un quartier du centre"]


COMPTER = """
const vrai = window.fetch;
window.vols = [0, 0];
window.fetch = async (...a) => {
  if (a[1]?.method !== "POST") return vrai(...a);
  window.vols[0] += 1;
  window.vols[1] = Math.max(...window.vols);
  await new Promise((f) => setTimeout(f, 400));
  try { return await vrai(...a); } finally { window.vols[0] -= 1; }
};
"""


def test_un_champ_n_a_jamais_deux_envois_en_route(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    personne = visiteur(distribution.ddt.email)
    personne.page.add_init_script(COMPTER)
    page = ouvrir(personne, candidature)
    for rang in range(6):
        page.fill("#id_texte", f"Texte {rang}")
        page.evaluate("dispatchEvent(new Event('online'))")
        page.dispatch_event("#id_texte", "change")
        page.wait_for_timeout(150)
    attendre_valeur(page, "Texte 5")
    attendre_etat(page, "Enregistré à")
    assert page.evaluate("window.vols") == [0, 1]
    assert page.locator("[data-saisie-conflit]").count() == 0


def test_pendant_un_conflit_la_frappe_est_gardee_et_les_deux_textes_se_fondent(
    visiteur, distribution
):
    candidature = faire_brouillon(distribution)
    claire, paul = visiteur(distribution.ddt.email), visiteur(distribution.collectivite.email)
    page_claire = ouvrir(claire, candidature)
    page_claire.fill("#id_texte", "Un début.\n\nUne fin.")
    attendre_etat(page_claire, "Enregistré à")
    page = ouvrir(paul, candidature)
    page_claire.fill("#id_texte", "Un début.\n\nDe Claire.\n\nUne fin.")
    attendre_valeur(page_claire, "Un début.\n\nDe Claire.\n\nUne fin.")
    page.fill("#id_texte", "Un début.\n\nUne fin.\n\nDe Paul.")
    page.wait_for_selector("[data-saisie-conflit]")
    assert (
        page.locator("main .fr-btn:not([class*='fr-btn--secondary'], [class*=tertiary])").count()
        == 1
    )
    page.context.set_offline(True)
    page.fill("#id_texte", "Un début.\n\nUne fin.\n\nDe Paul, hors ligne.")
    attendre_etat(page, "Hors connexion\u00a0: votre texte est gardé sur ce poste.")
    mien = page.locator(".conflit__texte--mien .conflit__corps")
    assert mien.inner_text() == "Un début.\n\nUne fin.\n\nDe Paul, hors ligne."
    page.context.set_offline(False)
    ouvrir(paul, candidature)
    page.wait_for_selector("[data-saisie-conflit]")
    assert page.input_value("#id_texte") == "Un début.\n\nUne fin.\n\nDe Paul, hors ligne."
    page.click("text=Reprendre les deux")
    attendre_etat(page, "Enregistré à")
    assert valeurs()[-1] == "Un début.\n\nDe Claire.\n\nUne fin.\n\nDe Paul, hors ligne."


def test_la_fusion_suit_la_loi_des_trois_textes(visiteur):
    """No line of either is lost, what nobody touched is there once, what one removed is gone."""
    page = visiteur().aller("/")
    module = static("js/saisie-fusion.js")
    page.evaluate("async (m) => { window.fusion = await import(m); }", module)
    communes = [f"c{rang}" for rang in range(6)]
    cote = st.tuples(
        st.sets(st.sampled_from(communes)),  # what this author removes
        st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9)), max_size=5),  # and adds, where
    )

    def ecrire(nom, retires, ajouts):
        lignes = []
        for rang in range(len(communes) + 1):
            lignes += [f"{nom}{n}-{k}" for k, (ou, n) in enumerate(ajouts) if ou == rang]
            lignes += [c for c in communes[rang : rang + 1] if c not in retires]
        return lignes

    @settings(max_examples=150, deadline=None)
    @given(gauche=cote, droite=cote)
    def fondre(gauche, droite):
        autre, mien = ecrire("a", *gauche), ecrire("m", *droite)
        textes = ["\n".join(t) for t in (autre, mien, communes)]
        tout = page.evaluate("([a, b, o]) => fusion.fusionner(a, b, o)", textes).split("\n")
        pleines = [ligne for ligne in tout if ligne]
        restent = [c for c in communes if c not in gauche[0] | droite[0]]
        ajouts = [x for t in (autre, mien) for x in t if x not in communes]
        assert sorted(pleines) == sorted(restent + ajouts)
        assert [x for x in pleines if x in communes] == restent
        for texte, nom in ((autre, "a"), (mien, "m")):
            siennes = [x for x in texte if x not in communes or x in restent]
            assert [x for x in pleines if x[0] == nom or x in restent] == siennes
        # The same three sets of boxes: what either ticked, without what either unticked.
        cases = page.evaluate("([a, b, o]) => fusion.fondreCases(a, b, o)", textes).split("\n")
        assert sorted(x for x in cases if x) == sorted(set(restent) | set(ajouts))

    fondre()


def test_la_fusion_sans_base_garde_chaque_ligne_des_deux_et_les_communes_une_fois(visiteur):
    page = visiteur().aller("/")
    module = static("js/saisie-fusion.js")
    page.evaluate("async (m) => { window.fusion = await import(m); }", module)
    ligne = st.sampled_from(["", "Un", "Deux", "Trois", "Quatre"])
    textes = st.lists(ligne, max_size=8).map("\n".join)

    @settings(max_examples=80, deadline=None)
    @given(autre=textes, mien=textes)
    def fondre(autre, mien):
        tout = page.evaluate("([a, b]) => fusion.fusionner(a, b)", [autre, mien]).split("\n")
        pleines = [[x for x in t if x] for t in (autre.split("\n"), mien.split("\n"), tout)]
        communes = plus_longue_suite(pleines[0], pleines[1])
        assert len(pleines[2]) == len(pleines[0]) + len(pleines[1]) - communes

    fondre()


def plus_longue_suite(a, b):
    """Length of the longest common subsequence, recomputed the plain way."""
    avant = [0] * (len(b) + 1)
    for x in a:
        ici = [0]
        for rang, y in enumerate(b):
            ici.append(avant[rang] + 1 if x == y else max(avant[rang + 1], ici[rang]))
        avant = ici
    return avant[-1]


def test_un_autre_compte_sur_le_meme_poste_ne_voit_rien(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    personne = visiteur(distribution.ddt.email)
    page = ouvrir(personne, candidature)
    page.context.clear_cookies()
    page.fill("#id_texte", "Un brouillon privé")
    attendre_etat(page, "Votre session a expiré.")
    personne.se_connecter(distribution.collectivite.email)
    ouvrir(personne, candidature)
    assert page.input_value("#id_texte") == ""
    page.wait_for_timeout(1200)
    assert valeurs() == []


def test_les_lignes_s_ajoutent_se_vident_et_se_retablissent(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    page = ouvrir(visiteur(distribution.ddt.email), candidature, "acteurs")
    page.click("[data-saisie-ajouter]")
    page.fill("#id_lignes-3-nom", "Le conseil de développement")
    attendre_etat(page, "Enregistré à")
    page.fill("#id_lignes-0-nom", "La mairie")
    page.locator("#id_lignes-0-nom").blur()
    page.wait_for_function("document.querySelector('.saisie-etat').dataset.etat === 'enregistre'")
    page.reload()
    ligne = page.locator("[data-saisie-ligne]").first
    noms = [n.input_value() for n in page.locator("[name$=-nom]").all()]
    assert noms == ["Le conseil de développement", "La mairie", "", ""]
    ligne.locator("text=Vider cette ligne").click()
    page.wait_for_function("document.querySelector('.saisie-etat').dataset.etat === 'enregistre'")
    ligne.locator("text=Rétablir cette ligne").click()
    page.wait_for_timeout(1500)
    assert sorted(candidature.acteurs.values_list("nom", flat=True)) == [
        "La mairie",
        "Le conseil de développement",
    ]
    page.click("form[data-saisie] button[type=submit]")
    page.wait_for_url("**/rediger/pieces/")


def test_le_perimetre_s_enregistre_des_qu_il_est_choisi(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    personne = visiteur(distribution.ddt.email)
    page = ouvrir(personne, candidature, "identite")
    page.get_by_label("Périmètre", exact=True).fill("doullens")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Enter")
    attendre_etat(page, "Enregistré à")
    assert valeurs("perimetre") == ["C80253"]
    page.reload()
    assert page.locator("[data-choisis] input").get_attribute("value") == "C80253"


def deposer_pendant(distribution, candidature):
    return depot.deposer(candidature=remplir(candidature, distribution.ddt), par=distribution.ddt)


def test_qui_tape_pendant_le_depot_d_un_collegue_lit_qui_et_garde_son_texte(visiteur, distribution):
    candidature = faire_brouillon(distribution)
    personne = visiteur(distribution.collectivite.email)
    page = ouvrir(personne, candidature)
    deposer_pendant(distribution, candidature)
    page.fill("#id_texte", "Une phrase de plus")
    phrase = f"{distribution.ddt.nom_complet} a déposé la candidature le "
    refus = page.locator(".fr-message--error")
    refus.wait_for()
    assert refus.inner_text().startswith(phrase)
    assert "Votre texte reste sur ce poste." in refus.inner_text()
    ouvrir(personne, candidature)
    page.wait_for_selector("[data-saisie-gardee]")
    assert page.url.endswith(candidature.get_absolute_url())
    assert page.locator("[data-saisie-gardee] .conflit__corps").inner_text() == "Une phrase de plus"
    assert phrase in page.locator("main").inner_text()
    page.click("text=Ne plus garder ce texte")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-saisie-gardee]").count() == 0


def test_le_depot_attend_les_textes_gardes_sur_le_poste(visiteur, distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    personne = visiteur(distribution.ddt.email)
    page = ouvrir(personne, candidature)
    fermer_le_serveur(page)
    page.fill("#id_texte", "Jamais arrivé")
    attendre_etat(page, "Hors connexion")
    ouvrir(personne, candidature, "depot")
    page.wait_for_selector("[data-saisie-gardee]")
    assert personne.violations() == []
    page.get_by_role("button", name="Déposer la candidature").click()
    page.wait_for_timeout(500)
    candidature.refresh_from_db()
    assert candidature.etat == "brouillon"
    page.context.unroute(ADRESSE)
    page.reload()
    attendre_valeur(page, "Jamais arrivé")
    page.wait_for_timeout(500)  # The page reloads once: what is missing may have changed.
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Déposer la candidature").click()
    page.wait_for_url(f"**{candidature.get_absolute_url()}", timeout=60_000)  # the receipt
    candidature.refresh_from_db()
    assert candidature.etat == "deposee"
