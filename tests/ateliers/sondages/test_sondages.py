"""A poll from the question to the convocation: who may do what, what is refused, who is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ateliers.participants.domaine.invitations import convoquer, inviter, repondre
from ateliers.participants.models import Invitation
from ateliers.seances.models import Glissement, Seance
from ateliers.sondages.domaine import relances, reponses, sondages
from ateliers.sondages.domaine.convier import MOTIF_REPORT
from ateliers.sondages.domaine.requetes import choix_de, grille
from ateliers.sondages.models import Creneau, ReponseCreneau, Sondage, Sonde
from socle.courriels.models import Courriel
from socle.erreurs import (
    ActionInterdite,
    ConfirmationRequise,
    ElementsManquants,
    ErreurMetier,
    MotifRequis,
    TransitionImpossible,
)
from tests.factories.participants import faire_participants, faire_seance
from tests.factories.sondages import cles, faire_sondage, limite, matin, sondes

pytestmark = pytest.mark.django_db


def courriels(cle):
    return sorted(Courriel.objects.filter(cle=cle).values_list("destinataire", flat=True))


def repondre_tous(sondage, choix):
    for sonde in sondes(sondage):
        reponses.repondre(sonde, choix={cle: choix for cle in cles(sondage)})


def test_du_sondage_a_la_convocation_en_un_acte(distribution):
    sondage = faire_sondage(distribution)
    assert courriels("sondage_dates") == ["jeanne.martin@exemple.fr", "karim.benali@exemple.fr"]
    maire, president = sondes(sondage)
    premier, second, troisieme = cles(sondage)
    reponses.repondre(maire, choix={premier: "non", second: "oui", troisieme: "si_besoin"})
    reponses.repondre(president, choix={premier: "oui", second: "oui", troisieme: "oui"})
    classes = grille(sondage)["classes"]
    assert [ligne["bilan"].creneau for ligne in classes] == [second, troisieme, premier]
    assert [ligne["retenable"] for ligne in classes] == [True, True, False]
    creneau = Creneau.objects.get(pk=second)
    sondages.cloturer(creneau=creneau, par=distribution.ddt, lieu="Mairie")
    seance = Seance.objects.get(pk=sondage.seance_id)
    assert (seance.etat, seance.debut_prevu, seance.lieu) == ("convoquee", creneau.debut, "Mairie")
    assert Invitation.objects.filter(seance=seance, convoque_le__isnull=False).count() == 2
    assert courriels("convocation") == ["jeanne.martin@exemple.fr", "karim.benali@exemple.fr"]
    indispensables = Invitation.objects.filter(seance=seance, obligatoire=True)
    assert [i.participant_id for i in indispensables] == [maire.participant_id]
    sondage.refresh_from_db()
    assert (sondage.etat, sondage.clos_le is None) == ("clos", False)


def test_une_date_refusee_par_une_personne_indispensable_ne_se_retient_pas(distribution):
    sondage = faire_sondage(distribution)
    repondre_tous(sondage, "oui")
    maire = sondes(sondage)[0]
    premier = cles(sondage)[0]
    reponses.repondre(maire, choix={premier: "non"})
    creneau = Creneau.objects.get(pk=premier)
    with pytest.raises(ErreurMetier, match="Jeanne Martin a répondu"):
        sondages.cloturer(creneau=creneau, par=distribution.ddt, lieu="Mairie")
    with pytest.raises(IntegrityError, match="indispensable"), transaction.atomic():
        Creneau.objects.filter(pk=premier).update(retenu=True)
    Sonde.objects.filter(pk=maire.pk).update(obligatoire=False)
    Creneau.objects.filter(pk=premier).update(retenu=True)
    with pytest.raises(IntegrityError, match="refusé"), transaction.atomic():
        Sonde.objects.filter(pk=maire.pk).update(obligatoire=True)


def test_une_personne_indispensable_muette_demande_confirmation(distribution):
    sondage = faire_sondage(distribution)
    creneau = sondage.creneaux.first()
    with pytest.raises(ConfirmationRequise, match="Jeanne Martin"):
        sondages.cloturer(creneau=creneau, par=distribution.ddt, lieu="Mairie")
    sondages.cloturer(
        creneau=creneau, par=distribution.ddt, lieu="Mairie", confirmes={"obligatoire_muet"}
    )
    assert Seance.objects.get(pk=sondage.seance_id).etat == "convoquee"


def test_clore_est_tout_ou_rien(distribution):
    """Without a place the convocation can't leave: neither date nor closing remain."""
    seance = faire_seance(
        distribution, etat="a_programmer", genre="copil", rang=None, lieu="", titre="Comité"
    )
    sondage = faire_sondage(distribution, seance=seance)
    repondre_tous(sondage, "oui")
    with pytest.raises(ElementsManquants, match="lieu"):
        sondages.cloturer(creneau=sondage.creneaux.first(), par=distribution.ddt)
    sondage.refresh_from_db()
    seance.refresh_from_db()
    assert (sondage.etat, seance.etat, seance.debut_prevu) == ("ouvert", "a_programmer", None)
    assert not Creneau.objects.filter(retenu=True).exists()
    assert courriels("convocation") == []


@pytest.mark.parametrize("recue", [True, False])
def test_une_date_recue_est_reportee_avec_son_motif_une_autre_se_corrige(distribution, recue):
    seance = faire_seance(distribution, genre="copil", rang=None)
    sondage = faire_sondage(distribution, seance=seance)
    if recue:
        gens = [s.participant for s in sondage.sondes.all() if s.participant]
        inviter(seance=seance, participants=gens, par=distribution.ddt)
        convoquer(seance=seance, par=distribution.ddt)
    repondre_tous(sondage, "si_besoin")
    sondages.cloturer(creneau=sondage.creneaux.last(), par=distribution.ddt)
    seance.refresh_from_db()
    assert seance.debut_prevu == sondage.creneaux.last().debut
    if not recue:
        assert list(Glissement.objects.all()) == courriels("report_seance") == []
        return
    glissement = Glissement.objects.get(seance=seance)
    assert glissement.motif == MOTIF_REPORT
    assert glissement.nouveau_debut == sondage.creneaux.last().debut
    assert courriels("report_seance") == ["equipe@demo.example"]


@pytest.mark.parametrize("role", ["collectivite", "equipe", "dreal", "ddt_autre"])
def test_seul_le_pilote_sonde_et_retient(distribution, role):
    sondage = faire_sondage(distribution)
    qui = getattr(distribution, role)
    for acte in (
        lambda: sondages.cloturer(creneau=sondage.creneaux.first(), par=qui, lieu="Mairie"),
        lambda: sondages.annuler(sondage=sondage, par=qui, motif="Non"),
        lambda: sondages.prolonger(sondage=sondage, par=qui, clot_le=limite(12)),
        lambda: relances.relancer(sondage=sondage, par=qui),
    ):
        with pytest.raises(ActionInterdite):
            acte()


def test_ce_qu_un_sondage_refuse(distribution):
    seance = faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)
    trop = [matin(20 + rang) for rang in range(41)]
    for options in (
        {"creneaux": trop},
        {"creneaux": [matin(20)]},
        {"creneaux": [matin(-2), matin(20)]},
        {"clot_le": limite(-1)},
        {"clot_le": limite(20)},
        {"sondes": []},
    ):
        with pytest.raises(ErreurMetier):
            faire_sondage(distribution, seance=seance, **options)
    assert Sondage.objects.count() == 0
    assert faire_sondage(distribution, seance=seance, creneaux=trop[:40]).creneaux.count() == 40
    with pytest.raises(TransitionImpossible, match="déjà ouvert"):
        faire_sondage(distribution, seance=seance)


def test_apres_la_cloture_plus_aucune_reponse(distribution):
    sondage = faire_sondage(distribution, obligatoires=())
    sonde, cle = sondes(sondage)[0], cles(sondage)[0]
    Sondage.objects.filter(pk=sondage.pk).update(clot_le=limite(-1))
    with pytest.raises(TransitionImpossible, match="temps de répondre"):
        reponses.repondre(sonde, choix={cle: "oui"})
    sondages.annuler(sondage=sondage, par=distribution.ddt, motif="Le comité est reporté.")
    with pytest.raises(TransitionImpossible, match="annulé"):
        reponses.repondre(sonde, choix={cle: "oui"})
    with pytest.raises(IntegrityError, match="clos"), transaction.atomic():
        ReponseCreneau.objects.create(sonde=sonde, creneau_id=cle, choix="oui")


def test_la_base_refuse_le_creneau_d_un_autre_sondage(distribution):
    un, autre = faire_sondage(distribution), faire_sondage(distribution)
    with pytest.raises(ErreurMetier):
        reponses.repondre(sondes(un)[0], choix={cles(autre)[0]: "oui"})
    with pytest.raises(IntegrityError, match="autre sondage"), transaction.atomic():
        ReponseCreneau.objects.create(sonde=sondes(un)[0], creneau_id=cles(autre)[0], choix="oui")


def test_annuler_puis_rouvrir_previent_chacun(distribution):
    sondage = faire_sondage(distribution)
    with pytest.raises(MotifRequis):
        sondages.annuler(sondage=sondage, par=distribution.ddt, motif=" ")
    sondages.annuler(sondage=sondage, par=distribution.ddt, motif="La salle est prise.")
    assert len(courriels("sondage_annule")) == 2
    sondages.prolonger(sondage=sondage, par=distribution.ddt, clot_le=limite(12))
    assert len(courriels("sondage_rouvert")) == 2
    repondre_tous(sondage, "oui")
    sondages.cloturer(creneau=sondage.creneaux.first(), par=distribution.ddt)
    sondages.prolonger(sondage=sondage, par=distribution.ddt, clot_le=limite(13))
    assert Creneau.objects.filter(sondage=sondage, retenu=True).count() == 0
    seance = Seance.objects.get(pk=sondage.seance_id)
    assert (seance.etat, seance.debut_prevu) == ("convoquee", sondage.creneaux.first().debut)
    assert len(courriels("sondage_confirme")) == 0
    sondages.cloturer(creneau=sondage.creneaux.first(), par=distribution.ddt)
    assert courriels("sondage_confirme") == courriels("convocation")


def _vieillir(sondage, reste: int):
    """As if the poll, opened long ago, had so many days left."""
    Sondage.objects.filter(pk=sondage.pk).update(
        clot_le=limite(reste), ouvert_le=timezone.now() - timedelta(days=30)
    )


@pytest.mark.parametrize(("reste", "attendu"), [(8, 0), (7, 1), (3, 1), (2, 1), (0, 1), (-1, 0)])
def test_les_rappels_ne_vont_qu_aux_silencieux_et_une_fois(distribution, reste, attendu):
    sondage = faire_sondage(distribution)
    reponses.repondre(sondes(sondage)[0], choix={cles(sondage)[0]: "oui"})
    _vieillir(sondage, reste)
    assert [relances.relancer_tous() for _ in range(3)] == [attendu, 0, 0]
    assert courriels("sondage_rappel") == ["karim.benali@exemple.fr"] * attendu


def test_deux_echeances_deux_rappels_puis_plus_rien(distribution):
    sondage = faire_sondage(distribution)
    envois = []
    for reste in (9, 7, 6, 3, 2, 1, 0):
        _vieillir(sondage, reste)
        envois.append(relances.relancer_tous())
    assert envois == [0, 2, 0, 0, 2, 0, 0]


def test_un_sondage_court_ne_rappelle_pas_le_lendemain(distribution):
    sondage = faire_sondage(distribution, clot_le=limite(4))
    assert relances.relancer_tous() == 0
    assert relances.relancer(sondage=sondage, par=distribution.ddt) == 2
    with pytest.raises(ErreurMetier, match="vient d’être relancé"):
        relances.relancer(sondage=sondage, par=distribution.ddt)


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    suite=st.lists(
        st.tuples(
            st.integers(0, 1),
            st.dictionaries(
                st.integers(0, 2), st.sampled_from(["oui", "si_besoin", "non"]), min_size=1
            ),
        ),
        max_size=6,
    )
)
def test_la_derniere_reponse_de_chacun_est_gardee(distribution, suite):
    """Whatever the sequence; and no date refused by the mandatory person is ever kept."""
    with transaction.atomic():
        sondage = faire_sondage(distribution)
        gens, dates = sondes(sondage), cles(sondage)
        attendu = {gens[0].pk: {}, gens[1].pk: {}}
        for qui, choix in suite:
            donnes = {dates[rang]: valeur for rang, valeur in choix.items()}
            reponses.repondre(gens[qui], choix=donnes)
            attendu[gens[qui].pk] |= donnes
        assert {g.pk: choix_de(g) for g in gens} == attendu
        for creneau in sondage.creneaux.all():
            refuse = attendu[gens[0].pk].get(creneau.pk) == "non"
            try:
                with transaction.atomic():
                    sondages.cloturer(
                        creneau=creneau,
                        par=distribution.ddt,
                        lieu="Mairie",
                        confirmes={"obligatoire_muet"},
                    )
                    assert not refuse
                    transaction.set_rollback(True)
            except ErreurMetier:
                assert refuse
        transaction.set_rollback(True)


def test_qui_a_dit_oui_n_est_plus_attendu_et_peut_changer(distribution):
    sondage = faire_sondage(distribution)
    maire, president = sondes(sondage)
    retenu, autre, _ = cles(sondage)
    reponses.repondre(maire, choix={retenu: "oui"})
    reponses.repondre(president, choix={retenu: "si_besoin", autre: "oui"})
    creneau = Creneau.objects.get(pk=retenu)
    sondages.cloturer(creneau=creneau, par=distribution.ddt, lieu="Mairie")
    lignes = Invitation.objects.filter(seance=sondage.seance).order_by("participant_id")
    assert [i.reponse for i in lignes] == ["accepte", "peut_etre"]
    corps = list(Courriel.objects.filter(cle="convocation").order_by("destinataire"))
    assert ["«\u00a0oui\u00a0» à cette date" in c.corps for c in corps] == [True, False]
    assert ["«\u00a0si besoin\u00a0» à cette date" in c.corps for c in corps] == [False, True]
    assert repondre(lignes[0], reponse="decline").reponse == "decline"


def test_un_non_et_un_silence_restent_attendus(distribution):
    sondage = faire_sondage(distribution, obligatoires=())
    maire, _ = sondes(sondage)
    retenu, autre, _ = cles(sondage)
    reponses.repondre(maire, choix={retenu: "non", autre: "oui"})
    sondages.cloturer(creneau=Creneau.objects.get(pk=retenu), par=distribution.ddt, lieu="Mairie")
    assert set(Invitation.objects.values_list("reponse", flat=True)) == {"attendue"}


def test_un_quorum_manque_demande_confirmation(distribution):
    sondage = faire_sondage(distribution, quorums={"elus": 2})
    repondre_tous(sondage, "oui")
    options = {"creneau": sondage.creneaux.first(), "par": distribution.ddt, "lieu": "Mairie"}
    with pytest.raises(ConfirmationRequise, match="quorum n’est pas atteint") as demande:
        sondages.cloturer(**options)
    assert demande.value.cle == "sous_quorum"
    assert Sondage.objects.get().etat == "ouvert"
    sondages.cloturer(**options, confirmes={"sous_quorum"})
    assert Sondage.objects.get().etat == "clos"


def test_le_pilote_note_la_reponse_de_qui_n_a_pas_d_adresse(distribution):
    seance = faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)
    gens = faire_participants(distribution, seance.atelier, 3)
    sondage = faire_sondage(distribution, seance=seance, sondes=gens, obligatoires=())
    jeanne, _, sans = sondes(sondage)
    assert (sans.participant.courriel, len(courriels("sondage_dates"))) == ("", 2)
    choix = {cles(sondage)[0]: "oui"}
    for qui in (distribution.equipe, distribution.collectivite):
        with pytest.raises(ActionInterdite):
            reponses.repondre_pour(sans, par=qui, choix=choix)
    with pytest.raises(ActionInterdite, match="par son lien"):
        reponses.repondre_pour(jeanne, par=distribution.ddt, choix=choix)
    reponses.repondre_pour(sans, par=distribution.ddt, choix=choix)
    sans.refresh_from_db()
    assert (sans.saisi_par, choix_de(sans)) == (distribution.ddt, choix)
    sondages.cloturer(creneau=sondage.creneaux.first(), par=distribution.ddt, lieu="Mairie")
    assert Invitation.objects.get(participant=sans.participant_id).reponse == "accepte"
