"""Parcels against the cadastre that is held: loaded, verified, measured, chosen, frozen."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from candidatures.dossiers.documents import contexte_accuse
from candidatures.dossiers.domaine import depot, emprises, revisions
from candidatures.dossiers.domaine.parcelles import lire_parcelles
from candidatures.dossiers.models import Candidature
from socle.erreurs import ErreurMetier
from socle.territoires.domaine import creer_perimetre, importer
from socle.territoires.domaine.cadastre import (
    cadastres_du_perimetre,
    importer_cadastre,
    parcelles_de,
    sections,
)
from socle.territoires.models import CadastreCommune, Commune, ParcelleCadastrale
from socle.territoires.polyligne import PAS_FIN, decoder
from tests.factories.candidatures import faire_brouillon, remplir
from tests.fixtures.geographie import fichier_cadastre, parcelle

pytestmark = pytest.mark.django_db

ABBEVILLE = "80001"
CODES = [f"{ABBEVILLE}000AB0001", f"{ABBEVILLE}000AB0002", f"{ABBEVILLE}0000C0007"]


@pytest.fixture
def cadastre(distribution, tmp_path):
    objets = [parcelle(code, 100 * (rang + 1), rang) for rang, code in enumerate(CODES)]
    objets[2]["properties"]["contenance"] = None
    objets += [{"type": "Feature", "geometry": None}, parcelle("80001000AB9999") | {"geometry": {}}]
    return importer_cadastre(fichier_cadastre(tmp_path / "cadastre.json.gz", objets))


@pytest.fixture
def brouillon(distribution):
    return remplir(faire_brouillon(distribution), distribution.ddt)


def ecrire(candidature, par, valeur, revision=0):
    return revisions.enregistrer_champ(
        candidature=candidature, champ="parcelles", valeur=valeur, revision=revision, par=par
    )


def relire(candidature):
    return Candidature.objects.get(pk=candidature.pk)


def adresse(nom, candidature):
    return reverse(f"candidatures:{nom}", args=[candidature.reference])


def test_charger_remplace_les_parcelles_de_la_commune(cadastre, tmp_path):
    assert cadastre == {"parcelles": 3, "communes": 1, "lignes laissées de côté": 2}
    tenu = CadastreCommune.objects.get()
    assert (tenu.pk, tenu.etat_le, tenu.parcelles) == (ABBEVILLE, date(2026, 3, 2), 3)
    assert sections(ABBEVILLE) == [("0000C", 1), ("000AB", 2)]
    assert [p.contenance for p in parcelles_de(ABBEVILLE, "000AB")] == [100, 200]
    forme = decoder(ParcelleCadastrale.objects.get(pk=CODES[0]).geometrie, PAS_FIN)
    assert forme.bounds == pytest.approx((2.33, 50.10, 2.3301, 50.1001))
    autre = fichier_cadastre(tmp_path / "autre.json", [parcelle(CODES[1], 250)])
    call_command("importer_cadastre", autre, "--etat", "2026-06-01")
    assert list(ParcelleCadastrale.objects.values_list("pk", "contenance")) == [(CODES[1], 250)]
    assert CadastreCommune.objects.get().etat_le == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("objets", "phrase"),
    [
        ([], "aucune parcelle"),
        ([parcelle("99999000AB0001")], "inconnue du découpage : 99999"),
        ([parcelle(CODES[0], updated=None)], "ne dit pas sa date"),
        ([parcelle("court")], "aucune parcelle"),
    ],
)
def test_un_fichier_refuse_l_est_avec_une_phrase(distribution, tmp_path, objets, phrase):
    with pytest.raises(CommandError, match=phrase):
        call_command("importer_cadastre", fichier_cadastre(tmp_path / "f.json", objets))
    assert CadastreCommune.objects.count() == 0
    faux = tmp_path / "faux.json"
    faux.write_text("[1]")
    with pytest.raises(CommandError, match="GeoJSON"):
        call_command("importer_cadastre", faux)


def test_une_parcelle_d_arrondissement_est_de_sa_commune(distribution, tmp_path):
    """Two arrondissements of Lyon are held, each at its date; the third is not judged."""
    importer(["69"])
    for code, etat in (("69381", "2026-03-02"), ("69382", "2026-05-04")):
        fichier = fichier_cadastre(tmp_path / f"{code}.json", [parcelle(f"{code}000AB0001")])
        call_command("importer_cadastre", fichier, "--etat", etat)
    tenus = CadastreCommune.objects.values_list("pk", "commune", "etat_le__month")
    assert list(tenus) == [("69381", "69123", 3), ("69382", "69123", 5)]
    lyon = creer_perimetre(nom="Lyon", communes=[Commune.objects.get(pk="69123")])
    assert sorted(cadastres_du_perimetre(lyon)) == ["69381", "69382"]
    ecrites = "69381 – 000 – AB – 1\nLyon 2e Arrondissement – AB – 1\n69383000AB0007"
    lues = ["69381000AB0001", "69382000AB0001", "69383000AB0007"]
    assert lire_parcelles(ecrites, lyon) == lues
    for ligne, phrase in (
        ("69382000AB0009", "n’est pas au cadastre de Lyon 2e Arrondissement .* 4 mai 2026"),
        ("Lyon – AB – 1", "l’arrondissement .69381 à 69389"),
        ("75101000AB0001", "n’est pas une commune du périmètre"),
    ):
        with pytest.raises(ErreurMetier, match=phrase):
            lire_parcelles(ligne, lyon)


def test_une_parcelle_inconnue_est_refusee_la_ou_le_cadastre_est_tenu(
    distribution, brouillon, cadastre
):
    with pytest.raises(ErreurMetier, match="AB – 0009 » n’est pas au cadastre d.* 2 mars 2026"):
        ecrire(brouillon, distribution.ddt, f"{CODES[0]}\n{ABBEVILLE}000AB0009")
    ailleurs = "80002000ZZ0042"  # the cadastre of Ablaincourt is not held: as before
    assert ecrire(brouillon, distribution.ddt, f"{CODES[0]}\n{CODES[2]}\n{ailleurs}") == 1
    lignes = emprises.contenu(relire(brouillon))
    assert [p["contenance"] for p in lignes["parcelles"]] == [100, None, None]
    assert lignes["surface_parcelles"] == "Surface connue de 1 sur 3 parcelles\u00a0: 100\u00a0m²."


def test_la_page_et_le_depot_disent_les_surfaces(distribution, brouillon, cadastre, connecte):
    ecrire(brouillon, distribution.ddt, "\n".join(CODES[:2]))
    page = connecte("ddt").get(
        reverse("candidatures:etape", args=[brouillon.reference, "identite"])
    )
    assert page.context["parcelles"]["total"] == "Surface cadastrale totale\u00a0: 300\u00a0m²."
    assert len(page.context["carte"]["parcelles"]) == 2
    deposee = depot.deposer(candidature=relire(brouillon), par=distribution.ddt)
    ParcelleCadastrale.objects.all().delete()  # what is frozen stays
    territoire = connecte("dgaln").get(adresse("territoire", deposee)).content.decode()
    assert "n° 0001, 100 m²" in territoire and "300\u00a0m²" in territoire
    assert contexte_accuse(relire(deposee)).emprise.surface_parcelles.endswith("300\u00a0m².")
    liste = connecte("dgaln").get(adresse("parcelles", deposee)).content.decode("utf-8-sig")
    assert liste.splitlines()[1].endswith(";0001;100")


def test_choisir_par_section_et_numero(distribution, brouillon, cadastre, connecte):
    ailleurs = "80002000ZZ0042"
    ecrire(brouillon, distribution.ddt, f"{CODES[1]}\n{CODES[2]}\n{ailleurs}")
    client, url = connecte("collectivite"), adresse("parcelles_choisir", brouillon)
    page = client.get(url)
    assert [c for c, _ in page.context["ou"].fields["commune"].choices] == [ABBEVILLE]
    assert [texte for _, texte in page.context["ou"].fields["section"].choices] == [
        "Section C (1\u00a0parcelle)",
        "Section AB (2\u00a0parcelles)",
    ]
    ici = f"{url}?commune={ABBEVILLE}&section=000AB"
    form = client.get(ici).context["form"]
    textes = [texte for _, texte in form.fields["parcelles"].choices]
    assert textes == ["n° 1, 100\u00a0m²", "n° 2, 200\u00a0m²"]
    assert form.fields["parcelles"].initial == [CODES[1]]
    envoi = {"parcelles": [CODES[0]], "revision": form.initial["revision"]}
    assert client.post(ici, envoi).status_code == 302
    assert emprises.emprise(relire(brouillon)).parcelles == [CODES[2], ailleurs, CODES[0]]
    assert client.post(ici, envoi | {"parcelles": CODES[:2]}).status_code == 409
    assert client.post(url, envoi | {"revision": 2}).status_code == 200  # no section: refused
    assert client.get(f"{url}?commune=80002&section=xx").context["choix"].parcelles == []


def test_sans_cadastre_la_page_le_dit(distribution, brouillon, connecte):
    page = connecte("ddt").get(adresse("parcelles_choisir", brouillon))
    assert "n’est pas tenu ici" in page.content.decode()
    assert "crispy" not in page.content.decode()
    identite = reverse("candidatures:etape", args=[brouillon.reference, "identite"])
    assert "Choisir des parcelles" not in connecte("ddt").get(identite).content.decode()


def test_le_cout_des_pages_avec_tout(
    distribution, brouillon, cadastre, connecte, django_assert_num_queries
):
    client = connecte("ddt")
    ecrire(brouillon, distribution.ddt, CODES[0])
    adresses = [
        (reverse("candidatures:etape", args=[brouillon.reference, "identite"]), 12),
        (adresse("territoire", brouillon), 11),
        (f"{adresse('parcelles_choisir', brouillon)}?commune={ABBEVILLE}&section=000AB", 10),
    ]
    for revision, codes in ((1, CODES[:1]), (1, CODES)):
        ecrire(relire(brouillon), distribution.ddt, "\n".join(codes), revision)
        for url, requetes in adresses:
            client.get(url)
            with django_assert_num_queries(requetes):
                client.get(url)
