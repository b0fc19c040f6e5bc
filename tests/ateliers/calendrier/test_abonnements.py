"""Personal feeds: minimal, revocable, cheap when nothing changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from ateliers.calendrier.domaine.abonnements import (
    creer_abonnement,
    empreinte,
    revoquer_abonnement,
)
from ateliers.calendrier.models import AbonnementAgenda
from ateliers.parcours.models import Atelier
from ateliers.participants.calendrier import calendrier, evenement, flux
from ateliers.seances.domaine.agenda import reporter
from ateliers.seances.models import Seance
from socle.erreurs import ActionInterdite, ErreurMetier
from tests.factories.participants import DEBUT, faire_invites, faire_seance

pytestmark = pytest.mark.django_db


def lire(client, jeton, **entetes):
    return client.get(reverse("ateliers:agenda_flux", args=[jeton]), headers=entetes)


def evenements(reponse):
    return Calendar.from_ical(reponse.content).walk("VEVENT")


def test_le_flux_ne_dit_que_l_heure_et_le_lieu(distribution, client):
    seance, lignes = faire_invites(distribution, fuseau="Indian/Reunion")
    seance.sequences.create(jour=1, debut="09:00", duree_min=30, titre="Accueil", ordre=1)
    faire_seance(distribution, etat="a_programmer")
    faire_seance(distribution, etat="annulee")
    _, jeton = creer_abonnement(par=distribution.ddt, nom="Bureau")
    reponse = lire(client, jeton)
    (ligne,) = evenements(reponse)
    assert sorted(ligne.keys()) == [
        "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "SEQUENCE", "STATUS", "SUMMARY", "UID",
    ]  # fmt: skip
    assert ligne["dtstart"].params["TZID"] == "Indian/Reunion"
    for fuite in ("Martin", "exemple.fr", "Accueil", "invitation"):
        assert fuite not in reponse.content.decode()


def test_chacun_ne_lit_que_ses_ateliers(distribution, client):
    faire_seance(distribution)
    jetons = {
        role: creer_abonnement(par=getattr(distribution, role), nom="x")[1]
        for role in ("ddt", "collectivite", "equipe", "dgaln", "collectivite_autre")
    }
    comptes = {role: len(evenements(lire(client, jeton))) for role, jeton in jetons.items()}
    assert comptes == {
        "ddt": 1, "collectivite": 1, "equipe": 1, "dgaln": 1, "collectivite_autre": 0,
    }  # fmt: skip


def test_rien_n_est_recalcule_tant_que_rien_ne_change(distribution, client):
    seance = faire_seance(distribution)
    _, jeton = creer_abonnement(par=distribution.ddt, nom="Bureau")
    etiquette = lire(client, jeton)["ETag"]
    inchange = lire(client, jeton, if_none_match=etiquette)
    assert (inchange.status_code, inchange.content) == (304, b"")
    reporter(
        seance=seance,
        par=distribution.ddt,
        debut=DEBUT + timedelta(days=2),
        fin=DEBUT + timedelta(days=2, hours=2),
        motif="Crue",
        confirmes={"date_passee"},
    )
    change = lire(client, jeton, if_none_match=etiquette)
    assert (change.status_code, change["ETag"] != etiquette) == (200, True)
    Seance.objects.update(lieu="Mairie")
    assert lire(client, jeton, if_none_match=change["ETag"]).status_code == 200


def test_une_adresse_revoquee_ne_repond_plus(distribution, client):
    abonnement, jeton = creer_abonnement(par=distribution.ddt, nom="Bureau")
    assert AbonnementAgenda.objects.get().empreinte == empreinte(jeton) != jeton
    with pytest.raises(ActionInterdite):
        revoquer_abonnement(abonnement=abonnement, par=distribution.dgaln)
    revoquer_abonnement(abonnement=abonnement, par=distribution.ddt)
    assert lire(client, jeton).status_code == 404
    assert lire(client, "x" * 43).status_code == 404


def test_un_compte_ferme_n_a_plus_d_agenda(distribution, client):
    _, jeton = creer_abonnement(par=distribution.equipe, nom="Bureau")
    distribution.equipe.is_active = False
    distribution.equipe.save()
    assert lire(client, jeton).status_code == 404


def test_cinq_adresses_au_plus(distribution):
    for rang in range(5):
        creer_abonnement(par=distribution.ddt, nom=str(rang))
    with pytest.raises(ErreurMetier):
        creer_abonnement(par=distribution.ddt, nom="6")


def test_l_adresse_n_est_montree_qu_une_fois(distribution, connecte, client):
    page, visiteur = reverse("ateliers:abonnements"), connecte("ddt")
    suite = visiteur.post(page, {"nom": "Bureau"}, follow=True)
    adresse = suite.context["adresse"]
    assert adresse.startswith("http://testserver/agenda/") and adresse in suite.text
    assert client.get(adresse.removeprefix("http://testserver")).status_code == 200
    assert adresse not in visiteur.get(page).text


@pytest.mark.parametrize("nombre", [1, 3])
def test_nombre_de_requetes(distribution, client, django_assert_num_queries, nombre):
    for _ in range(nombre):
        faire_seance(distribution)
    _, jeton = creer_abonnement(par=distribution.ddt, nom="Bureau")
    with django_assert_num_queries(2):
        lire(client, jeton)


TEXTES = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(",;\\\né–😀"), max_size=150
)


@given(
    titre=TEXTES, nom=TEXTES, lieu=TEXTES, zone=st.sampled_from(["Europe/Paris", "Indian/Reunion"])
)
def test_ecrit_droit_le_flux_est_celui_de_la_bibliotheque(titre, nom, lieu, zone):
    """Read again by the library, both say the same; no line is longer than 75 octets."""
    seance = Seance(
        pk=7, titre=titre, lieu=lieu, fuseau=zone, debut_prevu=DEBUT, sequence_ical=3,
        fin_prevu=DEBUT + timedelta(hours=3), atelier=Atelier(nom=nom),
    )  # fmt: skip
    seance._prefetched_objects_cache = {"sequences": []}
    attendu = calendrier([evenement(seance)], {zone}, nom="N")
    ecrit = flux([seance], nom="N")
    assert max(len(ligne) for ligne in ecrit.split(b"\r\n")) <= 75
    lus = [Calendar.from_ical(f).walk("VEVENT")[0] for f in (ecrit, attendu)]
    for lu in lus:
        lu.pop("DTSTAMP")
    assert lus[0].to_ical() == lus[1].to_ical()
    assert ecrit.split(b"BEGIN:VEVENT")[0] == attendu.split(b"BEGIN:VEVENT")[0]
