"""One’s own opinion first: neither a rank, nor a hole, nor a group of conditions gives it away."""

import pytest

from candidatures.listes.domaine import lecture
from tests.factories.candidatures import faire_appel, faire_deposee
from tests.factories.instruction import deporter, faire_en_evaluation, faire_evaluateur, noter


@pytest.fixture
def notees(distribution):
    """Three dossiers noted by somebody; the agent still owes an opinion on the middle one."""
    autre = faire_evaluateur(distribution, 1)
    appel = faire_appel(distribution)
    lues = []
    for titre, notes in (("Haut", (5, 5, 5)), ("Milieu", (3, 3, 3)), ("Bas", (1, 1, 1))):
        qui = [autre, distribution.dgaln] if titre == "Milieu" else [autre]
        candidature = faire_en_evaluation(distribution, appel=appel, titre=titre, evaluateurs=qui)
        noter(candidature, autre, notes)
        lues.append(candidature)
    return lues


def lire(client, notees, requete=""):
    slug = notees[0].appel.slug
    return client.get(f"/instruction/?appel={slug}&colonnes=titre,rang,notes&{requete}")


def test_aucun_rang_tant_qu_un_avis_est_du(distribution, connecte, notees):
    dgaln = connecte("dgaln")
    slug = notees[0].appel.slug
    assert lecture._rangs(slug, distribution.dgaln) == {}
    assert 'data-libelle="Rang"></td>' in lire(dgaln, notees).content.decode()
    noter(notees[1], distribution.dgaln, (3, 3, 3))
    rangs = {c.titre: lecture._rangs(slug, distribution.dgaln)[c.pk] for c in notees}
    assert rangs == {"Haut": 1, "Milieu": 2, "Bas": 3}


@pytest.mark.parametrize(
    "requete", ["tri=-notes", "note_min=1", "etat.2=en_evaluation&note_min.2=1&entre=une"]
)
def test_ce_qui_est_mis_de_cote_est_dit(connecte, notees, requete):
    page = lire(connecte("dgaln"), notees, requete)
    assert "Milieu" not in {ligne.titre for ligne in page.context["lignes"]}
    assert page.context["de_cote"] == 1
    assert "est mise de côté" in page.content.decode()


def test_rien_n_est_de_cote_sans_tri_par_note(connecte, notees):
    page = lire(connecte("dgaln"), notees)
    assert (page.context["total"], page.context["de_cote"]) == (3, 0)


def test_toutes_les_candidatures_se_cochent_pages_suivantes_comprises(
    distribution, connecte, monkeypatch
):
    monkeypatch.setattr(lecture, "PAR_PAGE", 2)
    appel = faire_appel(distribution)
    references = [
        faire_deposee(distribution, appel=appel, titre=f"Dossier {i}").reference for i in range(5)
    ]
    dgaln = connecte("dgaln")
    page = dgaln.get("/instruction/").content.decode()
    assert "Cocher les 5\u00a0candidatures de la liste" in page
    toutes = dgaln.get("/instruction/?cocher=toutes")
    texte = toutes.content.decode()
    cachees = [r for r in references if f'type="hidden" name="ref" value="{r}"' in texte]
    cochees = [r for r in references if f'value="{r}" checked' in texte]
    assert (len(cachees), len(cochees), sorted(cachees + cochees)) == (3, 2, sorted(references))
    assert "dont 3 sur les autres pages" in texte


def test_les_deports_et_le_code_du_departement_se_lisent(distribution, connecte, notees):
    deporter(distribution, notees[0], distribution.evaluateur)
    page = connecte("dgaln").get("/instruction/").content.decode()
    assert page.count("Somme (80)") == 3
    assert 'data-libelle="Déports">1</td>' in page
    assert 'data-libelle="Population"' in page
