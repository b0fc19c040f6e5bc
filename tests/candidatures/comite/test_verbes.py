"""The sitting: nothing without quorum, nobody recused votes, nothing moves once closed."""

import pytest
from django.db import IntegrityError, transaction

from candidatures.comite.calcul import reglages
from candidatures.comite.calcul.tableau import tableau
from candidatures.comite.documents import PV, contexte_pv
from candidatures.comite.domaine import comites, deliberations, scenarios
from candidatures.comite.domaine.deliberations import Voix
from candidatures.comite.models import Comite, Deliberation
from candidatures.dossiers.droits import visibles_par
from candidatures.instruction.domaine.evaluation import confier_evaluation
from candidatures.instruction.domaine.synthese import synthese
from socle.documents.domaine import dernier
from socle.documents.models import Document
from socle.erreurs import (
    ActionInterdite,
    ElementsManquants,
    ErreurMetier,
    TransitionImpossible,
)
from socle.journal.models import Entree
from tests.factories.comite import (
    clore_comite,
    deliberer,
    faire_comite,
    faire_comite_clos,
    ouvrir_comite,
    preparer_comite,
)
from tests.factories.instruction import faire_evaluateur, frais, noter


def test_le_plafond_partage_le_classement(distribution):
    comite, (a, b, c) = faire_comite(distribution)
    lu = tableau(comite)
    assert [[r.cle for r in groupe] for groupe in (lu.retenues, lu.reserve, lu.autres)] == [
        [a.pk],
        [b.pk],
        [c.pk],
    ]
    assert [(p.libelle, p.candidates, p.retenues) for p in lu.regions] == [
        ("Hauts-de-France", 3, 1)
    ]
    assert lu.simulation is False


def test_une_simulation_ne_change_rien_avant_d_etre_retenue(distribution):
    comite, (a, b, c) = faire_comite(distribution)
    lus = reglages.de(comite).deplacer(c.pk, "dessus").deplacer(a.pk, "dessous")
    from django.http import QueryDict

    parametres = QueryDict(lus.adresse()[1:])
    simule = tableau(comite, parametres=parametres)
    assert ([r.cle for r in simule.retenues], simule.simulation) == ([c.pk], True)
    assert [r.cle for r in tableau(comite).retenues] == [a.pk]
    scenario = scenarios.garder_scenario(
        comite=comite, nom="Essai", reglages=simule.reglages, par=distribution.dgaln
    )
    assert [r.cle for r in tableau(Comite.objects.get(pk=comite.pk)).retenues] == [a.pk]
    assert not Deliberation.objects.exists()
    scenarios.retenir_scenario(scenario=scenario, par=distribution.dgaln)
    assert dict(Deliberation.objects.values_list("candidature_id", "proposition")) == {
        c.pk: "retenir",
        b.pk: "reserve",
        a.pk: "ne_pas_retenir",
    }


def test_pas_de_deliberation_sans_quorum(distribution):
    comite, (a, *_) = faire_comite(distribution)
    with pytest.raises(TransitionImpossible):
        deliberer(distribution, comite, a)
    comite = ouvrir_comite(distribution, comite)
    un_seul = [comite.membres.first().pk]
    comites.noter_presences(comite=comite, presents=un_seul, par=distribution.dgaln)
    with pytest.raises(ElementsManquants, match="quorum n’est pas atteint"):
        deliberer(distribution, comite, a, voix=Voix(pour=1))
    assert not Deliberation.objects.filter(deliberee_le__isnull=False).exists()


def test_un_deporte_ne_vote_pas_et_ne_compte_pas(distribution):
    comite, (a, b, _c) = faire_comite(distribution)
    comite = ouvrir_comite(distribution, comite)
    premier, deuxieme, troisieme = comite.membres.all()
    confier_evaluation(candidature=a, evaluateur=premier.utilisateur, par=distribution.dgaln)
    noter(a, premier.utilisateur, (0, 0, 0))
    assert [p.cle for p in tableau(comite).places] == [b.pk, a.pk, _c.pk]
    comites.noter_deport(membre=premier, candidature=a, motif="Élu.", par=distribution.dgaln)
    # It is a recusal like the others: told, closed to reading, its evaluation never counted.
    deport = a.deports.get(personne=premier.utilisateur)
    assert deport.origine == "seance"
    assert deport.motif.startswith("Noté en séance du comité du ")
    assert deport.motif.endswith(" : Élu.".replace(" :", "\u00a0:"))
    assert synthese(frais(a)).attendues == 1
    assert not visibles_par(premier.utilisateur).filter(pk=a.pk).exists()
    assert [p.cle for p in tableau(comite).places] == [a.pk, b.pk, _c.pk]
    with pytest.raises(ErreurMetier, match="déporté"):
        deliberer(distribution, comite, a, voix=Voix(par_membre={premier.pk: "pour"}))
    with pytest.raises(ErreurMetier, match="plus de voix que de présents"):
        deliberer(distribution, comite, a, voix=Voix(pour=3))
    acte = deliberer(
        distribution,
        comite,
        a,
        voix=Voix(par_membre={deuxieme.pk: "pour", troisieme.pk: "abstention"}),
    )
    assert (acte.presents, acte.pour, acte.abstention) == (2, 1, 1)
    assert deliberer(distribution, comite, b, voix=Voix(pour=3)).presents == 3
    comites.noter_deport(membre=deuxieme, candidature=_c, par=distribution.dgaln)
    comites.noter_deport(membre=troisieme, candidature=_c, par=distribution.dgaln)
    with pytest.raises(ElementsManquants):
        deliberer(distribution, comite, _c, voix=Voix(pour=1))


@pytest.mark.parametrize(
    ("voix", "preponderante", "adoptee"),
    [
        (Voix(1, 0, 2), False, True),
        (Voix(0, 0, 3), False, False),
        (Voix(1, 1, 1), False, False),
        (Voix(1, 1, 1), True, True),
    ],
)
def test_majorite(distribution, voix, preponderante, adoptee):
    comite, (a, *_) = faire_comite(distribution, notes=((5, 5, 5),))
    comite = ouvrir_comite(distribution, comite)
    if adoptee:
        assert deliberer(distribution, comite, a, voix=voix, preponderante=preponderante).pk
    else:
        with pytest.raises(ErreurMetier):
            deliberer(distribution, comite, a, voix=voix, preponderante=preponderante)


def test_la_presidence_qui_departage_vote_sur_ce_dossier(distribution):
    """Neither a name that nobody bears, nor an absent member, nor against its own vote."""
    comite, (a, *_) = faire_comite(distribution, notes=((5, 5, 5),))
    comite = ouvrir_comite(distribution, comite)
    preside, autre, _ = comite.membres.all()
    votes = {preside.pk: "contre", autre.pk: "pour"}
    with pytest.raises(ErreurMetier, match="qui préside, n’est pas celui qui départage"):
        deliberer(distribution, comite, a, voix=Voix(par_membre=votes), preponderante=True)
    Comite.objects.filter(pk=comite.pk).update(presidence="Jeanne Roy, directrice")
    with pytest.raises(ErreurMetier, match="n’est pas parmi les votants présents"):
        deliberer(distribution, comite, a, voix=Voix(1, 1, 1), preponderante=True)
    Comite.objects.filter(pk=comite.pk).update(presidence=f"{preside.nom}, directrice")
    assert deliberer(distribution, comite, a, voix=Voix(1, 1, 1), preponderante=True).pk


def test_une_proposition_rejetee_reste_au_proces_verbal(distribution, connecte):
    """1 for and 2 against: kept with its votes, then another proposal is adopted."""
    comite, (a, *_) = faire_comite(distribution, notes=((5, 5, 5),))
    comite = ouvrir_comite(distribution, comite)
    membres = list(comite.membres.all())
    page = f"/instruction/comite/{comite.pk}/deliberations/{a.reference}/"
    dgaln = connecte("dgaln")
    sens = ("pour", "contre", "contre")
    envoi = {f"vote_{m.pk}": s for m, s in zip(membres, sens, strict=True)}
    reponse = dgaln.post(page, envoi | {"proposition": "retenir", "revision": "0"}, follow=True)
    assert reponse.content.decode().count("Proposition rejetée") == 1
    # Recorded: the browser forgets its draft, the next proposal starts from an empty form.
    assert reponse.content.decode().count("data-enregistre") == 1
    assert not reponse.context["form"]["proposition"].value()
    # The refused proposal is not adopted unanimously by the act on what is left.
    assert deliberations.deliberer_en_bloc(comite=comite, par=distribution.dgaln)[0] == 0
    # One more, noted by mistake: withdrawn with a reason, the journal keeps what it said.
    faux = deliberer(distribution, comite, a, "reserve", voix=Voix(contre=3), motif="Un lapsus.")
    assert "Retirer du procès-verbal" in dgaln.get(page).content.decode()
    retrait = f"/instruction/comite/{comite.pk}/rejets/{faux.pk}/retirer/"
    assert dgaln.post(retrait, {"motif": " "}).context["form"].errors.keys() == {"motif"}
    assert dgaln.post(retrait, {"motif": "Saisi sur le mauvais dossier."}).url == page
    gardee = Entree.objects.get(action="comite.rejet_retire")
    dit = [gardee.details[n] for n in ("candidature", "proposition", "contre", "motif_propose")]
    assert (gardee.motif, dit) == (
        "Saisi sur le mauvais dossier.",
        [a.reference, "reserve", 3, "Un lapsus."],
    )
    retirer = {"rejet": faux, "motif": "Encore."}
    with pytest.raises(ErreurMetier, match="déjà retirée"):
        deliberations.retirer_rejet(**retirer, par=distribution.dgaln)
    with pytest.raises(ActionInterdite):
        deliberations.retirer_rejet(**retirer, par=distribution.dreal)
    # A tie that the presidency breaks against it is a refusal too.
    deliberer(distribution, comite, a, "reserve", voix=Voix(1, 1, 1), presidence_contre=True)
    acte = deliberer(distribution, comite, a, "ne_pas_retenir", voix=Voix(pour=3))
    assert (acte.proposition, acte.pour) == ("ne_pas_retenir", 3)
    comites.clore_comite(comite=comite, par=distribution.dgaln)
    with pytest.raises(TransitionImpossible):
        rejet = comite.rejets.first()
        deliberations.retirer_rejet(rejet=rejet, motif="Tard.", par=distribution.dgaln)
    (lue,) = contexte_pv(Comite.objects.get(pk=comite.pk)).deliberations
    assert [(r.proposition, r.pour, r.contre, r.presidence_contre) for r in lue.rejets] == [
        ("Retenir", 1, 2, False),
        ("Inscrire en réserve", 1, 1, True),
    ]
    assert lue.rejets[0].votes == [f"{m.nom} : {dit}" for m, dit in zip(membres, sens, strict=True)]
    assert lue.proposition == "Ne pas retenir"
    page = dgaln.get(f"/instruction/comite/{comite.pk}/pv/")
    assert page.content.decode().count("Proposition rejetée") == 2


def test_la_base_refuse_une_deliberation_sans_quorum(distribution):
    comite, (a, *_) = faire_comite(distribution, notes=((5, 5, 5),))
    comite = ouvrir_comite(distribution, comite)
    acte = deliberer(distribution, comite, a)
    for champs in ({"presents": 1}, {"quorum": 0}, {"pour": 9}, {"pour": 0, "contre": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deliberation.objects.filter(pk=acte.pk).update(**champs)


def test_la_cloture_attend_chaque_deliberation_puis_fige(distribution):
    comite, (a, b, c) = faire_comite(distribution)
    comite = ouvrir_comite(distribution, comite)
    deliberer(
        distribution, comite, c, "ne_pas_retenir", motif="Trop tôt.", dissidence="Je regrette."
    )
    with pytest.raises(ElementsManquants) as refus:
        comites.clore_comite(comite=comite, par=distribution.dgaln)
    assert len(refus.value.manques) == 2
    comite = clore_comite(distribution, comite)
    pv = dernier(PV, comite)
    assert (comite.est_clos, comite.pv_sha256) == (True, pv.contexte_sha256)
    for acte in (
        lambda: deliberer(distribution, comite, a),
        lambda: comites.noter_presences(comite=comite, presents=[], par=distribution.dgaln),
        lambda: comites.ajouter_membre(comite=comite, nom="Tardif", par=distribution.dgaln),
    ):
        with pytest.raises(TransitionImpossible, match="clos"):
            acte()
    contexte = contexte_pv(comite)
    assert [d.dissidence for d in contexte.deliberations] == [[], [], ["Je regrette."]]
    assert (len(contexte.retenues), len(contexte.reserve), len(contexte.autres)) == (1, 1, 1)
    assert [ligne.note for ligne in contexte.classement] == ["5,00", "3,00", "1,00"]
    del b


def test_le_pv_scelle_est_celui_du_document(distribution):
    comite, _ = faire_comite_clos(distribution)
    document = Document.objects.get(cle=PV)
    assert (document.objet_id, document.contexte_sha256) == (str(comite.pk), comite.pv_sha256)
    assert Entree.objects.filter(action="comite.clos", objet_id=str(comite.pk)).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Comite.objects.filter(pk=comite.pk).update(pv_sha256="")


def test_seule_la_dgaln_tient_le_comite(distribution):
    comite, (a, *_) = faire_comite(distribution, notes=((5, 5, 5),))
    for nom in ("evaluateur", "ddt", "dreal", "collectivite"):
        par = getattr(distribution, nom)
        with pytest.raises(ActionInterdite):
            comites.ajouter_membre(comite=comite, nom="X", par=par)
        with pytest.raises(ActionInterdite):
            deliberations.deliberer_en_bloc(comite=comite, par=par)
        with pytest.raises(ActionInterdite):
            scenarios.garder_scenario(comite=comite, nom="X", reglages=reglages.de(comite), par=par)


def test_un_seul_comite_en_cours_par_appel(distribution):
    comite, _ = faire_comite(distribution, notes=((5, 5, 5),))
    with pytest.raises(ErreurMetier, match="déjà en cours"):
        preparer_comite(distribution, comite.appel, votants=0)


def test_un_rang_de_reserve_ne_sert_qu_une_fois(distribution):
    comite, (a, b, c) = faire_comite(distribution)
    comite = ouvrir_comite(distribution, comite)

    def reserver(candidature, rang=None):
        return deliberer(
            distribution,
            comite,
            candidature,
            proposition="reserve",
            voix=Voix(pour=3),
            rang_reserve=rang,
        )

    assert reserver(a, 1).rang_reserve == 1
    with pytest.raises(ErreurMetier, match=f"déjà celui de {a.reference}"):
        reserver(b, 1)
    assert (reserver(b).rang_reserve, reserver(c, 4).rang_reserve) == (2, 4)
    assert reserver(a, 1).rang_reserve == 1


def test_la_rangee_dit_sur_combien_d_evaluations_repose_la_moyenne(distribution):
    comite, (a, *_) = faire_comite(distribution, notes=((1, 1, 1),))
    confier_evaluation(
        candidature=a, evaluateur=faire_evaluateur(distribution, 8), par=distribution.dgaln
    )
    (rangee,) = [r for r in tableau(comite).retenues if r.cle == a.pk]
    assert rangee.detail == "1 évaluation sur 2"
    noter(a, a.evaluations.exclude(evaluateur=distribution.evaluateur).get().evaluateur, (3, 3, 3))
    (rangee,) = [r for r in tableau(comite).retenues if r.cle == a.pk]
    assert rangee.detail == "2 évaluations sur 2, écart 2,00, avis partagés"
