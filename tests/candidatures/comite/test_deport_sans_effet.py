"""A recused reviewer, in the database: no mean, rank, missing count nor line of the PV moves."""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from candidatures.comite.calcul.tableau import tableau
from candidatures.comite.documents import contexte_pv
from candidatures.comite.domaine.deliberations import deliberer_en_bloc
from candidatures.comite.models import Comite
from candidatures.instruction.domaine.evaluation import confier_evaluation
from candidatures.instruction.domaine.synthese import synthese
from candidatures.listes.domaine import colonnes
from socle.exports.declaration import Demande, declaration
from tests.factories.comite import faire_comite, ouvrir_comite
from tests.factories.instruction import deporter, faire_evaluateur, frais, noter

# Of the list, what an evaluation may move.
SUIVIES = ("reference", "rang", "evaluations", "notes", "moyenne", "dispersion", "etat")
# How far the reviewer had gone when the recusal came.
ETAPES = ("confiee", "commencee", "deposee")
notes_ = st.tuples(*[st.integers(0, 5)] * 3)


def releve(distribution, comite, candidatures):
    """All that is said of the dossiers: committee, minutes, synthesis, list and its export."""
    comite = Comite.objects.select_related("appel__dispositif").get(pk=comite.pk)
    lu, pv = tableau(comite), contexte_pv(comite)
    declaree = declaration("candidatures")
    demande = Demande(distribution.dgaln, f"appel={comite.appel.slug}", SUIVIES)
    demande = replace(demande, objets=tuple(declaree.objets(demande)))
    # How many recusals there are, and whose evaluation is set aside: that only is meant to change.
    rangees = [replace(r, deports=0) for r in (*lu.retenues, *lu.reserve, *lu.autres)]
    tus = {"ecartees": [], "nombre_deports": None}
    return {
        "tableau": [rangees, lu.places, lu.coupe],
        "classement": pv.classement,
        "deliberations": [d.model_copy(update=tus) for d in pv.deliberations],
        "listes": [pv.retenues, pv.reserve, pv.autres, pv.reorientees],
        "syntheses": [synthese(frais(c)) for c in candidatures],
        "export": [list(ligne) for f in declaree.feuilles(demande) for ligne in f.lignes],
    }


def _ajouter(distribution, candidature, notes, etape):
    personne = faire_evaluateur(distribution, 90)
    confier_evaluation(candidature=candidature, evaluateur=personne, par=distribution.dgaln)
    if etape != "confiee":
        noter(candidature, personne, notes, deposer=etape == "deposee")
    return personne


@pytest.mark.django_db
def test_un_evaluateur_deporte_ne_deplace_rien(distribution):
    comite, candidatures = faire_comite(distribution, notes=((4, 4, 4), (3, 3, 3), (3, 3, 3)))
    comite = ouvrir_comite(distribution, comite)
    deliberer_en_bloc(comite=comite, par=distribution.dgaln)
    avant = releve(distribution, comite, candidatures)
    assert set(SUIVIES) <= {c.cle for c in colonnes.colonnes(instructeur=True)}
    deplaces = set()

    @settings(max_examples=10, deadline=None)
    @given(rang=st.integers(0, 2), notes=notes_, etape=st.sampled_from(ETAPES))
    @example(rang=1, notes=(5, 5, 5), etape="deposee")
    @example(rang=0, notes=(0, 0, 0), etape="commencee")
    @example(rang=2, notes=(0, 0, 0), etape="confiee")
    def eprouver(rang, notes, etape):
        with transaction.atomic():
            personne = _ajouter(distribution, candidatures[rang], notes, etape)
            pendant = releve(distribution, comite, candidatures)
            deplaces.update(cle for cle in avant if pendant[cle] != avant[cle])
            deporter(distribution, candidatures[rang], personne)
            assert releve(distribution, comite, candidatures) == avant
            transaction.set_rollback(True)

    eprouver()
    # The same reviewer, not recused, moves each of them: what is compared could have differed.
    assert deplaces == {"tableau", "classement", "deliberations", "syntheses", "export"}
