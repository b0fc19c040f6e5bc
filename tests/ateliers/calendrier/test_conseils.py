"""What the collision page advises: each « Cela suffit » is applied through the form, and holds."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ateliers.calendrier.domaine import criteres, demandes, disponibilites, requetes
from ateliers.calendrier.domaine.assemblage import assembler
from ateliers.calendrier.domaine.cartes import relire
from ateliers.calendrier.forms.recherche import FormulaireRechercheAtelier
from ateliers.calendrier.models import DemandeCalendrier, PeriodeReserve
from ateliers.calendrier.solveur.probleme import Date
from ateliers.calendrier.solveur.validateur import fautes
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.domaine import agenda, preparation
from ateliers.seances.models import Seance
from socle.interface.francais import de
from tests.factories.calendrier import PARAMETRES, demander, faire_a_programmer, rechercher
from tests.factories.participants import faire_atelier, faire_participants, faire_seance

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
LUNDI = date(2027, 4, 5)


def formulaire(demande, regle) -> FormulaireRechercheAtelier:
    """The form as the link « Faire ce changement » fills it, sent as it stands."""
    initial = criteres.initiales(demande, [demande.atelier.dispositif], regle)
    return FormulaireRechercheAtelier(
        {cle: valeur for cle, valeur in initial.items() if valeur},
        participants=requetes.participants_de(demande.atelier),
        seances=requetes.a_programmer(demande.atelier),
    )


def appliquer(demande, regle) -> DemandeCalendrier:
    form = formulaire(demande, regle)
    assert form.is_valid(), form.errors
    nouvelle = DemandeCalendrier.objects.create(
        atelier=demande.atelier, par=demande.par, parametres=form.parametres()
    )
    return rechercher(nouvelle)


def absent(atelier, par, *, participant=None, organisme=None, jour=None, du=None, jours=1):
    commun = {"atelier": atelier, "par": par, "participant": participant, "organisme": organisme}
    if jour is not None:
        disponibilites.declarer(
            **commun, rythme="hebdomadaire", jour=jour, heure_debut=time(8), heure_fin=time(23)
        )
    else:
        debut = datetime.combine(du, time(0))
        disponibilites.declarer(
            **commun, rythme="ponctuelle", debut=debut, fin=debut + timedelta(days=jours)
        )


@st.composite
def situations(tirer):
    jours = st.sets(st.integers(0, 6), min_size=1, max_size=6)
    return {
        "absences": [tirer(jours), tirer(st.one_of(st.just(set()), jours))],
        "equipe": tirer(st.sampled_from([None, (0, 4), (1, 9)])),
        "fin": tirer(st.integers(3, 12)),
        "obligatoires": tirer(st.sets(st.integers(0, 1))),
        "a_la_premiere": tirer(st.booleans()),
        "quorum": tirer(st.booleans()),
        "vacances": tirer(st.sampled_from(["eviter", "interdire"])),
        "fixees": tirer(st.sampled_from([(), (9,), (9, 2), (2, 40)])),
    }


@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(situation=situations())
def test_cela_suffit_tient_par_le_formulaire(distribution, situation):
    with transaction.atomic():
        demande = _demande(distribution, situation)
        if demande.etat == "impossible":
            regles = demande.resultat["regles"]
            assert len({r["texte"] for r in regles}) == len(regles) >= 1
            for rang, regle in enumerate(regles):
                assert (regle["suffit"] is True) == bool(regle["changement"])
                if regle["suffit"]:
                    assert appliquer(demande, rang).etat == "pret", regle
        transaction.set_rollback(True)


def _demande(distribution, situation):
    atelier = faire_a_programmer(distribution)
    gens = faire_participants(distribution, atelier, 2)
    for personne, jours in zip(gens, situation["absences"], strict=True):
        for jour in jours:
            absent(atelier, distribution.collectivite, participant=personne, jour=jour)
    if situation["equipe"]:
        depart, jours = situation["equipe"]
        du = LUNDI + timedelta(days=depart)
        equipe = {"organisme": distribution.equipe.organisme, "du": du, "jours": jours}
        absent(atelier, distribution.equipe, **equipe)
    seances = list(Seance.objects.filter(atelier=atelier).order_by("rang"))
    fixees = zip(seances, situation["fixees"], strict=False)
    cles = [f"p-{gens[n].pk}" for n in sorted(situation["obligatoires"])]
    seule = situation["a_la_premiere"]
    return demander(
        distribution,
        atelier,
        debut=LUNDI.isoformat(),
        fin=(LUNDI + timedelta(days=situation["fin"])).isoformat(),
        vacances=situation["vacances"],
        obligatoires=[] if seule else cles,
        obligatoires_seance={str(seances[0].pk): cles} if seule and cles else {},
        quorums={gens[0].college: 2} if situation["quorum"] else {},
        epingles={
            str(s.pk): f"{(LUNDI + timedelta(days=n)).isoformat()}T09:00:00" for s, n in fixees
        },
    )


def test_le_samedi_conseille_ne_compte_pas_le_dimanche(distribution):
    """Free on Sundays only: « Autorisez le samedi » is tried, and not said to be enough."""
    atelier = faire_a_programmer(distribution, 1)
    (maire,) = faire_participants(distribution, atelier, 1)
    for jour in range(6):
        absent(atelier, distribution.collectivite, participant=maire, jour=jour)
    demande = demander(distribution, atelier, obligatoires=[f"p-{maire.pk}"], fin="2027-04-30")
    dits = {r["texte"]: (r["conseil"], r["suffit"]) for r in demande.resultat["regles"]}
    assert "Aucune séance le dimanche" in dits
    assert dits["Aucune séance le dimanche"] == ("Cette règle ne se lève pas.", None)
    assert not any("samedi" in texte for texte in dits)


def test_rendre_facultative_vaut_pour_une_seance_d_abord(distribution):
    atelier = faire_a_programmer(distribution)
    (maire,) = faire_participants(distribution, atelier, 1)
    premiere, seconde = Seance.objects.filter(atelier=atelier).order_by("rang")
    absent(atelier, distribution.collectivite, participant=maire, du=date(2027, 4, 16), jours=90)
    demande = demander(
        distribution,
        atelier,
        obligatoires=[f"p-{maire.pk}"],
        fin="2027-06-30",
        epingles={str(premiere.pk): "2027-04-15T09:00:00"},
        vacances="interdire",
    )
    regles = demande.resultat["regles"]
    rang, regle = next((n, r) for n, r in enumerate(regles) if "facultative" in r["conseil"])
    assert regle["conseil"] == (
        f"Rendez facultative la présence {de(maire.nom_complet)} à « Atelier 2 »."
    ) or regle["conseil"].startswith("Rendez facultative la présence d")
    nouvelle = appliquer(demande, rang)
    assert (nouvelle.etat, nouvelle.parametres["obligatoires"]) == ("pret", [])
    assert str(seconde.pk) not in nouvelle.parametres["obligatoires_seance"]


def test_un_quorum_et_une_absence_se_relachent_ensemble(distribution, connecte):
    """She is mandatory, never free, and counted: neither change is enough alone, both are."""
    atelier = faire_a_programmer(distribution, 1)
    gens = faire_participants(distribution, atelier, 2)
    Participant.objects.filter(atelier=atelier).update(college="elus")
    absent(atelier, distribution.collectivite, participant=gens[0], du=date(2027, 4, 1), jours=900)
    absent(atelier, distribution.collectivite, participant=gens[1], jour=2)
    demande = demander(distribution, atelier, obligatoires=[f"p-{gens[0].pk}"], quorums={"elus": 2})
    regles = demande.resultat["regles"]
    assert [(r["texte"].replace("\u00a0", " "), r["suffit"]) for r in regles] == [
        ("Jeanne Martin (Maire) assiste à « Atelier 1 »", False),
        ("Au moins 2 élus à chaque séance", False),
        ("Deux changements ensemble", True),
    ]
    assert [r.get("seconde", False) for r in regles] == [False, True, False]
    deux = ["Rendez facultative la présence de Jeanne Martin (Maire)."]
    deux.append("Demandez 1\u00a0élu au lieu de 2.")
    assert regles[-1]["ensemble"] == deux
    motifs = " ".join(demande.resultat["motifs"]).replace("\u00a0", " ")
    assert "Au moins 2 élus à « Atelier 1 » : Jeanne Martin (Maire) n’est jamais libre ; " in motifs
    nouvelle = appliquer(demande, len(regles) - 1)
    assert (nouvelle.etat, nouvelle.parametres["quorums"]) == ("pret", {"elus": 1})
    page = connecte("ddt").get(demande.get_absolute_url()).text
    assert f"?demande={demande.pk}&amp;regle={len(regles) - 1}" in page
    assert "Aucun changement ne suffit seul" in page


def test_deux_collisions_independantes_ont_deux_changements(distribution):
    """A last day too soon, and two dates fixed too close: both are named, and one way out."""
    atelier = faire_atelier(distribution)
    preparation.creer_seances(atelier)
    un, deux = Seance.objects.filter(atelier=atelier, genre="atelier", rang__lte=2)
    fixees = {str(un.pk): "2027-03-08T09:00:00", str(deux.pk): "2027-03-22T09:00:00"}
    criteres = {"debut": "2027-01-04", "fin": "2027-06-30", "epingles": fixees}
    demande = demander(distribution, atelier, **criteres)
    phrase = demande.resultat["phrase"].replace("\u00a0", " ")
    assert phrase.endswith("avant le 30 juin 2027 : 2 règles ne tiennent pas ensemble.")
    (motif,) = demande.resultat["motifs"]
    assert motif.startswith("Une fois l’une de ces règles assouplie, d’autres se heurtent encore")
    assert motif.count("la date fixée pour") == 2
    *seules, ensemble = demande.resultat["regles"]
    assert {regle["suffit"] for regle in seules} == {False, None}
    assert ensemble["ensemble"][1].startswith("Laissez chercher la date de")
    assert appliquer(demande, len(seules)).etat == "pret"


def test_deux_dates_fixees_a_l_envers_sont_dites(distribution, connecte):
    """The second fixed before the first: both dates are named, and one may be let go."""
    atelier = faire_a_programmer(distribution)
    premiere, seconde = Seance.objects.filter(atelier=atelier).order_by("rang")
    demande = demander(
        distribution,
        atelier,
        epingles={str(premiere.pk): "2027-06-10T09:00:00", str(seconde.pk): "2027-05-11T09:00:00"},
    )
    textes = [r["texte"] for r in demande.resultat["regles"]]
    assert "La date fixée pour « Atelier 1 » est le jeudi 10 juin 2027, 9 h" in textes
    assert "La date fixée pour « Atelier 2 » est le mardi 11 mai 2027, 9 h" in textes
    assert "« Atelier 2 » vient après « Atelier 1 »" in textes
    rang = textes.index("La date fixée pour « Atelier 2 » est le mardi 11 mai 2027, 9 h")
    nouvelle = appliquer(demande, rang)
    assert (nouvelle.etat, list(nouvelle.parametres["epingles"])) == ("pret", [str(premiere.pk)])
    demandes.retenir(demande=nouvelle, numero=1, par=distribution.ddt)
    page = connecte("ddt").get(demande.get_absolute_url()).content.decode()
    assert f"?demande={demande.pk}&amp;regle={rang}" in page


def test_un_comite_ajoute_a_la_main_ne_commande_pas_l_ordre(distribution):
    """Written last, programmed before what remains to place: it forbids nothing."""
    atelier = faire_a_programmer(distribution)
    debut = datetime(2027, 4, 1, 9, tzinfo=PARIS)
    Seance.objects.create(
        atelier=atelier,
        genre="copil",
        ordre=9,
        titre="Comité de pilotage",
        etat="programmee",
        debut_prevu=debut,
        fin_prevu=debut.replace(hour=12),
    )
    demande = demander(distribution, atelier)
    assert demande.etat == "pret"
    premiere = demande.resultat["propositions"][0]["dates"]
    assert [d["titre"] for d in premiere] == ["Comité de pilotage", "Atelier 1", "Atelier 2"]


def test_le_comite_de_la_feuille_de_route_suit_le_dernier_atelier(distribution):
    """Its place among the steps says it, not its title; once it has its date, it binds nothing."""
    atelier = faire_atelier(distribution)
    preparation.creer_seances(atelier)
    trois = Seance.objects.get(atelier=atelier, genre="atelier", rang=3)
    Seance.objects.filter(atelier=atelier, ordre__lt=trois.ordre).delete()
    commun = {"atelier": atelier, "par": distribution.ddt, "genre": "copil"}
    comite = preparation.ajouter_seance(titre="Réunion", apres=trois, **commun)
    preparation.ajouter_seance(titre="Feuille de route", **commun)
    demande = demander(distribution, atelier, fin="2028-03-31")
    titres = [trois.titre, "Réunion", "Séminaire de restitution"]
    for carte in demande.resultat["propositions"]:
        dates = [d["titre"] for d in carte["dates"] if d["titre"] in titres]
        assert (len(carte["dates"]), dates) == (4, titres)
    probleme = assembler(demande)
    ecarts = {(e.avant, e.apres): (e.min_jours, e.recommande) for e in probleme.ecarts}
    fin = Seance.objects.get(atelier=atelier, genre="restitution")
    un, deux, trois_fin = (str(s.pk) for s in (trois, comite, fin))
    assert ecarts == {(un, deux): (15, 30), (deux, trois_fin): (15, 31), (un, trois_fin): (0, None)}
    dates = relire(probleme, demande.resultat["propositions"][0])
    debut = datetime(2027, 4, 2, 9, tzinfo=PARIS)
    tot = Date(deux, ((debut, debut.replace(hour=12, minute=30)),))
    dites = fautes(probleme, tuple(tot if d.seance == deux else d for d in dates))
    assert dites[0].replace("\u00a0", " ") == f"« Réunion » vient avant « {trois.titre} »."
    agenda.programmer(seance=comite, par=distribution.ddt, debut=debut, fin=tot.fin)
    liees = {cle for e in assembler(demande).ecarts for cle in (e.avant, e.apres)}
    assert liees == {un, trois_fin}


def test_le_lien_du_conseil_remplit_le_formulaire(distribution, connecte):
    atelier = faire_a_programmer(distribution, 1)
    PeriodeReserve.objects.create(nom="Vote", debut=date(2027, 4, 1), fin=date(2027, 4, 30))
    demande = demander(distribution, atelier, fin="2027-04-30")
    rang = next(n for n, r in enumerate(demande.resultat["regles"]) if r["suffit"])
    url = reverse("ateliers:calendrier_proposer", args=[atelier.slug])
    client = connecte("ddt")
    for fin, suite in (
        ("2027-04-30", ""),
        ("2027-05-07", f"?demande={demande.pk}&regle={rang}"),
        ("2027-04-30", f"?demande={demande.pk + 1}&regle={rang}"),
        ("2027-04-30", f"?demande={demande.pk}&regle=99"),
    ):
        assert str(client.get(url + suite).context["form"]["fin"].value()) == fin
    demander(distribution, atelier, fin="2027-10-29")
    page = client.get(url + f"?demande={demande.pk}&regle={rang}")
    assert str(page.context["form"]["fin"].value()) == "2027-05-07"
    assert f'-{demande.pk}-{rang}"' in page.text  # a draft kept in the browser is another form’s


def test_ce_qui_suit_deux_dates_fixees_a_l_envers_suit_les_deux(distribution):
    """Atelier 3 fixed before an inter-atelier that precedes it: the restitution waits for both."""
    atelier = faire_a_programmer(distribution, 1)
    inter, trois, fin = (
        faire_seance(distribution, etat="a_programmer", atelier=atelier, ordre=ordre, **champs)
        for ordre, champs in enumerate(
            (
                {"genre": "inter_atelier", "rang": 1, "titre": "Inter-atelier"},
                {"genre": "atelier", "rang": 3, "titre": "Atelier 3"},
                {"genre": "restitution", "rang": None, "titre": "Restitution"},
            ),
            start=2,
        )
    )
    fixees = {str(trois.pk): "2027-06-15T09:00:00", str(inter.pk): "2027-09-14T09:00:00"}
    demande = demander(distribution, atelier, epingles=fixees, fin="2028-06-30")
    dates = [d["titre"] for d in demande.resultat["propositions"][0]["dates"]]
    assert dates == ["Atelier 1", "Atelier 3", "Inter-atelier", "Restitution"]


def test_une_personne_est_la_meme_dans_deux_ateliers(distribution):
    """What she told the other atelier counts; why stays there. Her séances there count too."""
    atelier, autre = (faire_a_programmer(distribution, 1) for _ in range(2))
    (maire,) = faire_participants(distribution, atelier, 1)
    ailleurs = Participant.objects.create(
        atelier=autre,
        personne=maire.personne,
        prenom=maire.prenom,
        nom=maire.nom,
        college=maire.college,
    )
    disponibilites.declarer(
        atelier=autre,
        par=distribution.collectivite,
        participant=ailleurs,
        rythme="hebdomadaire",
        jour=1,
        heure_debut=time(8),
        heure_fin=time(18),
        motif="soins",
    )
    seance = Seance.objects.get(atelier=autre)
    debut = datetime(2027, 4, 7, 9, tzinfo=PARIS)
    agenda.programmer(seance=seance, par=distribution.ddt, debut=debut, fin=debut.replace(hour=17))
    seance.refresh_from_db()
    Invitation.objects.create(seance=seance, participant=ailleurs)
    demande = DemandeCalendrier(atelier_id=atelier.pk, par=distribution.ddt, parametres=PARAMETRES)
    ressource = demandes.assembler(demande).ressource(f"h-{maire.personne_id}")
    assert {(i.motif, i.regle) for i in ressource.indisponibilites} == {
        ("autre engagement", ""),
        ("autre atelier", ""),
    }
    prises = [i for i in ressource.indisponibilites if i.motif == "autre atelier"]
    assert [(i.debut, i.fin) for i in prises] == [(seance.debut, seance.fin)]
    service = demandes.assembler(demande).ressource(f"o-{atelier.service_pilote_id}")
    assert (seance.debut, seance.fin) in {(i.debut, i.fin) for i in service.indisponibilites}
