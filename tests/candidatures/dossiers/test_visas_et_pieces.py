"""A visa says which text it read; a replaced file can be taken up again until the deposit."""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidatures.appels.models import Appel
from candidatures.dossiers.domaine import coauteurs, pieces, redaction, taches_visas, visas
from candidatures.dossiers.domaine.depot import deposer
from candidatures.dossiers.domaine.manques import avertissements
from candidatures.dossiers.domaine.visas_absents import visas_absents
from candidatures.dossiers.models import Candidature, CoAuteur
from socle.comptes.models import Organisme
from socle.courriels.models import Courriel
from socle.documents.models import Document
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.interface.francais import du
from socle.territoires.models import Commune
from tests.factories.candidatures import PDF, faire_brouillon, remplir

pytestmark = pytest.mark.django_db
MOT = "une-phrase-assez-longue"
CHANGE = "Le dossier a changé depuis ce visa."


@pytest.fixture
def brouillon(distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    Appel.objects.filter(pk=candidature.appel_id).update(visas="souhaites")
    return Candidature.objects.get(pk=candidature.pk)


def viser(candidature, par):
    return visas.viser(candidature=candidature, avis="favorable", texte="", par=par)


def test_un_visa_vaut_pour_le_texte_lu(brouillon, distribution, connecte):
    page = reverse("candidatures:auteurs", args=[brouillon.reference])
    client = connecte("collectivite")
    assert "Viser la candidature" in client.get(page).content.decode()
    viser(brouillon, distribution.collectivite)
    lue = client.get(page).content.decode()
    assert "Changer mon visa" in lue
    assert CHANGE not in lue
    redaction.enregistrer_section(
        candidature=brouillon,
        cle="objet",
        texte="Un autre objet.",
        par=distribution.ddt,
        revision=brouillon.sections.get(cle="objet").revision,
    )
    relue = Candidature.objects.get(pk=brouillon.pk)
    assert CHANGE in client.get(page).content.decode()
    nom = distribution.collectivite.organisme.nom
    phrase = f"{nom} a visé une version antérieure : le dossier a changé depuis ce visa."
    assert phrase in avertissements(relue)
    viser(relue, distribution.collectivite)
    assert phrase not in avertissements(Candidature.objects.get(pk=brouillon.pk))


def test_l_ecran_du_visa_dit_quel_dossier_et_mene_a_sa_lecture(brouillon, connecte):
    for nom in ("viser", "transferer", "deposant", "mandat_enregistrer"):
        page = connecte("collectivite").get(
            reverse(f"candidatures:{nom}", args=[brouillon.reference])
        )
        texte = page.content.decode()
        assert brouillon.titre in texte, nom
        assert f'href="{brouillon.get_absolute_url()}">Lire le dossier</a>' in texte, nom


def test_le_visa_demande_se_lit_par_courriel_et_au_tableau_de_bord(
    brouillon, distribution, connecte
):
    (tache,) = taches_visas.a_viser(distribution.collectivite)
    assert (tache.verbe, tache.objet) == ("Viser la candidature", brouillon.titre)
    assert taches_visas.a_viser(distribution.collectivite_autre) == []
    assert taches_visas.a_viser(distribution.ddt) == []
    url = reverse("candidatures:visas_demander", args=[brouillon.reference])
    connecte("ddt").post(url)
    courriels = Courriel.objects.filter(cle="candidature_visa_demande")
    assert list(courriels.values_list("destinataire", flat=True)) == [
        distribution.collectivite.email
    ]
    assert reverse("candidatures:viser", args=[brouillon.reference]) in courriels.get().corps
    with pytest.raises(ErreurMetier, match="depuis moins d’un jour"):
        visas.demander_visas(candidature=brouillon, par=distribution.ddt)
    with pytest.raises(ActionInterdite):
        visas.demander_visas(candidature=brouillon, par=distribution.ddt_autre)
    viser(brouillon, distribution.collectivite)
    assert taches_visas.a_viser(distribution.collectivite) == []


def test_la_premiere_piece_manquante_est_choisie_et_le_remplacement_annonce(
    brouillon, distribution, connecte
):
    client, url = (
        connecte("ddt"),
        reverse("candidatures:etape", args=[brouillon.reference, "pieces"]),
    )
    premiere = brouillon.pieces.filter(active=True).first()
    form = client.get(url).context["form"]
    libelles = dict(form.fields["piece"].choices)
    cle = premiere.piece_requise.cle
    assert libelles[cle].endswith(f"(remplace « {premiere.nom} »)")
    pieces.retirer_piece(piece=premiere, par=distribution.ddt)
    form = client.get(url).context["form"]
    assert form.initial["piece"] == cle
    assert dict(form.fields["piece"].choices)[cle] == premiere.piece_requise.libelle
    assert "20\u00a0Mo au plus" in form.fields["fichier"].help_text


def test_un_fichier_remplace_se_reprend_jusqu_au_depot(brouillon, distribution, connecte):
    premiere = brouillon.pieces.filter(active=True).first()
    seconde = pieces.joindre(
        candidature=brouillon,
        nom="seconde.pdf",
        octets=PDF + b"%",
        piece_requise=premiere.piece_requise,
        par=distribution.ddt,
    )
    client = connecte("ddt")
    url = reverse("candidatures:reprendre_piece", args=[brouillon.reference, premiere.uuid])
    assert (
        "Reprendre ce fichier"
        in client.get(
            reverse("candidatures:etape", args=[brouillon.reference, "pieces"])
        ).content.decode()
    )
    assert client.post(url).status_code == 302
    for piece in (premiere, seconde):
        piece.refresh_from_db()
    assert (premiere.active, seconde.active) == (True, False)
    deposer(candidature=brouillon, par=distribution.ddt)
    with pytest.raises(ActionInterdite):
        pieces.reprendre_piece(piece=seconde, par=distribution.ddt)


def test_l_adresse_d_une_piece_ne_se_devine_pas(brouillon, connecte):
    piece = brouillon.pieces.first()
    client = connecte("ddt")
    base = f"/candidatures/{brouillon.reference}/pieces/"
    assert client.get(f"{base}{piece.pk}/").status_code == 404
    reponse = client.get(f"{base}{piece.uuid}/")
    assert b"".join(reponse.streaming_content) == PDF


def test_une_collectivite_invite_une_commune_sans_compte_puis_une_personne_qui_vise(
    brouillon, distribution, connecte, client
):
    commune = Commune.objects.filter(departement_id="80").order_by("code").first()
    porteuse = connecte("collectivite")
    url = reverse("candidatures:inviter", args=[brouillon.reference])
    page = porteuse.post(url, {"territoires": f"C{commune.pk}"}, follow=True)
    lus = [str(m) for m in page.context["messages"]]
    mairie = Organisme.objects.get(commune=commune, nature="commune")
    assert len(lus) == 1
    assert lus[0].startswith(f"{mairie} porte désormais le dossier.")
    formulaire = page.context["form"]
    assert formulaire["organisme"].value() == str(mairie.pk)
    assert mairie in formulaire.fields["organisme"].queryset
    personne = {"courriel": "maire@exemple.fr", "prenom": "Lou", "nom": "Roy"}
    url = reverse("candidatures:inviter_personne", args=[brouillon.reference])
    assert set(porteuse.post(url, personne).context["form"].errors) == {"organisme"}
    assert porteuse.post(url, personne | {"organisme": mairie.pk}).status_code == 302
    elue = coauteurs.ouvrir_compte(
        invitation=CoAuteur.objects.get(),
        prenom="Lou",
        nom="Roy",
        mot_de_passe=MOT,
    )
    assert (elue.role, elue.organisme) == ("collectivite", mairie)
    # From now on the commune invites its own people: another carrier no longer speaks for it.
    siens = [distribution.collectivite.organisme]
    assert coauteurs.organismes_proposes(brouillon, distribution.collectivite) == siens
    assert mairie in coauteurs.organismes_proposes(brouillon, distribution.ddt)
    with pytest.raises(ErreurMetier, match="n’attend plus de réponse"):
        coauteurs.renvoyer(coauteur=CoAuteur.objects.get(), par=distribution.ddt)
    client.force_login(elue)
    page = client.get(reverse("candidatures:viser", args=[brouillon.reference])).content.decode()
    assert f"Votre visa dit, au nom {du(mairie)}, que vous avez lu" in page
    assert "dernier enregistrement" in page


def test_la_dgaln_lit_les_visas_en_instruisant(brouillon, distribution, connecte):
    visas.viser(
        candidature=brouillon,
        avis="reserve",
        texte="Le calendrier est trop court.",
        par=distribution.collectivite,
    )
    redaction.enregistrer_section(
        candidature=brouillon,
        cle="objet",
        texte="Un autre objet.",
        par=distribution.ddt,
        revision=brouillon.sections.get(cle="objet").revision,
    )
    deposer(candidature=Candidature.objects.get(pk=brouillon.pk), par=distribution.ddt)
    page = connecte("dgaln").get(reverse("candidatures:instruire", args=[brouillon.reference]))
    visa = brouillon.visas.get()
    assert list(page.context["visas"]) == [visa]
    assert page.context["visas_perimes"] == {visa.pk}
    texte = page.content.decode()
    assert "Le calendrier est trop court." in texte
    assert CHANGE in texte


def test_l_accuse_nomme_le_mandat_et_les_visas(brouillon, distribution):
    candidature = brouillon
    mandant = distribution.collectivite.organisme
    communs = {
        "candidature": candidature,
        "signe_le": timezone.localdate(),
        "par": distribution.ddt,
    }
    with pytest.raises(ErreurMetier):
        visas.enregistrer_mandat(
            mandant=distribution.collectivite_autre.organisme, nom="m.pdf", octets=PDF, **communs
        )
    visas.enregistrer_mandat(mandant=mandant, nom="mandat.pdf", octets=PDF, **communs)
    visas.viser(candidature=candidature, avis="favorable", texte="", par=distribution.collectivite)
    deposer(candidature=candidature, par=distribution.ddt)
    contexte = Document.objects.get(cle="candidature_accuse").contexte
    assert [
        m.startswith(f"{du(mandant.nom)}, par mandat signé le ") for m in contexte["mandats"]
    ] == [True]
    assert contexte["visas"] == [f"{mandant.nom}\u00a0: favorable"]
    absents = [str(visa) for visa in visas_absents(Candidature.objects.get(pk=candidature.pk))]
    assert (contexte["visas_absents"], mandant.nom in absents, bool(absents)) == (
        absents,
        False,
        True,
    )
    assert contexte["porteurs"] == [f"{mandant.nom} (chef de file)"]
