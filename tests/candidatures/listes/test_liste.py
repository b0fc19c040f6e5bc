"""The lists: what they find, what they count, what they never show."""

import html
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from candidatures.dossiers.domaine import recherche
from candidatures.dossiers.domaine.redaction import enregistrer_section
from candidatures.dossiers.models import Candidature
from candidatures.instruction.models import DemandeComplement, Etiquette, PoseEtiquette
from candidatures.listes import exports
from candidatures.listes.domaine import lecture
from candidatures.listes.domaine.vues import enregistrer_vue
from candidatures.listes.models import VueEnregistree
from socle.comptes.models import Utilisateur
from socle.exports.declaration import Demande
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee
from tests.factories.instruction import (
    demander_un_avis,
    faire_en_evaluation,
    faire_evaluateur,
    noter,
    preparer,
)

TOUTES_LES_COLONNES = (
    "titre,rang,territoire,departement,region,population,surface,densite,dispositif,appel,porteurs,pilote,themes,stade,etat,"
    "avis,evaluations,notes,moyenne,dispersion,decision,etiquettes,depot,jours,modifiee"
)


def titres(reponse):
    return [ligne.titre for ligne in reponse.context["lignes"]]


def texte(reponse):
    return re.sub(r"\s+", " ", reponse.content.decode())


@pytest.mark.parametrize("nombre", [1, 3])
def test_les_listes_coutent_autant_avec_une_ou_trois_lignes(
    distribution, connecte, nombre, django_assert_num_queries
):
    appel = faire_appel(distribution)
    for rang in range(nombre):
        candidature = faire_en_evaluation(distribution, appel=appel, titre=f"Dossier {rang}")
        noter(candidature, distribution.evaluateur, (rang, 3, 4))
        demander_un_avis(distribution, candidature)
        preparer(distribution, candidature)
        etiquette = Etiquette.objects.create(nom=f"Littoral {rang}")
        PoseEtiquette.objects.create(
            candidature=candidature, etiquette=etiquette, posee_par=distribution.dgaln
        )
    dgaln = connecte("dgaln")
    with django_assert_num_queries(6):
        assert dgaln.get("/candidatures/").context["total"] == nombre
    with django_assert_num_queries(8):
        assert dgaln.get("/instruction/").context["total"] == nombre
    requete = f"appel={appel.slug}&texte=dossier&avis=attente&tri=-notes"
    requete += f"&dreal={distribution.dreal.organisme_id}"
    with django_assert_num_queries(11):
        page = dgaln.get(f"/instruction/?{requete}&colonnes={TOUTES_LES_COLONNES}")
    assert page.context["total"] == nombre
    ddt = connecte("ddt")
    with django_assert_num_queries(7):
        assert ddt.get("/candidatures/").context["total"] == nombre


def test_la_liste_ne_lit_ni_texte_ni_json(distribution, connecte, django_assert_num_queries):
    faire_deposee(distribution)
    client = connecte("dgaln")
    with django_assert_num_queries(6) as lues:
        client.get("/candidatures/?texte=bourg&colonnes=titre,etat")
    assert [
        r for r in lues.captured_queries if '"contenu"' in r["sql"] or "blocages" in r["sql"]
    ] == []


@pytest.mark.parametrize(
    ("cherche", "attendu"),
    [
        ("assechement", ["L’assèchement des étangs"]),
        ("ASSÈCHEMENTS", ["L’assèchement des étangs"]),
        ("etang", ["L’assèchement des étangs"]),
        ("Délibération_conseil.pdf", ["L’assèchement des étangs"]),
        ("somme", ["Cœurs de bourg", "L’assèchement des étangs"]),
        ("coeur", ["Cœurs de bourg"]),
        ("tourbieres", ["L’assèchement des étangs"]),
        ('"étangs de la vallée"', []),
        ("assèchement -étangs", []),
        ("somme -étangs", ["Cœurs de bourg"]),
        ("introuvable", []),
    ],
)
def test_la_recherche_comprend_le_francais(distribution, connecte, cherche, attendu):
    from candidatures.dossiers.domaine.pieces import joindre
    from tests.factories.candidatures import PDF

    appel = faire_appel(distribution)
    marais = faire_brouillon(distribution, appel=appel, titre="L’assèchement des étangs")
    joindre(candidature=marais, nom="Délibération_conseil.pdf", octets=PDF, par=distribution.ddt)
    enregistrer_section(
        candidature=marais,
        cle="objet",
        texte="Que faire des tourbières ?",
        par=distribution.ddt,
        revision=0,
    )
    from tests.factories.candidatures import remplir

    remplir(marais, distribution.ddt, sauf=("objet",))
    bourg = faire_deposee(distribution, appel=appel, titre="Cœurs de bourg")
    assert bourg.etat == "deposee"
    recherche.reindexer_perimees()
    ddt = connecte("ddt")
    assert titres(ddt.get("/candidatures/", {"texte": cherche, "tri": "titre"})) == attendu
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off")  # as where there are enough dossiers
        curseur.execute("SELECT candidatures_mots_rares(to_tsquery('french', 'etang'))")
        assert curseur.fetchone() == (True,)
    assert titres(ddt.get("/candidatures/", {"texte": cherche, "tri": "titre"})) == attendu


def test_au_dela_du_plafond_on_tourne_encore_les_pages(distribution, connecte, monkeypatch):
    for nom, valeur in (("PLAFOND", 2), ("PORTEE", 4), ("PAR_PAGE", 1)):
        monkeypatch.setattr(lecture, nom, valeur)
    for rang in range(6):
        faire_deposee(distribution, titre=f"Titre {rang}")
    dgaln, lues = connecte("dgaln"), []
    for numero in (1, 2, 3, 4, 5):
        page = dgaln.get(f"/candidatures/?tri=titre&page={numero}")
        contexte = page.context
        assert (contexte["total"], contexte["plus"]) == (2, True)
        assert "Ajoutez une condition pour en lire moins" in texte(page)
        lues.append((titres(page), contexte["page"].has_next()))
    assert lues == [
        (["Titre 0"], True),
        (["Titre 1"], True),
        (["Titre 2"], True),
        (["Titre 3"], False),
        (["Titre 3"], False),
    ]


def test_les_jours_se_trient_comme_ils_se_lisent(distribution, connecte):
    """A count stopped by a request for compléments no longer grows past the others."""
    maintenant = timezone.now()
    for titre, jours in (("Dix", 10), ("Vingt", 20), ("Cinq", 30)):
        c = faire_deposee(distribution, titre=titre)
        Candidature.objects.filter(pk=c.pk).update(deposee_le=maintenant - timedelta(days=jours))
    DemandeComplement.objects.create(
        candidature=c,
        motif="M",
        echeance=maintenant,
        demandee_le=maintenant - timedelta(days=25),
        demandee_par=distribution.dgaln,
    )
    for tri, attendus in (("-jours", ["20", "10", "5"]), ("jours", ["5", "10", "20"])):
        page = texte(connecte("dgaln").get(f"/instruction/?tri={tri}"))
        assert re.findall(r'data-libelle="Jours">(\d+)<', page) == attendus


def test_la_recherche_ne_sort_pas_des_droits(distribution, connecte):
    faire_brouillon(distribution, titre="Brouillon secret du marais")
    for qui in ("dgaln", "evaluateur", "ddt_autre", "collectivite_autre", "equipe"):
        assert connecte(qui).get("/candidatures/?texte=marais").context["total"] == 0, qui
    assert connecte("collectivite").get("/candidatures/?texte=marais").context["total"] == 1


def test_une_section_enregistree_se_retrouve_au_battement_suivant(distribution, connecte):
    candidature = faire_brouillon(distribution)
    enregistrer_section(
        candidature=candidature, cle="objet", texte="Un phare", par=distribution.ddt, revision=0
    )
    ddt = connecte("ddt")
    assert ddt.get("/candidatures/?texte=phare").context["total"] == 0
    assert recherche.reindexer_perimees() == 1
    assert recherche.reindexer_perimees() == 0
    assert ddt.get("/candidatures/?texte=phare").context["total"] == 1
    assert recherche.reindexer() == Candidature.objects.count()


def test_les_conditions_se_combinent_par_groupes(distribution, connecte):
    local, flash = faire_appel(distribution), faire_appel(distribution, "flash")
    faire_deposee(distribution, appel=local, titre="Alpha")
    faire_deposee(distribution, appel=flash, titre="Bravo")
    faire_en_evaluation(distribution, appel=local, titre="Charlie")
    dgaln = connecte("dgaln")
    for requete, attendus in (
        ("etat=deposee", ["Alpha", "Bravo"]),
        ("etat=deposee&etat=en_evaluation", ["Alpha", "Bravo", "Charlie"]),
        ("etat=deposee&dispositif=local", ["Alpha"]),
        ("etat=en_evaluation&dispositif=flash&mode=une", ["Bravo", "Charlie"]),
        ("etat=deposee&dispositif=local&etat.2=en_evaluation&entre=une", ["Alpha", "Charlie"]),
        ("etat=deposee&dispositif.2=flash&texte.2=charlie&mode.2=une", ["Bravo"]),
        ("region=32", ["Alpha", "Bravo", "Charlie"]),
        ("region=53", []),
        ("departement=80,2", ["Alpha", "Bravo", "Charlie"]),
        ("departement=2+somme", ["Alpha", "Bravo", "Charlie"]),
        ("departement=Ille-et-Vilaine;35", []),
        ("evaluations=incompletes", ["Charlie"]),
        ("population_min=abc", ["Alpha", "Bravo", "Charlie"]),
        ("population_min=99999999", []),
        ("etat=nimporte", []),
        ("theme=²&page=²&groupe=²", []),
    ):
        reponse = dgaln.get(f"/candidatures/?tri=titre&{requete}")
        assert (requete, titres(reponse)) == (requete, attendus)
    nouveau = texte(dgaln.get("/instruction/?etat=deposee&groupe=2"))
    assert "Groupe 1 : État : Déposée." in nouveau
    assert 'name="entre" value="une" checked' in nouveau


def test_l_instruction_montre_aussi_ce_qui_est_decide(distribution, connecte):
    """The default tab is what is to instruct; a state that ends it is never an empty answer."""
    local, flash = faire_appel(distribution), faire_appel(distribution, "flash")
    faire_deposee(distribution, appel=local, titre="Alpha")
    bravo = faire_deposee(distribution, appel=flash, titre="Bravo")
    Candidature.objects.filter(pk=bravo.pk).update(etat="non_retenue")
    faire_brouillon(distribution, appel=local, titre="Brouillon")
    dgaln = connecte("dgaln")
    for requete, attendus, ailleurs in (
        ("", ["Alpha"], 0),
        ("portee=tout", ["Alpha", "Bravo"], 0),
        ("etat=non_retenue", ["Bravo"], 0),
        ("dispositif=flash", [], 1),
        ("dispositif=flash&portee=tout", ["Bravo"], 0),
    ):
        page = dgaln.get(f"/instruction/?tri=departement&{requete}")
        assert (requete, sorted(titres(page))) == (requete, attendus)
        assert (requete, page.context["ailleurs"]) == (requete, ailleurs)
        demande = Demande(distribution.dgaln, f"liste=instruction&{page.context['requete']}")
        assert (requete, len(exports.objets(demande))) == (requete, len(attendus))


@pytest.mark.parametrize(
    ("requete", "phrase"),
    [
        ("note_min=abc", "« abc » n’est pas un nombre."),
        ("depuis=2026-13-45", "« 2026-13-45 » n’est pas une date : écrivez 15/01/2026."),
        (
            "departement=56+Bretagne",
            "« Bretagne » n’est pas un département : écrivez son code (56) ou son nom (Morbihan).",
        ),
    ],
)
def test_un_filtre_illisible_se_dit_et_ne_filtre_rien(distribution, connecte, requete, phrase):
    faire_deposee(distribution)
    page = connecte("dgaln").get(f"/candidatures/?{requete}")
    champs = page.context["panneau"]["premiers"] + page.context["panneau"]["autres"]
    refus = [c["refus"].replace("\u00a0", " ") for c in champs if c["refus"]]
    assert (refus, page.context["groupes"], page.context["total"]) == ([phrase], [], 1)
    (champ,) = (c for c in champs if c["refus"])
    tape = requete.partition("=")[2].replace("+", " ")
    assert (champ["valeur"], champ["type"]) == (tape, "text")
    assert texte(page).count("Condition non appliquée. ") == 1


def test_chaque_condition_se_retire(distribution, connecte):
    faire_deposee(distribution)
    reponse = connecte("dgaln").get("/candidatures/?etat=deposee&dispositif=local&etat.2=retenue")
    groupes = reponse.context["groupes"]
    assert [[(t["libelle"], t["url"]) for t in g["tags"]] for g in groupes] == [
        [
            ("État : Déposée", "?dispositif=local&etat.2=retenue"),
            ("Dispositif : Atelier local", "?etat=deposee&etat.2=retenue"),
        ],
        [("État : Retenue", "?etat=deposee&dispositif=local")],
    ]


def test_les_notes_se_trient_et_se_lisent(distribution, connecte):
    appel = faire_appel(distribution)
    basse = faire_en_evaluation(distribution, appel=appel, titre="Basse")
    noter(basse, distribution.evaluateur, (1, 2, 3))
    haute = faire_en_evaluation(distribution, appel=appel, titre="Haute")
    noter(haute, distribution.evaluateur, (5, 5, 5))
    faire_en_evaluation(distribution, appel=appel, titre="Sans note")
    dgaln = connecte("dgaln")
    assert titres(dgaln.get("/instruction/?tri=-notes")) == ["Haute", "Basse", "Sans note"]
    assert titres(dgaln.get("/instruction/?tri=notes")) == ["Basse", "Haute", "Sans note"]
    assert titres(dgaln.get("/instruction/?note_min=4")) == ["Haute"]
    # The second row leads to « 2 sur 3 », whose next is the third row; and back to the same list.
    liste = texte(dgaln.get("/instruction/?tri=-notes"))
    lue = dgaln.get(html.unescape(re.search(r'<a href="([^"]+)">Basse</a>', liste)[1]))
    sans = Candidature.objects.get(titre="Sans note").reference
    voisins = [lue.context[nom] for nom in ("precedente", "suivante", "rang", "total")]
    assert voisins == [haute.reference, sans, 2, 3]
    assert texte(lue).count('href="/instruction/?tri=-notes"') == 1
    page = texte(dgaln.get(f"/instruction/?appel={appel.slug}&tri=-notes"))
    assert re.findall(r'data-libelle="Rang">(\d?)<', page) == ["1", "2", ""]
    haute.refresh_from_db()
    assert haute.evaluations.get().moyenne == Decimal("5.00")


def test_la_note_de_la_liste_est_celle_de_la_synthese(distribution):
    from candidatures.instruction.domaine.synthese import synthese
    from candidatures.listes.domaine.lecture import _notes

    candidature = faire_en_evaluation(distribution)
    second = faire_evaluateur(distribution, 7)
    from candidatures.instruction.domaine.evaluation import confier_evaluation

    confier_evaluation(candidature=candidature, evaluateur=second, par=distribution.dgaln)
    noter(candidature, distribution.evaluateur, (1, 4, 3))
    noter(candidature, second, (5, 2, 2))
    lue = _notes([candidature.pk], distribution.dgaln)[candidature.pk]
    entiere = synthese(candidature)
    for nom in ("attendues", "deposees", "moyenne", "mediane", "minimum", "maximum"):
        assert getattr(lue, nom) == getattr(entiere, nom), nom


def test_la_liste_des_porteurs_ne_montre_rien_de_l_instruction(distribution, connecte):
    candidature = faire_en_evaluation(distribution)
    noter(candidature, distribution.evaluateur, (5, 4, 3))
    demander_un_avis(distribution, candidature)
    etiquette = Etiquette.objects.create(nom="Confidence-étiquette")
    PoseEtiquette.objects.create(
        candidature=candidature, etiquette=etiquette, posee_par=distribution.dgaln
    )
    url = f"/candidatures/?colonnes={TOUTES_LES_COLONNES}&etiquette={etiquette.pk}&tri=-notes"
    for qui in ("collectivite", "ddt", "evaluateur", "dreal"):
        page = texte(connecte(qui).get(url))
        for secret in ("Confidence-étiquette", "notes-barre", "Avis reçus", "Écart des notes"):
            assert secret not in page, (qui, secret)
    page = texte(connecte("dgaln").get(url))
    assert "Confidence-étiquette" in page


def test_une_vue_se_garde_se_partage_et_s_ouvre_par_defaut(distribution, connecte, client):
    dgaln = connecte("dgaln")
    dgaln.post(
        "/vues/instruction/",
        {"nom": "En attente", "requete": "etat=deposee", "partage": "dgaln", "par_defaut": "1"},
    )
    vue = VueEnregistree.objects.get()
    assert (vue.nom, vue.requete, vue.par_defaut) == ("En attente", "etat=deposee", True)
    reponse = dgaln.get("/instruction/")
    assert (reponse.status_code, reponse.url) == (302, "/instruction/?etat=deposee")
    assert [v["nom"] for v in dgaln.get(reponse.url).context["vues"]] == ["En attente"]
    VueEnregistree.objects.update(partage="service")
    collegue = Utilisateur.objects.create_user(
        "collegue@demo.example", role="dgaln", organisme=distribution.dgaln.organisme
    )
    client.force_login(collegue)
    (partagee,) = client.get("/instruction/").context["vues"]
    ouverte = client.get(partagee["url"]).context
    assert [t["libelle"] for g in ouverte["groupes"] for t in g["tags"]] == ["État : Déposée"]
    assert [v["ouverte"] for v in ouverte["vues"]] == [True]
    autre = enregistrer_vue(
        page="instruction",
        nom="Autre",
        requete="etat=retenue",
        partage="prive",
        par_defaut=True,
        par=distribution.dgaln,
    )
    vue.refresh_from_db()
    assert (vue.par_defaut, autre.par_defaut) == (False, True)


def test_une_vue_privee_reste_privee(distribution, connecte):
    enregistrer_vue(
        page="candidatures",
        nom="Vue secrète",
        requete="texte=secret",
        partage="prive",
        par_defaut=False,
        par=distribution.ddt,
    )
    enregistrer_vue(
        page="candidatures",
        nom="Vue du service",
        requete="etat=deposee",
        partage="service",
        par_defaut=False,
        par=distribution.ddt,
    )
    for qui in ("dgaln", "collectivite", "ddt_autre", "dreal"):
        assert connecte(qui).get("/candidatures/").context["vues"] == [], qui
    assert (
        connecte("ddt")
        .post("/vues/candidatures/", {"nom": "Pour la DGALN", "partage": "dgaln"})
        .status_code
        == 403
    )
