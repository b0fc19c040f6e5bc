"""The team and the services, asked with the participants: proposed, mandatory, in no college."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers.participants.domaine import dates
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.models import Seance
from ateliers.sondages.domaine import reponses, sondages
from ateliers.sondages.domaine.attendus import attendus_par_compte
from ateliers.sondages.lien import chemin
from ateliers.sondages.models import Sondage, Sonde
from ateliers.taches import a_traiter
from candidatures.dispositifs.models import Dispositif
from socle.comptes.models import Utilisateur
from socle.courriels.models import Courriel
from socle.erreurs import ErreurMetier
from socle.interface.templatetags.interface import date_longue, jour_long
from tests.factories.participants import faire_invites, faire_participants, faire_seance
from tests.factories.sondages import cles, faire_sondage, limite, matin

pytestmark = pytest.mark.django_db


def proposes(seance, par):
    return [(a.compte.email, a.role, a.propose) for a in attendus_par_compte(seance, par)]


def test_qui_est_attendu_selon_la_seance(distribution):
    """Whoever asks is proposed, one of the team; the DGALN only where a session expects it."""
    services = {"role": "service_etat", "organisme": distribution.ddt.organisme}
    Utilisateur.objects.create_user("avant@demo.example", **services)
    Utilisateur.objects.create_user("parti@demo.example", is_active=False, **services)
    Utilisateur.objects.filter(email__startswith="avant").update(cree_le="2020-01-01T00:00Z")
    seance = faire_seance(distribution, etat="a_programmer", genre="restitution", rang=None)
    attendus = [
        ("ddt@demo.example", "pilote", True),
        ("avant@demo.example", "pilote", False),
        ("equipe@demo.example", "equipe", True),
    ]
    assert proposes(seance, distribution.ddt) == attendus
    seance.atelier.dispositif = Dispositif.objects.get(avec_session=True)
    nationale = ("dgaln@demo.example", "national", True)
    assert proposes(seance, distribution.ddt) == [*attendus, nationale]
    seance.genre = "atelier"
    assert proposes(seance, distribution.ddt) == attendus


def test_l_equipe_refuse_et_la_date_ne_se_retient_pas(distribution):
    """Her refusal forbids the date; her « oui » counts in no college, and is not convoked."""
    ddt, equipe = distribution.ddt, distribution.equipe
    sondage = faire_sondage(
        distribution,
        sondes=[],
        obligatoires=(),
        comptes=[equipe, ddt],
        comptes_obligatoires={equipe.pk},
        quorums={"equipe": 1},
    )
    sienne = Sonde.objects.get(sondage=sondage, compte=equipe)
    refusee, voulue, _ = sondage.creneaux.order_by("debut")
    reponses.repondre(sienne, choix={refusee.pk: "non", voulue.pk: "oui"})
    retenir = {"par": ddt, "lieu": "Mairie"}
    with pytest.raises(ErreurMetier, match="ne peut pas être retenue"):
        sondages.cloturer(creneau=refusee, **retenir)
    with pytest.raises(ErreurMetier, match="quorum"):
        sondages.cloturer(creneau=voulue, **retenir)
    sondages.cloturer(creneau=voulue, confirmes={"sous_quorum", "conflits"}, **retenir)
    assert not Invitation.objects.exists()
    assert not Participant.objects.filter(college="equipe").exists()
    ecrits = Courriel.objects.filter(cle="sondage_retenu").order_by("destinataire")
    assert [c.destinataire for c in ecrits] == ["ddt@demo.example", "equipe@demo.example"]
    assert {(c.pieces_jointes.count(), "est choisie" in c.corps) for c in ecrits} == {(1, True)}
    # A slip is told to whoever holds this date, the one who moves it too.
    plus_tard = {"debut": voulue.debut + timedelta(days=1), "fin": voulue.fin + timedelta(days=1)}
    gardees = {"conflits", "duree", "ordre", "espacement"}
    dates.reporter(
        seance=sondage.seance, par=ddt, motif="Crue", prevenir=True, confirmes=gardees, **plus_tard
    )
    ecrits = Courriel.objects.filter(cle="report_seance").order_by("destinataire")
    assert [c.destinataire for c in ecrits] == ["ddt@demo.example", "equipe@demo.example"]


def test_un_compte_sonde_recoit_la_date_abandonnee_et_le_rendez_vous(distribution):
    """As participants do, after a slip that a poll decides."""
    seance, invites = faire_invites(distribution, nombre=1, genre="copil", rang=None)
    Invitation.objects.filter(pk=invites[0].pk).update(convoque_le=timezone.now())
    equipe = distribution.equipe
    sondage = faire_sondage(distribution, seance=seance, obligatoires=(), comptes=[equipe])
    avant = jour_long(seance.moment_debut).replace("\u00a0", " ")
    voulu = sondage.creneaux.order_by("debut").first()
    sondages.cloturer(
        creneau=voulu, par=distribution.ddt, lieu="Mairie", confirmes={"conflits", "duree"}
    )
    ecrit = Courriel.objects.get(cle="sondage_retenu")
    assert f"prévue le {avant}, est reportée" in ecrit.corps.replace("\u00a0", " ")
    assert f"est reportée\u00a0: {date_longue(voulu.debut.date())}" in ecrit.corps
    contenu = bytes(ecrit.pieces_jointes.get().contenu).decode()
    sequence = Seance.objects.get(pk=seance.pk).sequence_ical
    assert ("METHOD:PUBLISH" in contenu, f"SEQUENCE:{sequence}\r\n" in contenu) == (True, True)


def test_un_compte_etranger_a_l_atelier_n_est_pas_sonde(distribution):
    with pytest.raises(ErreurMetier, match="ni de l’équipe"):
        faire_sondage(distribution, comptes=[distribution.ddt_autre])
    assert Sondage.objects.count() == 0


def test_le_pilote_voit_la_liste_decoche_et_repond_de_son_compte(client, distribution):
    seance = faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)
    (maire,) = faire_participants(distribution, seance.atelier, 1)
    ddt, equipe = distribution.ddt, distribution.equipe
    client.force_login(ddt)
    url = reverse("ateliers:sonder", args=[seance.atelier.slug, seance.pk])
    exacts = ["/".join(m.isoformat(timespec="minutes") for m in matin(n)) for n in (25, 26)]
    adresse = f"{url}?creneau={exacts[0]}&creneau={exacts[1]}"
    form = client.get(adresse).context["form"]
    coches = [(a.compte.pk, ici, requis) for a, ici, requis in form.equipe_et_services]
    assert coches == [(ddt.pk, True, True), (equipe.pk, True, True)]
    saisie = {"exacts": exacts, "sondes": [maire.pk], "clot_le": limite()}
    client.post(adresse, saisie | {"comptes_obligatoires": [ddt.pk]})
    sondage = Sondage.objects.get()
    lues = Sonde.objects.filter(sondage=sondage).order_by("participant_id")
    assert list(lues.values_list("participant", "compte", "role", "obligatoire")) == [
        (maire.pk, None, "", False),
        (None, ddt.pk, "pilote", True),
    ]
    _repondre_de_son_compte(client, sondage, ddt)
    client.force_login(equipe)
    mienne = reverse("ateliers:sondage_ma_reponse", args=[seance.atelier.slug, sondage.pk])
    assert client.get(mienne).status_code == 404
    client.logout()
    assert client.get(mienne).status_code == 302
    lien = chemin(Sonde.objects.get(compte=ddt))
    assert client.get(lien).status_code == 200
    Utilisateur.objects.filter(pk=ddt.pk).update(is_active=False)
    assert client.get(lien).status_code == 404  # its account is closed


def _repondre_de_son_compte(client, sondage, ddt):
    """From the dashboard, or from the results; done, it no longer waits."""
    ici = [sondage.seance.atelier.slug, sondage.pk]
    mienne = reverse("ateliers:sondage_ma_reponse", args=ici)

    def attendues():
        return [t.url for t in a_traiter(ddt) if t.verbe == "Répondre au sondage"]

    assert attendues() == [mienne]
    assert mienne in client.get(reverse("ateliers:sondage", args=ici)).content.decode()
    client.post(mienne, {f"c{c}": "oui" for c in cles(sondage)})
    sienne = Sonde.objects.get(compte=ddt)
    assert sorted(sienne.reponses.values_list("creneau", "choix")) == [
        (c, "oui") for c in sorted(cles(sondage))
    ]
    assert attendues() == []


def test_qui_est_deja_participant_n_est_propose_qu_une_fois(client, distribution):
    """An account of the team entered as a participant too: ticked where its name already stands."""
    seance = faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)
    (elle,) = faire_participants(distribution, seance.atelier, 1)
    Participant.objects.filter(pk=elle.pk).update(courriel="Equipe@demo.example")
    client.force_login(distribution.ddt)
    url = reverse("ateliers:sonder", args=[seance.atelier.slug, seance.pk])
    form = client.get(url).context["form"]
    assert [a.compte.email for a, _, _ in form.equipe_et_services] == ["ddt@demo.example"]
    assert [(p.pk, ici, requis) for p, ici, requis in form.personnes] == [(elle.pk, True, True)]
