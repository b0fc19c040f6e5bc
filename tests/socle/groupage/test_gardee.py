"""A kept query says what the query set would have said, and never freezes a clock."""

from datetime import timedelta
from operator import attrgetter

import pytest
from django.http import Http404
from django.utils import timezone

from ateliers.carnet.domaine import attentes
from ateliers.taches import tout
from candidatures.dossiers import droits
from candidatures.dossiers.domaine import requetes, taches
from candidatures.dossiers.liens import annoter
from candidatures.dossiers.models import Candidature
from candidatures.dossiers.views.lecture import charger
from candidatures.echanges.domaine import messages
from candidatures.instruction.models import Deport
from socle.comptes.choix import Role
from socle.groupage import RequeteGardee
from socle.groupage.gardee import ValeurNonDite
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee

pytestmark = pytest.mark.django_db
CHAMPS = ("titre", "cree_le")


def test_les_memes_lignes_que_la_requete(distribution, django_assert_num_queries):
    appel = faire_appel(distribution)
    for rang in range(3):
        faire_brouillon(distribution, appel=appel, titre=f"Titre {rang}")

    def creees(ordre, *, par, avant):
        lues = Candidature.objects.filter(cree_par=par, cree_le__lt=avant, titre__startswith="Tit")
        return lues.order_by(ordre).values_list(*CHAMPS)

    gardee, demain = RequeteGardee(creees), timezone.now() + timedelta(days=1)
    for ordre in ("titre", "-titre"):
        with django_assert_num_queries(1):
            lues = gardee.lire(ordre, par=distribution.ddt.pk, avant=demain)
        assert lues == list(creees(ordre, par=distribution.ddt.pk, avant=demain))
        assert len(lues) == 3
    hier = timezone.now() - timedelta(days=1)
    assert gardee.lire("titre", par=distribution.ddt.pk, avant=hier) == []
    assert gardee.lire("titre", par=distribution.dgaln.pk, avant=demain) == []


def test_les_memes_objets_que_la_requete(distribution, django_assert_num_queries):
    """Row, relations and annotations; and a recused agent opens nothing."""
    deposee, par = faire_deposee(distribution), distribution.dgaln
    messages.ecrire(candidature=deposee, fil="porteurs", texte="Bonjour", par=distribution.ddt)
    lue = charger(par, deposee.reference)
    visibles = annoter(droits.visibles_par(par), par)
    attendue = requetes.pour_dossier(visibles).get(reference=deposee.reference)
    with django_assert_num_queries(0):
        for chemin in ("", "appel", "appel.dispositif", "perimetre", "service_pilote"):
            obtenu, voulu = (attrgetter(chemin)(x) if chemin else x for x in (lue, attendue))
            champs = [c.attname for c in voulu._meta.concrete_fields]
            assert [getattr(obtenu, c) for c in champs] == [getattr(voulu, c) for c in champs]
        for nom in ("source_millesime", "nouveaux_porteurs", "nouveaux_interne", "formulaire"):
            assert getattr(lue, nom) == getattr(attendue, nom), nom
    assert lue.nouveaux_porteurs == 1
    Deport.objects.create(
        candidature=deposee, personne=par, origine="declare", motif="M", le=timezone.now()
    )
    with pytest.raises(Http404):
        charger(par, deposee.reference)


def test_une_horloge_lue_par_la_requete_est_refusee(distribution):
    def jour(*, par):
        return Candidature.objects.filter(
            cree_par=par, cree_le__date=timezone.localdate()
        ).values_list("pk")

    def instant(*, par):
        return Candidature.objects.filter(cree_par=par, cree_le__lt=timezone.now()).values_list(
            "pk"
        )

    for ecrire in (jour, instant):
        with pytest.raises(ValeurNonDite):
            RequeteGardee(ecrire).lire(par=1)


def test_chaque_role_a_la_sienne(distribution):
    """Every role writes its own SQL, the one that reads nothing included."""
    for nom in ("dgaln", "ddt", "collectivite", "equipe", "evaluateur"):
        personne = getattr(distribution, nom)
        assert (tout(personne), taches.a_traiter(personne)) == (([], []), []), nom
    assert {forme[0] for forme in taches.OUVERTES_LUES._gardees} >= {Role.SERVICE_ETAT}
    assert {forme[0] for forme in attentes.LUES._gardees} >= {Role.DGALN, Role.EQUIPE}
