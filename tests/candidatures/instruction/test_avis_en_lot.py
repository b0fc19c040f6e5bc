"""Avis in batches: prepared, undone, sent; reminders; the late ones."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import avis as un_avis
from candidatures.instruction.domaine import avis_en_lot as lot_avis
from candidatures.instruction.domaine import relances_avis
from candidatures.instruction.domaine.avis_a_demander import (
    DEMANDE,
    ETAT,
    PORTEUR,
    SANS_COMPTE,
    DemandesEcartees,
)
from candidatures.instruction.models import Avis, RelanceAvis
from socle.comptes.models import Organisme
from socle.courriels import lots
from socle.courriels.choix import EtatCourriel
from socle.courriels.models import Courriel, LotCourriels
from socle.erreurs import ActionInterdite, ElementsManquants
from tests.factories.candidatures import faire_appel
from tests.factories.instruction import dans, demander_un_avis, faire_recevable


@pytest.fixture
def dossiers(distribution):
    appel = faire_appel(distribution)
    return [faire_recevable(distribution, appel=appel, titre=f"Dossier {i}") for i in range(2)]


def preparer(distribution, dossiers, **options):
    parametres = {"organismes": [], "competents": ["dreal"], "echeance": dans(20)}
    parametres |= {"confirmes": ["ecarts"]} | options
    return lot_avis.demander_en_lot(candidatures=dossiers, par=distribution.dgaln, **parametres)


def test_une_demande_preparee_ne_se_voit_pas_et_s_annule(distribution, dossiers, connecte):
    prepare = preparer(distribution, dossiers)
    assert (prepare.demandes, prepare.ecarts) == (2, ())
    assert set(Avis.objects.values_list("organisme", "retenu")) == {
        (distribution.dreal.organisme_id, True)
    }
    assert list(connecte("dreal").get("/avis/").context.get("avis", [])) == []
    assert connecte("dreal").get(f"/avis/{Avis.objects.first().pk}/").status_code == 404
    assert dossiers[0].consultes.count() == 0
    lots.annuler_lot(lot=prepare.lot, par=distribution.dgaln)
    assert Avis.objects.count() == 0
    assert preparer(distribution, dossiers).demandes == 2


def test_une_demande_envoyee_se_voit(distribution, dossiers, connecte):
    prepare = preparer(distribution, dossiers)
    lots.envoyer_lot(lot=prepare.lot, par=distribution.dgaln)
    assert Avis.objects.filter(retenu=True).count() == 0
    assert dossiers[0].consultes.get() == distribution.dreal.organisme
    assert connecte("dreal").get(f"/avis/{Avis.objects.first().pk}/").status_code == 200
    with pytest.raises(ElementsManquants):
        preparer(distribution, dossiers)


def test_chaque_demande_impossible_dit_sa_raison(distribution, dossiers, connecte):
    """The pilote carries both; one avis is asked already; nobody knows the région’s service."""
    premier, second = dossiers
    incomplet = faire_recevable(distribution, appel=premier.appel, titre="Incomplet")
    Candidature.objects.filter(pk=incomplet.pk).update(etat="a_completer")
    muet = Organisme.objects.create(nom="Muet", nature="bureau_etudes")
    demander_un_avis(distribution, premier)
    choix = {"organismes": [muet], "competents": ["ddt", "dreal"]}
    with pytest.raises(DemandesEcartees) as refus:
        preparer(distribution, [premier, second, incomplet], confirmes=(), **choix)
    assert Avis.objects.count() == 1
    dreal, ddt = distribution.dreal.organisme, distribution.ddt.organisme
    assert refus.value.tri.possibles == [(second, dreal)]
    incomplets = {(incomplet, o.nom, ETAT) for o in (ddt, dreal, muet)}
    assert {(e.candidature, e.organisme, e.raison) for e in refus.value.tri.ecarts} == {
        (premier, dreal.nom, DEMANDE),
        *((c, ddt.nom, PORTEUR) for c in (premier, second)),
        *((c, muet.nom, SANS_COMPTE) for c in (premier, second)),
        *incomplets,
    }
    assert len(refus.value.tri.ecarts) == 8
    dreal.regions.clear()
    dreal.departements.clear()
    donnees = {"ref": [second.reference], "competents": ["dreal"], "echeance": dans(9).isoformat()}
    page = connecte("dgaln").post("/instruction/avis/demander/", donnees).content.decode()
    assert "<strong>La DREAL (Hauts-de-France)</strong> sur " in page
    assert "aucun service connu pour ce territoire" in page
    with pytest.raises(ActionInterdite):
        lot_avis.demander_en_lot(
            candidatures=dossiers,
            organismes=[],
            competents=["dreal"],
            echeance=dans(9),
            par=distribution.ddt,
        )


def test_la_page_prepare_et_mene_a_la_relecture(distribution, dossiers, connecte):
    refs = [c.reference for c in dossiers]
    dgaln = connecte("dgaln")
    page = dgaln.get("/instruction/avis/demander/", {"ref": refs})
    assert distribution.dgaln.organisme not in page.context["form"].fields["organismes"].queryset
    reponse = dgaln.post(
        "/instruction/avis/demander/",
        {"ref": refs, "competents": ["dreal"], "echeance": dans(20).isoformat()},
    )
    lot = LotCourriels.objects.get()
    assert (reponse.status_code, reponse.url) == (302, lot.get_absolute_url())
    assert set(lot.courriels.values_list("etat", flat=True)) == {EtatCourriel.RETENU}
    relecture = dgaln.get(reponse.url)
    dit = " ".join(str(m) for m in relecture.context["messages"]).replace("\u00a0", " ")
    assert dit == "2 demandes d’avis sont préparées."
    assert {c.organisme for c in relecture.context["page"]} == {distribution.dreal.organisme.nom}


@pytest.mark.parametrize(
    ("jours", "attendus"),
    [(-8, 0), (-7, 1), (-3, 1), (-2, 1), (0, 1), (2, 1), (3, 1)],
)
def test_les_relances_partent_une_fois_aux_silencieux(distribution, dossiers, jours, attendus):
    echeance = dans(20)
    avis = un_avis.demander_avis(
        candidature=dossiers[0],
        organisme=distribution.dreal.organisme,
        echeance=echeance,
        par=distribution.dgaln,
    )
    jour = echeance + timedelta(days=jours)
    assert relances_avis.relancer_avis(jour=jour) == attendus
    assert relances_avis.relancer_avis(jour=jour) == 0
    un_avis.rendre_avis(avis=avis, sens="favorable", texte="Oui.", par=distribution.dreal)
    assert relances_avis.relancer_avis(jour=echeance + timedelta(days=9)) == 0


def test_pas_de_relance_pour_un_jour_passe_a_la_demande(distribution, dossiers):
    un_avis.demander_avis(
        candidature=dossiers[0],
        organisme=distribution.dreal.organisme,
        echeance=dans(5),
        par=distribution.dgaln,
    )
    avis = Avis.objects.get()
    attendus = {0: dans(3), 4: dans(8), 9: None}
    lus = {j: relances_avis.prochain_rappel(avis, {"j2"} if j else (), dans(j)) for j in attendus}
    assert lus == attendus
    assert relances_avis.relancer_avis() == 0
    assert relances_avis.relancer_avis(jour=dans(3)) == 1
    assert list(RelanceAvis.objects.values_list("jalon", flat=True)) == ["j2"]


def test_les_retardataires_se_relancent_apres_relecture(distribution, dossiers, connecte):
    for dossier in dossiers:
        un_avis.demander_avis(
            candidature=dossier,
            organisme=distribution.dreal.organisme,
            echeance=dans(5),
            par=distribution.dgaln,
        )
    Avis.objects.filter(candidature=dossiers[0]).update(
        echeance=timezone.localdate() - timedelta(days=4)
    )
    dgaln = connecte("dgaln")
    page = dgaln.get("/instruction/avis/")
    assert (page.context["retards"], [a.rappel for a in page.context["lignes"]]) == (
        1,
        [None, dans(3)],
    )
    assert "Relancer le retardataire" in page.content.decode()
    liste = dgaln.get("/instruction/?avis=retard")
    assert (liste.context["total"], liste.content.decode().count('form="relancer"')) == (1, 1)
    relancer = {"ref": [dossiers[0].reference]}
    dgaln.post("/instruction/avis/relancer/", {"ref": [dossiers[1].reference]})
    assert not LotCourriels.objects.exists()
    lot_url = dgaln.post("/instruction/avis/relancer/", relancer).url
    lettres = Courriel.objects.filter(cle="instruction_avis_relance")
    assert set(lettres.values_list("etat", flat=True)) == {EtatCourriel.RETENU}
    assert "était attendu" in lettres.first().corps
    dgaln.post("/instruction/avis/relancer/", relancer)
    lot = LotCourriels.objects.get()
    assert dgaln.get("/instruction/avis/").context["retards"] == 0
    assert lot_url == lot.get_absolute_url()
    assert lot_url in dgaln.get("/instruction/lots/").content.decode()
    lots.annuler_lot(lot=lot, par=distribution.dgaln)
    assert not RelanceAvis.objects.exists()
    Candidature.objects.filter(pk=dossiers[0].pk).update(etat="non_retenue")
    assert 'form="relancer"' not in dgaln.get("/instruction/?portee=tout").content.decode()


def test_une_personne_recoit_un_seul_courriel_qui_nomme_tous_ses_dossiers(
    distribution, dossiers, connecte
):
    prepare = preparer(distribution, dossiers)
    page = connecte("dgaln").get(prepare.lot.get_absolute_url()).content.decode()
    assert "Envoyer 1\u00a0courriel" in page
    assert lots.envoyer_lot(lot=prepare.lot, par=distribution.dgaln) == 1
    recu = Courriel.objects.get(cle="instruction_avis_demandes")
    assert (recu.destinataire, recu.etat) == (distribution.dreal.email, EtatCourriel.ENVOYE)
    for demande in Avis.objects.all():
        assert demande.candidature.titre in recu.corps
        assert f"/avis/{demande.pk}/" in recu.corps
    portes = Courriel.objects.filter(cle="instruction_avis_demande")
    assert set(portes.values_list("etat", "resume")) == {(EtatCourriel.GROUPE, recu.pk)}


def test_un_courriel_corrige_part_seul(distribution, dossiers):
    prepare = preparer(distribution, dossiers)
    premier = prepare.lot.courriels.order_by("pk").first()
    lots.corriger(courriel=premier, sujet="Urgent", corps="Lisez.", par=distribution.dgaln)
    assert lots.envoyer_lot(lot=prepare.lot, par=distribution.dgaln) == 2
    assert set(prepare.lot.courriels.values_list("etat", flat=True)) == {EtatCourriel.ENVOYE}
    assert Courriel.objects.filter(cle="instruction_avis_demandes").count() == 0
