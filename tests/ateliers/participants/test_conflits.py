"""A team, a room, a person in two places at once: shown while dating, refused on publication."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ateliers.lieux.models import Lieu
from ateliers.parcours.domaine.cycle import abandonner
from ateliers.participants.domaine import dates
from ateliers.participants.domaine import invitations as verbes
from ateliers.participants.domaine.conflits import conflits
from ateliers.participants.domaine.participants import CHAMPS, ajouter_participant
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.domaine.agenda import placer, reporter
from ateliers.seances.domaine.conflits import se_chevauchent
from ateliers.seances.domaine.occupations import occuper
from ateliers.seances.domaine.severites import regler_severites
from ateliers.seances.forms.seances import CONFIRMATIONS
from ateliers.seances.models import Occupation, Seance
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ConfirmationRequise, ElementsManquants, ErreurMetier
from socle.territoires.models import Commune
from tests.factories.participants import DEBUT, PERSONNES, faire_participants, faire_seance

ZONES = [
    ZoneInfo(z)
    for z in ("Europe/Paris", "America/Cayenne", "Indian/Reunion", "America/Miquelon", "UTC")
]
# Midnight, the two nights when the clock changes, and their neighbourhood.
MURS = st.sampled_from(
    [datetime(2026, 3, 29, h, m) for h in (0, 1, 2, 3) for m in (0, 30)]
    + [datetime(2026, 10, 25, h) for h in (0, 1, 2, 3, 4)]
    + [datetime(2026, 12, 31, 23, 59), datetime(2027, 1, 1)]
)
INSTANTS = st.builds(
    lambda mur, zone, pli: mur.replace(tzinfo=zone, fold=pli).astimezone(UTC),
    MURS,
    st.sampled_from(ZONES),
    st.integers(0, 1),
)
INTERVALLES = st.tuples(INSTANTS, INSTANTS).map(sorted)


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(un=INTERVALLES, autre=INTERVALLES)
def test_deux_intervalles_se_heurtent_comme_le_dit_la_base(un, autre):
    with connection.cursor() as curseur:
        curseur.execute("select tstzrange(%s, %s) && tstzrange(%s, %s)", [*un, *autre])
        (attendu,) = curseur.fetchone()
    assert se_chevauchent(un, autre) is attendu
    assert se_chevauchent(autre, un) is attendu


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(un=INTERVALLES, autre=INTERVALLES)
def test_la_base_refuse_exactement_ce_qui_se_heurte(distribution, un, autre):
    refuse = False
    with transaction.atomic():
        seances = [faire_seance(distribution) for _ in range(2)]
        for seance, periode in zip(seances, (un, autre), strict=True):
            try:
                with transaction.atomic():
                    Occupation.objects.create(
                        seance=seance,
                        genre="equipe",
                        organisme=distribution.equipe.organisme,
                        periode=tuple(periode),
                        ferme=True,
                    )
            except IntegrityError:
                refuse = True
        transaction.set_rollback(True)
    assert refuse is se_chevauchent(un, autre)


def inviter(distribution, seance, nombre=1):
    gens = faire_participants(distribution, seance.atelier, nombre)
    verbes.inviter(seance=seance, participants=gens, par=distribution.ddt)
    return seance


def phrases(seance, par):
    return [(c.genre, c.severite, c.phrase) for c in conflits(seance, par=par)]


@pytest.fixture
def deux(distribution):
    """Two ateliers with the same team, the same day; the first is convoked."""
    un, autre = (inviter(distribution, faire_seance(distribution)) for _ in range(2))
    occuper(un, par=distribution.ddt)
    occuper(autre, par=distribution.ddt)
    return un, autre


@pytest.mark.django_db
def test_ce_qui_est_seulement_prevu_avertit(distribution, deux):
    equipe = distribution.equipe.organisme.nom
    un, autre = deux
    assert phrases(autre, distribution.ddt) == [
        (
            "equipe",
            "avertir",
            f"L’équipe « {equipe} » est aussi pressentie au même moment "
            f"par « Atelier 1 », {un.atelier.nom}.",
        ),
        (
            "personne",
            "avertir",
            f"Invitation au même moment à « Atelier 1 », {un.atelier.nom} : Jeanne Martin.",
        ),
    ]


@pytest.mark.django_db
def test_la_seconde_a_convoquer_est_refusee_en_francais(distribution, deux):
    un, autre = deux
    verbes.convoquer(seance=un, par=distribution.ddt)
    with pytest.raises(ElementsManquants) as refus:
        verbes.convoquer(seance=autre, par=distribution.ddt)
    assert refus.value.message == (
        f"L’équipe « {distribution.equipe.organisme} » est déjà retenue au même moment "
        f"par « Atelier 1 », {un.atelier.nom}."
    )
    assert Courriel.objects.count() == 1


@pytest.mark.django_db
def test_l_autre_atelier_n_est_nomme_qu_a_qui_peut_le_voir(distribution, deux):
    un, autre = deux
    verbes.convoquer(seance=un, par=distribution.ddt)
    un.atelier.nom = "Secret"
    un.atelier.service_pilote = distribution.ddt_autre.organisme
    un.atelier.save()
    un.atelier.perimetre.departements.clear()
    lues = [p for _, _, p in phrases(autre, distribution.ddt)]
    assert lues == [
        f"L’équipe « {distribution.equipe.organisme} » est déjà retenue au même moment "
        "par un autre atelier.",
        "Invitation au même moment par un autre atelier : Jeanne Martin.",
    ]
    assert "Secret" in phrases(autre, distribution.dgaln)[0][2]


@pytest.mark.django_db
def test_la_gravite_est_une_donnee(distribution, deux):
    un, autre = deux
    verbes.convoquer(seance=un, par=distribution.ddt)
    ignorer = dict.fromkeys(("equipe", "lieu", "personne", "capacite"), "ignorer")
    with pytest.raises(ActionInterdite):
        regler_severites(par=distribution.ddt, **ignorer)
    regler_severites(par=distribution.dgaln, **ignorer)
    assert conflits(autre, par=distribution.ddt) == []
    assert len(verbes.convoquer(seance=autre, par=distribution.ddt)) == 1
    assert list(Occupation.objects.order_by("pk").values_list("seance", "ferme")) == [
        (un.pk, True),
        (autre.pk, False),
    ]


@pytest.mark.django_db
def test_dater_reste_libre_apres_confirmation(distribution, deux):
    _, autre = deux
    quand = {"debut": DEBUT + timedelta(hours=1), "fin": DEBUT + timedelta(hours=2)}
    options = {"seance": autre, "par": distribution.ddt, "motif": "Crue", "prevenir": False}
    with pytest.raises(ConfirmationRequise) as demande:
        dates.reporter(**options, **quand, confirmes={"date_passee"})
    assert demande.value.cle == "conflits"
    dates.reporter(**options, **quand, confirmes={"date_passee", "conflits"})
    touchant = {"debut": DEBUT + timedelta(hours=8), "fin": DEBUT + timedelta(hours=9)}
    dates.reporter(**options, **touchant, confirmes={"date_passee"})


@pytest.mark.django_db
def test_un_report_qui_previent_est_refuse_si_l_equipe_est_prise(distribution, deux):
    un, autre = deux
    verbes.convoquer(seance=un, par=distribution.ddt)
    loin = {"debut": DEBUT + timedelta(days=9), "fin": DEBUT + timedelta(days=9, hours=2)}
    reporter(seance=autre, par=distribution.ddt, motif="x", confirmes={"date_passee"}, **loin)
    verbes.convoquer(seance=autre, par=distribution.ddt)
    with pytest.raises(ElementsManquants):
        dates.reporter(
            seance=autre,
            par=distribution.ddt,
            motif="Crue",
            prevenir=True,
            debut=DEBUT,
            fin=DEBUT + timedelta(hours=1),
            confirmes={"date_passee", "conflits"},
        )
    autre.refresh_from_db()
    assert (autre.debut_prevu, autre.etat) == (loin["debut"], "convoquee")


@pytest.mark.django_db
def test_un_lieu_trop_petit_ou_deja_pris(distribution, deux):
    un, autre = deux
    autre.atelier.intervenants.clear()
    Participant.objects.filter(atelier=autre.atelier).update(courriel="")
    lieu = Lieu.objects.create(nom="Halle", departement_id="80", capacite=1)
    Seance.objects.update(salle=lieu)
    for seance in deux:
        seance.refresh_from_db()
    occuper(un, par=distribution.ddt)
    verbes.convoquer(seance=un, par=distribution.ddt)
    lucie = [
        ajouter_participant(
            atelier=autre.atelier,
            par=distribution.ddt,
            **dict(zip(CHAMPS, PERSONNES[2], strict=True)),
        )
    ]
    verbes.inviter(seance=autre, participants=lucie, par=distribution.ddt)
    lues = phrases(autre, distribution.ddt)
    assert lues[-1][2] == "« Halle » a 1\N{NO-BREAK SPACE}place, et 2 personnes sont invitées."
    assert lues[0] == (
        "lieu",
        "bloquer",
        f"Le lieu « Halle » est déjà retenu au même moment par « Atelier 1 », {un.atelier.nom}.",
    )


@pytest.mark.django_db
def test_le_meme_lieu_ecrit_a_la_main_avertit(distribution, deux):
    """The same name in the same commune; « Mairie » alone, in two ateliers, says nothing."""
    un, autre = deux
    autre.atelier.intervenants.clear()
    Invitation.objects.filter(seance=autre).delete()
    commune = Commune.objects.get(pk="80253")
    salle = Lieu.objects.create(nom="Salle des fêtes", departement_id="80", commune=commune)
    ecrits = [("salle des Fêtes", "rue Haute, Doullens"), ("Salle des fêtes", "rue Haute, Amiens")]
    placer(un, "", "", salle)
    un.save()
    lus = []
    for autre.lieu, autre.adresse in [*ecrits, ("Mairie", "Doullens")]:
        autre.save()
        lus.append(phrases(autre, distribution.ddt))
    dite = (
        "Le lieu « Salle des fêtes » semble déjà pris au même moment par « Atelier 1 », "
        f"{un.atelier.nom}. Choisissez-le dans la liste des lieux connus."
    )
    assert lus == [[("lieu", "avertir", dite)], [], []]


@pytest.mark.django_db
def test_tout_ce_qui_est_a_confirmer_est_demande_a_la_fois(distribution, deux, connecte):
    _, autre = deux
    depart = timezone.localtime(DEBUT + timedelta(hours=1))
    page = reverse("ateliers:seance_corriger", args=[autre.atelier.slug, autre.pk])
    saisie = {
        "jour_debut": depart.date(),
        "heure_debut": f"{depart:%H:%M}",
        "jour_fin": depart.date(),
        "heure_fin": f"{depart + timedelta(hours=1):%H:%M}",
    }
    client = connecte("ddt")
    lues = [c["libelle"] for c in client.post(page, saisie).context["form"].confirmations]
    assert lues == [CONFIRMATIONS["date_passee"], CONFIRMATIONS["conflits"]]
    autre.refresh_from_db()
    avant = autre.debut_prevu
    boites = {"confirmer_date_passee": "on", "confirmer_conflits": "on"}
    assert client.post(page, saisie | boites).status_code == 302
    autre.refresh_from_db()
    assert autre.debut_prevu != avant


@pytest.mark.django_db
def test_annuler_rend_l_equipe_et_previent(distribution, connecte):
    seance = inviter(distribution, faire_seance(distribution, genre="copil", rang=None))
    verbes.convoquer(seance=seance, par=distribution.ddt)
    adresse = reverse("ateliers:seance_annuler", args=[seance.atelier.slug, seance.pk])
    connecte("ddt").post(adresse, {"motif": "Crue"})
    assert Occupation.objects.count() == 0
    assert Courriel.objects.filter(cle="annulation_seance").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("quoi", ["equipe", "lieu"])
def test_deux_convocations_au_meme_instant_une_seule_passe(distribution, quoi):
    """Two pilots convoke at once, on two connections: PostgreSQL lets one of them through."""
    seances = [inviter(distribution, faire_seance(distribution)) for _ in range(2)]
    if quoi == "lieu":
        salle = Lieu.objects.create(nom="Halle", departement_id="80")
        Seance.objects.update(salle=salle)
        for seance in seances:
            seance.atelier.intervenants.clear()
    depart, issues = Barrier(2), []

    def publier(seance):
        try:
            depart.wait()
            with transaction.atomic():
                verbes.convoquer(seance=seance, par=distribution.ddt)
                connection.cursor().execute("select pg_sleep(0.5)")
            issues.append("publiée")
        except ErreurMetier as refus:
            issues.append(refus.message)
        finally:
            connection.close()

    fils = [Thread(target=publier, args=[s]) for s in seances]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    (refus,) = (i for i in issues if i != "publiée")
    dit = {
        "equipe": f"L’équipe « {distribution.equipe.organisme} » est déjà retenue au même moment",
        "lieu": "Le lieu « ",
    }
    assert (len(issues), refus.startswith(dit[quoi])) == (2, True)
    assert "est déjà retenu" in refus
    assert Seance.objects.filter(etat="convoquee").count() == 1
    fermes = Occupation.objects.filter(ferme=True)
    assert list(fermes.values_list("genre", flat=True)) == [quoi]
    assert Invitation.objects.filter(convoque_le__isnull=False).count() == 1


@pytest.mark.django_db
def test_un_atelier_abandonne_rend_son_equipe_et_quitte_les_agendas(distribution, deux):
    un, autre = deux
    verbes.convoquer(seance=un, par=distribution.ddt)
    abandonner(atelier=un.atelier, par=distribution.ddt, motif="Plus de porteur")
    un.refresh_from_db()
    assert un.etat == "annulee"
    (courriel,) = Courriel.objects.filter(cle="annulation_seance")
    assert courriel.destinataire == "jeanne.martin@exemple.fr"
    assert conflits(autre, par=distribution.ddt) == []
    assert len(verbes.convoquer(seance=autre, par=distribution.ddt)) == 1
