"""A jury afternoon, from the recevabilité to the publication: several people, axe on each page."""

import pytest
from django.urls import reverse

from candidatures.comite.models import Comite
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.instruction.domaine import evaluation
from candidatures.instruction.models import MotifType
from tests.e2e.parcours import Acteur
from tests.factories.candidatures import faire_appel, faire_deposee
from tests.factories.instruction import frais, noter

pytestmark = pytest.mark.django_db(transaction=True)


def traiter(dgaln, candidatures, genre):
    """Tick the dossiers of the list, read the dry run, act, publish the batch."""
    page = dgaln.ouvrir("candidatures:instruction")
    for candidature in candidatures:
        page.locator(f"input[name=ref][value='{candidature.reference}']").check(force=True)
    page.locator(f"[data-lot-barre] button[value={genre}]").click()
    assert dgaln.visiteur.violations() == []
    dgaln.envoyer(f"Préparer le lot ({len(candidatures)})")
    dgaln.agir("candidatures:lots", bouton="Publier et prévenir")


def tenir_la_seance(dgaln, appel):
    dgaln.saisir(
        "candidatures:comite_nouveau",
        appel.slug,
        lieu="Salle 12",
        presidence="Jeanne Roy",
        quorum=2,
        plafond_places=1,
        reserve=1,
        bouton="Enregistrer le comité",
    )
    comite = Comite.objects.get()
    for nom in ("Jeanne Roy", "Paul Girard"):
        dgaln.saisir("candidatures:comite_membres", comite.pk, nom=nom, bouton="Ajouter au comité")
    page = dgaln.ouvrir("candidatures:comite_membres", comite.pk)
    for case in page.locator("input[name=present]").all():
        case.check(force=True)
    dgaln.envoyer("Noter les présences")
    dgaln.agir("candidatures:comite_deliberations", comite.pk, bouton="Ouvrir la séance")
    page = dgaln.ouvrir("candidatures:comite", comite.pk)
    with page.expect_navigation():
        page.locator("[data-ligne]").press("ArrowDown")
    assert page.locator(".comite-simulation").is_visible()
    assert page.locator(".comite-lignes").first.locator("li").count() == 2
    page = dgaln.ouvrir(f"{reverse('candidatures:comite', args=[comite.pk])}?grand=1")
    page = dgaln.ouvrir("candidatures:comite", comite.pk)
    page.fill("#id_nom", "Une place")
    dgaln.envoyer("Garder ce scénario")
    dgaln.envoyer("Appliquer ce scénario")
    dgaln.agir(
        "candidatures:comite_deliberations",
        comite.pk,
        bouton="Adopter les propositions restantes à l’unanimité",
    )
    dgaln.agir(
        "candidatures:comite_deliberations", comite.pk, bouton="Clore et sceller le procès-verbal"
    )
    assert (
        Comite.objects.get().pv_sha256
        in dgaln.ouvrir("candidatures:comite_pv", comite.pk).content()
    )
    return comite


def publier(dgaln, comite):
    page = dgaln.ouvrir("candidatures:comite_decisions", comite.pk)
    for sens in ("retenue", "reserve"):
        page.select_option(f"main [name=motif_{sens}]", label=f"Essai {sens}")
    dgaln.envoyer("Compter avec ces motifs")
    dgaln.envoyer("Préparer les 2 décisions")
    page = dgaln.ouvrir("candidatures:decisions")
    page.get_by_role("link", name="Lire la lettre").first.click()
    assert dgaln.visiteur.violations() == []
    page = dgaln.ouvrir("candidatures:decisions")
    bouton = "Publier 2 décisions et envoyer 4 lettres"
    page.get_by_role("link", name=bouton).click()
    assert dgaln.visiteur.violations() == []
    for case in page.locator("main input[name^=confirmer_]").all():
        case.check(force=True)
    dgaln.envoyer(bouton)


def test_une_apres_midi_de_jury(visiteur, distribution):
    for sens in ("retenue", "reserve"):
        MotifType.objects.create(sens=sens, libelle=f"Essai {sens}", texte="Un motif.")
    appel = faire_appel(distribution)
    candidatures = [
        faire_deposee(distribution, appel=appel, titre=titre) for titre in ("Le haut", "Le bas")
    ]
    dgaln = Acteur(visiteur, distribution.dgaln.email)
    traiter(dgaln, candidatures, "recevable")
    for candidature in candidatures:
        evaluation.confier_evaluation(
            candidature=frais(candidature),
            evaluateur=distribution.evaluateur,
            par=distribution.dgaln,
        )
    traiter(dgaln, candidatures, "evaluation")
    for candidature, note in zip(candidatures, (5, 2), strict=True):
        noter(frais(candidature), distribution.evaluateur, (note, note, note))
    comite = tenir_la_seance(dgaln, appel)
    collectivite = Acteur(visiteur, distribution.collectivite.email)
    decision = reverse("candidatures:decision_publiee", args=[candidatures[0].reference])
    racine = collectivite.visiteur.racine
    assert collectivite.page.goto(racine + decision).status == 404
    publier(dgaln, comite)
    assert [frais(c).etat for c in candidatures] == [E.RETENUE, E.EN_RESERVE]
    assert "Un motif." in collectivite.ouvrir(decision).content()
    evaluateur = Acteur(visiteur, distribution.evaluateur.email)
    assert evaluateur.page.goto(racine + reverse("candidatures:comites")).status == 403
