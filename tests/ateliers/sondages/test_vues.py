"""Pages of the poll: the signed link, the form of the pilot, the grid."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ateliers.annuaire.models import Personne
from ateliers.calendrier.domaine.requetes import creneaux_proposes
from ateliers.participants.models import Participant
from ateliers.seances.models import Seance
from ateliers.sondages.domaine import reponses, sondages
from ateliers.sondages.domaine.requetes import choix_de
from ateliers.sondages.lien import chemin, jeton
from ateliers.sondages.models import ReponseCreneau, Sondage
from tests.factories.calendrier import faire_demande_prete
from tests.factories.participants import faire_seance
from tests.factories.sondages import cles, faire_sondage, limite, matin, sondes

pytestmark = pytest.mark.django_db


def test_repondre_sans_compte_puis_changer(client, distribution):
    sondage = faire_sondage(distribution)
    jeanne, karim = sondes(sondage)
    dates = cles(sondage)
    page = client.get(chemin(jeanne))
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "Karim" not in page.content.decode()
    reponse = client.post(chemin(jeanne), {f"c{dates[0]}": "non", "tout": "oui"})
    assert reponse.url == reverse("ateliers:sondage_merci", args=[jeton(jeanne)])
    assert choix_de(jeanne) == dict(zip(dates, ("non", "oui", "oui"), strict=True))
    merci = client.get(reponse.url).content.decode()
    assert "2 oui, 0 si besoin, 1 non" in merci
    assert "Et maintenant" in merci
    client.post(chemin(jeanne), {f"c{dates[0]}": "si_besoin", "message": "Le matin seulement"})
    assert choix_de(jeanne)[dates[0]] == "si_besoin"
    assert choix_de(karim) == {}


def test_le_lien_de_l_un_n_ecrit_jamais_pour_l_autre(client, distribution):
    sondage, autre = faire_sondage(distribution), faire_sondage(distribution)
    jeanne, karim = sondes(sondage)
    client.post(
        chemin(jeanne),
        {f"c{cles(autre)[0]}": "oui", f"c{cles(sondage)[0]}": "oui", "sonde": karim.pk},
    )
    assert list(ReponseCreneau.objects.values_list("sonde_id", "creneau_id")) == [
        (jeanne.pk, cles(sondage)[0])
    ]
    faux = jeton(jeanne).replace(f"{jeanne.pk}:", f"{karim.pk}:", 1)
    for texte in (faux, f"{karim.pk}", jeton(jeanne)[:-1], jeton(jeanne) + "x", "é:é"):
        for nom in ("sondage_repondre", "sondage_merci"):
            assert client.get(reverse(f"ateliers:{nom}", args=[texte])).status_code == 404


def test_un_envoi_vide_est_refuse_avec_une_phrase(client, distribution):
    sonde = sondes(faire_sondage(distribution))[0]
    page = client.post(chemin(sonde), {"message": "?"})
    assert "Répondez à au moins une date." in page.content.decode()


def test_un_sondage_clos_montre_la_date(client, distribution):
    sondage = faire_sondage(distribution)
    for sonde in sondes(sondage):
        reponses.repondre(sonde, choix={cle: "oui" for cle in cles(sondage)})
    sondages.cloturer(creneau=sondage.creneaux.first(), par=distribution.ddt, lieu="Mairie")
    page = client.get(chemin(sonde)).content.decode()
    assert "Date retenue" in page
    assert "de 9\u00a0h\u00a030 à 12\u00a0h" in page
    assert f'name="c{cles(sondage)[0]}"' not in page


def test_les_deux_heures_quand_elles_different(client, distribution):
    seance = faire_seance(
        distribution, etat="a_programmer", genre="copil", rang=None, fuseau="Indian/Reunion"
    )
    sonde = sondes(faire_sondage(distribution, seance=seance))[0]
    page = client.get(chemin(sonde)).content.decode()
    assert "fuseau de Reunion" in page
    assert "à Paris)" in page


def test_le_pilote_sonde_en_cochant_des_jours(client, distribution):
    seance = faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)
    faire_sondage(distribution, seance=seance)
    Sondage.objects.all().delete()
    client.force_login(distribution.ddt)
    url = reverse("ateliers:sonder", args=[seance.atelier.slug, seance.pk])
    exact = "/".join(m.isoformat(timespec="minutes") for m in matin(25))
    premier = timezone.localdate() + timedelta(days=15)
    jours = [premier + timedelta(days=n) for n in range(14)]
    jours = [j.isoformat() for j in jours if j.weekday() < 5][:4]
    gens = list(Participant.objects.exclude(courriel="").order_by("pk"))
    reponse = client.post(
        f"{url}?a_partir={premier}&creneau={exact}",
        {
            "jours": jours,
            "exacts": [exact],
            "debut0": "14:00",
            "fin0": "16:30",
            "debut1": "18:00",
            "fin1": "20:00",
            "sondes": [gens[1].pk],
            "obligatoires": [gens[0].pk],
            "clot_le": limite(),
            "quorum_elus": "1",
        },
    )
    sondage = Sondage.objects.get()
    assert reponse.url == reverse("ateliers:sondage", args=[seance.atelier.slug, sondage.pk])
    assert sondage.creneaux.count() == 9
    assert sondage.quorums == {"elus": 1}
    assert [(s.participant_id, s.obligatoire) for s in sondes(sondage)] == [
        (gens[0].pk, True),
        (gens[1].pk, False),
    ]


def _requetes(client, url) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captees:
        assert client.get(url).status_code == 200
    return len(captees)


def test_la_grille_de_soixante_personnes_en_douze_requetes(client, distribution):
    petit = faire_sondage(distribution)
    client.force_login(distribution.ddt)
    url = reverse("ateliers:sondage", args=[petit.seance.atelier.slug, petit.pk])
    client.get(url)
    peu = _requetes(client, url)
    seance = Seance.objects.create(
        atelier=petit.seance.atelier, genre="copil", titre="Grand comité", lieu="Salle"
    )
    personnes = Personne.objects.bulk_create(
        Personne(prenom="P", nom=f"N{rang}", courriel=f"p{rang}@exemple.fr") for rang in range(58)
    )
    Participant.objects.bulk_create(
        Participant(
            atelier=seance.atelier,
            personne=personnes[rang],
            prenom="P",
            nom=f"N{rang}",
            courriel=f"p{rang}@exemple.fr",
            college="habitants",
        )
        for rang in range(58)
    )
    grand = faire_sondage(distribution, seance=seance, creneaux=20)
    for sonde in sondes(grand):
        reponses.repondre(sonde, choix={cle: "oui" for cle in cles(grand)})
    url = reverse("ateliers:sondage", args=[seance.atelier.slug, grand.pk])
    assert ReponseCreneau.objects.count() == 1200
    assert (_requetes(client, url), peu <= 12) == (peu, True)
    assert client.get(url).content.decode().count("vote--oui") == 1200


def test_retenir_depuis_la_page(client, distribution):
    sondage = faire_sondage(distribution)
    slug = sondage.seance.atelier.slug
    client.force_login(distribution.ddt)
    cle = cles(sondage)[0]
    url = reverse("ateliers:sondage_retenir", args=[slug, sondage.pk, cle])
    page = client.post(url, {"lieu": "Mairie"})
    assert "confirmer_obligatoire_muet" in page.content.decode()
    client.post(url, {"lieu": "Mairie", "confirmer_obligatoire_muet": "on"})
    assert Sondage.objects.get().etat == "clos"


def test_les_dates_de_la_recherche_preremplissent_le_sondage(client, distribution):
    demande = faire_demande_prete(distribution, 1)
    (seance,) = Seance.objects.filter(atelier=demande.atelier, etat="a_programmer")
    client.force_login(distribution.ddt)
    textes = creneaux_proposes(seance, demande.resultat)
    assert len(textes) == len(
        {str(carte["dates"][0]["plages"]) for carte in demande.resultat["propositions"]}
    )
    lien = "?" + urlencode([("creneau", t) for t in textes])
    url = reverse("ateliers:sonder", args=[demande.atelier.slug, seance.pk])
    page = client.get(reverse("ateliers:seance", args=[demande.atelier.slug, seance.pk]))
    assert url + lien.replace("&", "&amp;") in page.content.decode()
    page = client.get(url + lien).content.decode()
    assert [page.count(f'value="{t}" checked') for t in textes] == [1] * len(textes)


@pytest.mark.parametrize("creneaux", [1, 3])
def test_repondre_coute_autant_pour_un_creneau_que_pour_trois(
    client, distribution, creneaux, django_assert_num_queries
):
    jeanne = sondes(faire_sondage(distribution, creneaux=creneaux))[0]
    client.get(chemin(jeanne))
    with django_assert_num_queries(3):
        assert client.get(chemin(jeanne)).status_code == 200
