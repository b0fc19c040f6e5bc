"""Dates that a pilot mistypes: confirmed when past, refused when impossible, mended in silence."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers.participants.domaine.dates import corriger_date
from ateliers.participants.domaine.rattachement import inscrire_a_l_atelier
from ateliers.participants.models import Invitation
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Glissement
from candidatures.instruction.models import PublicationDecisions
from socle.erreurs import (
    ActionInterdite,
    ConfirmationRequise,
    ErreurMetier,
    TransitionImpossible,
)
from tests.factories import ateliers as fabrique

pytestmark = pytest.mark.django_db
PASSEE = {"date_passee"}


@pytest.fixture
def atelier(distribution):
    return fabrique.faire_en_cours(distribution, "flash")


def saisie(jours, **plus):
    jour = str(fabrique.il_y_a(jours))
    return {
        "jour_debut": jour,
        "heure_debut": "09:30",
        "jour_fin": jour,
        "heure_fin": "17:00",
        **plus,
    }


def test_une_date_passee_se_confirme(distribution, atelier, client):
    seance = fabrique.seance_de(atelier)
    client.force_login(distribution.ddt)
    adresse = reverse("ateliers:seance_programmer", args=[atelier.slug, seance.pk])
    page = client.post(adresse, saisie(100)).content.decode()
    seance.refresh_from_db()
    assert seance.etat == "a_programmer"
    assert 'name="confirmer_date_passee"' in page
    assert "cochez si la séance a déjà eu lieu" in page
    reponse = client.post(adresse, saisie(100, confirmer_date_passee="on"))
    seance.refresh_from_db()
    assert (reponse.status_code, seance.etat) == (302, "programmee")


def test_une_date_a_venir_ne_demande_rien(distribution, atelier):
    seance = fabrique.seance_de(atelier)
    agenda.programmer(seance=seance, par=distribution.ddt, **fabrique.moments(-30))
    seance.refresh_from_db()
    assert seance.etat == "programmee"


def test_un_report_dans_le_passe_se_confirme(distribution, atelier):
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    with pytest.raises(ConfirmationRequise):
        agenda.reporter(seance=seance, par=distribution.ddt, motif="Crue", **fabrique.moments(90))


def test_une_faute_de_frappe_se_corrige_sans_fantome(distribution, atelier, client):
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    client.force_login(distribution.ddt)
    adresse = reverse("ateliers:seance_corriger", args=[atelier.slug, seance.pk])
    assert client.post(adresse, saisie(-20)).status_code == 302
    seance.refresh_from_db()
    assert seance.debut.date() == fabrique.il_y_a(-20)
    assert (seance.etat, Glissement.objects.count()) == ("programmee", 0)


def convier(atelier, seance, **champs):
    anne = {"nom": "Petit", "prenom": "Anne", "college": "habitants"}
    personne = inscrire_a_l_atelier(atelier=atelier, champs=anne)
    return Invitation.objects.create(seance=seance, participant=personne, **champs)


def test_une_date_annoncee_se_reporte(distribution, atelier, client):
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), -10)
    invitation = convier(atelier, seance)
    corriger_date(seance=seance, par=distribution.ddt, **fabrique.moments(-20))
    Invitation.objects.filter(pk=invitation.pk).update(convoque_le=timezone.now())
    with pytest.raises(TransitionImpossible) as refus:
        corriger_date(seance=seance, par=distribution.ddt, **fabrique.moments(-30))
    assert refus.value.message == (
        "La date de cette séance a été annoncée : reportez-la, avec le motif."
    )
    seance.refresh_from_db()
    assert seance.debut.date() == fabrique.il_y_a(-20)
    client.force_login(distribution.ddt)
    page = client.get(reverse("ateliers:seance_corriger", args=[atelier.slug, seance.pk]))
    lu = page.content.decode().replace("\u00a0", " ")
    assert "a été reçue par 1 personne convoquée : elle ne se corrige plus" in lu
    assert reverse("ateliers:seance_reporter", args=[atelier.slug, seance.pk]) in lu


def test_une_date_reportee_ne_se_corrige_plus(distribution, atelier):
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), -10)
    agenda.reporter(seance=seance, par=distribution.ddt, motif="Crue", **fabrique.moments(-20))
    with pytest.raises(TransitionImpossible):
        corriger_date(seance=seance, par=distribution.ddt, **fabrique.moments(-30))


@pytest.mark.parametrize("role", ["collectivite", "equipe", "dreal", "ddt_autre"])
def test_seul_le_pilote_corrige(distribution, atelier, role):
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), -10)
    with pytest.raises(ActionInterdite):
        corriger_date(seance=seance, par=getattr(distribution, role), **fabrique.moments(-20))


@pytest.mark.parametrize(("jours", "phrase"), [(390, "le contrat"), (405, "l’atelier a ouvert")])
def test_tenue_avant_le_contrat_ou_l_ouverture_se_confirme(distribution, atelier, jours, phrase):
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), jours)
    with pytest.raises(ConfirmationRequise) as demande:
        agenda.tenir(seance=seance, par=distribution.ddt)
    assert phrase in demande.value.message
    agenda.tenir(seance=seance, par=distribution.ddt, confirmes={"avant_ouverture"})
    seance.refresh_from_db()
    assert seance.etat == "tenue"


def test_jamais_tenue_avant_la_decision(distribution, atelier):
    PublicationDecisions.objects.update(publiee_le=timezone.now() - timedelta(days=410))
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), 415)
    with pytest.raises(ErreurMetier) as refus:
        agenda.tenir(seance=seance, par=distribution.ddt, confirmes={"avant_ouverture"})
    assert refus.value.champ == "jour_debut"
    seance.refresh_from_db()
    assert seance.etat == "programmee"


def test_tenir_sans_date_mene_a_la_programmation(distribution, atelier, client):
    seance = fabrique.seance_de(atelier)
    client.force_login(distribution.ddt)
    page = client.get(reverse("ateliers:seance_tenir", args=[atelier.slug, seance.pk]))
    programmer = reverse("ateliers:seance_programmer", args=[atelier.slug, seance.pk])
    assert programmer in page.content.decode()
    assert "<form" not in page.content.decode().split("<main")[1].split("</main")[0]


def test_sans_presence_notee_la_page_le_rappelle_sans_bloquer(distribution, atelier, client):
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    client.force_login(distribution.ddt)
    adresse = reverse("ateliers:seance", args=[atelier.slug, seance.pk])
    assert "Aucune présence n’est notée" in client.get(adresse).content.decode()
    convier(atelier, seance, presence="present")
    page = client.get(adresse).content.decode()
    assert "Aucune présence n’est notée" not in page
    assert reverse("ateliers:seance_tenir", args=[atelier.slug, seance.pk]) in page


def test_les_avenants_se_suivent(distribution, atelier):
    from ateliers.cadrage.domaine import contrat as verbes
    from ateliers.cadrage.models import Contrat

    contrat = Contrat.objects.get(atelier=atelier)
    verbes.signer_avenant(
        contrat=contrat, par=distribution.ddt, objet="Délais", signe_le=fabrique.il_y_a(100)
    )
    for jours in (120, -1, 381):
        with pytest.raises(ErreurMetier) as refus:
            verbes.signer_avenant(
                contrat=contrat, par=distribution.ddt, objet="Prix", signe_le=fabrique.il_y_a(jours)
            )
        assert refus.value.champ == "signe_le"
