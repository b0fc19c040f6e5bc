"""The journal: declared actions only, never rewritten, read newest first."""

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from socle.journal import catalogue
from socle.journal.domaine import historique, inscrire
from socle.journal.groupes import regrouper
from socle.journal.models import Entree

ESSAI = catalogue.declarer("essai.fait", "a fait un essai")
PARTIE = catalogue.declarer("essai.partie", "a écrit « {partie} »", regroupe="partie")
SECRET = catalogue.declarer("essai.secret", "a noté l’essai", confidentielle=True)


@pytest.fixture
def objet(distribution):
    return distribution.collectivite


def test_inscrire_garde_qui_quoi_pourquoi(distribution, objet):
    entree = inscrire(ESSAI, objet=objet, par=distribution.ddt, motif="Pour voir", nombre=3)
    entree.refresh_from_db()
    assert (entree.action, entree.objet_type, entree.objet_id) == (
        ESSAI,
        "comptes.utilisateur",
        str(objet.pk),
    )
    assert (entree.auteur, entree.motif, entree.details) == (
        distribution.ddt,
        "Pour voir",
        {"nombre": 3},
    )


def test_une_action_non_declaree_est_refusee(objet):
    with pytest.raises(KeyError):
        inscrire("essai.inconnu", objet=objet)


def test_une_action_ne_se_declare_pas_deux_fois():
    with pytest.raises(ValueError, match="deux fois"):
        catalogue.declarer(ESSAI, "autre phrase")


@pytest.mark.parametrize("geste", ["modifier", "supprimer"])
def test_postgresql_refuse_de_modifier_le_journal(objet, geste):
    entree = inscrire(ESSAI, objet=objet)
    with pytest.raises(DatabaseError, match="Le journal ne se modifie pas"), transaction.atomic():
        if geste == "modifier":
            Entree.objects.filter(pk=entree.pk).update(motif="autre")
        else:
            Entree.objects.filter(pk=entree.pk).delete()
    assert Entree.objects.get(pk=entree.pk).motif == ""


def test_l_historique_va_du_plus_recent_au_plus_ancien(distribution, objet):
    premiere = inscrire(ESSAI, objet=objet)
    seconde = inscrire(ESSAI, objet=objet, par=distribution.ddt)
    inscrire(ESSAI, objet=distribution.dgaln)
    assert [entree for entree, _ in historique(objet)] == [seconde, premiere]


def test_le_confidentiel_ne_se_montre_que_sur_demande(objet):
    inscrire(SECRET, objet=objet)
    assert historique(objet) == []
    assert [a.cle for _, a in historique(objet, confidentielles=True)] == [SECRET]


def test_l_historique_de_plusieurs_objets_est_une_seule_lecture(
    distribution, objet, django_assert_num_queries
):
    for _ in range(3):
        inscrire(ESSAI, objet=objet, par=distribution.ddt)
    with django_assert_num_queries(1):
        lignes = historique(objet, distribution.ddt)
        assert {str(entree.auteur.organisme) for entree, _ in lignes} == {
            "Direction départementale des territoires et de la mer de la Somme"
        }


def test_les_enregistrements_d_un_auteur_qui_se_suivent_font_une_ligne(distribution, objet):
    def ecrire(heure, partie, par=distribution.ddt):
        with time_machine.travel(f"2027-03-0{heure}:00+01:00", tick=False):
            inscrire(PARTIE, objet=objet, par=par, partie=partie)

    ecrire("1T14:02", "Objet")
    ecrire("2T09:00", "Objet")
    ecrire("2T09:10", "Question « Une gare ? »")
    ecrire("2T09:40", "Objet")
    ecrire("2T09:50", "Question « Une gare ? »", par=distribution.collectivite)
    lignes = regrouper(historique(objet))
    assert [(len(ligne.serie), ligne.entree.auteur) for ligne in lignes] == [
        (0, distribution.collectivite),
        (3, distribution.ddt),
        (0, distribution.ddt),
    ]
    assert lignes[1].parts == ["Objet", "Question « Une gare ? »"]
    html = render_to_string("composants/historique.html", {"lignes": historique(objet)})
    texte = " ".join(strip_tags(html).replace("\u00a0", " ").split())
    assert "a complété 2 champs, de 9 h à 9 h 40" in texte
    assert "a écrit « Question “Une gare ?” »" in texte


def test_le_composant_raconte_l_historique(distribution, objet):
    inscrire(ESSAI, objet=objet, par=distribution.ddt, motif="Pour voir")
    inscrire(ESSAI, objet=objet)
    html = render_to_string("composants/historique.html", {"lignes": historique(objet)})
    texte = " ".join(strip_tags(html).split())
    assert texte.startswith("Le service a fait un essai ")
    assert "Mathieu Delattre (" in texte
    assert "Pour voir" in texte
