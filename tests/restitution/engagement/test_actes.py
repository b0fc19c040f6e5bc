from datetime import date

import pytest

from restitution.engagement.domaine import actes, signatures
from restitution.engagement.domaine.conditions import (
    manques_pour_officialiser,
    manques_pour_valider,
)
from restitution.feuilles.domaine import actions, ecriture
from socle.erreurs import ActionInterdite, ElementsManquants, MotifRequis, TransitionImpossible
from tests.factories import restitution as fabrique

pytestmark = pytest.mark.usefixtures("sans_pdf")


def phrases(manques):
    return [manque.phrase for manque in manques]


def test_ce_qui_manque_avant_la_validation(distribution):
    feuille = fabrique.ouvrir(distribution, atelier_tenu=False)
    assert phrases(manques_pour_valider(feuille)) == [
        "Le dernier atelier in situ n’a pas encore eu lieu.",
        "La vision n’est pas écrite.",
        "Aucun axe n’est posé.",
    ]
    axe = ecriture.enregistrer_axe(feuille=feuille, titre="Axe", par=distribution.equipe)
    assert phrases(manques_pour_valider(feuille))[-1] == "Aucune action n’est écrite."
    actions.enregistrer_action(axe=axe, titre="Planter", par=distribution.equipe)
    assert phrases(manques_pour_valider(feuille))[2:] == [
        "« Planter » n’a pas d’élu porteur.",
        "« Planter » n’a pas de portage par l’État.",
    ]
    with pytest.raises(ElementsManquants) as refus:
        actes.valider_techniquement(
            feuille=feuille, instance="copil", tenue_le=date(2026, 4, 2), par=distribution.ddt
        )
    assert phrases(refus.value.manques) == phrases(manques_pour_valider(feuille))


@pytest.mark.parametrize("role", ["dgaln", "ddt", "dreal", "equipe", "collectivite_autre"])
def test_l_etat_ne_delibere_pas_a_la_place_de_la_collectivite(distribution, role):
    feuille = fabrique.validee(distribution)
    with pytest.raises(ActionInterdite):
        actes.approuver(
            feuille=feuille,
            numero="1",
            adoptee_le=date(2026, 5, 1),
            par=getattr(distribution, role),
        )
    feuille.refresh_from_db()
    assert feuille.etat == "validee_techniquement"


@pytest.mark.parametrize(
    ("role", "cote"), [("ddt", "elu"), ("dgaln", "elu"), ("collectivite", "etat")]
)
def test_aucun_cote_ne_signe_pour_l_autre(distribution, role, cote):
    feuille = fabrique.approuvee(distribution)
    with pytest.raises(ActionInterdite):
        signatures.recueillir_signature(
            feuille=feuille,
            cote=cote,
            nom="X",
            qualite="Y",
            organisme="Z",
            signe_le=date(2026, 6, 1),
            par=getattr(distribution, role),
        )


@pytest.mark.parametrize(
    ("cotes", "attendu"),
    [
        (
            (),
            [
                "Aucun élu n’a signé la feuille de route.",
                "L’État n’a pas signé la feuille de route.",
            ],
        ),
        (("etat",), ["Aucun élu n’a signé la feuille de route."]),
        (("elu",), ["L’État n’a pas signé la feuille de route."]),
        (("elu", "etat"), []),
    ],
)
def test_l_officialisation_attend_les_deux_cotes(distribution, cotes, attendu):
    feuille = fabrique.signer(distribution, fabrique.approuvee(distribution), *cotes)
    assert phrases(manques_pour_officialiser(feuille)) == attendu


def test_l_officialisation_attend_la_restitution(distribution):
    feuille = fabrique.approuvee(distribution, restitution_tenue=False)
    fabrique.signer(distribution, feuille, "elu", "etat")
    with pytest.raises(ElementsManquants) as refus:
        actes.officialiser(feuille=feuille, par=distribution.ddt)
    assert phrases(refus.value.manques) == ["La séance de restitution n’a pas encore eu lieu."]


def test_le_texte_valide_ne_change_plus_sauf_reouverture_motivee(distribution):
    feuille = fabrique.validee(distribution)
    with pytest.raises(TransitionImpossible):
        ecriture.enregistrer_vision(feuille=feuille, vision="", revision=1, par=distribution.equipe)
    with pytest.raises(MotifRequis):
        actes.rouvrir(feuille=feuille, motif=" ", par=distribution.ddt)
    feuille = actes.rouvrir(feuille=feuille, motif="Un axe oublié.", par=distribution.ddt)
    assert (feuille.etat, feuille.validee_le) == ("brouillon", None)


def test_une_feuille_approuvee_ne_se_rouvre_plus(distribution):
    feuille = fabrique.approuvee(distribution)
    with pytest.raises(TransitionImpossible):
        actes.rouvrir(feuille=feuille, motif="Trop tard.", par=distribution.ddt)


def test_le_pdf_est_demande_a_l_officialisation_et_a_la_publication(distribution, sans_pdf):
    feuille = fabrique.publiee(distribution)
    assert sans_pdf == [("feuille_de_route", feuille.pk)] * 2


def test_une_seule_deliberation_par_collectivite(distribution):
    feuille = fabrique.approuvee(distribution)
    with pytest.raises(TransitionImpossible) as refus:
        actes.approuver(
            feuille=feuille, numero="2", adoptee_le=date(2026, 5, 20), par=distribution.collectivite
        )
    assert refus.value.message == "Votre collectivité a déjà enregistré sa délibération."
