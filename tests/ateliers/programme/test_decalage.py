"""What follows moves together: order, durations and pauses kept, the day never left."""

from datetime import time
from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ateliers.programme.domaine import sequences
from ateliers.programme.domaine.decalage import suivantes, verifier
from ateliers.programme.domaine.horaires import MINUIT, fin_de, minutes, moment
from ateliers.programme.models import Arret
from ateliers.seances.models import Sequence
from socle.erreurs import ActionInterdite, ErreurMetier
from tests.factories.programme import faire_programme

JOURNEES = st.lists(
    st.tuples(st.integers(0, MINUIT // 5 - 1), st.integers(1, 60)), min_size=2, max_size=7
)


@given(JOURNEES, st.integers(0, 6), st.integers(-300, 300), st.tuples(st.integers(0, 600)))
def test_l_ordre_et_les_durees_sont_gardes_ou_rien_ne_bouge(paires, rang, delta, ouverture):
    lignes = [
        SimpleNamespace(pk=n, jour=1, debut=moment(debut * 5), duree_min=duree * 5)
        for n, (debut, duree) in enumerate(sorted(paires))
    ]
    pivot, limites = lignes[rang % len(lignes)], (*ouverture, MINUIT)
    bougent = suivantes(lignes, jour=1, des=fin_de(pivot), sauf=pivot.pk)
    restent = [s for s in lignes if s not in bougent]
    try:
        verifier(bougent, restent, delta, limites, "minutes")
    except ErreurMetier:
        return
    avant = [(s.pk, s.duree_min, fin_de(s) - minutes(s.debut)) for s in lignes]
    for s in bougent:
        s.debut = moment(minutes(s.debut) + delta)  # refuses an hour that is no hour
    apres = sorted(lignes, key=lambda s: (minutes(s.debut), s.pk))
    assert [(s.pk, s.duree_min, fin_de(s) - minutes(s.debut)) for s in apres] == avant
    if delta > 0:
        assert all(fin_de(s) <= MINUIT for s in bougent)
    if delta < 0:
        assert all(minutes(s.debut) >= limites[0] for s in bougent)


def horaires(seance) -> list[tuple]:
    lignes = Sequence.objects.filter(seance=seance)
    return [(s.titre, f"{s.debut:%H:%M}", s.duree_min) for s in lignes]


@pytest.mark.django_db
def test_allonger_inserer_et_retirer_decalent_ce_qui_suit(distribution):
    """Accueil 9:00 (30), Visite 9:45 (120), Bilan 12:00 (60); the séance ends at 17:30."""
    seance, (accueil, visite, bilan) = faire_programme(distribution)
    equipe = distribution.equipe
    arrets = [{"nom": "Halle", "arrivee": time(10), "duree_min": 20}]
    sequences.tracer_visite(sequence=visite, par=equipe, arrets=arrets)
    longue = sequences.modifier(sequence=accueil, par=equipe, duree_min=45, suivantes=True)
    assert longue.decalees == (2, 15)
    pause = {"titre": "Pause", "debut": time(10), "duree_min": 20, "format": "pause"}
    assert sequences.ajouter(seance=seance, par=equipe, suivantes=True, **pause).decalees == (2, 20)
    assert horaires(seance) == [
        ("Accueil", "09:00", 45),
        ("Pause", "10:00", 20),
        ("Visite du site", "10:20", 120),
        ("Bilan des élus", "12:35", 60),
    ]
    assert Arret.objects.get().arrivee == time(10, 35)
    assert sequences.retirer(sequence=visite, par=equipe, suivantes=True) == (1, -120)
    assert horaires(seance)[-1] == ("Bilan des élus", "10:35", 60)
    with pytest.raises(ErreurMetier, match="change de jour"):
        sequences.modifier(sequence=accueil, par=equipe, jour=2, suivantes=True)
    with pytest.raises(ActionInterdite):
        sequences.decaler(sequence=accueil, par=distribution.dreal, minutes_ajoutees=5)


@pytest.mark.django_db
def test_decaler_a_la_main_dit_ce_qu_il_refuse(client, distribution):
    seance, (accueil, _, bilan) = faire_programme(distribution)
    ici = [seance.atelier.slug, seance.pk]
    url = reverse("ateliers:sequence_decaler", args=[*ici, accueil.pk])
    client.force_login(distribution.equipe)
    page = client.get(url).content.decode()
    assert "« Visite du site » (9 h 45), « Bilan des élus » (12 h)" in page.replace("\xa0", " ")
    page = client.post(url, {"minutes": 300, "sens": "tard"}).content.decode().replace("\xa0", " ")
    assert (
        "« Bilan des élus » finirait à 18 h, après la fin de la séance (17 h 30) : il ne reste que "
        "4 h 30." in page
    )
    assert 'value="300"' in page
    page = client.post(url, {"minutes": 45, "sens": "tot"}).content.decode().replace("\xa0", " ")
    assert "« Visite du site » commencerait avant « Accueil » ou en même temps" in page
    page = client.post(url, {"minutes": 45, "sens": "tot", "avec_elle": "on"}).content.decode()
    assert "avant l’ouverture de la séance (8\xa0h\xa030)" in page
    page = client.post(url, {"minutes": 30, "sens": "tard"}, follow=True).content.decode()
    assert "C’est fait\xa0; 2 séquences commencent 30\xa0min plus tard." in page
    assert [h for _, h, _ in horaires(seance)] == ["09:00", "10:15", "12:30"]
    with pytest.raises(ErreurMetier, match="Aucune séquence ne commence après"):
        sequences.decaler(sequence=bilan, par=distribution.equipe, minutes_ajoutees=5)


@pytest.mark.django_db
def test_la_premiere_sequence_commence_avec_la_seance(client, distribution):
    seance, (accueil, *_) = faire_programme(distribution)
    ajouter = reverse("ateliers:sequence_ajouter", args=[seance.atelier.slug, seance.pk])
    client.force_login(distribution.equipe)
    formulaire = client.get(f"{ajouter}?apres={accueil.pk}").context["form"]
    assert formulaire.initial == {"jour": 1, "debut": "09:30", "suivantes": True}
    seance.sequences.all().delete()
    assert client.get(ajouter).context["form"].initial == {"debut": "08:30"}
