"""Due dates follow the séance; alerts over random calendars never twice."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ateliers.livrables.choix import ECARTS, Palier
from ateliers.livrables.domaine import echeances, livrables
from ateliers.livrables.models import AlerteLivrable, Livrable
from ateliers.seances.models import Seance
from ateliers.taches import a_venir
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, TransitionImpossible
from tests.factories import participants as poses
from tests.factories.candidatures import PDF

JOUR = date(2026, 3, 2)
jours = st.integers(-60, 60).map(lambda n: JOUR + timedelta(days=n))


@given(jours, st.sets(st.integers(0, 150)))
def test_chaque_palier_part_une_fois_et_le_plus_recent_seulement(echeance, passages):
    """Whatever the days on which beat ran: each alert once, in order, never before its day."""
    envoyes = []
    for passage in sorted(passages):
        aujourdhui = JOUR - timedelta(days=75) + timedelta(days=passage)
        for _ in range(2):
            palier = echeances.palier_du(echeance, aujourdhui, set(envoyes))
            if palier:
                assert aujourdhui >= echeance + timedelta(days=ECARTS[palier])
                envoyes.append(palier)
    assert len(envoyes) == len(set(envoyes))
    assert envoyes == [p for p in Palier if p in envoyes]


def faire(distribution, seance=None, **champs):
    atelier = seance.atelier if seance else poses.faire_atelier(distribution)
    return Livrable.objects.create(
        atelier=atelier,
        cle=f"rapport-{Livrable.objects.count()}",
        titre="Rapport",
        seance=seance,
        **champs,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("graine", range(3))
def test_au_fil_de_reports_au_hasard_aucune_alerte_ne_part_deux_fois(distribution, graine):
    hasard = random.Random(graine)
    seance = poses.faire_seance(distribution, etat="programmee")
    suivis = [faire(distribution, seance, decalage_jours=n) for n in (0, 20)]
    attendues = set()
    for passage in range(0, 120, 4):
        aujourdhui = JOUR + timedelta(days=passage)
        if passage == 0 or hasard.random() < 0.15:
            debut = datetime.combine(
                aujourdhui + timedelta(days=hasard.randint(1, 60)), datetime.min.time()
            ).replace(hour=9, tzinfo=ZoneInfo("Europe/Paris"))
            Seance.objects.filter(pk=seance.pk).update(
                debut_prevu=debut, fin_prevu=debut + timedelta(hours=8)
            )
        for suivi in suivis:
            suivi.refresh_from_db()
            palier = echeances.palier_du(
                suivi.attendu_le,
                aujourdhui,
                {p for pk, p, e in attendues if (pk, e) == (suivi.pk, suivi.attendu_le)},
            )
            if palier:
                attendues.add((suivi.pk, str(palier), suivi.attendu_le))
        echeances.alerter(aujourdhui)
        assert echeances.alerter(aujourdhui) == 0
    parties = list(AlerteLivrable.objects.values_list("livrable", "palier", "echeance"))
    assert sorted(parties) == sorted(attendues)
    equipe = distribution.equipe.email
    courriels = Courriel.objects.filter(cle="livrable_echeance")
    assert courriels.filter(destinataire=equipe).count() == len(parties)
    pilote = courriels.filter(destinataire=distribution.ddt.email).count()
    assert pilote == sum(palier != "j-15" for _, palier, _ in parties)


@pytest.mark.django_db
@pytest.mark.parametrize("fuseau", ["Europe/Paris", "America/Cayenne", "Indian/Reunion"])
def test_l_echeance_suit_la_seance_a_l_heure_du_site(distribution, fuseau):
    seance = poses.faire_seance(distribution, etat="programmee")
    suivi = faire(distribution, seance, decalage_jours=21)
    fixe = faire(distribution, seance, attendu_le=JOUR, echeance_fixee=True)
    zone = ZoneInfo(fuseau)
    for heure in (0, 12, 23):
        debut = datetime(2027, 3, 27, heure, 30, tzinfo=zone)
        Seance.objects.filter(pk=seance.pk).update(
            fuseau=fuseau, debut_prevu=debut, fin_prevu=debut + timedelta(hours=20)
        )
        seance.refresh_from_db()
        suivi.refresh_from_db()
        assert suivi.attendu_le == echeances.echeance_calculee(seance, 21)
    Seance.objects.filter(pk=seance.pk).update(
        etat="a_programmer", debut_prevu=None, fin_prevu=None, estime_le=JOUR
    )
    suivi.refresh_from_db()
    vierge = Seance.objects.get(pk=seance.pk)
    assert (suivi.attendu_le, echeances.echeance_calculee(vierge, 21)) == (None, None)
    Seance.objects.filter(pk=seance.pk).update(
        etat="programmee", debut_prevu=seance.debut_prevu, fin_prevu=seance.fin_prevu
    )
    fixe.refresh_from_db()
    assert fixe.attendu_le == JOUR
    echeances.fixer_echeance(livrable=fixe, par=distribution.ddt)
    fixe.refresh_from_db()
    assert (fixe.echeance_fixee, fixe.attendu_le) == (
        False,
        echeances.jour_ouvre(seance.fin.date()),
    )
    with pytest.raises(ActionInterdite):
        echeances.fixer_echeance(livrable=fixe, par=distribution.equipe, attendu_le=JOUR)


@pytest.mark.django_db
def test_la_base_et_l_application_comptent_les_memes_jours_ouvres():
    jours = [date(2024, 1, 1) + timedelta(days=n) for n in range(3653)]
    with connection.cursor() as curseur:
        curseur.execute("SELECT ateliers_jour_ouvre(j) FROM unnest(%s::date[]) j", [jours])
        assert [jour for (jour,) in curseur] == [echeances.jour_ouvre(j) for j in jours]
    assert echeances.jour_ouvre(date(2026, 12, 25)) == date(2026, 12, 28)


@pytest.mark.django_db
def test_une_echeance_provisoire_le_dit_et_sans_date_elle_se_tait(distribution, connecte):
    quand = timezone.now() + timedelta(days=10)
    datee = poses.faire_seance(distribution, etat="programmee")
    Seance.objects.filter(pk=datee.pk).update(debut_prevu=quand, fin_prevu=quand)
    vierge = poses.faire_seance(
        distribution, etat="a_programmer", atelier=datee.atelier, rang=2, titre="Atelier 2"
    )
    Seance.objects.filter(pk=vierge.pk).update(estime_le=timezone.localdate())
    datee.refresh_from_db()
    attendu = echeances.echeance_calculee(datee, 5)
    faire(distribution, datee, decalage_jours=5, attendu_le=attendu)
    faire(distribution, vierge, decalage_jours=15)
    page = connecte("ddt").get(reverse("ateliers:livrables", args=[datee.atelier.slug])).text
    assert "(date provisoire\u00a0: la séance n’est pas encore convoquée)" in page
    assert "Attendu 15\u00a0jours après «\u00a0Atelier 2\u00a0», séance qui n’a pas" in page
    for etat, suite in (("programmee", " (date provisoire)"), ("convoquee", "")):
        Seance.objects.filter(pk=datee.pk).update(etat=etat)
        lignes = [t.objet for t in a_venir(distribution.ddt) if t.verbe == "Obtenir le livrable"]
        assert lignes == [f"Rapport{suite}"]


@pytest.mark.django_db
def test_ni_un_livrable_remis_ni_un_atelier_clos_n_alertent(distribution):
    remis = faire(distribution, attendu_le=JOUR)
    livrables.deposer(livrable=remis, nom="r.pdf", octets=PDF, par=distribution.equipe)
    clos = faire(distribution, attendu_le=JOUR)
    type(clos.atelier).objects.filter(pk=clos.atelier_id).update(
        etat="clos", clos_le=clos.atelier.ouvert_le
    )
    with transaction.atomic():
        assert echeances.alerter(JOUR) == 0
    assert Courriel.objects.filter(cle="livrable_echeance").count() == 0


@pytest.mark.django_db
def test_accepte_avec_reserves_puis_levees(distribution):
    livrable = faire(distribution)
    livrables.deposer(livrable=livrable, nom="r.pdf", octets=PDF, par=distribution.equipe)
    livrables.accepter(livrable=livrable, par=distribution.ddt, reserves="Une légende manque.")
    recus = Courriel.objects.filter(cle="livrable_reserves").values_list("destinataire", flat=True)
    assert list(recus) == [distribution.equipe.email]
    livrables.deposer(livrable=livrable, nom="r2.pdf", octets=PDF, par=distribution.equipe)
    livrable.refresh_from_db()
    assert (livrable.etat, livrable.reserve, livrable.versions.count()) == ("accepte", True, 2)
    assert (livrable.etat_dit, livrable.ton) == ("Accepté avec réserves", "warning")
    livrables.lever_reserves(livrable=livrable, par=distribution.ddt)
    livrable.refresh_from_db()
    assert (livrable.reserve, livrable.reserves) == (False, "Une légende manque.")
    assert livrable.etat_dit == "Accepté"
    with pytest.raises(TransitionImpossible):
        livrables.deposer(livrable=livrable, nom="r3.pdf", octets=PDF, par=distribution.equipe)
    with pytest.raises(TransitionImpossible):
        livrables.lever_reserves(livrable=livrable, par=distribution.ddt)
