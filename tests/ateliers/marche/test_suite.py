"""The next act of the cadrage: espace, cadrage and market give the same, at each stage."""

import pytest
from django.urls import reverse

from ateliers.cadrage.choix import EtatCahier
from ateliers.cadrage.models import CahierDesCharges
from ateliers.carnet.domaine.parcours import lire_parcours
from ateliers.marche.domaine import choix_equipe, lettres
from ateliers.marche.models import Offre
from socle.courriels.lots import envoyer_lot
from tests.factories import marche as fabrique
from tests.factories import participants as poses

pytestmark = pytest.mark.django_db


def suites(connecte, atelier, *pages):
    """(sentence, address) as each page says it."""
    suite = lire_parcours(atelier).suite
    dites = [(suite.action, suite.url)]
    for page in pages:
        contexte = connecte("ddt").get(reverse(f"ateliers:{page}", args=[atelier.slug])).context
        dites.append((contexte["suite"], contexte["suite_url"]))
    return dites


def test_le_cahier_s_ecrit_puis_ses_visas_se_suivent(distribution, connecte):
    atelier = poses.faire_atelier(distribution)
    type(atelier).objects.update(etat="cadrage")
    atelier.refresh_from_db()
    page = reverse("ateliers:cahier", args=[atelier.slug])
    attendue = ("Compléter le cahier des charges", page)
    assert suites(connecte, atelier, "cadrage") == [attendue] * 2
    CahierDesCharges.objects.update_or_create(
        atelier=atelier, defaults={"etat": EtatCahier.EN_VISA}
    )
    attendue = ("Suivre les visas du cahier des charges", page)
    assert suites(connecte, atelier, "cadrage") == [attendue] * 2


def test_les_trois_pages_disent_la_meme_prochaine_etape(distribution, connecte):
    consultation = fabrique.faire_preparation(distribution)
    atelier = consultation.atelier
    CahierDesCharges.objects.create(atelier=atelier, etat=EtatCahier.VALIDE)

    def adresse(nom, *plus):
        return reverse(f"ateliers:{nom}", args=[atelier.slug, *plus])

    def dites():
        atelier.refresh_from_db()
        return suites(connecte, atelier, "cadrage", "marche")

    assert dites() == [("Fixer le règlement", adresse("marche") + "#reglement")] * 3
    consultation = fabrique.reglement.fixer(atelier=atelier, par=distribution.ddt)
    fabrique.reglement.designer_analystes(
        atelier=atelier, par=distribution.ddt, personnes=[distribution.ddt, distribution.dreal]
    )
    for rang in (1, 2):
        fabrique.recevoir(distribution, consultation, nom=f"Agence {rang}", prix=f"{rang + 5}0000")
        phrases = {dite[0].split(", jusqu’au")[0] for dite in dites()}
        assert phrases == {"Enregistrer les offres qui arrivent"}
    with fabrique.dans(days=11):
        assert dites() == [("Ouvrir les plis", adresse("marche_ouvrir"))] * 3
    fabrique.ouvrir(distribution, consultation)
    analyse = ("Analyser les offres et choisir l’équipe", adresse("marche") + "#offres")
    assert dites()[:2] == [analyse] * 2
    for offre, note in zip(Offre.objects.all(), (5, 3), strict=True):
        fabrique.noter(distribution, offre, note)
    retenue = Offre.objects.get(mandataire="Agence 1")
    consultation = choix_equipe.retenir(offre=retenue, par=distribution.ddt, motif="Première")
    assert dites() == [("Envoyer les lettres aux candidats", adresse("marche_lettres"))] * 3
    lot = lettres.preparer(
        consultation=consultation,
        par=distribution.ddt,
        signataire="Anne Petit",
        qualite="Directrice adjointe",
        recours=lettres.voies_de_recours("Amiens"),
        adresses={},
    )
    envoi = ("Relire et envoyer les lettres préparées", lot.get_absolute_url())
    assert dites() == [envoi] * 3
    envoyer_lot(lot=lot, par=distribution.ddt)
    assert dites() == [("Préparer le contrat", adresse("contrat_nouveau"))] * 3
