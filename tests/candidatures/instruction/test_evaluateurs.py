"""Profiles of the reviewers, offices that end, and a draw corrected before it is kept."""

import pytest

from candidatures.instruction.domaine import (
    ajustement,
    deports,
    evaluateurs,
    evaluation,
    invitations,
    tirage,
)
from candidatures.instruction.forms.instruire import FormulaireConfier
from candidatures.instruction.models import Evaluation, MandatElectif, ProfilEvaluateur
from socle.comptes.models import Utilisateur
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from socle.territoires.models import Epci
from tests.factories.candidatures import faire_appel
from tests.factories.instruction import dans, dater, deporter, faire_evaluateur, faire_recevable


@pytest.fixture
def propose(distribution):
    appel = faire_appel(distribution)
    for rang in (1, 2):
        faire_recevable(distribution, appel=appel, titre=f"Dossier {rang}")
    faire_evaluateur(distribution, 1)
    return tirage.proposer_tirage(appel=appel, n=1, graine=4, par=distribution.dgaln)


def test_chacun_tient_son_profil_et_la_dgaln_ceux_des_autres(distribution, connecte):
    personne = distribution.evaluateur
    reponse = connecte("evaluateur").post("/evaluations/profil/", {"charge_max": "3"})
    assert (reponse.status_code, ProfilEvaluateur.objects.get().charge_max) == (302, 3)
    adresse = f"/instruction/evaluateurs/{personne.pk}/"
    assert connecte("dgaln").post(adresse, {"charge_max": ""}).status_code == 302
    assert ProfilEvaluateur.objects.get().charge_max is None
    for par in (distribution.ddt, faire_evaluateur(distribution, 1)):
        with pytest.raises(ActionInterdite):
            evaluateurs.enregistrer_profil(personne=personne, charge_max=1, themes=[], par=par)
    with pytest.raises(ErreurMetier):
        evaluateurs.enregistrer_profil(personne=personne, charge_max=0, themes=[], par=personne)


def test_la_liste_donne_charge_et_deports_en_autant_de_requetes(
    distribution, connecte, django_assert_num_queries
):
    candidature = faire_recevable(distribution)
    deporter(distribution, candidature)
    with django_assert_num_queries(5):
        assert [(e.confies, e.deports) for e in evaluateurs.evaluateurs()] == [(0, 1)]
    faire_evaluateur(distribution, 1)
    faire_evaluateur(distribution, 2)
    with django_assert_num_queries(5):
        assert len(evaluateurs.evaluateurs()) == 3
    page = connecte("dgaln").get("/instruction/evaluateurs/").content.decode()
    assert distribution.evaluateur.nom_complet in page


def test_un_mandat_d_epci_se_declare_et_se_clot_a_l_ecran(distribution, connecte):
    epci = Epci.objects.filter(actif=True).first()
    envoi = {"fonction": "Vice-présidente", "territoire": epci.code, "debut": dans(-30)}
    assert connecte("evaluateur").post("/deports/", envoi).status_code == 302
    mandat = MandatElectif.objects.get()
    assert mandat.epci == epci
    adresse = f"/instruction/mandats/{mandat.pk}/clore/"
    assert connecte("evaluateur").post(adresse, {"le": dans(-1)}).status_code == 403
    assert connecte("dgaln").post(adresse, {"le": dans(-1)}).status_code == 302
    mandat.refresh_from_db()
    assert mandat.fin == dans(-1)
    refuse = connecte("evaluateur").post("/deports/", envoi | {"territoire": "Nulle part"})
    assert (refuse.status_code, MandatElectif.objects.count()) == (200, 1)


def test_la_proposition_se_modifie_puis_se_garde(distribution, connecte, propose):
    cle = sorted(propose.proposition)[0]
    candidature = propose.appel.candidatures.get(pk=cle)
    tous = [distribution.evaluateur.pk, faire_evaluateur(distribution, 5).pk]
    adresse = f"/instruction/tirages/{propose.pk}/"
    visiteur = connecte("dgaln")
    envoi = {"lecteurs": [distribution.evaluateur.pk]}
    page = visiteur.post(f"{adresse}dossiers/{candidature.reference}/", envoi)
    assert (page.status_code, Evaluation.objects.count()) == (302, 0)
    # A new evaluator came in the meantime: the proposal is out of date, even corrected.
    with pytest.raises(ErreurMetier, match="tirez à nouveau"):
        tirage.garder_tirage(tirage=propose, par=distribution.dgaln)
    refait = tirage.proposer_tirage(appel=propose.appel, n=1, graine=4, par=distribution.dgaln)
    lecteurs = [distribution.evaluateur, distribution.dgaln]
    for dossier in propose.appel.candidatures.all():
        refait = ajustement.ajuster_tirage(
            tirage=refait, candidature=dossier, lecteurs=lecteurs, par=distribution.dgaln
        )
    assert ajustement.alertes(refait)[-1].startswith("Les charges s’écartent")
    tirage.garder_tirage(tirage=refait, par=distribution.dgaln)
    lus = Evaluation.objects.values_list("evaluateur_id", flat=True)
    assert sorted(lus) == sorted([p.pk for p in lecteurs] * 2)
    assert tous[1] not in lus
    with pytest.raises(TransitionImpossible):
        ajustement.ajuster_tirage(
            tirage=refait, candidature=candidature, lecteurs=[], par=distribution.dgaln
        )


def test_la_main_ne_force_ni_un_deport_ni_ce_qui_est_commence(distribution, propose):
    candidature = propose.appel.candidatures.first()
    autre = faire_evaluateur(distribution, 7)
    deporter(distribution, candidature, autre)
    commun = {"tirage": propose, "candidature": candidature}
    with pytest.raises(ErreurMetier, match="ne peut pas évaluer"):
        ajustement.ajuster_tirage(**commun, lecteurs=[autre], par=distribution.dgaln)
    with pytest.raises(ActionInterdite):
        ajustement.ajuster_tirage(**commun, lecteurs=[], par=distribution.evaluateur)
    confiee = evaluation.confier_evaluation(
        candidature=candidature, evaluateur=distribution.evaluateur, par=distribution.dgaln
    )
    Evaluation.objects.filter(pk=confiee.pk).update(modifiee_le=confiee.confiee_le)
    with pytest.raises(ErreurMetier, match="a commencé"):
        ajustement.ajuster_tirage(**commun, lecteurs=[], par=distribution.dgaln)
    modifie = ajustement.ajuster_tirage(
        **commun, lecteurs=[distribution.evaluateur], par=distribution.dgaln
    )
    assert modifie.parametres["calculee"] == propose.proposition


@pytest.mark.parametrize(("periode", "propose"), [((-5, 5), dans(5)), ((-9, -5), None)])
def test_qui_confie_a_la_main_se_voit_proposer_la_fin_de_la_phase(distribution, periode, propose):
    candidature = faire_recevable(distribution)
    dater(distribution, candidature.appel, evaluation=periode)
    assert FormulaireConfier(candidature=candidature)["echeance"].value() == propose


def test_une_charge_depassee_se_dit(distribution, propose):
    evaluateurs.enregistrer_profil(
        personne=distribution.evaluateur, charge_max=1, themes=[], par=distribution.evaluateur
    )
    for dossier in propose.appel.candidatures.all():
        propose = ajustement.ajuster_tirage(
            tirage=propose,
            candidature=dossier,
            lecteurs=[distribution.evaluateur],
            par=distribution.dgaln,
        )
    phrases = [phrase.replace("\u00a0", " ") for phrase in ajustement.alertes(propose)]
    assert phrases[0].endswith("recevrait 2 dossiers, au-delà de sa limite de 1.")


def test_un_mandat_se_clot_par_un_autre(distribution):
    mandat = deports.enregistrer_mandat(
        personne=distribution.dgaln,
        fonction="Maire",
        epci=Epci.objects.first(),
        debut=dans(-3),
        par=distribution.dgaln,
    )
    with pytest.raises(ActionInterdite):
        deports.clore_mandat(mandat=mandat, le=dans(0), par=distribution.dgaln)


def test_la_dgaln_invite_et_le_lien_ouvre_un_compte_d_evaluateur(distribution, connecte, client):
    dgaln, page = connecte("dgaln"), "/instruction/evaluateurs/inviter/"
    lou = {"prenom": "Lou", "nom": "Morel", "courriel": "Lou@Ecole.example"}
    organisme = distribution.collectivite.organisme
    candidature = faire_recevable(distribution)
    inconnu = lou | {"organisme": f"{organisme.nom} Ville"}
    form = dgaln.post(page, inconnu).context["form"]
    assert (form.errors, [c["nom"] for c in form.confirmations]) == (
        {},
        ["confirmer_organisme_nouveau"],
    )
    assert f"«\u00a0{organisme.nom}\u00a0»" in form.confirmations[0]["phrase"]
    assert invitations.attendues() == []
    dgaln.post(page, inconnu | {"confirmer_organisme_nouveau": "on"})
    assert [i.organisme for i in invitations.attendues()] == [f"{organisme.nom} Ville"]
    Courriel.objects.all().delete()
    dgaln.post(page, lou | {"organisme": organisme.nom.upper()})
    invitation = invitations.attendues()[0]
    lettre = Courriel.objects.get(cle="instruction_invitation_evaluateur")
    adresse = invitations.chemin(invitation)
    assert (lettre.destinataire, adresse in lettre.corps) == ("lou@ecole.example", True)
    assert "Lou Morel" in dgaln.get("/instruction/evaluateurs/").content.decode()
    secret = "mot-de-passe-assez-long-8317"
    envoi = {"prenom": "Lou", "nom": "Morel", "mot_de_passe": secret, "confirmation": secret}
    assert client.post(adresse, envoi).status_code == 302
    compte = Utilisateur.objects.get(email="lou@ecole.example")
    assert (compte.role, compte.organisme) == ("evaluateur", organisme)
    # It works for a carrier: recused from its dossier at once.
    assert candidature.deports.filter(personne=compte, leve_le=None).exists()
    client.logout()
    assert client.get(adresse).status_code == 404
    refus = dgaln.post(page, lou)
    assert list(refus.context["form"].errors) == ["courriel"]
    with pytest.raises(ActionInterdite):
        invitations.inviter(courriel="x@y.fr", prenom="X", nom="Y", par=distribution.evaluateur)
