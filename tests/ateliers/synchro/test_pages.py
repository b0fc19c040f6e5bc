"""The pages of one's own diary, and the poll that it prefills."""

import pytest
from django.urls import reverse

from ateliers.agendas.models import AgendaDistant, EvenementEcrit
from ateliers.sondages.lien import chemin
from ateliers.sondages.models import ReponseCreneau, Sonde
from tests.factories.agendas import brancher, calendriers, dans, faire_convoquee
from tests.factories.sondages import faire_sondage
from tests.fixtures.radicale import IDENTIFIANT, MOT_DE_PASSE

pytestmark = pytest.mark.django_db
PAGE = "/calendrier/agenda/"


def test_de_l_adresse_aux_rendez_vous(distribution, caldav, connecte):
    seance = faire_convoquee(distribution, distribution.ddt)
    url = caldav.creer("bureau")
    visiteur = connecte("ddt")
    vide = visiteur.get(PAGE).content.decode()
    assert "Brancher mon agenda" in vide and "Outlook et Exchange" in vide
    saisie = {"adresse": caldav.adresse, "identifiant": IDENTIFIANT, "mot_de_passe": "faux"}
    refus = visiteur.post(f"{PAGE}brancher/", saisie).content.decode()
    assert "L’identifiant ou le mot de passe est refusé." in refus
    assert (caldav.adresse in refus, "faux" in refus) == (True, False)
    saisie["mot_de_passe"] = MOT_DE_PASSE
    suite = visiteur.post(f"{PAGE}brancher/", saisie)
    assert suite.url == f"{PAGE}calendriers/"
    pk = calendriers(AgendaDistant.objects.get())["bureau"]
    choix = {"ecrit": pk, "lus": [pk], "portee": "invitations", "fuseau": "Europe/Paris"}
    assert visiteur.post(suite.url, choix).url == PAGE
    sante = visiteur.get(PAGE).content.decode()
    assert "1\xa0rendez-vous à jour" in sante and seance.atelier.nom in sante
    assert visiteur.post(f"{PAGE}suspendre/").status_code == 302
    assert "Reprendre la synchronisation" in visiteur.get(PAGE).content.decode()
    visiteur.post(f"{PAGE}reprendre/")
    visiteur.post(f"{PAGE}synchroniser/")
    visiteur.post(f"{PAGE}debrancher/", {"retirer": "on"})
    assert (AgendaDistant.objects.count(), caldav.nombre(url)) == (0, 0)
    assert "1\xa0rendez-vous retiré." in visiteur.get(PAGE).content.decode()


def test_choisir_au_moins_un_calendrier_et_parmi_les_siens(distribution, caldav, connecte):
    brancher(caldav, distribution.ddt)
    autre = brancher(caldav, distribution.collectivite)
    visiteur, base = connecte("ddt"), {"portee": "invitations", "fuseau": "Europe/Paris"}
    page = visiteur.post(f"{PAGE}calendriers/", base).content.decode()
    assert "Choisissez au moins un calendrier" in page
    for pk in (calendriers(autre)["bureau"], 999_999):
        assert visiteur.post(f"{PAGE}calendriers/", base | {"lus": [pk]}).status_code == 200
    assert AgendaDistant.objects.get(utilisateur=distribution.ddt).calendriers.get().ecrit


def test_nul_ne_touche_l_agenda_d_un_autre(distribution, caldav, connecte):
    faire_convoquee(distribution, distribution.ddt)
    brancher(caldav, distribution.ddt)
    brancher(caldav, distribution.dgaln, ecrit="", lus=("bureau",))
    ligne = EvenementEcrit.objects.get(agenda__utilisateur=distribution.ddt)
    EvenementEcrit.objects.update(etat="modifie")
    visiteur = connecte("dgaln")
    assert visiteur.post(reverse("ateliers:agenda_retablir", args=[ligne.pk])).status_code == 404
    assert caldav.adresse in visiteur.get(PAGE).content.decode()
    assert ligne.seance.titre not in visiteur.get(PAGE).content.decode()


def requetes(visiteur, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as captees:
        visiteur.get(PAGE)
    return len(captees)


def test_le_meme_nombre_de_requetes(distribution, caldav, connecte, django_assert_max_num_queries):
    brancher(caldav, distribution.ddt, portee="ateliers")
    visiteur = connecte("ddt")
    faire_convoquee(distribution, distribution.ddt)
    une = requetes(visiteur, django_assert_max_num_queries)
    for jours in (31, 32):
        faire_convoquee(distribution, distribution.ddt, jours=jours)
    assert EvenementEcrit.objects.count() == 3
    assert requetes(visiteur, django_assert_max_num_queries) == une


def cochees(reponse):
    form = reponse.context["form"]
    return [form[f"c{p.cle}"].value() for p in form.plages]


def test_le_sondage_est_prerempli_pour_soi_seul(distribution, caldav, connecte, client):
    sondage = faire_sondage(distribution)
    sonde = Sonde.objects.filter(sondage=sondage).exclude(participant__courriel="").first()
    type(sonde.participant).objects.filter(pk=sonde.participant_id).update(
        courriel=distribution.collectivite.email
    )
    sonde.refresh_from_db()
    caldav.creer("bureau")
    creneaux = list(sondage.creneaux.all())
    pris = creneaux[1].debut
    caldav.poser(
        f"{caldav.racine}bureau/", "rdv", f"DTSTART:{pris:%Y%m%dT%H%M%SZ}", "DURATION:PT1H"
    )
    brancher(caldav, distribution.collectivite, ecrit="")
    url = chemin(sonde)
    attendu = ["non" if c.pk == creneaux[1].pk else "oui" for c in creneaux]
    page = connecte("collectivite").get(url)
    assert cochees(page) == attendu
    assert "d’après votre agenda" in page.content.decode()
    assert ReponseCreneau.objects.count() == 0
    for autre in (client, connecte("ddt"), connecte("dgaln")):
        assert cochees(autre.get(url)) == [None] * len(creneaux)
    ReponseCreneau.objects.create(sonde=sonde, creneau=creneaux[1], choix="oui")
    page = connecte("collectivite").get(url)
    assert cochees(page) == ["oui"] * len(creneaux)
    assert dans(0) < creneaux[0].debut
