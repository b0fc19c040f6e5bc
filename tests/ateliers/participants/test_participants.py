from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ateliers.participants.documents import feuille
from ateliers.participants.domaine import participants as verbes
from ateliers.participants.domaine import presences
from ateliers.participants.domaine.importation import lire_lignes
from ateliers.participants.models import Invitation, Participant
from candidatures.dispositifs.choix import College
from socle.erreurs import (
    ActionInterdite,
    ConflitDeVersion,
    ElementsManquants,
    ErreurMetier,
    TransitionImpossible,
)
from socle.journal.models import Entree
from tests.factories.participants import (
    faire_atelier,
    faire_invites,
    faire_participants,
    faire_seance,
)

TABLEAU = """Prénom;Nom;Courriel;Collège;Organisation;Fonction
Jeanne;Martin;Jeanne.Martin@exemple.fr;Élue;Commune de Doullens;Maire
Karim;Benali;karim@exemple.fr;Associations
Lucie;Petit;;habitants et usagers
"""


def test_lire_un_tableau():
    lignes = lire_lignes(TABLEAU)
    assert [(x["nom"], x["college"], x["fonction"]) for x in lignes] == [
        ("Martin", "elus", "Maire"),
        ("Benali", "associations", ""),
        ("Petit", "habitants", ""),
    ]
    assert lire_lignes(TABLEAU.replace(";", "\t")) == lignes
    assert lire_lignes(TABLEAU.replace(";", ",")) == lignes


@pytest.mark.parametrize(
    ("texte", "phrases"),
    [
        ("", ["Collez au moins une ligne."]),
        ("Jeanne;;;elus", ["Ligne 1 : le prénom ou le nom est absent."]),
        (
            "Jeanne;;arobase;maires",
            [
                "Ligne 1 : le prénom ou le nom est absent ; le collège « maires » n’existe pas "
                f"(collèges : {', '.join(College.labels)}) ; « arobase » n’est pas une adresse "
                "électronique."
            ],
        ),
        ("a;b;;elus;;;;", ["Ligne 1 : il y a 8 colonnes, il en faut 6 au plus."]),
    ],
)
def test_erreurs_d_import(texte, phrases):
    with pytest.raises(ElementsManquants) as refus:
        lire_lignes(texte)
    assert [m.phrase for m in refus.value.manques] == phrases


@given(st.text(max_size=200))
def test_aucun_texte_ne_fait_tomber_l_import(texte):
    try:
        assert all(ligne["prenom"] and ligne["nom"] for ligne in lire_lignes(texte))
    except ElementsManquants as refus:
        assert refus.manques


@pytest.mark.django_db
class TestVerbes:
    def test_importer_deux_fois(self, distribution):
        atelier = faire_atelier(distribution)
        lignes = [x for x in lire_lignes(TABLEAU) if x["courriel"]]
        appel = {"atelier": atelier, "par": distribution.collectivite}
        assert verbes.importer_participants(lignes=lignes, **appel) == (2, 0)
        assert verbes.importer_participants(lignes=lignes, **appel) == (0, 0)
        lignes[0]["fonction"] = "Maire déléguée"
        assert verbes.importer_participants(lignes=lignes, **appel) == (0, 1)
        assert list(Participant.objects.values_list("nom", "fonction")) == [
            ("Benali", ""),
            ("Martin", "Maire déléguée"),
        ]

    def test_le_journal_ne_nomme_personne(self, distribution):
        atelier = faire_atelier(distribution)
        faire_participants(distribution, atelier, 2)
        entrees = Entree.objects.filter(action="participant.ajoute").order_by("pk")
        assert [e.details for e in entrees] == [{"college": "Élus"}, {"college": "Associations"}]

    def test_adresse_unique_dans_l_atelier(self, distribution):
        atelier = faire_atelier(distribution)
        faire_participants(distribution, atelier, 1)
        with pytest.raises(ErreurMetier) as refus:
            faire_participants(distribution, atelier, 1)
        assert refus.value.message == (
            "Une personne de cet atelier a déjà l’adresse jeanne.martin@exemple.fr."
        )

    def test_conflit(self, distribution):
        atelier = faire_atelier(distribution)
        (jeanne,) = faire_participants(distribution, atelier, 1)
        par = {"par": distribution.ddt, "revision": 0}
        verbes.modifier_participant(jeanne, nom="Durand", **par)
        with pytest.raises(ConflitDeVersion) as conflit:
            verbes.modifier_participant(jeanne, nom="Dupont", **par)
        assert conflit.value.actuel.nom == "Durand"

    @pytest.mark.parametrize("role", ["equipe", "dreal", "evaluateur", "ddt_autre"])
    def test_qui_ne_tient_pas_la_liste(self, distribution, role):
        with pytest.raises(ActionInterdite):
            verbes.ajouter_participant(
                atelier=faire_atelier(distribution),
                par=getattr(distribution, role),
                prenom="A",
                nom="B",
                college="elus",
            )

    def test_retirer(self, distribution):
        seance, lignes = faire_invites(distribution, nombre=2)
        presences.noter_presences(
            seance=seance, par=distribution.equipe, presences={lignes[0].pk: ("present", "")}
        )
        verbes.retirer_participant(lignes[1].participant, par=distribution.ddt)
        with pytest.raises(ErreurMetier):
            verbes.retirer_participant(lignes[0].participant, par=distribution.ddt)
        assert Participant.objects.count() == 1

    def test_presences(self, distribution):
        seance, lignes = faire_invites(distribution)
        notees = {
            lignes[0].pk: ("present", "oubliée"),
            lignes[1].pk: ("represente", "Mme Roux"),
            lignes[2].pk: ("excuse", ""),
        }
        nombre = presences.noter_presences(
            seance=seance, par=distribution.collectivite, presences=notees
        )
        assert nombre == 2
        assert sorted(Invitation.objects.values_list("presence", "represente_par")) == [
            ("excuse", ""),
            ("present", ""),
            ("represente", "Mme Roux"),
        ]
        with pytest.raises(ErreurMetier):
            presences.noter_presences(
                seance=seance, par=distribution.ddt, presences={lignes[0].pk: ("represente", " ")}
            )

    def test_accueillir(self, distribution):
        seance = faire_seance(distribution, etat="tenue")
        presences.accueillir(
            seance=seance, par=distribution.equipe, prenom="Paul", nom="Roy", college="habitants"
        )
        invitation = Invitation.objects.select_related("participant").get()
        assert (invitation.presence, invitation.participant.nom) == ("present", "Roy")

    @pytest.mark.parametrize("etat", ["a_programmer", "annulee"])
    def test_feuille_fermee(self, distribution, etat):
        seance = faire_seance(distribution, etat=etat)
        with pytest.raises(TransitionImpossible):
            presences.noter_presences(seance=seance, par=distribution.ddt, presences={})

    def test_pas_avant_le_jour_de_la_seance_a_l_heure_du_site(self, distribution):
        seance, (jeanne, *_) = faire_invites(distribution)
        pointee = {"seance": seance, "par": distribution.ddt}
        pointee["presences"] = {jeanne.pk: ("present", "")}
        minuit = datetime(2026, 3, 2, 23, tzinfo=UTC)  # 3 March in Paris
        refus = pytest.raises(TransitionImpossible, match="le 3.mars.2026")
        with time_machine.travel(minuit - timedelta(seconds=1), tick=False), refus:
            presences.noter_presences(**pointee)
        with time_machine.travel(minuit, tick=False):
            assert presences.noter_presences(**pointee) == 1

    def test_qui_ne_vient_pas_n_est_pas_sur_la_feuille_a_signer(self, distribution, connecte):
        seance, lignes = faire_invites(distribution)
        Invitation.objects.filter(pk=lignes[0].pk).update(
            reponse="decline", repondu_le=timezone.now()
        )
        noms = {ligne.nom for groupe in feuille(seance).groupes for ligne in groupe.lignes}
        assert noms == {str(i.participant) for i in lignes[1:]}
        page = connecte("ddt").get(
            reverse("ateliers:emargement", args=[seance.atelier.slug, seance.pk])
        )
        form = page.context["form"]
        assert [li["invitation"].pk for li in form.desistes()] == [lignes[0].pk]
        assert [li["invitation"].pk for li in form.attendus()] == [i.pk for i in lignes[1:]]
