"""What comes in one query is what Django would have read collection by collection."""

import pytest
from django.db.models import Prefetch

from candidatures.dossiers.domaine.requetes import PARTIES, pour_dossier
from candidatures.dossiers.models import Candidature, Piece
from candidatures.instruction.domaine.requetes import PARTIES as PARTIES_INSTRUCTION
from socle.groupage import remplir
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee
from tests.factories.instruction import demander_un_avis, faire_en_evaluation, noter, preparer

pytestmark = pytest.mark.django_db


def collection(objets, chemin):
    for etape in chemin.split("__"):
        suivants = []
        for objet in objets:
            valeur = getattr(objet, etape)
            if valeur is not None:
                suivants += list(valeur.all()) if hasattr(valeur, "all") else [valeur]
        objets = suivants
    return objets


def valeurs(objets, sans=()):
    return [
        {c.attname: getattr(o, c.attname) for c in o._meta.concrete_fields if c.name not in sans}
        for o in objets
    ]


@pytest.fixture
def candidature(distribution):
    faite = faire_en_evaluation(distribution)
    noter(faite, distribution.evaluateur, (2, 3, 4), remarque="À voir")
    demander_un_avis(distribution, faite)
    preparer(distribution, faite)
    return faite


def test_les_memes_valeurs(candidature):
    lue = pour_dossier(Candidature.objects.filter(pk=candidature.pk)).get()
    remplir([lue], PARTIES_INSTRUCTION)
    for partie in (*PARTIES, *PARTIES_INSTRUCTION):
        attendue = Candidature.objects.get(pk=candidature.pk)
        if partie.chemin == "pieces":
            actives = Piece.objects.filter(active=True)
            attendue = Candidature.objects.prefetch_related(Prefetch("pieces", actives)).get(
                pk=candidature.pk
            )
        obtenues, attendues = (collection([c], partie.chemin) for c in (lue, attendue))
        assert valeurs(obtenues, partie.sans) == valeurs(attendues, partie.sans), partie.chemin
    assert len(lue.sections.all()) == 7


def test_rien_n_est_relu(candidature, django_assert_num_queries):
    with django_assert_num_queries(4):
        lue = pour_dossier(Candidature.objects.filter(pk=candidature.pk)).get()
        remplir([lue], PARTIES_INSTRUCTION)
    with django_assert_num_queries(0):
        for partie in (*PARTIES, *PARTIES_INSTRUCTION):
            for ligne in collection([lue], partie.chemin):
                str(ligne)
        assert [p.organisme.nom for p in lue.portages.all()]
        assert [n.critere.libelle for e in lue.evaluations.all() for n in e.notes.all()]


def test_plusieurs_dossiers_ne_se_melangent_pas(distribution, django_assert_num_queries):
    appel = faire_appel(distribution)
    deposee = faire_deposee(distribution, appel=appel)
    vide = faire_brouillon(distribution, appel=appel, titre="Vide")
    with django_assert_num_queries(2):
        lues = {c.pk: c for c in pour_dossier(Candidature.objects.all())}
    assert [len(lues[c.pk].pieces.all()) for c in (deposee, vide)] == [
        deposee.pieces.filter(active=True).count(),
        0,
    ]
    assert {s.candidature_id for s in lues[vide.pk].sections.all()} == {vide.pk}
    assert list(lues[vide.pk].themes.all()) == []


def test_une_autre_question_retourne_a_la_base(candidature):
    """A filter on a collection already read asks the database, within the same owner."""
    lue = pour_dossier(Candidature.objects.filter(pk=candidature.pk)).get()
    assert list(lue.sections.filter(cle="objet")) == [candidature.sections.get(cle="objet")]
