"""Import: the dry run writes nothing and says why; the act writes the good lines once."""

import io

import pytest
from django.urls import reverse

from candidatures.dossiers.domaine import importation, tableur
from candidatures.dossiers.models import Candidature
from socle.comptes.models import Organisme
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.territoires.models import Commune, Epci
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import faire_appel
from tests.factories.importation import csv, faire_import, ligne

pytestmark = pytest.mark.django_db


def test_le_rapport_dit_ligne_et_colonne_et_n_ecrit_rien(distribution, connecte):
    lignes = [
        ligne(distribution),
        ligne(
            distribution,
            "Une autre",
            **{
                importation.PILOTE: "Inconnu",
                importation.DEPOT: "hier",
                importation.TERRITOIRE: "99999",
                importation.STADE: "Fini",
            },
        ),
        ligne(distribution, "revitaliser LE bourg"),
        ligne(distribution, "", **{importation.CHEF: distribution.ddt.organisme.nom}),
    ]
    lot = faire_import(distribution, lignes)
    rapport = importation.analyser(lot.appel, lot.table)
    assert [bonne.numero for bonne in rapport.bonnes] == [2]
    assert [(d.numero, d.doublon) for d in rapport.doublons] == [(4, "ligne 2")]
    ecarts = {r.numero: [e.colonne for e in r.ecarts] for r in rapport.refusees}
    assert ecarts == {
        3: [
            importation.PILOTE,
            importation.TERRITOIRE,
            importation.DEPOT,
            importation.STADE,
        ],
        5: [importation.TITRE, importation.CHEF],
    }
    page = connecte("dgaln").get(reverse("candidatures:import_rapport", args=[lot.pk]))
    lue = page.content.decode().replace("\xa0", " ")
    assert "« Inconnu » n’est pas un organisme connu." in lue
    admises = "Réflexion, Conception, Avant-projet ou au-delà"
    assert f"« Fini » n’est pas dans la liste : {admises}." in lue
    friches = importation._proposer("friche", importation.admises()[importation.THEMES])
    assert friches.startswith("peut-être «\u00a0Reconversion des friches\u00a0»")
    modele = connecte("dgaln").get(reverse("candidatures:import")).content.decode()
    assert f"<li>Stade du projet : {admises}</li>" in modele.replace("\xa0", " ")
    assert list(Candidature.objects.all()) == []


def test_importer_ecrit_les_bonnes_lignes_une_seule_fois(distribution):
    lot = faire_import(distribution)
    with pytest.raises(ActionInterdite):
        importation.importer(lot=lot, par=distribution.ddt)
    assert importation.importer(lot=lot, par=distribution.dgaln) == 1
    candidature = Candidature.objects.get()
    assert (candidature.etat, candidature.titre) == ("deposee", "Revitaliser le bourg")
    assert candidature.deposee_le.date().isoformat() in ("2026-01-14", "2026-01-15")
    assert candidature.service_pilote == distribution.ddt.organisme
    assert candidature.portages.get().organisme == distribution.collectivite.organisme
    assert candidature.sections.get(cle="objet").texte == "Que faire de la halle ?"
    assert (candidature.sections.count(), candidature.rubriques.count()) == (7, 6)
    assert candidature.versions.get().motif == "Import du fichier recues.csv"
    with pytest.raises(ErreurMetier):
        importation.importer(lot=lot, par=distribution.dgaln)
    encore = faire_import(distribution, appel=candidature.appel)
    rapport = importation.analyser(encore.appel, encore.table)
    assert [d.doublon for d in rapport.doublons] == [candidature.reference]
    with pytest.raises(ErreurMetier):
        importation.importer(lot=encore, par=distribution.dgaln)


def test_les_questions_de_l_appel_sont_des_colonnes(distribution, connecte):
    """In the model, checked as the form does, kept as answers; the report leads to the dossier."""
    appel = faire_appel(distribution)
    version = reviser(distribution, appel)
    poser(distribution, version, "Une friche ?", "oui_non", obligatoire=True)
    poser(distribution, version, "Année", "nombre", minimum=1950)
    poser(distribution, version, "Échéance", "date")
    poser(distribution, version, "État", "choix_multiples", options=["À l’étude", "Engagé"])
    publier(distribution, version)
    client = connecte("dgaln")
    modele = client.get(reverse("candidatures:import_modele", args=["csv"]), {"appel": appel.slug})
    propres = ["Une friche ?", "Année", "Échéance", "État"]
    table = tableur.lire(modele.content)
    assert [rangee[len(importation.COLONNES) :] for rangee in table] == [
        propres,
        ["oui", "1950", "15/01/2026", "À l’étude"],
    ]
    bonne = dict(zip(propres, ("Oui", "1962", "2026-03-31", "engage ; à l’étude"), strict=True))
    fausse = dict(zip(propres, ("", "1900", "31/02/2026", "fini"), strict=True))
    lignes = [ligne(distribution, **bonne), ligne(distribution, "Fausse", **fausse)]
    lot = faire_import(distribution, lignes, appel=appel)
    (refusee,) = importation.analyser(appel, lot.table).refusees
    assert [(e.colonne, e.phrase.replace("\u00a0", " ")) for e in refusee.ecarts] == [
        ("Année", "Ce nombre doit être d’au moins 1950."),
        ("Échéance", "« 31/02/2026 » n’est pas une date : écrivez 15/01/2026 ou 2026-01-15."),
        ("État", "« fini » n’est pas un choix : « À l’étude », « Engagé »."),
        ("Une friche ?", "Cette réponse est obligatoire."),
    ]
    importation.importer(lot=lot, par=distribution.dgaln)
    candidature = Candidature.objects.get()
    assert dict(candidature.reponses.values_list("cle", "valeur")) == {
        "une_friche": "oui",
        "annee": "1962",
        "echeance": "2026-03-31",
        "etat": ["Engagé", "À l’étude"],
    }
    page = client.get(reverse("candidatures:import_rapport", args=[lot.pk])).content.decode()
    assert candidature.get_absolute_url() in page


def _xlsx(lignes):
    from openpyxl import Workbook

    classeur = Workbook()
    for rangee in lignes:
        classeur.active.append(rangee)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _ods(lignes):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    feuille = Table(name="Feuille")
    for cellules in lignes:
        rangee = TableRow()
        for texte in cellules:
            cellule = TableCell(valuetype="string")
            cellule.addElement(P(text=texte))
            rangee.addElement(cellule)
        feuille.addElement(rangee)
    document.spreadsheet.addElement(feuille)
    sortie = io.BytesIO()
    document.write(sortie)
    return sortie.getvalue()


def test_les_trois_formats_se_lisent_de_meme():
    table = [["Titre", "Territoire"], ["L’été à Été", "80001"], ["", ""], ["Fin", "80002"]]
    textes = "\n".join(";".join(rangee) for rangee in table)
    for octets in (
        textes.encode(),
        textes.replace(";", "\t").encode("cp1252"),
        _xlsx(table),
        _ods(table),
    ):
        assert tableur.lire(octets) == [table[0], table[1], [], table[3]]


@pytest.mark.parametrize(
    "octets",
    [b"PK\x03\x04rien", b"\x00\x01\x02", b"x" * (tableur.TAILLE_MAX + 1), b"a;b\n" * 1500],
)
def test_un_fichier_illisible_ou_trop_grand_est_refuse(octets):
    with pytest.raises(ErreurMetier):
        tableur.lire(octets)


def test_de_la_page_au_bouton(distribution, connecte):
    appel = faire_appel(distribution)
    client = connecte("dgaln")
    fichier = io.BytesIO(csv([ligne(distribution), ligne(distribution, "Seconde")]))
    fichier.name = "recues.csv"
    donnees = {"appel": appel.pk, "fichier": fichier}
    reponse = client.post(reverse("candidatures:import"), donnees)
    page = client.get(reponse.url)
    assert "Importer les 2 candidatures" in page.content.decode().replace("\xa0", " ")
    lot = page.context["lot"]
    client.post(reverse("candidatures:import_executer", args=[lot.pk]))
    assert Candidature.objects.count() == 2
    sans_colonne = io.BytesIO(b"Titre;Territoire\nA;80001\n")
    sans_colonne.name = "faux.csv"
    refus = client.post(
        reverse("candidatures:import"), {"appel": appel.pk, "fichier": sans_colonne}
    )
    assert "Colonnes absentes" in refus.content.decode()


@pytest.mark.parametrize("format_fichier", ["csv", "xlsx"])
def test_le_modele_se_relit_et_son_exemple_s_importe(distribution, connecte, format_fichier):
    url = reverse("candidatures:import_modele", args=[format_fichier])
    table = tableur.lire(connecte("dgaln").get(url).content)
    assert tuple(table[0]) == importation.COLONNES
    collectivite = distribution.collectivite.organisme
    collectivite.nature, collectivite.commune = "commune", Commune.objects.get(pk="80253")
    collectivite.save()
    table = tableur.lire(connecte("dgaln").get(url).content)
    (lue,) = importation.analyser(faire_appel(distribution), table).lignes
    assert (lue.ecarts, lue.valeurs["chef"]) == ([], collectivite)
    assert connecte("dgaln").get(url.replace(format_fichier, "exe")).status_code == 404


def test_un_code_qui_a_perdu_son_zero_et_le_modele_ods(distribution, connecte):
    lot = faire_import(
        distribution, [ligne(distribution, "L’Ain", **{importation.TERRITOIRE: "2604"})]
    )
    (refusee,) = importation.analyser(lot.appel, lot.table).refusees
    assert "écrivez 02604" in refusee.ecarts[-1].phrase
    modele = connecte("dgaln").get(reverse("candidatures:import_modele", args=["ods"]))
    assert tableur.lire(modele.content)[0] == list(importation.COLONNES)


def test_toute_commune_ou_intercommunalite_peut_porter(distribution, connecte):
    connus = set(Organisme.objects.values_list("pk", flat=True))
    pris = Organisme.objects.filter(commune__isnull=False).values("commune")
    commune = Commune.objects.filter(departement_id="80").exclude(pk__in=pris).last()
    pris = Organisme.objects.filter(epci__isnull=False).values("epci")
    epci = Epci.objects.filter(actif=True).exclude(pk__in=pris).first()
    lignes = [
        ligne(distribution, "Par le code", **{importation.CHEF: commune.pk}),
        ligne(distribution, "Par le nom", **{importation.CHEF: f"{commune.nom} (Somme)"}),
        ligne(distribution, "Par le SIREN", **{importation.CHEF: epci.code}),
        ligne(distribution, "Inconnue", **{importation.CHEF: "Syndicat des eaux perdues"}),
    ]
    lot = faire_import(distribution, lignes)
    page = connecte("dgaln").get(reverse("candidatures:import_rapport", args=[lot.pk]))
    rapport = page.context["rapport"]
    assert rapport.nouveaux == sorted([str(commune), str(epci)])
    (refusee,) = rapport.refusees
    assert "son code Insee ou son SIREN" in refusee.ecarts[0].phrase
    assert set(Organisme.objects.values_list("pk", flat=True)) == connus
    assert importation.importer(lot=lot, par=distribution.dgaln) == 3
    nouveaux = Organisme.objects.exclude(pk__in=connus).order_by("nature")
    assert [(o.nature, o.commune, o.epci) for o in nouveaux] == [
        ("commune", commune, None),
        ("epci", None, epci),
    ]
