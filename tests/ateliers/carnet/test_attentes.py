"""Each line of the home page once, for whom it waits on, under the name of its atelier."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers.budget.models import Jalon
from ateliers.cadrage.domaine import visas
from ateliers.cadrage.models import Contrat
from ateliers.livrables.models import CompteRendu, Livrable
from ateliers.marche.models import Offre
from ateliers.sondages.models import Sondage
from ateliers.taches import a_traiter, a_venir
from socle.interface.taches import Tache, grouper
from tests.factories import ateliers as fabrique
from tests.factories import marche as offres
from tests.factories import participants as poses

pytestmark = pytest.mark.django_db


def lues(taches):
    return sorted((t.verbe, t.objet, t.groupe) for t in taches)


def faire_attentes(distribution):
    """A held séance without its text, livrables of every kind, a poll and a milestone due."""
    jour = timezone.localdate()
    seance = poses.faire_seance(distribution, etat="tenue")
    atelier = seance.atelier
    ecrite = poses.faire_seance(
        distribution, etat="tenue", atelier=atelier, rang=2, titre="Atelier 2"
    )
    CompteRendu.objects.create(seance=ecrite, texte="Dit.")
    for cle, champs in {
        "tard": {"attendu_le": jour - timedelta(days=3)},
        "bientot": {"attendu_le": jour + timedelta(days=30)},
        "loin": {"attendu_le": jour + timedelta(days=31)},
        "depose": {"etat": "depose", "attendu_le": jour - timedelta(days=3)},
        "refuse": {"etat": "refuse", "attendu_le": jour - timedelta(days=3)},
        "reserve": {"etat": "accepte", "accepte_le": jour, "reserves": "Une légende manque."},
        "fini": {"etat": "accepte", "accepte_le": jour},
    }.items():
        Livrable.objects.create(atelier=atelier, cle=cle, titre=cle, **champs)
    contrat = Contrat.objects.create(
        atelier=atelier,
        nature="marche",
        numero="1",
        titulaire=distribution.equipe.organisme,
        montant_ht=100,
        notifie_le=jour,
    )
    for titre in ("fini", "depose"):
        livrable = Livrable.objects.get(atelier=atelier, cle=titre)
        Jalon.objects.create(
            contrat=contrat, ordre=1, libelle=f"Payer {titre}", livrable=livrable, montant_ht=1
        )
    a_dater = poses.faire_seance(
        distribution, etat="a_programmer", atelier=atelier, rang=3, titre="Atelier 3"
    )
    Sondage.objects.create(seance=a_dater, clot_le=jour - timedelta(days=1), par=distribution.ddt)
    return atelier


def test_ce_qui_attend_le_pilote_et_l_equipe(distribution):
    nom = faire_attentes(distribution).nom
    assert lues(a_traiter(distribution.ddt)) == sorted(
        [
            ("Constater le service fait", "Payer fini", nom),
            ("Faire lever les réserves", "reserve", nom),
            ("Obtenir le compte rendu", "Atelier 1", nom),
            ("Obtenir le livrable", "tard", nom),
            ("Programmer la séance", "Atelier 3", nom),
            ("Publier le compte rendu", "Atelier 2", nom),
            ("Relire le livrable", "depose", nom),
            ("Retenir une date", "Atelier 3", nom),
        ]
    )
    (etape,) = (t for t in a_traiter(distribution.ddt) if t.verbe == "Programmer la séance")
    troisieme = Sondage.objects.get().seance
    assert etape.url == reverse("ateliers:seance", args=[troisieme.atelier.slug, troisieme.pk])
    assert lues(a_venir(distribution.ddt)) == [("Obtenir le livrable", "bientot", nom)]
    assert lues(a_traiter(distribution.equipe)) == sorted(
        [
            ("Déposer le livrable", "tard", nom),
            ("Lever les réserves", "reserve", nom),
            ("Reprendre le livrable", "refuse", nom),
            ("Écrire le compte rendu", "Atelier 1", nom),
        ]
    )
    assert lues(a_venir(distribution.equipe)) == [("Déposer le livrable", "bientot", nom)]
    retards = {t.objet: t.en_retard for t in a_traiter(distribution.equipe)}
    assert (retards["tard"], retards["refuse"], retards["reserve"]) == (True, True, False)
    for autre in ("ddt_autre", "collectivite", "collectivite_autre", "evaluateur", "dreal"):
        assert lues(a_traiter(getattr(distribution, autre))) == []


def test_les_plis_et_les_offres_attendent_chacun_le_sien(distribution):
    consultation = offres.faire_recueil(distribution)
    nom = consultation.atelier.nom
    etape = ("Mener l’étape", "Cadrage", nom)
    assert lues(a_traiter(distribution.ddt)) == [etape]
    with offres.dans(days=11):
        plis = ("Ouvrir les plis", "Offres reçues", nom)
        assert lues(a_traiter(distribution.ddt)) == [etape, plis]
    autre = offres.faire_analyse(distribution).atelier.nom
    attendues = [("Noter l’offre", "Agence 1", autre), ("Noter l’offre", "Agence 2", autre)]
    assert lues(a_traiter(distribution.dreal)) == attendues
    offres.noter(distribution, Offre.objects.get(mandataire="Agence 1"), 4)
    assert lues(a_traiter(distribution.dreal)) == attendues[1:]
    assert lues(a_traiter(distribution.dgaln)) == []


def test_un_refus_fait_une_ligne_datee(distribution):
    atelier = fabrique.faire_atelier(distribution, "local")
    fabrique.soumettre_cahier(distribution, atelier)
    visas.refuser(atelier=atelier, par=distribution.ddt, version=1, motif="Trop court")
    reprises = [t for t in a_traiter(distribution.ddt) if t.verbe.startswith("Reprendre")]
    assert [(t.objet, t.groupe, t.jour_depuis) for t in reprises] == [
        ("Version 1", atelier.nom, timezone.localdate())
    ]


def test_l_accueil_range_par_atelier_en_douze_requetes(
    distribution, connecte, django_assert_max_num_queries
):
    nom = faire_attentes(distribution).nom
    visiteur = connecte("ddt")
    visiteur.get("/tableau-de-bord/")
    for _ in range(2):
        with django_assert_max_num_queries(12):
            page = visiteur.get("/tableau-de-bord/").text
        faire_attentes(distribution)
    assert page.count(f'<h3 class="fr-h6 fr-mt-3w fr-mb-1v">{nom}</h3>') == 3


def test_grouper_garde_l_ordre_et_n_oublie_rien():
    a, b, c = (Tache(v, "x", "/", groupe=g) for v, g in (("1", "B"), ("2", ""), ("3", "B")))
    assert grouper([a, b, c]) == [("B", [a, c]), ("", [b])]
    assert grouper([]) == []
