"""The library of clauses: versions that never change, names checked, trial on a real atelier."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from ateliers.cadrage.domaine import clauses
from ateliers.cadrage.domaine.extraits import _projets
from ateliers.cadrage.domaine.valeurs import remplir
from ateliers.cadrage.models import Clause, VersionClause
from socle.erreurs import ActionInterdite, ConflitDeVersion, ErreurMetier, TransitionImpossible
from tests.factories import ateliers as fabrique

pytestmark = pytest.mark.django_db
NOUVELLE = "Le paiement se fait à {territoire}, en {duree}."


def paiement():
    return Clause.objects.get(cle="paiement")


def publier(par, texte=NOUVELLE, revision=1):
    return clauses.publier(
        clause=paiement(), par=par, titre="Paiement", texte=texte, motif="Essai", revision=revision
    )


def test_le_departement_et_la_nature_ne_se_disent_qu_une_fois():
    mots = {"territoire": "Beauval et Bernaville (Somme)", "departement": "Somme"}
    textes = ("À {territoire} ({departement}).", "À {territoire}.")
    assert {remplir(texte, mots) for texte in textes} == {"À Beauval et Bernaville (Somme)."}
    contenu = {
        "projets": [{"intitule": "La place", "porteur": "la commune", "avancement": "Engagé"}],
        "schemas": [
            {"nature": "scot", "intitule": "Échelle du pays"},
            {"nature": "scot", "intitule": "SCoT du pays", "etat": "en_vigueur", "annee": 2019},
        ],
    }
    assert _projets(contenu).splitlines() == [
        "- La place (la commune, engagé)",
        "- SCoT\u00a0: Échelle du pays",
        "- SCoT du pays (en vigueur, 2019)",
    ]


@pytest.mark.parametrize(
    "texte", ["À {lieu}.", "À {territoire", "À territoire}", "À { territoire }"]
)
def test_un_repere_inconnu_est_refuse_avec_ceux_qui_existent(distribution, texte):
    with pytest.raises(ErreurMetier) as refus:
        publier(distribution.dgaln, texte)
    assert (refus.value.champ, "{service_pilote}" in refus.value.message) == ("texte", True)
    assert paiement().versions.count() == 1


def test_une_version_publiee_ne_change_plus_meme_en_sql(distribution):
    version = publier(distribution.dgaln)
    for requete in (
        "UPDATE ateliers_versionclause SET texte = '' WHERE id = %s",
        "DELETE FROM ateliers_versionclause WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(requete, [version.pk])
    assert VersionClause.objects.get(pk=version.pk).texte == NOUVELLE


def test_deux_redacteurs_ne_s_ecrasent_pas(distribution):
    publier(distribution.dgaln)
    with pytest.raises(ConflitDeVersion) as conflit:
        publier(distribution.dgaln, "Autre chose.")
    assert conflit.value.actuel.texte == NOUVELLE


@pytest.mark.parametrize("role", ["ddt", "dreal", "collectivite", "equipe", "evaluateur"])
def test_la_bibliotheque_revient_a_la_dgaln(distribution, role):
    with pytest.raises(ActionInterdite):
        publier(getattr(distribution, role))


def test_une_clause_retiree_manque_aux_nouveaux_cahiers_seulement(distribution):
    ancien = fabrique.faire_atelier(distribution, "flash")
    clauses.retirer(clause=paiement(), par=distribution.dgaln, motif="Doublon")
    nouveau = fabrique.faire_atelier(distribution, "flash", titre="Un autre bourg")
    avec = [
        a.pk
        for a in (ancien, nouveau)
        if fabrique.cahier.verrouiller_cahier(a).sections.filter(cle="clause-paiement").exists()
    ]
    assert avec == [ancien.pk]
    with pytest.raises(TransitionImpossible):
        publier(distribution.dgaln)


def test_la_page_montre_la_difference_et_l_essai(distribution, connecte):
    atelier = fabrique.faire_atelier(distribution, "flash")
    publier(distribution.dgaln)
    adresse = reverse("ateliers:clause", args=["paiement"])
    reponse = connecte("dgaln").get(adresse, {"atelier": atelier.slug})
    attendu = f"Le paiement se fait à {atelier.perimetre.lieu}, en 3 à 6 mois."
    assert reponse.context["apercu"] == attendu
    page = reponse.content.decode()
    assert ("<ins>" in page, "<del>" in page) == (True, True)


def test_le_dispositif_filtre_la_liste(distribution, connecte):
    client = connecte("ddt")
    adresse = reverse("ateliers:clauses")
    flash = {c.cle for c in client.get(adresse, {"dispositif": "flash"}).context["clauses"]}
    assert ("objet-flash" in flash, "objet-local" in flash) == (True, False)
    assert client.get(adresse, {"retirees": "1"}).context["clauses"].count() == 0
