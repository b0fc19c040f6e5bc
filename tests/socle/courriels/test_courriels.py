"""The outbox: written with the act, sent after the commit, withheld where it matters."""

import smtplib
from datetime import timedelta

import pytest
from celery.exceptions import Retry
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from socle.courriels import domaine, envoi, tasks
from socle.courriels.choix import EtatCourriel
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, TransitionImpossible
from socle.journal.domaine import historique

pytestmark = pytest.mark.django_db
CLE = "essai_bonjour"


@pytest.fixture(autouse=True)
def gabarit(settings, tmp_path):
    """A mail template of the tests' own."""
    (tmp_path / "courriels").mkdir()
    (tmp_path / f"courriels/{CLE}.txt").write_text(
        "Bonjour & bienvenue à {{ lieu }}\n\n{{ destinataire }}, voyez {{ adresse_publique }}/.\n"
    )
    (tmp_path / "courriels/vide.txt").write_text("Un objet seul\n")
    gabarits = [dict(settings.TEMPLATES[0])]
    gabarits[0]["DIRS"] = [tmp_path, *gabarits[0]["DIRS"]]
    settings.TEMPLATES = gabarits


@pytest.fixture
def serveur_en_panne(monkeypatch):
    """Make the mail server raise what the test says."""

    def _panne(erreur):
        def refuser(self, *args, **kwargs):
            raise erreur

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuser)

    return _panne


@pytest.fixture
def sans_worker(monkeypatch):
    envoyees = []
    monkeypatch.setattr(tasks.envoyer, "delay", envoyees.append)
    return envoyees


def deposer(a, **options):
    return domaine.deposer(CLE, a=a, contexte={"lieu": "Doullens"}, **options)


def test_un_courriel_part_apres_la_validation(distribution):
    (courriel,) = deposer([distribution.ddt], objet=distribution.ddt, par=distribution.dgaln)
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.essais, courriel.erreur) == (EtatCourriel.ENVOYE, 1, "")
    (parti,) = mail.outbox
    assert (parti.to, parti.subject) == (
        ["ddt@demo.example"],
        "Bonjour & bienvenue à Doullens",
    )
    assert parti.body == "Mathieu Delattre, voyez http://testserver/.\n"


def test_rien_ne_part_si_l_acte_echoue(distribution):
    with pytest.raises(RuntimeError), transaction.atomic():
        deposer([distribution.ddt])
        raise RuntimeError
    assert (Courriel.objects.count(), mail.outbox) == (0, [])


def test_une_adresse_n_est_ecrite_qu_une_fois(distribution):
    courriels = deposer([distribution.ddt, "DDT@demo.example", "", "x@demo.example"])
    assert [c.destinataire for c in courriels] == ["ddt@demo.example", "x@demo.example"]


def test_la_piece_jointe_part_et_reste(distribution):
    (courriel,) = deposer(["x@demo.example"], pieces_jointes=[("a.ics", "text/calendar", b"ICS")])
    assert mail.outbox[0].attachments == [("a.ics", "ICS", "text/calendar")]
    assert [p.nom for p in courriel.pieces_jointes.all()] == ["a.ics"]


def test_un_gabarit_sans_texte_est_refuse():
    with pytest.raises(ValueError, match="une ligne d'objet puis un texte"):
        domaine.rediger("vide", {})


def test_un_courriel_retenu_attend_d_etre_relu(distribution):
    (courriel,) = deposer(["x@demo.example"], retenu=True, par=distribution.ddt)
    assert (courriel.etat, mail.outbox) == (EtatCourriel.RETENU, [])
    with pytest.raises(ActionInterdite):
        domaine.liberer(courriel, par=distribution.collectivite)
    domaine.liberer(courriel, par=distribution.ddt)
    courriel.refresh_from_db()
    assert (courriel.etat, len(mail.outbox)) == (EtatCourriel.ENVOYE, 1)
    assert [entree.action for entree, _ in historique(courriel)] == ["courriel.libere"]


def test_un_courriel_annule_ne_part_pas(distribution):
    (courriel,) = deposer(["x@demo.example"], retenu=True, par=distribution.ddt)
    domaine.annuler(courriel, par=distribution.dgaln, motif="Envoyé par la poste")
    with pytest.raises(TransitionImpossible):
        domaine.liberer(courriel, par=distribution.ddt)
    assert (envoi.envoyer_maintenant(courriel.pk), mail.outbox) == (False, [])


def test_envoyer_deux_fois_n_envoie_qu_une_fois():
    (courriel,) = deposer(["x@demo.example"])
    tasks.envoyer(courriel.pk)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("erreur", "transitoire"),
    [
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (smtplib.SMTPServerDisconnected(), True),
        (smtplib.SMTPDataError(451, b"plus tard"), True),
        (smtplib.SMTPDataError(550, b"non"), False),
        (smtplib.SMTPRecipientsRefused({"x@demo.example": (450, b"plus tard")}), True),
        (smtplib.SMTPRecipientsRefused({"x@demo.example": (550, b"inconnu")}), False),
        (smtplib.SMTPAuthenticationError(535, b"refus"), False),
        (ValueError("adresse"), False),
    ],
)
def test_seules_les_erreurs_passageres_sont_retentees(erreur, transitoire):
    assert envoi.est_transitoire(erreur) is transitoire


def test_une_erreur_passagere_laisse_le_courriel_en_file(sans_worker, serveur_en_panne):
    (courriel,) = deposer(["x@demo.example"])
    serveur_en_panne(ConnectionRefusedError("pas de réponse"))
    with pytest.raises(envoi.EnvoiDiffere):
        envoi.envoyer_maintenant(courriel.pk)
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.essais) == (EtatCourriel.EN_ATTENTE, 1)
    assert courriel.erreur == "ConnectionRefusedError : pas de réponse"


def test_le_dernier_essai_se_solde_par_un_echec(sans_worker, serveur_en_panne):
    (courriel,) = deposer(["x@demo.example"])
    serveur_en_panne(ConnectionRefusedError("pas de réponse"))
    tasks.envoyer.push_request(retries=tasks.ESSAIS_MAX - 1)
    try:
        tasks.envoyer.run(courriel.pk)
    finally:
        tasks.envoyer.pop_request()
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.essais) == (EtatCourriel.ECHEC, 1)


def test_le_worker_revient_plus_tard(sans_worker, serveur_en_panne):
    (courriel,) = deposer(["x@demo.example"])
    serveur_en_panne(ConnectionRefusedError("pas de réponse"))
    with pytest.raises(Retry, match="Retry in 30s"):
        tasks.envoyer.apply(args=[courriel.pk], throw=True)
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.essais) == (EtatCourriel.EN_ATTENTE, 1)


def test_une_erreur_definitive_echoue_puis_se_renvoie(distribution, monkeypatch):
    with monkeypatch.context() as panne:
        panne.setattr(
            "django.core.mail.EmailMessage.send",
            lambda self: (_ for _ in ()).throw(smtplib.SMTPDataError(550, b"inconnu")),
        )
        (courriel,) = deposer(["x@demo.example"], par=distribution.ddt)
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.essais) == (EtatCourriel.ECHEC, 1)
    domaine.renvoyer(courriel, par=distribution.ddt)
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.erreur) == (EtatCourriel.ENVOYE, "")


def test_ce_qui_traine_est_remis_en_file(sans_worker):
    (vieux, recent) = deposer(["a@demo.example", "b@demo.example"])
    Courriel.objects.filter(pk=vieux.pk).update(
        a_envoyer_depuis=timezone.now() - timedelta(hours=1)
    )
    sans_worker.clear()
    tasks.renvoyer_en_souffrance()
    assert sans_worker == [vieux.pk]


def test_la_boite_montre_a_chacun_les_siens(connecte, distribution):
    deposer([distribution.ddt, distribution.collectivite])
    deposer([distribution.equipe], retenu=True)
    comptes = {
        role: connecte(role).get(reverse("courriels:boite")).context["page"].paginator.count
        for role in ("dgaln", "ddt", "equipe", "collectivite_autre")
    }
    assert comptes == {"dgaln": 3, "ddt": 1, "equipe": 1, "collectivite_autre": 0}
    page = connecte("dgaln").get(reverse("courriels:boite"), {"etat": "retenu"})
    assert page.context["page"].paginator.count == 1


def test_hors_demonstration_la_boite_est_a_la_dgaln(connecte, settings, sans_worker):
    settings.DEMO = False
    statuts = {
        role: connecte(role).get(reverse("courriels:boite")).status_code
        for role in ("dgaln", "ddt", "collectivite")
    }
    assert statuts == {"dgaln": 200, "ddt": 403, "collectivite": 403}


@pytest.mark.parametrize("nombre", [1, 3])
def test_la_boite_coute_le_meme_nombre_de_requetes(
    nombre, connecte, distribution, django_assert_num_queries
):
    deposer([f"{rang}@demo.example" for rang in range(nombre)])
    visiteur = connecte("dgaln")
    with django_assert_num_queries(4):
        visiteur.get(reverse("courriels:boite"))


def test_lire_puis_liberer_depuis_la_page(connecte, distribution):
    (courriel,) = deposer(
        ["x@demo.example"],
        retenu=True,
        par=distribution.ddt,
        pieces_jointes=[("été.ics", "text/calendar", b"ICS")],
    )
    visiteur = connecte("ddt")
    page = visiteur.get(courriel.get_absolute_url())
    assert [b["libelle"] for b in page.context["boutons"]] == ["Envoyer", "Ne pas envoyer"]
    piece = courriel.pieces_jointes.get()
    fichier = visiteur.get(reverse("courriels:piece", args=[courriel.pk, piece.pk]))
    assert (fichier.content, fichier["Content-Disposition"]) == (
        b"ICS",
        "attachment; filename*=utf-8''%C3%A9t%C3%A9.ics",
    )
    reponse = visiteur.post(reverse("courriels:liberer", args=[courriel.pk]))
    assert (reponse.status_code, reponse["Location"]) == (302, courriel.get_absolute_url())
    assert len(mail.outbox) == 1
