"""The pages: list, filters, editor, deposit, files."""

import re
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from candidatures.dossiers.domaine.etapes import ETAPES
from candidatures.dossiers.models import Candidature
from socle.territoires.models import Commune
from tests.factories.candidatures import PDF, faire_appel, faire_brouillon, faire_deposee, remplir
from tests.factories.instruction import decider, faire_en_evaluation


def texte(reponse):
    return re.sub(r"\s+", " ", reponse.content.decode())


@pytest.mark.parametrize("etape", [e.slug for e in ETAPES])
def test_chaque_etape_s_affiche_aux_porteurs_seulement(distribution, connecte, etape):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    url = reverse("candidatures:etape", args=[candidature.reference, etape])
    statuts = {
        nom: connecte(nom).get(url).status_code
        for nom in ("ddt", "collectivite", "dgaln", "ddt_autre", "equipe")
    }
    assert statuts == {
        "ddt": 200,
        "collectivite": 200,
        "dgaln": 404,
        "ddt_autre": 404,
        "equipe": 404,
    }


def test_une_section_s_enregistre_et_mene_a_la_suivante(distribution, connecte):
    candidature = faire_brouillon(distribution)
    url = reverse("candidatures:etape", args=[candidature.reference, "objet"])
    client = connecte("collectivite")
    reponse = client.post(url, {"texte": "La question posée.", "revision": "0"})
    assert reponse.url == reverse("candidatures:etape", args=[candidature.reference, "objectifs"])
    conflit = connecte("ddt").post(url, {"texte": "Une autre.", "revision": "0"})
    assert conflit.status_code == 409
    assert "La question posée." in texte(conflit)
    assert "Une autre." in texte(conflit)


def lignes(*valeurs, nombre=3):
    donnees = {
        "revision": "0",
        "lignes-TOTAL_FORMS": str(nombre),
        "lignes-INITIAL_FORMS": "0",
        "lignes-MIN_NUM_FORMS": "0",
        "lignes-MAX_NUM_FORMS": "40",
    }
    for rang, champs in enumerate(valeurs):
        donnees |= {f"lignes-{rang}-{nom}": valeur for nom, valeur in champs.items()}
    return donnees


def test_les_projets_s_enregistrent_par_lignes(distribution, connecte):
    candidature = faire_brouillon(distribution)
    url = reverse("candidatures:etape", args=[candidature.reference, "projets"])
    donnees = lignes({"intitule": "Halle"}, {"intitule": ""}, {"intitule": "Voie verte"})
    assert connecte("ddt").post(url, donnees).status_code == 302
    assert list(candidature.projets.values_list("intitule", flat=True)) == ["Halle", "Voie verte"]
    assert connecte("collectivite").post(url, donnees).status_code == 409


def test_schemas_acteurs_ressources_et_themes(distribution, connecte):
    candidature = faire_brouillon(distribution)
    client = connecte("ddt")

    def poster(etape, donnees):
        url = reverse("candidatures:etape", args=[candidature.reference, etape])
        reponse = client.post(url, donnees)
        assert reponse.status_code == 302, reponse.context["form"].errors
        return reponse

    schema = {"nature": "scot", "intitule": "SCoT", "etat": "en_vigueur", "annee": "2019"}
    acteur = {"college": "elus", "nom": "Le maire", "attente": ""}
    poster("schemas", lignes(schema, nombre=1))
    poster("acteurs", lignes(acteur, nombre=1))
    poster("ressources-propres", {"revision": "0", "naturelles": "Marais"})
    poster("themes", {"revision": "0", "stade": "reflexion", "programmes": ["pvd"]})
    candidature = Candidature.objects.get(pk=candidature.pk)
    assert candidature.schemas.get().annee == 2019
    assert candidature.acteurs.get().nom == "Le maire"
    assert candidature.ressources.get().nature == "naturelles"
    assert candidature.programmes == ["pvd"]


def test_identite_enregistre_le_perimetre(distribution, connecte):
    from socle.territoires.models import Commune

    candidature = faire_brouillon(distribution)
    commune = Commune.objects.filter(departement_id="80").order_by("code").first()
    url = reverse("candidatures:etape", args=[candidature.reference, "identite"])
    donnees = {"revision": "0", "titre": "Nouveau titre", "perimetre": f"C{commune.pk}"}
    assert connecte("ddt").post(url, donnees).status_code == 302
    candidature = Candidature.objects.get(pk=candidature.pk)
    assert candidature.titre == "Nouveau titre"
    assert list(candidature.perimetre.communes.all()) == [commune]


def test_un_fichier_envoye_apres_la_session_ramene_a_la_page_sans_promettre(distribution, client):
    candidature = faire_brouillon(distribution)
    url = reverse("candidatures:etape", args=[candidature.reference, "pieces"])
    envoi = {"piece": "lettre_prefet", "fichier": SimpleUploadedFile("lettre.pdf", PDF)}
    ici = f"http://testserver{url}"
    page = client.post(url, envoi, headers={"referer": ici}, follow=True)
    assert page.redirect_chain == [(f"/connexion/?next={quote(ici, safe='')}", 302)]
    (phrase,) = [str(m) for m in page.context["messages"]]
    assert phrase.endswith("à la même page, où le fichier est à choisir de nouveau.")
    assert "saisie_perdue" not in client.session


def test_une_piece_se_joint_se_remplace_et_se_protege(distribution, connecte):
    candidature = faire_brouillon(distribution)
    url = reverse("candidatures:etape", args=[candidature.reference, "pieces"])
    client = connecte("collectivite")

    def joindre(nom, octets):
        fichier = SimpleUploadedFile(nom, octets)
        return client.post(url, {"piece": "lettre_prefet", "fichier": fichier})

    assert joindre("lettre.pdf", PDF).status_code == 302
    faux = joindre("lettre.pdf", b"MZ\x90\x00 un programme")
    assert faux.status_code == 200
    assert "joignez un PDF, JPEG, PNG, ODT ou DOCX" in texte(faux)
    assert joindre("lettre 2.exe", PDF).status_code == 302
    active = candidature.pieces.get(active=True)
    assert (active.nom, candidature.pieces.count()) == ("lettre 2.pdf", 2)
    adresse = reverse("candidatures:piece", args=[candidature.reference, active.uuid])
    reponse = client.get(adresse)
    assert b"".join(reponse.streaming_content) == PDF
    assert reponse["Content-Disposition"] == 'attachment; filename="lettre 2.pdf"'
    for etranger in ("dgaln", "dreal", "equipe", "evaluateur", "ddt_autre", "collectivite_autre"):
        assert connecte(etranger).get(adresse).status_code == 404
    assert (
        client.post(
            reverse("candidatures:retirer_piece", args=[candidature.reference, active.uuid])
        ).status_code
        == 302
    )
    assert not candidature.pieces.filter(active=True).exists()


def test_deposer_depuis_la_page_puis_lire_le_dossier(distribution, connecte):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    client = connecte("collectivite")
    page = client.get(reverse("candidatures:etape", args=[candidature.reference, "depot"]))
    assert "Déposer la candidature" in texte(page)
    reponse = client.post(reverse("candidatures:deposer", args=[candidature.reference]))
    assert reponse.url == candidature.get_absolute_url()
    lue = client.get(candidature.get_absolute_url())
    assert "Accusé de dépôt" in texte(lue)
    historique = client.get(reverse("candidatures:historique", args=[candidature.reference]))
    assert "a déposé la candidature (version 1)" in texte(historique)
    version = connecte("dgaln").get(
        reverse("candidatures:version", args=[candidature.reference, 1])
    )
    lue, figee = texte(version), candidature.versions.get()
    assert figee.sha256 in lue and "Vérifié" in lue
    ecrits = [
        n.texte for cle in ("sections", "ressources") for n in getattr(candidature, cle).all()
    ]
    ecrits += [a.nom for a in candidature.acteurs.all()]
    ecrits += [t.libelle for t in candidature.themes.all()]
    assert [e for e in ecrits if escape(e) not in lue] == []


def test_ouvrir_inviter_et_retirer_depuis_les_pages(distribution, connecte):
    appel = faire_appel(distribution)
    client = connecte("ddt")
    url = reverse("candidatures:creer", args=[appel.slug])
    assert client.get(url).status_code == 200
    client.post(url, {"titre": "Le bourg"})
    candidature = Candidature.objects.get()
    # Back, then sent again: asked first, and the brouillon already open is shown.
    encore = client.post(url, {"titre": "le BOURG"})
    (case,) = encore.context["form"].confirmations
    assert candidature.reference in case["phrase"]
    assert list(encore.context["deja"]) == [candidature]
    inviter = reverse("candidatures:inviter", args=[candidature.reference])
    assert client.get(inviter).status_code == 200
    client.post(inviter, {"organisme": distribution.collectivite.organisme_id})
    assert candidature.portages.get().chef_de_file
    retirer = reverse("candidatures:retirer", args=[candidature.reference])
    assert connecte("dgaln").post(retirer, {"motif": "X"}).status_code == 404
    client.post(retirer, {"motif": "Changement de projet"})
    assert Candidature.objects.get().etat == "retiree"


def test_inviter_une_commune_que_personne_ne_representait(distribution, connecte):
    candidature = faire_brouillon(distribution)
    commune = Commune.objects.filter(departement_id="80").order_by("code").last()
    client, adresse = connecte("ddt"), reverse("candidatures:inviter", args=[candidature.reference])
    assert set(client.post(adresse, {"organisme": ""}).context["form"].errors) == {"recherche"}
    secteur = client.post(adresse, {"territoires": "Z80:Vallée"})
    assert set(secteur.context["form"].errors) == {"territoires"}
    assert client.post(adresse, {"territoires": f"C{commune.pk}"}).status_code == 302
    portages = candidature.portages.filter(organisme__commune=commune)
    assert [p.organisme.nom for p in portages] == [f"Commune de {commune.nom} (Somme)"]


def test_la_page_du_dossier_mene_a_l_atelier(distribution, connecte):
    retenue = decider(distribution, faire_en_evaluation(distribution))
    adresse = reverse("candidatures:dossier", args=[retenue.reference])
    lien = '<a href="/ateliers/ouvrir/">Ouvrir l’atelier</a>'
    assert lien in connecte("ddt").get(adresse).content.decode()
    assert lien not in connecte("collectivite").get(adresse).content.decode()


def test_deposer_apres_un_collegue_dit_que_c_est_fait(distribution, connecte):
    deposee = faire_deposee(distribution)
    adresse = reverse("candidatures:etape", args=[deposee.reference, "depot"])
    reponse = connecte("collectivite").get(adresse, follow=True)
    assert reponse.redirect_chain == [(deposee.get_absolute_url(), 302)]
    phrase = f"{distribution.ddt.nom_complet} a déposé la candidature le "
    assert phrase in texte(reponse)
    section = reverse("candidatures:etape", args=[deposee.reference, "objet"])
    envoi = {"texte": "Une phrase tapée sans script.", "revision": "0"}
    refus = connecte("collectivite").post(section, envoi)
    assert (refus.status_code, refus.context["textes"]) == (403, ["Une phrase tapée sans script."])
    assert connecte("ddt_autre").get(adresse).status_code == 404
