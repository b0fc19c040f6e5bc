"""Threads: who reads them, who is told, what never leaves them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidatures.echanges.domaine.messages import ecrire, non_lus
from candidatures.echanges.models import Message
from candidatures.instruction.domaine.etiquettes import etiqueter
from candidatures.instruction.models import Etiquette
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ErreurMetier
from tests.factories.candidatures import PDF, faire_brouillon, faire_deposee
from tests.factories.instruction import faire_en_evaluation

SECRET = "Réserve-confidentielle-du-préfet"


def adresse(candidature, fil):
    return reverse("candidatures:echanges", args=[candidature.reference, fil])


@pytest.mark.parametrize("nombre", [1, 3])
def test_un_fil_coute_autant_avec_un_ou_trois_messages(
    distribution, connecte, nombre, django_assert_num_queries
):
    candidature = faire_deposee(distribution)
    for rang in range(nombre):
        ecrire(
            candidature=candidature,
            fil="interne",
            texte=f"Message {rang}",
            fichiers=[("note.pdf", PDF)],
            par=distribution.ddt,
        )
    client = connecte("dgaln")
    client.get(adresse(candidature, "interne"))
    with django_assert_num_queries(REQUETES_FIL):
        assert len(client.get(adresse(candidature, "interne")).context["messages_du_fil"]) == nombre


REQUETES_FIL = 8


def test_le_fil_interne_reste_entre_services(distribution, connecte):
    candidature = faire_en_evaluation(distribution)
    message = ecrire(
        candidature=candidature,
        fil="interne",
        texte=SECRET,
        fichiers=[("note-secrete.pdf", PDF)],
        par=distribution.dreal,
    )
    piece = message.pieces.get()
    pages = [
        adresse(candidature, "interne"),
        f"{adresse(candidature, 'interne')}exporter/",
        reverse("candidatures:echanges_piece", args=[candidature.reference, piece.pk]),
        adresse(candidature, "porteurs"),
        candidature.get_absolute_url(),
        f"{candidature.get_absolute_url()}historique/",
        "/candidatures/?texte=confidentielle",
        "/tableau-de-bord/",
    ]
    for qui in ("collectivite", "evaluateur", "collectivite_autre", "ddt_autre", "equipe"):
        for page in pages:
            reponse = connecte(qui).get(page)
            contenu = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
            for mot in (SECRET, "note-secrete", "Fil des services"):
                assert mot not in contenu.decode(errors="replace"), (qui, page)
            if page == pages[2]:
                assert reponse.status_code == 404, qui
    for qui in ("dgaln", "ddt", "dreal"):
        assert SECRET in connecte(qui).get(pages[0]).content.decode(), qui
    corps = Courriel.objects.values_list("corps", flat=True)
    assert [c for c in corps if SECRET in c] == []


def test_les_destinataires_du_fil_interne(distribution):
    candidature = faire_deposee(distribution)
    ecrire(candidature=candidature, fil="interne", texte="Bonjour", par=distribution.dgaln)
    prevenus = set(
        Courriel.objects.filter(cle="echange_message").values_list("destinataire", flat=True)
    )
    assert distribution.ddt.email in prevenus
    assert distribution.dreal.email in prevenus
    assert distribution.collectivite.email not in prevenus
    assert distribution.dgaln.email not in prevenus


def test_les_porteurs_ecrivent_et_sont_lus(distribution, connecte):
    candidature = faire_deposee(distribution)
    url = adresse(candidature, "porteurs")
    reponse = connecte("collectivite").post(
        url,
        {
            "texte": "Une question sur le calendrier",
            "fichiers": [SimpleUploadedFile("plan.exe", PDF, "application/x-msdownload")],
        },
    )
    assert reponse.status_code == 302
    message = Message.objects.get()
    assert (message.auteur, message.pieces.get().nom) == (distribution.collectivite, "plan.pdf")
    assert non_lus(distribution.dgaln, candidature) == {"porteurs": 1}
    assert non_lus(distribution.collectivite, candidature) == {}
    dgaln = connecte("dgaln")
    assert "1<span" in dgaln.get(candidature.get_absolute_url()).content.decode()
    assert "Une question sur le calendrier" in dgaln.get(url).content.decode()
    assert dgaln.post(f"{url}lu/").status_code == 302
    assert non_lus(distribution.dgaln, candidature) == {}
    assert "Une question sur le calendrier" in dgaln.get(f"{url}exporter/").content.decode()


def test_un_fichier_qui_n_est_pas_ce_qu_il_dit_est_refuse(distribution):
    candidature = faire_deposee(distribution)
    with pytest.raises(ErreurMetier, match="n’est pas lisible"):
        ecrire(
            candidature=candidature,
            fil="porteurs",
            texte="Voici",
            fichiers=[("plan.pdf", b"MZ\x90")],
            par=distribution.ddt,
        )


@pytest.mark.parametrize("qui", ["collectivite", "evaluateur", "ddt_autre"])
def test_le_verbe_refuse_le_fil_interne(distribution, qui):
    candidature = faire_en_evaluation(distribution)
    with pytest.raises(ActionInterdite):
        ecrire(candidature=candidature, fil="interne", texte="x", par=getattr(distribution, qui))


def test_pas_de_fil_avant_le_depot(distribution, connecte):
    candidature = faire_brouillon(distribution)
    assert connecte("ddt").get(adresse(candidature, "porteurs")).status_code == 403


def test_une_etiquette_se_pose_en_nombre_et_ne_sort_pas_de_la_dgaln(distribution, connecte):
    candidatures = [faire_deposee(distribution, titre=f"Dossier {i}") for i in range(2)]
    dgaln = connecte("dgaln")
    refs = [c.reference for c in candidatures]
    page = dgaln.get("/instruction/etiquettes/poser/", {"ref": refs})
    assert [c.reference for c in page.context["objet"]] == refs
    dgaln.post("/instruction/etiquettes/poser/", {"ref": refs, "nom": "Étiquette-secrète"})
    etiquette = Etiquette.objects.get()
    assert etiquette.poses.count() == 2
    assert (
        etiqueter(candidatures=candidatures, nom="étiquette-SECRÈTE", par=distribution.dgaln) == 0
    )
    assert dgaln.get(f"/instruction/?etiquette={etiquette.pk}").context["total"] == 2
    for qui in ("collectivite", "ddt", "dreal"):
        for page in ("", "historique/", "instruction/"):
            reponse = connecte(qui).get(f"{candidatures[0].get_absolute_url()}{page}")
            assert "secrète" not in reponse.content.decode(), (qui, page)
    with pytest.raises(ActionInterdite):
        etiqueter(candidatures=candidatures, nom="x", par=distribution.ddt)
