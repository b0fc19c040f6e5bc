"""Due dates follow the séance; alerts over random calendars never twice."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from ateliers.livrables.choix import ECARTS, Palier
from ateliers.livrables.domaine import echeances, livrables
from ateliers.livrables.models import AlerteLivrable, Livrable
from ateliers.seances.models import Seance
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
    fixe.refresh_from_db()
    assert fixe.attendu_le == JOUR
    echeances.fixer_echeance(livrable=fixe, par=distribution.ddt)
    fixe.refresh_from_db()
    assert (fixe.echeance_fixee, fixe.attendu_le) == (False, seance.fin.date())
    with pytest.raises(ActionInterdite):
        echeances.fixer_echeance(livrable=fixe, par=distribution.equipe, attendu_le=JOUR)


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
    livrables.lever_reserves(livrable=livrable, par=distribution.ddt)
    livrable.refresh_from_db()
    assert (livrable.reserve, livrable.reserves) == (False, "Une légende manque.")
    with pytest.raises(TransitionImpossible):
        livrables.deposer(livrable=livrable, nom="r3.pdf", octets=PDF, par=distribution.equipe)
    with pytest.raises(TransitionImpossible):
        livrables.lever_reserves(livrable=livrable, par=distribution.ddt)
