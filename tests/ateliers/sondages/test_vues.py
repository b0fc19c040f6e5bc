"""Pages of the poll: the signed link, the form of the pilot, the grid."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ateliers.annuaire.models import Personne
from ateliers.calendrier.domaine.demandes import retenir
from ateliers.calendrier.domaine.requetes import creneaux_proposes
from ateliers.calendrier.models import DemandeCalendrier
from ateliers.participants.domaine.dates import reporter
from ateliers.participants.models import Participant, QuorumCollege
from ateliers.seances.models import Seance
from ateliers.sondages.domaine import reponses, sondages
from ateliers.sondages.domaine.requetes import choix_de
from ateliers.sondages.lien import chemin, jeton
from ateliers.sondages.models import ReponseCreneau, Sondage
from candidatures.dispositifs.models import EtapeType
from socle.interface.templatetags.interface import date_longue
from tests.factories.calendrier import faire_demande_prete
from tests.factories.participants import faire_participants, faire_seance
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
    page = client.post(chemin(jeanne), {f"c{dates[0]}": "non", "tout": "oui"})
    assert "2\u00a0dates passent à «\u00a0oui\u00a0»" in page.content.decode()
    assert choix_de(jeanne) == {}
    remplis = {f"c{d}": page.context["form"][f"c{d}"].value() for d in dates}
    reponse = client.post(chemin(jeanne), remplis)
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
    assert "Répondez pour une date au moins" in page.content.decode()


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
    assert client.get(url).context["form"].fields["lieu"].required
    refusee = cles(sondage)[1]
    reponses.repondre(sondes(sondage)[0], choix={refusee: "non"})
    adresse = reverse("ateliers:sondage_retenir", args=[slug, sondage.pk, refusee])
    assert "Jeanne Martin a répondu «\u00a0non\u00a0»." in client.get(adresse, follow=True).text
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
    lien = "?" + urlencode([("recherche", "oui"), *(("creneau", t) for t in textes)])
    url = reverse("ateliers:sonder", args=[demande.atelier.slug, seance.pk])
    assert url + lien.replace("&", "&amp;") in client.get(demande.get_absolute_url()).text
    lieu = reverse("ateliers:seance", args=[demande.atelier.slug, seance.pk])
    assert f'href="{url}"' in client.get(lieu).text  # nothing was kept: nothing is ticked
    retenir(demande=demande, numero=2, par=distribution.ddt)
    DemandeCalendrier.objects.create(  # a later search, never kept
        atelier=demande.atelier, par=distribution.ddt, etat="pret", resultat=demande.resultat
    )
    garde = "?" + urlencode([("creneau", creneaux_proposes(seance, demande.resultat, 2)[0])])
    assert f'href="{url}{garde}"' in client.get(lieu).text
    page = client.get(url + lien).content.decode()
    assert [page.count(f'value="{t}" checked') for t in textes] == [1] * len(textes)


@pytest.mark.parametrize("creneaux", [2, 3])
def test_repondre_coute_autant_pour_deux_creneaux_que_pour_trois(
    client, distribution, creneaux, django_assert_num_queries
):
    jeanne = sondes(faire_sondage(distribution, creneaux=creneaux))[0]
    client.get(chemin(jeanne))
    with django_assert_num_queries(3):
        assert client.get(chemin(jeanne)).status_code == 200


def test_apres_un_report_le_sondage_dit_la_date_presente(client, distribution):
    sondage = faire_sondage(distribution)
    for sonde in sondes(sondage):
        reponses.repondre(sonde, choix={cle: "oui" for cle in cles(sondage)})
    sondages.cloturer(creneau=sondage.creneaux.first(), par=distribution.ddt, lieu="Mairie")
    debut, fin = matin(60)
    reporter(
        seance=Seance.objects.get(pk=sondage.seance_id),
        par=distribution.ddt,
        debut=debut,
        fin=fin,
        motif="Neige",
        prevenir=True,
        confirmes={"conflits"},
    )
    client.force_login(distribution.ddt)
    pages = [
        chemin(sonde),
        reverse("ateliers:sondage_merci", args=[jeton(sonde)]),
        reverse("ateliers:sondage", args=[sondage.seance.atelier.slug, sondage.pk]),
    ]
    for url in pages:
        page = client.get(url).content.decode()
        assert f"La date a changé\u00a0: {date_longue(debut.date())}" in page
        assert "Date retenue\u00a0:" not in page


def test_changer_de_semaines_garde_tout_ce_qui_est_saisi(client, distribution):
    seance = faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)
    gens = faire_participants(distribution, seance.atelier, 3)
    client.force_login(distribution.ddt)
    url = reverse("ateliers:sonder", args=[seance.atelier.slug, seance.pk])
    jour = (timezone.localdate() + timedelta(days=20)).isoformat()
    exact = "/".join(m.isoformat(timespec="minutes") for m in matin(25))
    loin = (timezone.localdate() + timedelta(days=140)).isoformat()
    page = client.post(
        f"{url}?creneau={exact}",
        {
            "semaines": loin,
            "jours": [jour],
            "exacts": [exact],
            "debut0": "14:15",
            "fin0": "",
            "sondes": [gens[2].pk],
            "obligatoires": [gens[1].pk],
            "message": "Au plus vite",
            "clot_le": "",
        },
    ).content.decode()
    assert f'name="jours" value="{jour}" checked' in page
    assert f'value="{exact}" checked' in page
    assert 'value="14:15"' in page
    assert "Au plus vite" in page
    assert "fr-alert--error" not in page
    coches = {
        nom: [p.pk for p in gens if f'name="{nom}" value="{p.pk}" checked' in page]
        for nom in ("sondes", "obligatoires")
    }
    assert coches == {"sondes": [gens[2].pk], "obligatoires": [gens[1].pk]}
    assert Sondage.objects.count() == 0


def test_la_duree_et_les_indispensables_sont_repris(client, distribution):
    seance = faire_seance(distribution, etat="a_programmer")
    seance.etape_type = EtapeType.objects.create(
        dispositif=seance.atelier.dispositif,
        genre="sensibilisation",
        ordre=90,
        libelle="Deux jours",
        mois_prevu=1,
        duree_jours=2,
    )
    seance.save()
    gens = faire_participants(distribution, seance.atelier, 2)
    client.force_login(distribution.ddt)
    url = reverse("ateliers:sonder", args=[seance.atelier.slug, seance.pk])
    page = client.get(f"{url}?indispensable={gens[1].pk}&indispensable=x")
    form = page.context["form"]
    assert form["nombre_jours"].value() == 2
    assert [p.pk for p, _, indispensable in form.personnes if indispensable] == [gens[1].pk]


def test_le_minimum_ne_depasse_pas_les_personnes_et_deux_jours_chomes_se_confirment(
    client, distribution
):
    seance = faire_seance(distribution, etat="a_programmer")
    dispositif = seance.atelier.dispositif
    for college, minimum in (("elus", 2), ("habitants", 2)):
        QuorumCollege.objects.create(
            dispositif=dispositif, genre=seance.genre, college=college, minimum=minimum
        )
    elue = faire_participants(distribution, seance.atelier, 1)[0]
    client.force_login(distribution.ddt)
    url = reverse("ateliers:sonder", args=[seance.atelier.slug, seance.pk])
    form = client.get(url).context["form"]
    assert [c.value() for c in form.quorums] == [1]
    assert form.minimum_dit.replace("\u00a0", " ") == (
        "Le dispositif demande 2 élus et 2 habitants. Personnes cochées ci-dessus : "
        "1 élu et aucun habitant ; le minimum proposé ne va pas au-delà."
    )
    lundi = timezone.localdate() + timedelta(days=30)
    lundi -= timedelta(days=lundi.weekday())
    saisie = {
        "jours": [lundi.isoformat(), (lundi + timedelta(days=4)).isoformat()],
        "debut0": "09:00",
        "fin0": "17:00",
        "nombre_jours": "2",
        "sondes": [elue.pk],
        "clot_le": limite(),
        "quorum_elus": "2",
    }
    erreurs = client.post(url, saisie).context["form"].errors
    assert erreurs["quorum_elus"][0].startswith("Vous sondez 1\u00a0élu\u00a0: abaissez")
    saisie["quorum_elus"] = "1"
    page = client.post(url, saisie)
    (boite,) = page.context["form"].confirmations
    assert boite["nom"] == "confirmer_jours_chomes"
    assert date_longue(lundi + timedelta(days=4)) in boite["phrase"]
    assert date_longue(lundi) not in boite["phrase"]
    assert boite["nom"] in page.text
    assert client.post(url, saisie | {boite["nom"]: "on"}).status_code == 302
    assert Sondage.objects.get().quorums == {"elus": 1}


def test_les_jours_feries_et_les_vacances_sont_marques(client, distribution):
    seance = faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)
    client.force_login(distribution.ddt)
    url = reverse("ateliers:sonder", args=[seance.atelier.slug, seance.pk])
    annee = timezone.localdate().year + 1
    page = client.get(f"{url}?a_partir={annee}-11-09")
    armistice = date(annee, 11, 11)
    marques = page.context["form"].marques
    if armistice.weekday() < 6:
        assert marques[armistice] == "férié"
    assert date(annee, 11, 12) not in marques
