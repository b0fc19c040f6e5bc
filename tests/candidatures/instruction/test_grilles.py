"""The grid of a call: versions, drafts that follow, the freeze at the first filed evaluation."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from candidatures.appels.models import Appel, Critere, Grille
from candidatures.instruction.domaine import evaluation, grilles
from candidatures.instruction.domaine.synthese import synthese
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from tests.factories.candidatures import faire_appel
from tests.factories.instruction import faire_en_evaluation, frais, noter

pytestmark = pytest.mark.django_db
ANCRES = ["Rien", "Presque rien", "Peu", "Assez", "Bien", "Très bien"]


def lire(appel):
    return [
        {"id": c.pk, "libelle": c.libelle, "aide": c.aide, "poids": c.poids, "ancres": c.ancres}
        for c in appel.grille.criteres.all()
    ]


def modifier(distribution, appel, criteres):
    return grilles.modifier_grille(
        appel=appel, criteres=criteres, grille_lue=appel.grille_id, par=distribution.dgaln
    )


def test_modifier_fait_une_version_et_laisse_les_autres_appels(distribution):
    appel, autre = faire_appel(distribution), faire_appel(distribution, "flash")
    commune = autre.grille
    criteres = lire(appel)
    criteres[0] |= {"poids": 7, "ancres": ANCRES}
    grille = modifier(distribution, appel, criteres)
    assert (grille.numero, grille.precedente) == (commune.numero + 1, commune)
    assert grille.criteres.first().poids == 7
    assert grille.criteres.first().ancres == ANCRES
    assert Appel.objects.get(pk=autre.pk).grille == commune
    assert commune.criteres.filter(poids=7).count() == 0


def test_enregistrer_sans_rien_changer_ne_fait_pas_de_version(distribution):
    appel = faire_appel(distribution)
    avant = Grille.objects.count()
    assert modifier(distribution, appel, lire(appel)) == appel.grille
    assert Grille.objects.count() == avant


def test_les_notes_en_brouillon_suivent_leur_critere(distribution):
    candidature = faire_en_evaluation(distribution)
    noter(candidature, distribution.evaluateur, (3, 4, 5), deposer=False)
    criteres = lire(candidature.appel)
    criteres.reverse()
    criteres[0]["poids"] = 9
    modifier(distribution, candidature.appel, criteres)
    relue = frais(candidature)
    confiee = relue.evaluations.get()
    assert [(n.critere.ordre, n.note) for n in confiee.notes.order_by("critere__ordre")] == [
        (1, 5),
        (2, 4),
        (3, 3),
    ]
    evaluation.deposer_evaluation(evaluation=confiee, par=distribution.evaluateur)
    poids = [c.poids for c in relue.appel.grille.criteres.all()]
    attendue = round((5 * poids[0] + 4 * poids[1] + 3 * poids[2]) / sum(poids), 2)
    assert float(synthese(relue).moyenne) == attendue


def test_un_critere_deja_note_ne_se_retire_pas(distribution):
    candidature = faire_en_evaluation(distribution)
    noter(candidature, distribution.evaluateur, (3, 4, 5), deposer=False)
    with pytest.raises(ErreurMetier, match="déjà noté"):
        modifier(distribution, candidature.appel, lire(candidature.appel)[:2])


def test_la_premiere_evaluation_deposee_fige_la_grille_meme_en_sql(distribution):
    candidature = faire_en_evaluation(distribution)
    noter(candidature, distribution.evaluateur, (3, 4, 5))
    appel = candidature.appel
    criteres = lire(appel)
    criteres[0]["poids"] = 9
    with pytest.raises(TransitionImpossible, match="figés"):
        modifier(distribution, appel, criteres)
    autre = Grille.objects.create(nom="Autre")
    for requete, valeur in (
        ("UPDATE candidatures_critere SET poids = 9 WHERE grille_id = %s", appel.grille_id),
        ("DELETE FROM candidatures_critere WHERE grille_id = %s", appel.grille_id),
        (f"UPDATE candidatures_appel SET grille_id = {autre.pk} WHERE id = %s", appel.pk),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(requete, [valeur])


def test_ce_qui_manque_a_une_grille(distribution):
    appel = faire_appel(distribution)
    seul = lire(appel)[0]
    for criteres in ([], [seul, seul], [seul | {"ancres": ["Rien", "Peu"]}]):
        with pytest.raises(ElementsManquants):
            modifier(distribution, appel, criteres)


def test_seule_la_dgaln_ecrit_la_grille(distribution):
    appel = faire_appel(distribution)
    for role in ("ddt", "dreal", "collectivite", "evaluateur", "equipe"):
        with pytest.raises(ActionInterdite):
            grilles.modifier_grille(
                appel=appel,
                criteres=lire(appel),
                grille_lue=appel.grille_id,
                par=getattr(distribution, role),
            )


def test_la_page_enregistre_et_montre_la_formule(distribution, connecte):
    appel = faire_appel(distribution)
    adresse = reverse("candidatures:grille", args=[appel.slug])
    client = connecte("dgaln")
    assert "÷" in client.get(adresse).content.decode()
    donnees = {
        "grille": appel.grille_id,
        "criteres-TOTAL_FORMS": 2,
        "criteres-INITIAL_FORMS": 0,
        "criteres-0-libelle": "Ambition",
        "criteres-0-poids": 2,
        "criteres-0-rang": 2,
        "criteres-1-libelle": "Portage",
        "criteres-1-poids": 3,
        "criteres-1-rang": 1,
    }
    assert client.post(adresse, donnees).status_code == 302
    grille = Appel.objects.get(pk=appel.pk).grille
    assert [(c.libelle, c.poids) for c in grille.criteres.all()] == [
        ("Portage", 3),
        ("Ambition", 2),
    ]
    assert grilles.formule(grille).replace("\u00a0", " ") == (
        "(3 × « Portage » + 2 × « Ambition ») ÷ 5"
    )


def test_les_niveaux_se_lisent_dans_l_evaluation(distribution, connecte):
    candidature = faire_en_evaluation(distribution)
    criteres = lire(candidature.appel)
    criteres[0]["ancres"] = ANCRES
    modifier(distribution, candidature.appel, criteres)
    page = connecte("evaluateur").get(reverse("candidatures:lire", args=[candidature.reference]))
    assert "Presque rien" in page.content.decode()
    assert Critere.objects.filter(grille=frais(candidature).appel.grille).count() == 3
