"""Lists of programmes: a report that writes nothing, then the writing, once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from candidatures.dispositifs.domaine.programmes import (
    importer_laureats,
    laureats_touchant,
    lire,
)
from candidatures.dispositifs.models import LaureatProgramme, ProgrammeEtat
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.territoires.domaine import importer
from socle.territoires.domaine.importation import FICHIER_DEMONSTRATION

ENTETE = "programme;code_insee_ou_siren;annee\n"
JUSTE = ENTETE + "pvd;80253;2021\nacv;200070951;\npvd;80253;2021\n"


def test_le_rapport_n_ecrit_rien(distribution):
    rapport = lire(JUSTE + "zzz;80253;2021\npvd;99999;2021\npvd;80001;vers 2020\n")
    assert [(x.programme.pk, str(x.territoire), x.nouvelle) for x in rapport.lignes] == [
        ("pvd", "Doullens (80)", True),
        ("acv", "CC du Territoire Nord Picardie", True),
        ("pvd", "Doullens (80)", False),
    ]
    assert rapport.refus == [
        "Ligne 5 : le programme « zzz » n’est pas connu.",
        "Ligne 6 : « 99999 » n’est ni une commune ni un EPCI connus.",
        "Ligne 7 : l’année « vers 2020 » n’est pas plausible.",
    ]
    assert LaureatProgramme.objects.count() == 0


def test_importer_deux_fois_n_ajoute_rien(distribution):
    for _ in range(2):
        importer_laureats(texte=JUSTE, source="Essai", par=distribution.dgaln)
    assert LaureatProgramme.objects.count() == 2


def test_une_ligne_refusee_est_laissee_de_cote(distribution):
    with pytest.raises(ErreurMetier):
        importer_laureats(texte=ENTETE + "x;1;\n", source="Essai", par=distribution.dgaln)
    with pytest.raises(ActionInterdite):
        importer_laureats(texte=JUSTE, source="Essai", par=distribution.dreal)
    with pytest.raises(ErreurMetier, match="première ligne"):
        lire("commune;annee\n80253;2021\n")
    assert LaureatProgramme.objects.count() == 0
    importer_laureats(texte=JUSTE + "x;1;\n", source="Essai", par=distribution.dgaln)
    assert LaureatProgramme.objects.count() == 2


def test_l_epci_laureat_touche_ses_communes(distribution):
    importer_laureats(texte=JUSTE, source="Essai", par=distribution.dgaln)
    for codes, epcis, attendus in (
        (["80253"], [], ["acv", "pvd"]),
        (["80044"], [], ["acv"]),
        ([], ["200070951"], ["acv"]),
        (["80001"], [], []),
    ):
        lus, listes = laureats_touchant(codes, epcis)
        assert ([x.programme_id for x in lus], listes) == (attendus, ["acv", "pvd"])


def test_le_code_d_une_commune_fusionnee_est_lu_comme_celle_qui_la_remplace(distribution):
    importer(fichier=FICHIER_DEMONSTRATION)
    (ligne,) = lire(ENTETE + "pvd;80044;2021\n").lignes
    assert ligne.territoire.pk == "80253"


def test_un_laureat_est_une_commune_ou_un_epci(distribution):
    programme = ProgrammeEtat.objects.get(pk="pvd")
    with pytest.raises(IntegrityError, match="laureat_un_territoire"), transaction.atomic():
        LaureatProgramme.objects.create(programme=programme, source="Essai")


def test_la_page_montre_le_rapport_puis_ecrit(distribution, client):
    client.force_login(distribution.dgaln)
    fichier = SimpleUploadedFile("liste.csv", JUSTE.encode())
    page = client.post("/programmes/importer/", {"source": "Essai", "fichier": fichier})
    assert "Ajouter 2\u00a0territoires" in page.content.decode()
    assert LaureatProgramme.objects.count() == 0
    suite = {"source": "Essai", "contenu": page.context["texte"], "confirmer": "oui"}
    assert client.post("/programmes/importer/", suite).status_code == 302
    assert LaureatProgramme.objects.count() == 2
