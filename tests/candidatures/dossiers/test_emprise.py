"""Outline and parcels of a project: saved as fields, imported, frozen, shown, exported."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidatures.dossiers.documents import contexte_accuse
from candidatures.dossiers.domaine import depot, emprises, redaction, revisions
from candidatures.dossiers.domaine.manques import avertissements
from candidatures.dossiers.domaine.parcelles import lire_parcelles
from candidatures.dossiers.models import Candidature
from socle.erreurs import ConflitDeVersion, ErreurMetier
from tests.factories.candidatures import communs, faire_brouillon, remplir
from tests.socle.territoires.test_traces import ANNEAU, CARRE

pytestmark = pytest.mark.django_db


@pytest.fixture
def brouillon(distribution):
    return remplir(faire_brouillon(distribution), distribution.ddt)


def ecrire(candidature, par, champ, valeur, revision=0):
    return revisions.enregistrer_champ(
        candidature=candidature, champ=champ, valeur=valeur, revision=revision, par=par
    )


def relire(candidature):
    return Candidature.objects.get(pk=candidature.pk)


def test_le_trace_est_un_champ_revise(distribution, brouillon):
    assert ecrire(brouillon, distribution.ddt, "trace", CARRE) == 1
    lue = emprises.emprise(relire(brouillon))
    assert (lue.points, lue.departements, lue.deborde) == (4, ["80"], False)
    assert 315 < lue.surface_ha < 322
    with pytest.raises(ConflitDeVersion):
        ecrire(brouillon, distribution.collectivite, "trace", "", revision=0)
    with pytest.raises(ErreurMetier, match="se croise"):
        ecrire(brouillon, distribution.ddt, "trace", "0, 0\n1, 1\n0, 1\n1, 0", revision=1)
    assert ecrire(brouillon, distribution.ddt, "trace", "", revision=1) == 2
    assert emprises.emprise(relire(brouillon)).trace is None


def test_hors_du_departement_previent_sans_bloquer(distribution, brouillon):
    ecrire(brouillon, distribution.ddt, "trace", CARRE.replace("2.3", "5.3"))
    phrase = "Le tracé sort des départements du périmètre."
    assert avertissements(relire(brouillon)) == [phrase]
    deposee = depot.deposer(candidature=relire(brouillon), par=distribution.ddt)
    assert deposee.versions.get().contenu["emprise"]["deborde"] is True


def test_les_parcelles_se_normalisent(distribution, brouillon):
    commune = brouillon.perimetre.communes.order_by("code").first()
    texte = "\n".join(
        [
            f"{commune.code} – 000 – AB – 123",
            f"{commune.code}000AB0123",
            f"{commune.nom} - B - 7",
            f"{commune.code} 042 zz 0001",
            "",
        ]
    )
    assert lire_parcelles(texte, brouillon.perimetre) == [
        f"{commune.code}000AB0123",
        f"{commune.code}0000B0007",
        f"{commune.code}042ZZ0001",
    ]
    ecrire(brouillon, distribution.ddt, "parcelles", texte)
    assert len(emprises.emprise(relire(brouillon)).parcelles) == 3


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ("35238 – AB – 1", "n’est pas une commune du périmètre"),
        ("n’importe quoi", "écrivez"),
        ("{code} AB 0", "porte un numéro"),
        ("{code} ABC 12", "n’est pas une commune du périmètre|écrivez"),
        ("{code} AB 12345", "écrivez"),
    ],
)
def test_une_parcelle_refusee_l_est_avec_sa_ligne(brouillon, ligne, phrase):
    code = brouillon.perimetre.couverture[0]
    with pytest.raises(ErreurMetier, match=f"Ligne 2.*({phrase})"):
        lire_parcelles(f"{code} AB 1\n" + ligne.format(code=code), brouillon.perimetre)


def test_sans_perimetre_pas_de_parcelle(distribution):
    with pytest.raises(ErreurMetier, match="d’abord le périmètre"):
        lire_parcelles("80001 AB 1", faire_brouillon(distribution).perimetre)


def test_sans_script_le_formulaire_enregistre_tout(distribution, brouillon, connecte):
    code = brouillon.perimetre.couverture[0]
    adresse = reverse("candidatures:etape", args=[brouillon.reference, "identite"])
    client = connecte("ddt")
    page = client.get(adresse)
    donnees = {
        "titre": brouillon.titre,
        "perimetre": [f"C{code}"],
        "trace": CARRE.replace("\n", "\r\n"),
        "parcelles": f"{code} AB 1",
        "revision": page.context["form"].initial["revision"],
    }
    assert client.post(adresse, donnees).status_code == 302
    lue = emprises.emprise(relire(brouillon))
    assert (lue.points, lue.parcelles) == (4, [f"{code}000AB0001"])
    connues = revisions.revisions_de(brouillon)
    assert (connues["trace"], connues["parcelles"]) == (1, 1)
    page = client.get(adresse)
    assert page.context["form"].initial["parcelles"] == f"{code} – 000 – AB – 0001"
    donnees |= {"trace": "ici", "revision": page.context["form"].initial["revision"]}
    refus = client.post(adresse, donnees)
    assert "Ligne 1\u00a0: écrivez" in refus.content.decode()


def test_un_fichier_remplace_le_trace(distribution, brouillon, connecte):
    ecrire(brouillon, distribution.ddt, "trace", CARRE.replace("2.3", "2.4"))
    adresse = reverse("candidatures:trace_importer", args=[brouillon.reference])
    contenu = json.dumps({"type": "Polygon", "coordinates": [ANNEAU]}).encode()
    client = connecte("collectivite")
    assert client.get(adresse).context["form"].initial == {"revision": 1}
    envoi = {"fichier": SimpleUploadedFile("p.geojson", contenu), "revision": 1}
    assert client.post(adresse, envoi).status_code == 302
    lue = emprises.emprise(relire(brouillon))
    assert [sorted(map(tuple, a[:-1])) for p in lue.trace["coordinates"] for a in p] == [
        sorted(map(tuple, ANNEAU[:-1]))
    ]
    assert revisions.revisions_de(brouillon, "trace") == {"trace": 2}
    envoi = {"fichier": SimpleUploadedFile("p.kml", b"<svg/>"), "revision": 2}
    assert "ni un KML ni un GPX" in client.post(adresse, envoi).content.decode()


def test_fige_au_depot_montre_et_exporte(distribution, brouillon, connecte):
    code = brouillon.perimetre.couverture[0]
    ecrire(brouillon, distribution.ddt, "trace", CARRE)
    ecrire(brouillon, distribution.ddt, "parcelles", f"{code} AB 1")
    deposee = depot.deposer(candidature=relire(brouillon), par=distribution.ddt)
    fige = deposee.versions.get().contenu
    assert fige["emprise"]["departements"] == [{"code": "80", "nom": "Somme"}]
    assert fige["fiche_territoire"]["surface_ha"] == fige["emprise"]["surface_ha"]
    # What comes after the deposit does not change what was deposited.
    emprises.ecrire_trace(deposee, CARRE.replace("2.32", "2.34"))
    page = connecte("dgaln").get(reverse("candidatures:territoire", args=[deposee.reference]))
    surface = fige["emprise"]["surface_ha"]
    assert page.context["emprise"]["surface_ha"] == surface
    assert "section AB, n° 0001" in page.content.decode()
    accuse = contexte_accuse(relire(deposee))
    assert (accuse.emprise.surface_ha, len(accuse.emprise.parcelles)) == (surface, 1)
    assert accuse.emprise.trace.startswith("M")
    lu = connecte("dgaln").get(reverse("candidatures:trace", args=[deposee.reference]))
    assert lu["Content-Type"] == "application/geo+json"
    assert lu.json() == emprises.en_geojson(deposee, fige["emprise"])
    liste = connecte("ddt").get(reverse("candidatures:parcelles", args=[deposee.reference]))
    assert liste.content.decode("utf-8-sig").splitlines()[1].split(";")[0] == f"{code}000AB0001"
    assert (
        connecte("ddt_autre")
        .get(reverse("candidatures:trace", args=[deposee.reference]))
        .status_code
        == 404
    )


def test_sans_emprise_rien_a_telecharger(distribution, brouillon, connecte):
    for nom in ("trace", "parcelles"):
        adresse = reverse(f"candidatures:{nom}", args=[brouillon.reference])
        assert connecte("ddt").get(adresse).status_code == 404


def test_le_cout_des_deux_pages_ne_depend_pas_du_trace(
    distribution, brouillon, connecte, django_assert_num_queries
):
    client = connecte("ddt")
    adresses = [
        reverse("candidatures:etape", args=[brouillon.reference, "identite"]),
        reverse("candidatures:territoire", args=[brouillon.reference]),
    ]
    code = brouillon.perimetre.couverture[0]
    for nombre in (1, 3):
        texte = "\n".join(f"{code} AB {n + 1}" for n in range(nombre))
        redaction.enregistrer_identite(
            titre=brouillon.titre,
            perimetre=None,
            trace="\n\n".join(CARRE.replace("2.3", f"1.{n + 7}") for n in range(nombre)),
            parcelles=texte,
            **communs(brouillon, distribution.ddt, "identite"),
        )
        for adresse, requetes in zip(adresses, (10, 12), strict=True):
            client.get(adresse)
            with django_assert_num_queries(requetes):
                client.get(adresse)
