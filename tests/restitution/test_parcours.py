"""The feuille de route from the empty page to the public PDF, through the screens."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from restitution.feuilles.models import Action, FeuilleDeRoute
from restitution.national.models import Publication
from tests.factories import restitution as fabrique


def poster(visiteur, adresse, **donnees):
    reponse = visiteur.post(adresse, donnees)
    assert reponse.status_code == 302, reponse.context["form"].errors
    return reponse


ACTION = {
    "titre": "Rouvrir le chemin de berge",
    "priorite": "haute",
    "horizon": "court",
    "echeance_annee": "2028",
    "portage_elu": "Maire de Doullens",
    "portage_etat": "DDTM de la Somme",
    "montant": "120000",
    "revision": "0",
}


def test_de_la_page_blanche_a_la_publication(connecte, client, distribution):
    atelier = fabrique.creer_atelier(distribution)
    base = f"/ateliers/{atelier.slug}/espace/feuille-de-route/"
    equipe, ddt, elus = connecte("equipe"), connecte("ddt"), connecte("collectivite")
    poster(equipe, f"{base}ouvrir/")
    poster(equipe, f"{base}vision/", vision="La rivière revient.", revision="0")
    poster(equipe, f"{base}axes/nouveau/", titre="Les rives", texte="", revision="0")
    feuille = FeuilleDeRoute.objects.get(atelier=atelier)
    axe = feuille.axes.get()
    retour = poster(elus, f"{base}axes/{axe.pk}/actions/nouvelle/", axe=axe.pk, **ACTION)
    action = Action.objects.get(axe=axe)
    assert retour.url == f"{base}#axes" or retour.url.endswith(f"#action-{action.pk}")
    poster(ddt, f"{base}valider/", instance="copil", tenue_le="2026-04-02")
    scan = SimpleUploadedFile("deliberation.pdf", b"%PDF-1.4", content_type="application/pdf")
    poster(elus, f"{base}approuver/", numero="2026-41", adoptee_le="2026-05-12", scan=scan)
    signataire = {
        "nom": "A. B.",
        "qualite": "Q",
        "organisme": "autre",
        "autre": "Organisation",
        "signe_le": "2026-06-03",
    }
    poster(elus, f"{base}signer/elu/", **signataire)
    poster(ddt, f"{base}signer/etat/", **signataire | {"nom": "C. D."})
    poster(ddt, f"{base}officialiser/")
    poster(ddt, f"{base}publier/")
    feuille.refresh_from_db()
    assert feuille.etat == "publiee"
    pdf = client.get(f"/feuilles-de-route/{atelier.slug}/pdf/", follow=True)
    assert pdf.getvalue()[:5] == b"%PDF-"
    acte = elus.get(f"{base}deliberations/{feuille.approbations.get().pk}/")
    assert acte.getvalue() == b"%PDF-1.4"


def test_deux_redacteurs_les_deux_textes_sont_montres(connecte, distribution):
    feuille = fabrique.redigee(distribution)
    adresse = f"/ateliers/{feuille.atelier.slug}/espace/feuille-de-route/vision/"
    reponse = connecte("ddt").post(adresse, {"vision": "Mon texte à moi.", "revision": "0"})
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "Mon texte à moi." in page
    assert "Chacun y vient à pied." in page


def test_un_refus_dit_ce_qui_manque_avant_et_apres_le_clic(connecte, distribution):
    feuille = fabrique.redigee(distribution, atelier_tenu=False)
    base = f"/ateliers/{feuille.atelier.slug}/espace/feuille-de-route/"
    phrase = "Le dernier atelier in situ n’a pas encore eu lieu."
    ddt = connecte("ddt")
    assert phrase in ddt.get(f"{base}engagement/").content.decode()
    reponse = ddt.post(f"{base}valider/", {"instance": "copil", "tenue_le": "2026-04-02"})
    assert reponse.status_code == 200
    assert phrase in reponse.content.decode()


def test_un_double_clic_n_ajoute_qu_un_axe(connecte, distribution):
    feuille = fabrique.ouvrir(distribution)
    adresse = f"/ateliers/{feuille.atelier.slug}/espace/feuille-de-route/axes/nouveau/"
    equipe = connecte("equipe")
    jeton = equipe.get(adresse).context["form"].jeton
    for _ in range(2):
        poster(equipe, adresse, titre="Les rives", revision="0", jeton=jeton)
    assert feuille.axes.count() == 1


@pytest.mark.usefixtures("sans_pdf")
def test_le_suivi_par_les_ecrans(connecte, distribution):
    feuille = fabrique.officialisee(distribution)
    base = f"/ateliers/{feuille.atelier.slug}/espace/feuille-de-route/"
    action = Action.objects.filter(axe__feuille=feuille).first()
    elus = connecte("collectivite")
    constat = {"avancement": "en_cours", "note": "Bail signé.", "constate_le": "2026-07-01"}
    poster(elus, f"{base}actions/{action.pk}/avancement/", **constat)
    poster(elus, f"{base}suivi/points/6/", tenu_le="2026-11-02", synthese="Trois actions lancées.")
    poster(
        elus, f"{base}suivi/suites/nouvelle/", genre="etude", titre="Étude des sols",
        date="2026-09-01", action=action.pk,
    )  # fmt: skip
    page = elus.get(f"{base}suivi/").content.decode()
    for phrase in ["Bail signé.", "Trois actions lancées.", "Étude des sols"]:
        assert phrase in page


@pytest.mark.usefixtures("sans_pdf")
def test_la_dgaln_compose_la_publication(connecte, client, distribution):
    atelier = fabrique.creer_atelier(distribution)
    dgaln = connecte("dgaln")
    poster(
        dgaln, "/national/rencontres/nouvelle/", titre="Rencontre", date="2026-10-01",
        lieu="Amiens", participants="80", ateliers=[atelier.pk], revision="0",
    )  # fmt: skip
    poster(
        dgaln, "/national/enseignements/nouveau/", titre="Commencer petit", texte="Oui.",
        revision="0",
    )  # fmt: skip
    poster(
        dgaln, "/national/publications/nouvelle/", titre="Rivières", avant_propos="Ensemble.",
        revision="0",
    )  # fmt: skip
    publication = Publication.objects.get()
    base = f"/national/publications/{publication.pk}/"
    poster(dgaln, f"{base}chapitres/", atelier=atelier.pk, chapeau="Une ville et sa rivière.")
    assert client.get("/publications/rivieres/").status_code == 404
    poster(dgaln, f"{base}publier/")
    page = client.get("/publications/rivieres/").content.decode()
    assert atelier.nom in page
    assert "Une ville et sa rivière." in page
