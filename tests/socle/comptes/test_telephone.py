"""A service’s number is typed as one writes it, stored in E.164, and read on its letters."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from ateliers.participants.documents import lettre
from candidatures.instruction.documents import contexte_lettre
from candidatures.instruction.models import Decision
from socle.comptes.domaine.telephone import lire_telephone, telephone_lisible
from socle.comptes.models import Organisme
from socle.erreurs import ErreurMetier
from tests.factories.instruction import decider, faire_en_evaluation
from tests.factories.participants import faire_invites


@pytest.mark.parametrize(
    ("tape", "ecrit", "lu"),
    [
        ("03.53.01.00.80", "+33353010080", "03 53 01 00 80"),
        ("+33 (0)3 53 01 00 80", "+33353010080", "03 53 01 00 80"),
        ("0262 40 26 26", "+262262402626", "0262 40 26 26"),
        ("+687 25 60 00", "+687256000", "+687 25.60.00"),
        ("  ", "", ""),
    ],
)
def test_un_numero_se_tape_comme_on_l_ecrit(tape, ecrit, lu):
    assert lire_telephone(tape) == ecrit
    assert telephone_lisible(ecrit) == lu.replace(" ", "\u00a0")


@pytest.mark.parametrize("tape", ["12", "06 12", "poste 4", "+999 1234567", "0353010080 poste 12"])
def test_un_numero_qui_n_appelle_personne_est_refuse(tape):
    with pytest.raises(ErreurMetier, match="valable"):
        lire_telephone(tape)


@pytest.mark.django_db
def test_les_lettres_le_portent_et_la_base_le_tient(distribution):
    Organisme.objects.update(telephone="")
    _, (invitation, *_) = faire_invites(distribution)
    decider(distribution, faire_en_evaluation(distribution))
    decision = Decision.objects.get()
    gabarits = {
        "convocation": "documents/convocation.html",
        "decision": "documents/lettre_decision.html",
    }

    autour = {"titre": "Lettre", "empreinte": ""}

    def pages():
        invitation.seance.atelier.service_pilote.refresh_from_db()
        decision.preparee_par.organisme.refresh_from_db()
        contextes = {"convocation": lettre(invitation), "decision": contexte_lettre(decision)}
        return {
            c: render_to_string(gabarits[c], autour | {"contexte": contextes[c]}) for c in gabarits
        }

    assert ["Téléphone" in page for page in pages().values()] == [False, False]
    Organisme.objects.update(telephone="+33353010080")
    attendu = "Téléphone\u00a0: 03\u00a053\u00a001\u00a000\u00a080"
    assert [page.count(attendu) for page in pages().values()] == [1, 1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisme.objects.update(telephone="03 53 01 00 80")


@pytest.mark.django_db
def test_il_se_corrige_avec_l_adresse(distribution, client):
    admin = distribution.dgaln
    type(admin).objects.filter(pk=admin.pk).update(is_staff=True, is_superuser=True)
    client.force_login(
        type(admin).objects.get(pk=admin.pk),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    organisme = Organisme.objects.get(nom="Commune de Doullens")
    page = reverse("admin:comptes_organisme_change", args=[organisme.pk])
    champs = {"nom": organisme.nom, "nature": organisme.nature, "commune": organisme.commune_id}
    refus = client.post(page, champs | {"telephone": "12"})
    assert "valable" in refus.content.decode()
    assert client.post(page, champs | {"telephone": "03 53 01 00 80"}).status_code == 302
    organisme.refresh_from_db()
    assert organisme.telephone == "+33353010080"
