"""Calls: public reading, preparation by DGALN."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from candidatures.appels.domaine import appels
from candidatures.appels.domaine.fenetres import PARIS
from candidatures.appels.forms.appel import FormulaireAppel
from candidatures.appels.models import Appel, Grille
from socle.erreurs import ActionInterdite, ElementsManquants
from tests.factories.candidatures import faire_appel


def test_seule_la_dgaln_publie(distribution):
    appel = faire_appel(distribution, publie=False)
    for nom in ("ddt", "collectivite", "evaluateur"):
        with pytest.raises(ActionInterdite):
            appels.publier(appel=appel, par=getattr(distribution, nom))


def test_une_session_nationale_demande_une_session_et_une_cloture(distribution):
    appel = faire_appel(distribution, publie=False)
    Appel.objects.filter(pk=appel.pk).update(dispositif_id="national", grille=None)
    with pytest.raises(ElementsManquants) as refus:
        appels.publier(appel=appel, par=distribution.dgaln)
    assert [m.phrase for m in refus.value.manques] == [
        "Rattachez l’appel à une session nationale.",
        "Une session nationale a une date de clôture.",
        "Choisissez la grille d’évaluation.",
    ]


@pytest.mark.parametrize("nombre", [1, 3])
def test_la_liste_publique(distribution, client, nombre, django_assert_num_queries):
    for rang in range(nombre):
        faire_appel(distribution, titre=f"Appel {rang}")
    faire_appel(distribution, titre="Secret", publie=False)
    with django_assert_num_queries(3):
        reponse = client.get("/appels/")
    assert len(reponse.context["ouverts"]) == nombre
    assert "Secret" not in reponse.content.decode()


def test_un_appel_en_preparation_est_introuvable_au_public(distribution, client, connecte):
    appel = faire_appel(distribution, publie=False)
    url = appel.get_absolute_url()
    assert client.get(url).status_code == 404
    assert connecte("ddt").get(url).status_code == 404
    bornes = [datetime(*jour, tzinfo=PARIS) for jour in ((2036, 12, 1, 9), (2037, 2, 1, 12))]
    Appel.objects.filter(pk=appel.pk).update(
        heure_locale=True, ouvre_le=bornes[0], ferme_le=bornes[1]
    )
    page = connecte("dgaln").get(url)
    lue = page.content.decode().replace("\u00a0", " ")
    assert "Ouvre le 1er décembre 2036 à 9 h (heure de Paris)." in lue
    assert "avant le 1er février 2037 à 12 h (heure locale de chaque territoire)." in lue
    assert "se déposeront à partir du 1er décembre 2036 à 9 h" in lue


def test_preparer_publier_clore_rouvrir_depuis_les_pages(distribution, connecte, client):
    dgaln = connecte("dgaln")
    nouveau = reverse("candidatures:appel_nouveau")
    assert dgaln.get(nouveau).status_code == 200
    assert connecte("ddt").get(nouveau).status_code == 403
    grille = faire_appel(distribution).grille_id
    reponse = dgaln.post(
        nouveau,
        {
            "dispositif": "flash",
            "titre": "Nouveau",
            "presentation": "Pour les communes.",
            "ouvre_le": "2026-01-01T09:00",
            "ferme_le": "",
            "grille": grille,
        },
    )
    appel = Appel.objects.get(titre="Nouveau")
    assert appel.slug == "appel-nouveau"
    assert reponse.url == appel.get_absolute_url()
    saisie = {"nom": "Littoral", "thematique": "Le trait de côte", "annee_debut": "2027"}
    page = dgaln.post(reverse("candidatures:session_nouvelle"), saisie, follow=True)
    initiales = page.context["form"].initial
    assert (str(initiales["session"]), initiales["dispositif"].pk) == ("Littoral", "national")
    for verbe, etat in (("publier", "publie"), ("clore", "clos"), ("rouvrir", "publie")):
        url = reverse(f"candidatures:appel_{verbe}", args=[appel.slug])
        dgaln.post(url, {"motif": "Une erreur de date"})
        assert Appel.objects.get(pk=appel.pk).etat == etat
        assert client.get(appel.get_absolute_url()).status_code == 200


def test_deux_grilles_de_meme_nom_se_distinguent(distribution):
    ancien, nouveau, jumeau = (faire_appel(distribution) for _ in range(3))
    Appel.objects.all().update(titre="Habiter les lisières", grille=None)
    for appel, annee in ((ancien, 2024), (nouveau, 2026), (jumeau, 2026)):
        grille = Grille.objects.create(nom=f"Habiter les lisières, grille 2 ({appel.pk})")
        ouvre_le = datetime(annee, 3, 12, 9, tzinfo=UTC)
        Appel.objects.filter(pk=appel.pk).update(grille=grille, ouvre_le=ouvre_le)
    choix = FormulaireAppel().fields["grille"].choices
    dits = [str(mots).replace("\u00a0", " ") for _, mots in choix if "lisières" in mots]
    nom = "Habiter les lisières, grille 2 (appel ouvert le 12 mars"
    assert sorted(dits) == [
        f"{nom} 2024)",
        f"{nom} 2026) {nouveau.slug}",
        f"{nom} 2026) {jumeau.slug}",
    ]
