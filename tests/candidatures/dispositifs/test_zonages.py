"""Lists of zonings and risks: reported, written, replaced, shown and frozen."""

import pytest
from django.urls import reverse

from candidatures.dispositifs.domaine.zonages import importer_zonages, lire, zonages_touchant
from candidatures.dispositifs.models import Zonage
from candidatures.dossiers.domaine import depot
from candidatures.dossiers.domaine.territoire import zonages_groupes
from candidatures.dossiers.models import Candidature
from socle.erreurs import ActionInterdite, ErreurMetier
from tests.factories.candidatures import faire_brouillon, remplir

pytestmark = pytest.mark.django_db
ENTETE = "zonage;code_insee;precision;date\n"


def test_le_rapport_puis_l_ecriture(distribution):
    texte = f"{ENTETE}ppri;80253;PPRI de la vallée;2015-12-02\nppri;80253;PPRI de la vallée;\n"
    texte += "inconnu;80253;;\nlittoral;99999;;\nlittoral;80253;;hier\n"
    rapport = lire(texte)
    assert [ligne.cle for ligne in rapport.lignes] == [("ppri", "80253", "PPRI de la vallée")]
    assert rapport.connues == 1
    assert [refus.partition(" : ")[0] for refus in rapport.refus] == [
        "Ligne 4",
        "Ligne 5",
        "Ligne 6",
    ]
    with pytest.raises(ErreurMetier, match="Aucune ligne"):
        importer_zonages(texte=f"{ENTETE}x;1;;\n", source="s", par=distribution.dgaln)
    with pytest.raises(ErreurMetier, match="première ligne"):
        lire("a;b\n")
    assert Zonage.objects.count() == 0


def test_remplacer_ne_touche_que_les_memes_natures(distribution):
    avant = f"{ENTETE}frr;80253;;2024-07-01\nmontagne;80253;;\n"
    importer_zonages(texte=avant, source="a", par=distribution.dgaln)
    importer_zonages(texte=avant, source="b", par=distribution.dgaln)
    assert Zonage.objects.count() == 2
    apres = f"{ENTETE}frr;80001;;2027-01-01\n"
    rapport = importer_zonages(texte=apres, source="c", par=distribution.dgaln, remplacer=True)
    assert rapport.remplacees == 1
    assert set(Zonage.objects.values_list("nature", "commune_id")) == {
        ("montagne", "80253"),
        ("frr", "80001"),
    }
    with pytest.raises(ActionInterdite):
        importer_zonages(texte=apres, source="d", par=distribution.ddt)


def test_la_page_importe_en_deux_temps(distribution, connecte):
    client = connecte("dgaln")
    adresse = reverse("candidatures:zonages_importer")
    envoi = {"source": "Préfecture", "contenu": f"{ENTETE}littoral;80253;;\nlittoral;99999;;\n"}
    essai = client.post(adresse, envoi)
    assert (len(essai.context["rapport"].lignes), Zonage.objects.count()) == (1, 0)
    assert (
        "Ligne 3\u00a0: «\u00a099999\u00a0» n’est pas une commune connue." in essai.content.decode()
    )
    assert "Laisser ces lignes de côté et ajouter 1\u00a0ligne" in essai.content.decode()
    fait = client.post(adresse, envoi | {"confirmer": "oui"}, follow=True)
    assert "Zonages ajoutés\u00a0: 1. Lignes laissées de côté\u00a0: 1." in fait.content.decode()
    assert list(Zonage.objects.values_list("nature", "source")) == [("littoral", "Préfecture")]
    lignes = client.get(reverse("candidatures:zonages")).context["zonages"]
    remplies = {z["code"]: (z["communes"], z["sources"]) for z in lignes if z["communes"]}
    assert remplies == {"littoral": (1, ["Préfecture"])}


def test_la_fiche_les_fige(distribution, connecte):
    brouillon = remplir(faire_brouillon(distribution), distribution.ddt)
    code = brouillon.perimetre.couverture[0]
    texte = f"{ENTETE}ppri;{code};PPRI de la Somme;2012-08-02\nlittoral;35238;;\n"
    importer_zonages(texte=texte, source="Préfecture", par=distribution.dgaln)
    assert [z.nature for z in zonages_touchant([code])] == ["ppri"]
    relu = Candidature.objects.get(pk=brouillon.pk)
    deposee = depot.deposer(candidature=relu, par=distribution.ddt)
    Zonage.objects.all().delete()
    fige = deposee.versions.get().contenu["fiche_territoire"]
    nom = brouillon.perimetre.communes.get(code=code).nom
    attendu = {
        "nom": "Plan de prévention du risque inondation",
        "communes": [f"{nom} (PPRI de la Somme, 2\u00a0août 2012)"],
        "sources": ["Préfecture"],
    }
    assert zonages_groupes(fige) == [attendu]
    page = connecte("dgaln").get(reverse("candidatures:territoire", args=[deposee.reference]))
    assert page.context["zonages"] == [attendu]
