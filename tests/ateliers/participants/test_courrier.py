"""No electronic address: convoked by post, answered by telephone, all the same on the list."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone
from weasyprint import CSS, HTML

from ateliers.annuaire.models import Personne
from ateliers.carnet.domaine import listes
from ateliers.participants.documents import lettre
from ateliers.participants.domaine import courrier, delegations, lettres
from ateliers.participants.models import Invitation, Participant, SignatureConvocation
from ateliers.participants.views.courrier import PERSONNE
from ateliers.seances.models import Seance
from candidatures.dispositifs.models import EtapeType
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier
from socle.interface.templatetags.interface import date_courte, date_longue
from socle.journal.models import Entree
from tests.factories.participants import faire_invites, faire_seance

pytestmark = pytest.mark.django_db


@pytest.fixture
def sans_courriel(distribution):
    seance, _ = faire_invites(distribution)
    Participant.objects.filter(atelier=seance.atelier).update(courriel="")
    return seance, list(Invitation.objects.filter(seance=seance).order_by("pk"))


def test_une_seance_sans_aucun_courriel_se_convoque_par_la_poste(distribution, sans_courriel):
    seance, invitations = sans_courriel
    hier = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ErreurMetier, match="dans le futur"):
        courrier.marquer_postees(
            seance=seance, par=distribution.ddt, le=timezone.localdate() + timedelta(days=1)
        )
    with pytest.raises(ActionInterdite):
        courrier.marquer_postees(seance=seance, par=distribution.collectivite, le=hier)
    with pytest.raises(ErreurMetier, match="Choisissez au moins une personne"):
        courrier.marquer_postees(seance=seance, par=distribution.ddt, le=hier)
    adressees = {i.participant.personne_id for i in invitations[:2]}
    Personne.objects.filter(pk__in=adressees).update(adresse="1 rue de la Halle, Doullens")
    assert courrier.marquer_postees(seance=seance, par=distribution.ddt, le=hier) == 2
    lues = Invitation.objects.filter(seance=seance, par_courrier=True)
    assert {timezone.localtime(i.convoque_le).date() for i in lues} == {hier}
    assert Seance.objects.get(pk=seance.pk).etat == "convoquee"
    Seance.objects.filter(pk=seance.pk).update(lieu="")
    seance.refresh_from_db()
    with pytest.raises(ElementsManquants):
        courrier.marquer_postees(seance=seance, par=distribution.ddt, le=hier)
    entree = Entree.objects.get(action="convocation.postees_le")
    assert (entree.details["nombre"], entree.details["jour"]) == (2, date_longue(hier))


def test_qui_n_a_aucune_adresse_n_est_convoque_que_de_la_main_a_la_main(
    distribution, connecte, sans_courriel
):
    seance, (premiere, deuxieme, troisieme) = sans_courriel
    Personne.objects.filter(pk=premiere.participant.personne_id).update(adresse="Doullens")
    ici = [seance.atelier.slug, seance.pk]
    noter = reverse("ateliers:lettres_postees", args=ici)
    ddt = connecte("ddt")
    form = ddt.get(noter).context["form"]
    assert form["postees"].initial == [premiere.pk]
    envoi = {"jeton": form.jeton, "le": f"{timezone.localdate()}", "postees": [premiere.pk]}
    assert ddt.post(noter, envoi | {"remises": [deuxieme.pk]}).status_code == 302
    sans = ddt.get(reverse("ateliers:invitations", args=ici)).context["sans"]
    assert (sans.a_poster, sans.a_remettre) == ([], [troisieme])
    lues = Invitation.objects.filter(seance=seance, convoque_le__isnull=False)
    assert set(lues.values_list("pk", "par_courrier", "en_main_propre")) == {
        (premiere.pk, True, False),
        (deuxieme.pk, False, True),
    }
    for invite in Participant.objects.filter(courriel=""):
        Participant.objects.filter(pk=invite.pk).update(courriel=f"p{invite.pk}@commune.example")
    page = ddt.get(noter)
    assert (page.context["sans_objet"], b'name="le"' in page.content) == (PERSONNE, False)
    seance.refresh_from_db()
    point = listes._convocation(seance.atelier, seance, "")
    assert (point.fait, point.precision) == (False, "Une personne ne l’est pas encore.")


def test_une_reponse_recue_au_telephone_se_note(distribution, connecte, sans_courriel):
    seance, (premiere, *_) = sans_courriel
    adresse = reverse(
        "ateliers:invitation_reponse", args=[seance.atelier.slug, seance.pk, premiere.pk]
    )
    visiteur = connecte("ddt")
    form = visiteur.get(adresse).context["form"]
    envoi = {"jeton": form.jeton, "reponse": "accepte", "message": "Par téléphone"}
    assert visiteur.post(adresse, envoi).status_code == 302
    premiere.refresh_from_db()
    assert (premiere.reponse, premiere.message) == ("accepte", "Par téléphone")
    derniere = Entree.objects.filter(action="invitation.repondu").latest("pk")
    assert derniere.auteur == distribution.ddt
    with pytest.raises(ActionInterdite):
        courrier.noter_reponse(invitation=premiere, par=distribution.equipe, reponse="decline")


def test_la_lettre_dit_comment_repondre_et_la_page_qui_n_a_pas_d_adresse(
    distribution, connecte, sans_courriel
):
    seance, (premiere, *_) = sans_courriel
    (lue,) = lettre(premiere).lettres
    assert lue.coupon.endswith(premiere.participant.nom_complet)
    assert lettre(premiere).avant_le == ""  # too near, or past: as soon as the letter is there
    bientot = timezone.now() + timedelta(days=30)
    Seance.objects.filter(pk=seance.pk).update(debut_prevu=bientot, fin_prevu=bientot)
    premiere.seance.refresh_from_db()
    limite = premiere.seance.moment_debut.date() - timedelta(days=7)
    assert lettre(premiere).avant_le == date_courte(limite)
    page = connecte("ddt").get(reverse("ateliers:lettres", args=[seance.atelier.slug, seance.pk]))
    assert len(page.context["sans"].a_remettre) == 3


def test_chaque_lettre_imprimee_se_poste_seule(distribution, sans_courriel):
    """Its own pages and its fingerprint: no « 2 / 3 » on the letter of the second person."""
    seance, invitations = sans_courriel
    SignatureConvocation.objects.create(
        seance=seance, nom="Ada Roux", qualite="Pour le préfet, la directrice"
    )
    document = lettres.imprimer_lettres(seance=seance, par=distribution.ddt, toutes=True)
    document.refresh_from_db()
    with document.fichier.open("rb") as fichier:
        pages = [p.extract_text() for p in pypdf.PdfReader(fichier).pages]
    assert len(pages) == len(invitations) == 3
    for page, invitation in zip(pages, invitations, strict=True):
        assert invitation.participant.nom_complet in page
        assert page.count("Empreinte du contenu") == 1
        assert "/ 3" not in page


def test_une_lettre_longue_numerote_toutes_ses_pages_des_la_deuxieme():
    feuille = Path(finders.find("documents/convocation.css")).read_text()
    page = "<p style='break-before: page'>.</p>"
    html = "".join(f"<article class='convocation'>{page * n}</article>" for n in (5, 1, 4))
    base = "@page { size: A6; @bottom-right { content: counter(page); } }"
    octets = HTML(string=html).write_pdf(stylesheets=[CSS(string=base + feuille)])
    pages = [p.extract_text().strip(" .\n") for p in pypdf.PdfReader(BytesIO(octets)).pages]
    assert pages == ["", "2", "3", "4", "5", "", "", "2", "3", "4"]


def dits(page) -> str:
    return " ".join(str(m) for m in page.context["messages"]).replace("\u00a0", " ")


def test_convoquer_et_reporter_nomment_qui_n_a_pas_de_courriel(distribution, connecte):
    seance, (karim, _, lucie) = faire_invites(distribution)
    atelier = seance.atelier
    quand = timezone.now() + timedelta(days=20)
    Seance.objects.filter(pk=seance.pk).update(debut_prevu=quand, fin_prevu=quand, ordre=80)
    apres = {"debut_prevu": quand + timedelta(days=40), "fin_prevu": quand + timedelta(days=40)}
    suite = faire_seance(
        distribution, atelier=atelier, titre="Atelier 2", rang=2, ordre=90, **apres
    )
    for rang, pk in ((1, seance.pk), (2, suite.pk)):
        etape = EtapeType.objects.create(
            dispositif=atelier.dispositif,
            genre="atelier",
            rang=rang,
            ordre=90 + rang,
            libelle="Atelier",
            mois_prevu=rang,
        )
        Seance.objects.filter(pk=pk).update(etape_type=etape)
    Participant.objects.filter(pk=karim.participant_id).update(courriel="")
    client, page = connecte("ddt"), [atelier.slug, seance.pk]
    dit = dits(client.post(reverse("ateliers:convoquer", args=page), follow=True))
    assert "pas encore au courant : Karim Benali et Lucie Petit. Postez une lettre" in dit
    courrier.marquer_postees(
        seance=seance, par=distribution.ddt, le=timezone.localdate(), remises={karim.pk, lucie.pk}
    )
    reporter = reverse("ateliers:seance_reporter", args=page)
    lue = client.get(reporter)
    assert [m.phrase.split(" : ")[0] for m in lue.context["a_savoir"]] == [
        f"La séance suivante, « Atelier 2 », reste le {date_courte(suite.debut.date())}",
        "Sans adresse électronique",
    ]
    jour = (quand + timedelta(days=35)).date().isoformat()
    saisie = {"jour_debut": jour, "heure_debut": "09:00", "jour_fin": jour, "heure_fin": "17:00"}
    saisie |= {"motif": "Neige", "prevenir": "on", "lieu": "Mairie"}
    refus = client.post(reporter, saisie).text
    assert "moins que le dispositif ne prévoit (de 15 à 60" in refus.replace("\u00a0", " ")
    cochees = {f"confirmer_{c}": "1" for c in ("espacement", "ordre", "duree", "conflits")}
    dit = dits(client.post(reporter, saisie | cochees, follow=True))
    assert "Karim Benali et Lucie Petit. Postez une nouvelle lettre" in dit
    assert "Invités : 1" in dit


def test_le_delegue_connu_est_propose_a_l_emargement(distribution, connecte):
    seance, (premiere, *_) = faire_invites(distribution)
    delegations.deleguer(
        premiere,
        prenom="Ada",
        nom="Petit",
        courriel="ada@mairie.example",
        genre="suppleant",
    )
    page = connecte("ddt").get(
        reverse("ateliers:emargement", args=[seance.atelier.slug, seance.pk])
    )
    assert page.context["form"][f"par_{premiere.pk}"].value() == "Ada Petit"


def test_la_meme_personne_nommee_deux_fois_recoit_un_numero_plus_grand(distribution):
    """The CANCEL between the two took one: a strict diary would ignore an equal number."""
    seance, (premiere, *_) = faire_invites(distribution)
    ada = {"prenom": "Ada", "nom": "Petit", "courriel": "ada@mairie.example"}
    for _ in range(2):
        delegations.deleguer(premiere, genre="suppleant", **ada)
    seance.refresh_from_db()
    recue = Invitation.objects.get(participant__courriel=ada["courriel"]).sequence_recue
    assert (seance.sequence_ical, recue) == (3, 3)
