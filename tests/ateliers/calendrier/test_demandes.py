"""From the rows to the dates: search, stop, explain, keep."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from ateliers.calendrier.domaine import demandes, disponibilites
from ateliers.calendrier.domaine.assemblage import assembler, epingle
from ateliers.calendrier.models import DemandeCalendrier, Indisponibilite, PeriodeReserve
from ateliers.lieux.models import Lieu
from ateliers.parcours.models import Atelier
from ateliers.participants.models import Participant
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Occupation, Seance
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from socle.journal.models import Entree
from socle.territoires.models import Departement
from tests.factories.calendrier import (
    PARAMETRES,
    demander,
    faire_a_programmer,
    faire_demande_prete,
    rechercher,
)
from tests.factories.participants import faire_atelier, faire_participants, faire_seance

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def test_trois_calendriers_puis_un_seul_acte(distribution):
    demande = faire_demande_prete(distribution)
    assert (demande.etat, demande.progression) == ("pret", 100)
    cartes = demande.resultat["propositions"]
    assert [len(c["dates"]) for c in cartes] == [2, 2, 2]
    assert [c["cout"] for c in cartes] == sorted(c["cout"] for c in cartes)
    demandes.retenir(demande=demande, numero=2, par=distribution.ddt)
    seances = Seance.objects.filter(atelier=demande.atelier).order_by("ordre")
    assert [(s.etat, s.debut.isoformat(), s.fin.isoformat()) for s in seances] == [
        ("programmee", d["plages"][0][0], d["plages"][-1][1]) for d in cartes[1]["dates"]
    ]
    assert Entree.objects.filter(action="calendrier.retenu").count() == 1
    with pytest.raises(ErreurMetier):
        demandes.retenir(demande=demande, numero=1, par=distribution.ddt)


@pytest.mark.parametrize("role", ["dreal", "collectivite", "equipe", "ddt_autre"])
def test_seul_le_pilote_cherche_et_retient(distribution, role):
    demande = faire_demande_prete(distribution, 1)
    qui = getattr(distribution, role)
    with pytest.raises(ActionInterdite):
        demandes.retenir(demande=demande, numero=1, par=qui)
    with pytest.raises(ActionInterdite):
        demandes.demander(par=qui, parametres=PARAMETRES, atelier=demande.atelier)


def test_un_calendrier_perime_n_est_pas_retenu(distribution):
    """Somebody became unavailable since: nothing is programmed."""
    demande = faire_demande_prete(distribution)
    jour = date.fromisoformat(demande.resultat["propositions"][0]["dates"][1]["plages"][0][0][:10])
    disponibilites.declarer(
        atelier=demande.atelier,
        par=distribution.equipe,
        organisme=distribution.equipe.organisme,
        rythme="ponctuelle",
        debut=datetime.combine(jour, time(10)),
        fin=datetime.combine(jour, time(11)),
    )
    with pytest.raises(ErreurMetier, match="ne tient plus"):
        demandes.retenir(demande=demande, numero=1, par=distribution.ddt)
    assert set(Seance.objects.values_list("etat", flat=True)) == {"a_programmer"}


def test_ce_qui_est_programme_est_une_epingle(distribution):
    atelier = faire_a_programmer(distribution)
    premiere = Seance.objects.get(atelier=atelier, rang=1)
    debut = datetime(2027, 5, 11, 9, 30, tzinfo=PARIS)
    agenda.programmer(
        seance=premiere, par=distribution.ddt, debut=debut, fin=debut.replace(hour=17)
    )
    demande = demander(distribution, atelier)
    premieres = [c["dates"][0] for c in demande.resultat["propositions"]]
    assert {(d["fixee"], d["plages"][0][0]) for d in premieres} == {(True, debut.isoformat())}


def test_epingle_du_pilote(distribution):
    atelier = faire_a_programmer(distribution)
    seconde = Seance.objects.get(atelier=atelier, rang=2)
    demande = demander(distribution, atelier, epingles={str(seconde.pk): "2027-06-10"})
    demandes.retenir(demande=demande, numero=1, par=distribution.ddt)
    seconde.refresh_from_db()
    assert seconde.debut == datetime(2027, 6, 10, 9, tzinfo=PARIS)


def test_reserve_et_conseil_municipal_expliquent_l_impossible(distribution):
    atelier = faire_a_programmer(distribution, 1)
    (maire,) = faire_participants(distribution, atelier, 1)
    for jour in (0, 2, 3, 4):
        disponibilites.declarer(
            atelier=atelier,
            par=distribution.collectivite,
            participant=maire,
            rythme="hebdomadaire",
            jour=jour,
            heure_debut=time(8),
            heure_fin=time(18),
            motif="permanence",
        )
    disponibilites.ajouter_reserve(
        par=distribution.dgaln,
        nom="Élections",
        debut=date(2027, 4, 12),
        fin=date(2027, 4, 30),
        bloquante=True,
        departements=[],
    )
    # From Wednesday to the end of April: one Tuesday before the reserve, taken by the team.
    disponibilites.declarer(
        atelier=atelier,
        par=distribution.equipe,
        organisme=distribution.equipe.organisme,
        rythme="ponctuelle",
        debut=datetime(2027, 4, 6, 0),
        fin=datetime(2027, 4, 7, 0),
        motif="congés",
    )
    demande = demander(distribution, atelier, obligatoires=[f"p-{maire.pk}"], fin="2027-04-30")
    assert demande.etat == "impossible"
    regles = demande.resultat["regles"]
    assert [(r["conseil"].split("\u00a0")[0].split(" ")[0], r["suffit"]) for r in regles] == [
        ("Autorisez", True),
        ("Repoussez", True),
        ("Rendez", True),
        ("Voyez", None),
        ("Cette", None),
        ("Cette", None),
    ]
    assert demande.resultat["phrase"].startswith(
        "Aucune date pour «\u00a0Atelier 1\u00a0» avant le 30"
    )
    assert demande.resultat["phrase"].endswith("\u00a0: 6\u00a0règles ne tiennent pas ensemble.")
    assert any("Élections" in r["texte"] for r in regles)
    assert "Jeanne Martin (Maire) n’est pas libre" in " ".join(demande.resultat["motifs"])


def test_l_equipe_prise_ailleurs_n_est_pas_nommee(distribution):
    demande = faire_demande_prete(distribution, 1)
    autre = faire_seance(distribution, titre="Atelier secret")
    autre.debut_prevu = datetime(2027, 5, 3, 9, tzinfo=PARIS)
    autre.fin_prevu = datetime(2027, 5, 3, 17, tzinfo=PARIS)
    autre.save()
    equipe = assembler(demande).ressource(f"o-{distribution.equipe.organisme_id}")
    assert [(i.debut, i.fin, i.motif) for i in equipe.indisponibilites] == [
        (autre.debut, autre.fin, "autre atelier")
    ]


def test_arreter(distribution):
    atelier = faire_a_programmer(distribution)
    demande = DemandeCalendrier.objects.create(
        atelier=atelier, par=distribution.ddt, parametres=PARAMETRES
    )
    demandes.arreter(demande=demande, par=distribution.ddt)
    assert rechercher(demande).etat == "arretee"
    with pytest.raises(TransitionImpossible):
        demandes.arreter(demande=demande, par=distribution.ddt)


class _ArretEnRoute:
    """The pilot presses « Arrêter » while the engine works: at the given progress of the row."""

    def __init__(self, demande, par, progression):
        self.demande, self.par, self.progression = demande, par, progression
        self.ecrites, self.arretee = [], False

    def __call__(self, executer, sql, params, many, context):
        reponse = executer(sql, params, many, context)
        if sql.startswith('UPDATE "ateliers_demandecalendrier" SET "progression"'):
            self.ecrites.append(params[0])
            if not self.arretee and params[0] >= self.progression:
                self.arretee = True
                demandes.arreter(demande=self.demande, par=self.par)
        return reponse


@pytest.mark.parametrize(("progression", "etat", "cartes"), [(2, "arretee", 0), (40, "pret", 1)])
def test_arreter_pendant_la_recherche(distribution, progression, etat, cartes):
    """The engine listens: nothing is written after the stop. What was found may still be kept."""
    atelier = faire_a_programmer(distribution)
    demande = DemandeCalendrier.objects.create(
        atelier=atelier, par=distribution.ddt, parametres=PARAMETRES
    )
    arret = _ArretEnRoute(demande, distribution.ddt, progression)
    with connection.execute_wrapper(arret):
        rechercher(demande)
    assert arret.ecrites[-1] == progression
    assert demande.etat == etat
    assert len(demande.resultat.get("propositions", [])) == cartes
    if cartes:
        demandes.retenir(demande=demande, numero=1, par=distribution.ddt)


def test_la_page_suit_la_recherche_sans_bouger_le_bouton(distribution, connecte):
    """htmx swaps the progress and what is found; « Arrêter » is outside of it."""
    demande = demander(distribution, faire_a_programmer(distribution))
    resultat = demande.resultat | {"etape": "Deuxième calendrier, différent"}
    DemandeCalendrier.objects.update(etat="en_cours", progression=40, resultat=resultat)
    client = connecte("ddt")
    page = client.get(demande.get_absolute_url()).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    region = client.get(demande.get_absolute_url(), headers={"HX-Request": "true"})
    texte = region.content.decode()
    arreter = reverse("ateliers:calendrier_arreter", args=[demande.pk])
    assert (arreter in page, arreter in texte, "<h1" in texte) == (True, False, False)
    assert "Deuxième calendrier, différent – 3\u00a0calendriers trouvés" in texte
    assert (texte.count("Retenir ce calendrier"), 'id="arret"' in texte) == (0, False)
    DemandeCalendrier.objects.update(etat="pret")
    texte = client.get(demande.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert texte.count("Retenir ce calendrier") == 3
    assert ("every 2s" in texte, 'id="arret" hx-swap-oob' in texte) == (False, True)


def test_tout_est_deja_programme(distribution, connecte, django_assert_max_num_queries):
    """Said before the form, which is folded, with the way to change a date."""
    seance = faire_seance(distribution)
    slug = seance.atelier.slug
    url = reverse("ateliers:calendrier_proposer", args=[slug])
    client = connecte("ddt")
    with django_assert_max_num_queries(12):
        page = client.get(url).text
    assert (
        page.index("rien à chercher")
        < page.index('<details class="replie"')
        < page.index('name="debut"')
    )
    assert reverse("ateliers:seance_reporter", args=[slug, seance.pk]) in page
    Seance.objects.filter(pk=seance.pk).update(etat="a_programmer")
    assert "rien à chercher" not in client.get(url).text
    Seance.objects.filter(pk=seance.pk).update(etat="programmee")
    demande = demander(distribution, seance.atelier)
    assert demande.etat == "echec"
    assert demande.resultat == {"phrase": "Toutes les séances ont déjà une date."}


def test_l_equipe_ne_parle_que_pour_elle(distribution):
    atelier = faire_a_programmer(distribution, 1)
    (maire,) = faire_participants(distribution, atelier, 1)
    valeurs = {
        "rythme": "hebdomadaire",
        "jour": 1,
        "heure_debut": time(18),
        "heure_fin": time(22),
    }
    for sujet in ({"participant": maire}, {"organisme": distribution.ddt.organisme}):
        with pytest.raises(ActionInterdite):
            disponibilites.declarer(atelier=atelier, par=distribution.equipe, **sujet, **valeurs)
    with pytest.raises(ActionInterdite):
        disponibilites.ajouter_reserve(
            par=distribution.ddt,
            nom="x",
            debut=date(2027, 1, 1),
            fin=date(2027, 1, 2),
            bloquante=True,
            departements=[],
        )
    assert Indisponibilite.objects.count() == PeriodeReserve.objects.count() == 0


def test_pages(distribution, connecte, django_assert_max_num_queries):
    atelier = faire_a_programmer(distribution)
    (maire,) = faire_participants(distribution, atelier, 1)
    client = connecte("ddt")
    dispos = reverse("ateliers:disponibilites", args=[atelier.slug])
    saisie = {
        "sujet": f"p-{maire.pk}",
        "rythme": "mensuelle",
        "rang": "1",
        "jour": "1",
        "heure_debut": "18:00",
        "heure_fin": "22:00",
        "motif": "conseil municipal",
    }
    assert client.post(dispos, saisie).status_code == 302
    page = client.get(dispos).content.decode()
    assert "le premier mardi du mois, de 18\u00a0h à 22\u00a0h (conseil municipal)" in page
    proposer = reverse("ateliers:calendrier_proposer", args=[atelier.slug])
    assert client.get(proposer).status_code == 200
    saisie = {
        "debut": "2027-04-01",
        "fin": "2027-12-31",
        "vacances": "eviter",
        "obligatoires": [f"p-{maire.pk}"],
        "quorum_elus": "2",
    }
    form = client.post(proposer, saisie).context["form"]
    phrase = "Un seul élu est inscrit : demandez-en 1 au plus."
    assert form.errors == {"quorum_elus": [phrase]}
    envoi = client.post(proposer, saisie | {"quorum_elus": "1"})
    demande = DemandeCalendrier.objects.get()
    assert (envoi.status_code, envoi.url) == (302, demande.get_absolute_url())
    assert demande.parametres["quorums"] == {"elus": 1}
    DemandeCalendrier.objects.update(etat="demande", resultat={})
    assert 'http-equiv="refresh"' in client.get(envoi.url).content.decode()
    rechercher(demande)
    with django_assert_max_num_queries(12):
        page = client.get(envoi.url).content.decode()
    assert page.count("Retenir ce calendrier") == 3
    assert 'http-equiv="refresh"' not in page
    retenir = reverse("ateliers:calendrier_retenir", args=[demande.pk, 1])
    assert client.post(retenir).status_code == 302
    assert "– retenu" in client.get(envoi.url).content.decode()


def test_une_date_fixee_garde_son_heure(distribution):
    atelier = faire_a_programmer(distribution)
    premiere = Seance.objects.get(atelier=atelier, rang=1)
    demande = demander(distribution, atelier, epingles={str(premiere.pk): "2027-05-11T10:30"})
    plages = {tuple(c["dates"][0]["plages"][0]) for c in demande.resultat["propositions"]}
    assert plages == {("2027-05-11T10:30:00+02:00", "2027-05-11T17:30:00+02:00")}


@pytest.mark.parametrize(
    ("saisie", "demi_journees", "attendu"),
    [
        (datetime(2027, 5, 11), 1, ("11T09:00", "11T12:30")),
        (datetime(2027, 5, 11, 18), 1, ("11T18:00", "11T21:30")),
        (datetime(2027, 5, 11, 10), 2, ("11T10:00", "11T17:30")),
        (datetime(2027, 5, 11, 18), 2, ("11T18:00", "11T19:00")),
        (datetime(2027, 5, 11, 9), 4, ("11T09:00", "12T17:30")),
    ],
)
def test_une_date_fixee_dure_sa_duree(saisie, demi_journees, attendu):
    fixee = epingle(saisie, PARIS, demi_journees)
    assert tuple(i.strftime("%dT%H:%M") for i in (fixee.debut, fixee.fin)) == attendu


def test_une_salle_prise_ailleurs_ne_l_est_pas_deux_fois(distribution):
    """The room of another atelier, whole month: the search says so without naming it."""
    atelier = faire_a_programmer(distribution, 1)
    cache = faire_atelier(distribution)
    Atelier.objects.filter(pk=cache.pk).update(nom="Vallée cachée")
    autre = faire_seance(distribution, atelier=cache, titre="Séance cachée")
    salle = Lieu.objects.create(nom="Salle des fêtes", departement=Departement.objects.first())
    Seance.objects.filter(atelier=atelier).update(salle=salle)
    Occupation.objects.create(
        seance=autre,
        genre="lieu",
        lieu=salle,
        periode=(datetime(2027, 4, 1, tzinfo=PARIS), datetime(2028, 1, 1, tzinfo=PARIS)),
        ferme=True,
    )
    demande = demander(distribution, atelier)
    assert demande.etat == "impossible"
    texte = str(demande.resultat)
    assert ("Salle des fêtes" in texte, "caché" in texte) == (True, False)


def test_une_recherche_perdue_repart_une_morte_le_dit(distribution):
    atelier = faire_a_programmer(distribution)
    creer = DemandeCalendrier.objects.create
    commun = {"atelier": atelier, "par": distribution.ddt, "parametres": PARAMETRES}
    perdue, recente = creer(**commun), creer(**commun)
    morte, vive = creer(**commun, etat="en_cours"), creer(**commun, etat="en_cours")
    maintenant = timezone.now()
    for demande, minutes in ((perdue, 3), (morte, 16), (vive, 14)):
        DemandeCalendrier.objects.filter(pk=demande.pk).update(
            demandee_le=maintenant - timedelta(minutes=minutes)
        )
    demandes.reprendre()
    etats = dict(DemandeCalendrier.objects.values_list("pk", "etat"))
    assert etats == {
        perdue.pk: "pret",
        recente.pk: "demande",
        morte.pk: "echec",
        vive.pk: "en_cours",
    }


def test_les_criteres_sont_gardes_d_une_recherche_a_l_autre(client, distribution):
    """What was asked last time is typed again, the hour of a fixed date included."""
    atelier = faire_a_programmer(distribution)
    faire_participants(distribution, atelier, 1)
    premiere = Seance.objects.get(atelier=atelier, rang=1)
    client.force_login(distribution.ddt)
    url = reverse("ateliers:calendrier_proposer", args=[atelier.slug])
    college = Participant.objects.get(atelier=atelier).college
    saisie = PARAMETRES | {f"fixe_{premiere.pk}": "2027-05-11T10:30", f"quorum_{college}": "1"}
    assert client.post(url, saisie).status_code == 302
    formulaire = client.get(url).context["form"]
    lus = {nom: formulaire[nom].value() for nom in saisie}
    assert lus == saisie | {f"quorum_{college}": 1, f"fixe_{premiere.pk}": "2027-05-11T10:30:00"}
