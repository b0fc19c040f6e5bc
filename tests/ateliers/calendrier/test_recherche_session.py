"""The calendar of a session: found from where one looks, dates fixed, one person in two places."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers.calendrier.domaine.assemblage import assembler
from ateliers.calendrier.domaine.exigences import exigences
from ateliers.calendrier.models import DemandeCalendrier
from ateliers.participants.domaine import invitations
from ateliers.participants.models import Invitation, Participant, QuorumCollege
from ateliers.seances.domaine.duree import mois_apres
from ateliers.seances.models import Seance
from candidatures.appels.models import Appel, SessionNationale
from candidatures.dispositifs.models import Dispositif
from tests.factories.calendrier import PARAMETRES, faire_a_programmer, rechercher
from tests.factories.participants import faire_participants

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def ateliers(distribution):
    session = SessionNationale.objects.create(nom="Sols", thematique="Sols", annee_debut=2027)
    trois = [faire_a_programmer(distribution, 1) for _ in range(3)]
    Appel.objects.update(session=session)
    return trois


def test_la_dgaln_trouve_la_session(ateliers, connecte, django_assert_max_num_queries):
    client = connecte("dgaln")
    liste, session = reverse("ateliers:calendrier_sessions"), SessionNationale.objects.get()
    une = reverse("ateliers:calendrier_session", args=[session.pk])
    for page in (reverse("ateliers:calendrier"), reverse("tableau_de_bord")):
        assert f'href="{liste}"' in client.get(page).content.decode()
    with django_assert_max_num_queries(12):
        page = client.get(liste).content.decode()
    assert f'href="{une}"' in page
    assert "3\u00a0ateliers ouverts, 3\u00a0séances à placer" in page
    Appel.objects.filter(pk=ateliers[0].candidature.appel_id).update(etat="clos")
    appel = ateliers[0].candidature.appel
    page = client.get(reverse("candidatures:appel", args=[appel.slug])).content.decode()
    assert f'href="{une}"' in page
    autre = connecte("ddt").get(reverse("ateliers:calendrier")).content.decode()
    assert f'href="{liste}"' not in autre


def test_un_seul_atelier_s_ecrit_au_singulier(ateliers, connecte):
    Appel.objects.exclude(pk=ateliers[0].candidature.appel_id).update(session=None)
    session = SessionNationale.objects.get()
    url = reverse("ateliers:calendrier_session", args=[session.pk])
    page = connecte("dgaln").get(url).content.decode()
    assert "1\u00a0atelier à placer" in page
    assert "1\u00a0ateliers" not in page


def test_la_session_place_tout_et_garde_les_dates_fixees(ateliers, connecte, distribution):
    """Sent by the form; the team they share is never at two places."""
    client, session = connecte("dgaln"), SessionNationale.objects.get()
    premiere = Seance.objects.get(atelier=ateliers[0])
    envoi = client.post(
        reverse("ateliers:calendrier_session", args=[session.pk]),
        PARAMETRES | {f"fixe_{premiere.pk}": "2027-05-11T10:30"},
    )
    assert envoi.status_code == 302
    demande = DemandeCalendrier.objects.get()
    assert demande.parametres["epingles"] == {str(premiere.pk): "2027-05-11T10:30:00"}
    rechercher(demande) if demande.etat == "demande" else None
    cartes = demande.resultat["propositions"]
    assert [len(c["dates"]) for c in cartes] == [3, 3, 3]
    for carte in cartes:
        jours = [d["plages"][0][0][:10] for d in carte["dates"]]
        assert len(set(jours)) == 3
        assert "2027-05-11" in jours
    page = client.get(demande.get_absolute_url()).content.decode()
    assert page.count("Retenir ce calendrier") == 3
    groupes = client.get(demande.get_absolute_url()).context["cartes"][0]["groupes"]
    assert [g["atelier"] for g in groupes] == sorted(a.nom for a in ateliers)
    assert [[d["titre"] for d in g["dates"]] for g in groupes] == [[premiere.titre]] * 3


def test_un_elu_de_deux_ateliers_est_une_personne(ateliers, distribution):
    """Mandatory in both, each by its pilot: one place at a time."""
    for atelier in ateliers[:2]:
        (elu,) = faire_participants(distribution, atelier, 1)
        DemandeCalendrier.objects.create(
            atelier=atelier,
            par=distribution.ddt,
            parametres=PARAMETRES | {"obligatoires": [f"p-{elu.pk}"]},
        )
    demande = DemandeCalendrier(session=SessionNationale.objects.get(), parametres=PARAMETRES)
    probleme = assembler(demande)
    attendus = [s for s in probleme.seances if f"h-{elu.personne_id}" in s.obligatoires]
    assert len(attendus) == 2
    assert [r.nom for r in probleme.ressources if r.cle == f"h-{elu.personne_id}"] == [
        "Jeanne Martin (Maire)"
    ]


def test_la_session_reprend_ce_que_chaque_pilote_exige(distribution):
    atelier = faire_a_programmer(distribution)
    faire_participants(distribution, atelier, 2)
    pks = list(Participant.objects.filter(atelier=atelier).values_list("pk", flat=True))
    for obligatoires in ([f"p-{pks[0]}"], [f"p-{pks[1]}"]):
        DemandeCalendrier.objects.create(
            atelier=atelier,
            par=distribution.ddt,
            parametres=PARAMETRES | {"obligatoires": obligatoires, "quorums": {"elus": 1}},
        )
    de_session = DemandeCalendrier(session_id=1, parametres=PARAMETRES)
    dites = exigences(de_session, [atelier])[atelier.pk]
    assert dites.demande.parametres["obligatoires"] == [f"p-{pks[1]}"]
    seance = Seance.objects.filter(atelier=atelier).first()
    assert (dites.exigees(seance), dites.quorums_de(seance)) == ({f"p-{pks[1]}"}, (("elus", 1),))


def test_sans_recherche_la_session_prend_les_quorums_du_dispositif(distribution):
    """Never more people than the atelier has; and who is mandatory at a séance, only there."""
    atelier = faire_a_programmer(distribution)
    premiere, seconde = Seance.objects.filter(atelier=atelier).order_by("rang")
    gens = faire_participants(distribution, atelier, 2)
    invitations.inviter(seance=premiere, participants=gens, par=distribution.ddt)
    Invitation.objects.filter(participant=gens[1]).update(obligatoire=True)
    QuorumCollege.objects.all().delete()
    for college, genre in (("elus", "atelier"), ("habitants", "atelier"), ("elus", "copil")):
        QuorumCollege.objects.create(
            dispositif=atelier.dispositif, college=college, genre=genre, minimum=3
        )
    dites = exigences(DemandeCalendrier(session_id=1), [atelier])[atelier.pk]
    assert [(dites.exigees(s), dites.quorums_de(s)) for s in (premiere, seconde)] == [
        ({f"p-{gens[1].pk}"}, (("elus", 1),)),
        (set(), (("elus", 1),)),
    ]


def test_l_equipe_nationale_prise_ailleurs(ateliers, distribution):
    """A launch of an atelier of elsewhere takes the national staff, not its workshops."""
    autre = faire_a_programmer(distribution, 2)
    debut = datetime(2027, 5, 3, 9, tzinfo=PARIS)
    Seance.objects.filter(atelier=autre).update(
        etat="programmee", debut_prevu=debut, fin_prevu=debut.replace(hour=17)
    )
    Seance.objects.filter(atelier=autre, rang=1).update(genre="lancement")
    demande = DemandeCalendrier(
        session=SessionNationale.objects.get(),
        parametres=PARAMETRES | {"national": distribution.dgaln.organisme_id},
    )
    Appel.objects.filter(pk=autre.candidature.appel_id).update(session=None)
    equipe = assembler(demande).ressource(f"o-{distribution.dgaln.organisme_id}")
    assert [(i.debut, i.motif) for i in equipe.indisponibilites] == [(debut, "autre atelier")]


def test_obligatoire_a_une_seance_seulement(distribution, connecte):
    atelier = faire_a_programmer(distribution)
    (maire,) = faire_participants(distribution, atelier, 1)
    premiere, seconde = Seance.objects.filter(atelier=atelier).order_by("rang")
    client = connecte("ddt")
    url = reverse("ateliers:calendrier_proposer", args=[atelier.slug])
    assert (
        client.post(url, PARAMETRES | {f"obligatoires_{seconde.pk}": [f"p-{maire.pk}"]}).status_code
        == 302
    )
    demande = DemandeCalendrier.objects.get()
    par_cle = {s.cle: s for s in assembler(demande).seances}
    cle = f"h-{maire.personne_id}"
    assert cle in par_cle[str(premiere.pk)].facultatives
    assert cle in par_cle[str(seconde.pk)].obligatoires
    page = client.get(url)
    assert page.context["form"][f"obligatoires_{seconde.pk}"].value() == [f"p-{maire.pk}"]
    assert '<details class="replie" open>' in page.content.decode()


def test_le_formulaire_dit_d_ou_viennent_ses_reglages(distribution, connecte):
    atelier = faire_a_programmer(distribution, 1)
    Dispositif.objects.filter(pk=atelier.dispositif_id).update(preavis_mois=3)
    client, url = connecte("ddt"), reverse("ateliers:calendrier_proposer", args=[atelier.slug])
    voulu = mois_apres(timezone.localdate(), 3)
    page = client.get(url)
    assert page.context["form"]["debut"].value() == voulu
    assert "au moins 3\xa0mois avant la séance" in page.content.decode().replace(
        "3 mois", "3\xa0mois"
    )
    assert "Réglages de" not in page.content.decode()
    for par in (distribution.dgaln, distribution.ddt):
        DemandeCalendrier.objects.create(atelier=atelier, par=par, parametres=PARAMETRES)
        qui = "votre recherche" if par == distribution.ddt else "la recherche"
        page = client.get(url).content.decode()
        assert f"Réglages de {qui} du " in page and PARAMETRES["debut"] in page
    page = client.get(f"{url}?neuf=oui")
    assert page.context["form"]["debut"].value() == voulu
    assert "Réglages du dispositif." in page.content.decode()


@pytest.mark.parametrize("champ", ["debut", "fixe"])
def test_une_date_passee_est_refusee_pres_du_champ(distribution, connecte, champ):
    atelier = faire_a_programmer(distribution, 1)
    seance = Seance.objects.get(atelier=atelier)
    nom = "debut" if champ == "debut" else f"fixe_{seance.pk}"
    valeur = "2020-05-11" if champ == "debut" else "2020-05-11T09:00"
    envoi = connecte("ddt").post(
        reverse("ateliers:calendrier_proposer", args=[atelier.slug]), PARAMETRES | {nom: valeur}
    )
    assert envoi.status_code in (200, 422)
    assert [nom] == list(envoi.context["form"].errors)
    assert DemandeCalendrier.objects.count() == 0
