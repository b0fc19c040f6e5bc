"""Nothing of notes, avis and pending decisions leaks: a crawl looks for secret words."""

import pytest

from candidatures.instruction.domaine import avis, evaluation, recevabilite
from tests.candidatures.instruction.exploration import (
    ecrire_les_noms,
    fuites,
    jetons,
    parcourir,
)
from tests.factories.instruction import (
    dater,
    demander_un_avis,
    deporter,
    faire_en_evaluation,
    faire_evaluateur,
    faire_recevable,
    noter,
    preparer,
)

SECRET = "jeton-confidentiel-7391"
DEPARTS = ("/tableau-de-bord/", "/candidatures/", "/instruction/", "/evaluations/", "/avis/")


@pytest.fixture
def dossier(distribution):
    """Under evaluation, with a secret in all that candidates must not read."""
    second = faire_evaluateur(distribution, 1)
    candidature = faire_en_evaluation(
        distribution, evaluateurs=[distribution.evaluateur, second], accuse=True
    )
    noter(candidature, second, (1, 2, 3), remarque=SECRET, synthese=SECRET)
    demande = demander_un_avis(distribution, candidature, distribution.collectivite_autre.organisme)
    avis.rendre_avis(
        avis=demande, sens="defavorable", texte=SECRET, par=distribution.collectivite_autre
    )
    preparer(distribution, candidature, "non_retenue", motif=SECRET)
    return candidature


@pytest.mark.parametrize("nom", ["ddt", "collectivite", "dreal", "evaluateur", "ddt_autre"])
def test_le_secret_n_apparait_nulle_part(distribution, connecte, dossier, nom):
    base = f"/candidatures/{dossier.reference}/"
    departs = [*DEPARTS, base]
    departs += [
        f"{base}{suite}"
        for suite in ("historique/", "instruction/", "decision/", "lire/", "complements/")
    ]
    pages = parcourir(connecte(nom), departs)
    assert [adresse for adresse, texte in pages.items() if SECRET in texte] == []


def test_le_secret_est_bien_lisible_par_la_dgaln(distribution, connecte, dossier):
    """Otherwise the crawl above would prove nothing."""
    page = connecte("dgaln").get(f"/candidatures/{dossier.reference}/instruction/")
    assert page.content.decode().count(SECRET) >= 4


def test_un_evaluateur_lit_la_synthese_apres_son_depot(distribution, connecte, dossier):
    noter(dossier, distribution.evaluateur, (5, 5, 5))
    page = connecte("evaluateur").get(f"/candidatures/{dossier.reference}/lire/")
    assert "Synthèse des évaluations" in page.content.decode()


def test_les_courriels_ne_portent_ni_note_ni_avis(distribution, dossier):
    from socle.courriels.models import Courriel

    assert Courriel.objects.filter(corps__contains=SECRET).count() == 0


def test_le_journal_public_se_tait(distribution, dossier):
    from socle.journal.domaine import historique

    actions = {action.cle for _, action in historique(dossier)}
    assert not actions & {
        "avis.demande",
        "avis.rendu",
        "evaluation.confiee",
        "evaluation.deposee",
        "decision.preparee",
    }


def _departs(candidature):
    base = f"/candidatures/{candidature.reference}/"
    suites = ("", "historique/", "instruction/", "decision/", "lire/", "evaluer/", "deports/")
    return [
        *DEPARTS,
        "/deports/",
        f"/candidatures/comparer/?c={candidature.reference}",
        *(f"{base}{suite}" for suite in suites),
        *(f"{base}pieces/{p.pk}/?voir" for p in candidature.pieces.all()),
        f"{base}versions/1/",
    ]


@pytest.mark.parametrize("nom", ["evaluateur", "dgaln"])
def test_une_personne_deportee_ne_lit_rien_du_dossier(distribution, connecte, dossier, nom):
    ecrire_les_noms(dossier)
    partout = {d.nom for d in dossier.perimetre.departements.all()}  # the map names them all
    noms = [n for n in jetons(dossier) if n not in partout]
    assert fuites(parcourir(connecte(nom), _departs(dossier)), noms) != []
    deporter(distribution, dossier, getattr(distribution, nom))
    assert fuites(parcourir(connecte(nom), _departs(dossier)), noms) == []


def test_un_lecteur_a_l_aveugle_ne_lit_aucun_nom(distribution, connecte):
    from socle.courriels.models import Courriel

    candidature = faire_recevable(distribution, accuse=True)
    dater(distribution, candidature.appel, aveugle=True, evaluation=(-1, 9))
    ecrire_les_noms(candidature)
    avant = set(Courriel.objects.values_list("pk", flat=True))
    evaluation.confier_evaluation(
        candidature=candidature, evaluateur=distribution.evaluateur, par=distribution.dgaln
    )
    recevabilite.mettre_en_evaluation(candidature=candidature, par=distribution.dgaln)
    visiteur = connecte("evaluateur")
    pages = parcourir(visiteur, _departs(candidature))
    lecture = pages[f"/candidatures/{candidature.reference}/lire/"]
    assert "Territoire A" in lecture
    noms = jetons(candidature)
    assert fuites(pages, noms + [nom.upper() for nom in noms]) == []
    for piece in candidature.pieces.all():
        adresse = f"/candidatures/{candidature.reference}/pieces/{piece.uuid}/"
        assert visiteur.get(adresse).status_code == 404
    recus = Courriel.objects.filter(destinataire=distribution.evaluateur.email).exclude(
        pk__in=avant
    )
    textes = {str(c.pk): f"{c.sujet} {c.corps}" for c in recus}
    assert len(textes) == 1
    assert fuites(textes, noms) == []
    assert fuites(parcourir(connecte("dgaln"), _departs(candidature)), noms) != []
