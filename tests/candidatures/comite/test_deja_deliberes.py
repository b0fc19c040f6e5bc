"""What a closed committee deliberated waits for its decision: not ranked again, not evaluated."""

import pytest
from django.urls import reverse

from candidatures.comite.calcul.deliberes import du_comite
from candidatures.comite.calcul.ecarts import SENS
from candidatures.comite.domaine import comites
from candidatures.comite.domaine.decisions import planifier
from candidatures.comite.domaine.taches import a_traiter
from candidatures.comite.models import Comite
from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.instruction.domaine import taches, tirage
from candidatures.instruction.domaine.evaluation import confier_evaluation
from candidatures.instruction.models import MotifType
from socle.erreurs import ElementsManquants, TransitionImpossible
from socle.interface.templatetags.interface import date_longue
from socle.journal.models import Entree
from tests.factories.comite import (
    clore_comite,
    faire_comite_clos,
    ouvrir_comite,
    preparer_comite,
)
from tests.factories.instruction import (
    demander_un_avis,
    faire_en_evaluation,
    faire_evaluateur,
    faire_recevable,
    preparer,
)

DELIBERE = "Le comité a délibéré sur ce dossier"


@pytest.fixture
def clos(distribution):
    """Two dossiers deliberated, one of them still to evaluate by somebody; a third came late."""
    comite, (a, b) = faire_comite_clos(distribution, notes=((5, 5, 5), (1, 1, 1)))
    tardif = faire_en_evaluation(distribution, appel=comite.appel, titre="Tardif")
    return comite, a, b, tardif


def nouveau(distribution, appel, **champs):
    return preparer_comite(distribution, appel, votants=0, **champs)


def test_un_second_comite_laisse_ce_qui_est_delibere(distribution, connecte, clos):
    comite, a, b, tardif = clos
    dgaln = connecte("dgaln")
    adresse = reverse("candidatures:comite_nouveau", args=[comite.appel.slug])
    page = dgaln.get(adresse)
    dits = [libelle for _, libelle in page.context["form"].fields["reprises"].widget.choices]
    assert [d.split(",")[0] for d in dits] == sorted([a.reference, b.reference])
    assert all("délibéré le" in d for d in dits)
    assert (page.context["form"]["lieu"].value(), page.context["precedent"]) == ("Salle 12", comite)
    envoi = {"tenu_le": "2027-01-12T14:00", "lieu": "Paris", "presidence": "Mme Roy"}
    envoi |= {"quorum": 1, "plafond_places": 1, "cout_dossier": 0, "reserve": 0}
    refus = dgaln.post(adresse, envoi | {"reprises": [a.pk]})
    assert "Dites pourquoi ces dossiers sont repris." in refus.content.decode()
    assert dgaln.post(adresse, envoi).status_code == 302
    second = Comite.objects.exclude(pk=comite.pk).get()
    assert list(du_comite(second)) == [tardif]
    page = dgaln.get(adresse).content.decode()
    assert ("Ouvrir le comité en cours" in page, 'name="lieu"' in page) == (True, False)
    supprimer = reverse("candidatures:comite_supprimer", args=[second.pk])
    assert dgaln.post(supprimer).status_code == 302
    assert Comite.objects.filter(pk=second.pk).count() == 0
    assert Entree.objects.filter(action="comite.supprime").count() == 1
    dgaln.post(adresse, envoi | {"reprises": [a.pk], "motif_reprise": "Pièce nouvelle."})
    troisieme = Comite.objects.exclude(pk=comite.pk).get()
    assert set(du_comite(troisieme)) == {a, tardif}
    plan = planifier(comite, distribution.dgaln, {s: MotifType(texte="M") for s in SENS.values()})
    assert [p.deliberation.candidature for p in plan.a_preparer] == [b]
    assert plan.refus == [(a.reference, "un nouveau comité l’a repris")]
    assert Entree.objects.get(action="comite.repris").motif == "Pièce nouvelle."


def test_ce_qui_n_est_pas_classe_et_le_vrai_jour_se_disent(distribution, connecte, clos):
    """On the screen, before closing, then in the sealed minutes: with the true day."""
    comite, a, b, tardif = clos
    recevable = faire_recevable(distribution, appel=comite.appel, titre="Pas évalué")
    second = nouveau(distribution, comite.appel, quorum=1)
    comites.ajouter_membre(comite=second, nom="Jeanne Roy", par=distribution.dgaln)
    dgaln = connecte("dgaln")
    attendus = {a.reference: "déjà délibéré", b.reference: "déjà délibéré"}
    attendus[recevable.reference] = "recevable, pas encore en évaluation"

    def dits(hors):
        return {h.reference: h.raison.split(" par ")[0] for h in hors}

    page = dgaln.get(f"/instruction/comite/{second.pk}/")
    assert dits(page.context["t"].hors) == attendus
    avant = dgaln.get(f"/instruction/comite/{second.pk}/deliberations/")
    assert "La séance est prévue le" in avant.context["a_ouvrir"]
    second = ouvrir_comite(distribution, second)
    demander_un_avis(distribution, tardif)
    page = dgaln.get(f"/instruction/comite/{second.pk}/deliberations/")
    assert (
        f"Des avis ne sont pas rendus\u00a0: {tardif.reference} (1\u00a0avis attendu)."
        in (page.context["a_clore"])
    )
    assert (
        f"Des évaluations manquent\u00a0: {tardif.reference} (0 sur 1)."
        in (page.context["a_clore"])
    )
    second = clore_comite(distribution, second)
    faire_recevable(distribution, appel=comite.appel, titre="Arrivé après")
    assert dits(dgaln.get(f"/instruction/comite/{second.pk}/").context["t"].hors) == attendus
    pv = dgaln.get(f"/instruction/comite/{second.pk}/pv/").context["contexte"]
    assert (dits(pv.hors_classement), pv.tenu_le, pv.prevu_le) == (
        attendus,
        date_longue(second.ouvert_le),
        date_longue(second.tenu_le),
    )


def test_tout_est_delibere_il_faut_en_reprendre_un(distribution):
    comite, _ = faire_comite_clos(distribution, notes=((5, 5, 5),))
    with pytest.raises(ElementsManquants, match="reprenez-en un"):
        nouveau(distribution, comite.appel)


def test_une_seance_ouverte_ne_se_supprime_plus(distribution, clos):
    comite, *_ = clos
    second = nouveau(distribution, comite.appel)
    Comite.objects.filter(pk=second.pk).update(etat="ouvert")
    with pytest.raises(TransitionImpossible, match="ne se supprime plus"):
        comites.supprimer_comite(comite=second, par=distribution.dgaln)


def test_un_dossier_delibere_ne_se_repartit_ni_ne_s_evalue(distribution, connecte, clos):
    comite, a, _b, tardif = clos
    lecteur = faire_evaluateur(distribution, 91)
    a.evaluations.create(
        evaluateur=lecteur, confiee_le=comite.clos_le, confiee_par=distribution.dgaln
    )
    assert [d.pk for d in tirage._dossiers(comite.appel, distribution.dgaln)] == [tardif.pk]
    assert taches.a_traiter(lecteur) == []
    with pytest.raises(TransitionImpossible, match=DELIBERE):
        confier_evaluation(
            candidature=a, evaluateur=faire_evaluateur(distribution, 92), par=distribution.dgaln
        )
    page = connecte(lecteur).get(reverse("candidatures:lire", args=[a.reference]))
    assert (DELIBERE in page.content.decode(), page.context["ouverte"]) == (True, False)
    nouveau(distribution, comite.appel, reprises=[a], motif_reprise="Pièce nouvelle.")
    assert [t.objet for t in taches.a_traiter(lecteur)] == [a.titre]


def test_la_dgaln_lit_que_la_decision_reste_a_preparer(distribution, connecte, clos):
    comite, a, b, _tardif = clos
    (tache,) = a_traiter(distribution.dgaln)
    adresse = reverse("candidatures:comite_decisions", args=[comite.pk])
    assert (tache.verbe, tache.url) == ("Préparer les 2 décisions", adresse)
    page = connecte("dgaln").get(reverse("candidatures:instruire", args=[a.reference]))
    assert (page.context["suite"], page.context["suite_url"]) == (
        "Préparer la décision que le comité a délibérée",
        adresse,
    )
    preparer(distribution, a)
    assert [t.verbe for t in a_traiter(distribution.dgaln)] == ["Préparer la décision"]
    preparer(distribution, b)
    assert a_traiter(distribution.dgaln) == []
    assert {c.etat for c in (a, b)} <= set(EN_DECISION)
