"""A visa says which text it read; a replaced file can be taken up again until the deposit."""

import pytest
from django.urls import reverse

from candidatures.appels.models import Appel
from candidatures.dossiers.domaine import pieces, redaction, taches_visas, visas
from candidatures.dossiers.domaine.depot import deposer
from candidatures.dossiers.domaine.manques import avertissements
from candidatures.dossiers.models import Candidature
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ErreurMetier
from tests.factories.candidatures import PDF, faire_brouillon, remplir

pytestmark = pytest.mark.django_db
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
