import pytest
from django.db import IntegrityError, transaction

from restitution.feuilles.domaine import actions, ecriture
from restitution.feuilles.models import Action, FeuilleDeRoute
from socle.erreurs import ActionInterdite, ConflitDeVersion, TransitionImpossible
from socle.journal.domaine import historique
from tests.factories import restitution as fabrique


def titres(axe):
    return list(axe.actions.order_by("ordre").values_list("titre", flat=True))


def test_une_seule_feuille_par_atelier(distribution):
    feuille = fabrique.ouvrir(distribution)
    with pytest.raises(TransitionImpossible) as refus:
        ecriture.ouvrir_feuille(atelier=feuille.atelier, par=distribution.ddt)
    assert refus.value.message == "La feuille de route de cet atelier est déjà ouverte."


@pytest.mark.parametrize("role", ["equipe", "ddt", "collectivite", "dgaln"])
def test_ecrite_a_plusieurs_mains(distribution, role):
    feuille = fabrique.ouvrir(distribution)
    par = getattr(distribution, role)
    feuille = ecriture.enregistrer_vision(feuille=feuille, vision="Oui.", revision=0, par=par)
    assert (feuille.vision, feuille.revision) == ("Oui.", 1)
    assert [a.cle for _e, a in historique(feuille)] == ["feuille.vision", "feuille.ouverte"]


@pytest.mark.parametrize("role", ["dreal", "evaluateur", "ddt_autre", "collectivite_autre"])
def test_refusee_aux_autres(distribution, role):
    feuille = fabrique.ouvrir(distribution)
    with pytest.raises(ActionInterdite):
        ecriture.enregistrer_vision(
            feuille=feuille, vision="Non.", revision=0, par=getattr(distribution, role)
        )


def test_le_second_enregistrement_n_ecrase_pas_le_premier(distribution):
    feuille = fabrique.redigee(distribution)
    with pytest.raises(ConflitDeVersion) as conflit:
        ecriture.enregistrer_vision(
            feuille=feuille, vision="Autre", revision=0, par=distribution.collectivite
        )
    assert conflit.value.actuel.vision == fabrique.VISION
    action = Action.objects.get(titre="Action 1")
    actions.enregistrer_action(
        axe=action.axe, action=action, titre="Reprise", revision=0, par=distribution.ddt
    )
    with pytest.raises(ConflitDeVersion):
        actions.enregistrer_action(
            axe=action.axe, action=action, titre="Perdue", revision=0, par=distribution.equipe
        )


def test_monter_et_descendre(distribution):
    feuille = fabrique.redigee(distribution, nb_actions=3)
    axe = feuille.axes.get()
    troisieme = Action.objects.get(titre="Action 3")
    actions.deplacer_action(action=troisieme, sens="monter", par=distribution.equipe)
    assert titres(axe) == ["Action 1", "Action 3", "Action 2"]
    actions.deplacer_action(action=troisieme, sens="monter", par=distribution.equipe)
    actions.deplacer_action(action=troisieme, sens="monter", par=distribution.equipe)
    assert titres(axe) == ["Action 3", "Action 1", "Action 2"]
    actions.supprimer_action(action=troisieme, par=distribution.equipe)
    assert list(axe.actions.values_list("ordre", flat=True)) == [1, 2]


def test_changer_une_action_d_axe(distribution):
    feuille = fabrique.redigee(distribution, nb_actions=2)
    premier = feuille.axes.get()
    second = ecriture.enregistrer_axe(feuille=feuille, titre="Second", par=distribution.equipe)
    action = Action.objects.get(titre="Action 1")
    actions.enregistrer_action(axe=second, action=action, revision=0, par=distribution.equipe)
    assert (titres(premier), titres(second)) == (["Action 2"], ["Action 1"])
    with pytest.raises(TransitionImpossible):
        ecriture.supprimer_axe(axe=premier, par=distribution.equipe)


def test_une_sous_action_reste_sur_un_niveau(distribution):
    feuille = fabrique.redigee(distribution, nb_actions=2)
    premiere, seconde = Action.objects.order_by("ordre")
    axe = feuille.axes.get()
    sous = actions.enregistrer_action(
        axe=axe, titre="Sous-action", parent=premiere, par=distribution.equipe
    )
    with pytest.raises(TransitionImpossible):
        actions.enregistrer_action(
            axe=axe, action=seconde, parent=sous, revision=0, par=distribution.equipe
        )


@pytest.mark.parametrize(
    "champs",
    [
        {"etat": "validee_techniquement"},
        {"etat": "publiee"},
        {"etat": "inconnu"},
        {"etat": "approuvee", "vision": "V", "validee_le": "2026-01-01"},
    ],
)
def test_la_base_refuse_un_etat_incomplet(distribution, champs):
    feuille = fabrique.ouvrir(distribution)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeuilleDeRoute.objects.filter(pk=feuille.pk).update(**champs)


def test_la_base_refuse_un_montant_negatif(distribution):
    fabrique.redigee(distribution)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.update(montant=-1)
