"""What waits on each one, about dossiers."""

from datetime import timedelta

from django.utils import timezone

from candidatures import taches
from candidatures.appels.domaine import appels
from candidatures.dossiers.domaine import coauteurs
from candidatures.instruction.domaine import recevabilite, recommencer
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee


def lues(lignes):
    return [(t.verbe, t.objet) for t in lignes]


def test_chacun_voit_ce_qui_l_attend(distribution):
    faire_brouillon(distribution, titre="En cours")
    faire_deposee(distribution, titre="Reçue")
    assert lues(taches.a_traiter(distribution.ddt)) == [("Compléter et déposer", "En cours")]
    assert lues(taches.a_traiter(distribution.collectivite)) == [
        ("Compléter et déposer", "En cours")
    ]
    assert lues(taches.a_traiter(distribution.dgaln)) == [("Examiner la recevabilité", "Reçue")]
    for nom in ("ddt_autre", "collectivite_autre", "equipe", "evaluateur"):
        assert taches.a_traiter(getattr(distribution, nom)) == []


def test_la_cloture_d_un_appel_s_annonce(distribution):
    appel = faire_appel(distribution, ferme_dans=10, titre="Appel qui ferme")
    faire_appel(distribution, ferme_dans=60, titre="Appel lointain")
    faire_brouillon(distribution, appel=appel)
    assert lues(taches.a_venir(distribution.ddt)) == [("Clôture de l’appel", "Appel qui ferme")]
    assert taches.a_venir(distribution.ddt_autre) == []


def test_qui_ne_depose_pas_complete_seulement(distribution):
    brouillon = faire_brouillon(distribution)
    (tache,) = taches.a_traiter(distribution.ddt)
    assert tache.verbe == "Compléter et déposer"
    coauteurs.designer_deposant(
        candidature=brouillon, deposant=distribution.collectivite, par=distribution.ddt
    )
    (tache,) = taches.a_traiter(distribution.ddt)
    assert tache.verbe == "Compléter le dossier"
    (tache,) = taches.a_traiter(distribution.collectivite)
    assert tache.verbe == "Compléter et déposer"


def test_les_complements_a_rendre_disent_leur_echeance(distribution):
    echeance = timezone.localdate() + timedelta(days=12)
    recevabilite.demander_complements(
        candidature=faire_deposee(distribution),
        motif="À préciser.",
        echeance=echeance,
        attendus=[recevabilite.Attendu(texte="L’objet.", section="objet")],
        par=distribution.dgaln,
    )
    (tache,) = taches.a_traiter(distribution.ddt)
    assert (tache.verbe, tache.jour_echeance) == ("Transmettre les compléments", echeance)


def test_un_appel_clos_n_attend_plus_rien(distribution, connecte):
    appel = faire_appel(distribution, ferme_dans=10)
    appel.visas = "souhaites"
    appel.save(update_fields=["visas"])
    brouillon = faire_brouillon(distribution, appel=appel)
    assert lues(taches.a_traiter(distribution.collectivite)) == [
        ("Compléter et déposer", brouillon.titre),
        ("Viser la candidature", brouillon.titre),
    ]
    appels.clore(appel=appel, par=distribution.dgaln, motif="Crédits épuisés.")
    assert taches.a_traiter(distribution.collectivite) == []
    page = connecte("collectivite").get(brouillon.get_absolute_url())
    assert page.context["suite"] == "Recommencer dans un autre appel\u00a0: celui-ci est clos"
    assert page.context["manques"] == []
    texte = page.content.decode()
    assert "cette candidature n’a pas été déposée et ne peut plus l’être" in texte
    ailleurs = faire_appel(distribution, titre="Un autre appel")
    copie = recommencer.recommencer(
        candidature=brouillon, appel=ailleurs, par=distribution.collectivite
    )
    assert (copie.reprise_de, copie.etat) == (brouillon, "brouillon")
