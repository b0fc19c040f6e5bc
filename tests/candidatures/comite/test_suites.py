"""After the committee: the reserve list is reached by links, the publication says what is left."""

import pytest
from django.urls import reverse

from candidatures.comite.domaine import decisions as verbes
from candidatures.comite.domaine import ecarts
from candidatures.instruction.choix import SensDecision as S
from candidatures.instruction.domaine import decision
from candidatures.instruction.models import Decision, MotifType
from tests.factories.comite import clore_comite, faire_comite, faire_comite_clos, ouvrir_comite
from tests.factories.instruction import MOTIF, frais, preparer


@pytest.fixture
def dgaln(client, distribution):
    client.force_login(distribution.dgaln)
    return client


def tout_preparer(distribution, comite):
    motifs = {
        sens: MotifType.objects.create(sens=sens, libelle="Essai", texte=f"Motif {sens}.")
        for sens in (S.RETENUE, S.RESERVE, S.NON_RETENUE)
    }
    verbes.preparer_decisions(comite=comite, motifs=motifs, par=distribution.dgaln)


def lire(client, nom, *args, **parametres):
    reponse = client.get(reverse(f"candidatures:{nom}", args=args), parametres)
    assert reponse.status_code == 200
    return reponse.content.decode().split("<main", 1)[1]


def test_la_liste_de_reserve_se_suit_depuis_chaque_page(distribution, dgaln):
    comite, (a, b, c) = faire_comite_clos(distribution)
    adresse = reverse("candidatures:reserve", args=[comite.appel.slug])
    lien = f'href="{adresse}"'
    assert lien in lire(dgaln, "comite_decisions", comite.pk)
    tout_preparer(distribution, comite)
    assert lien in lire(dgaln, "decisions", appel=comite.appel.slug)
    assert lien not in lire(dgaln, "instruire", a.reference)
    ids = list(Decision.objects.values_list("pk", flat=True))
    envoi = {"decision": ids, "confirmer_relu": "on", "confirmer_depots": "on"}
    faite = dgaln.post(reverse("candidatures:decisions_confirmer"), envoi)
    assert faite.url == f"{reverse('candidatures:decisions')}?appel={comite.appel.slug}"
    suite = lire(dgaln, "decisions", appel=comite.appel.slug)
    assert "3\u00a0décisions sont publiées" in suite
    assert lien in suite
    dits = {d.reference: lien in lire(dgaln, "instruire", d.reference) for d in (a, b, c)}
    assert dits == {a.reference: True, b.reference: True, c.reference: False}
    page = dgaln.get(adresse).content.decode()
    assert frais(b).titre in page
    assert "Constater le désistement" in page


def test_toutes_les_decisions_sont_preparees_puis_publiees(distribution, dgaln):
    comite, _ = faire_comite_clos(distribution)
    tout_preparer(distribution, comite)
    texte = lire(dgaln, "comite_decisions", comite.pk)
    assert "Toutes les décisions sont préparées." in texte
    assert "ne seront pas préparées" not in texte
    ids = list(Decision.objects.values_list("pk", flat=True))
    decision.publier_decisions(ids=ids, par=distribution.dgaln, confirmes=decision.CONFIRMATIONS)
    assert "Toutes les décisions sont publiées." in lire(dgaln, "comite_decisions", comite.pk)


def test_une_reserve_reecrite_a_la_main_prend_le_rang_du_comite(distribution, dgaln):
    comite, (_a, b, _c) = faire_comite(distribution)
    preparer(distribution, b, S.NON_RETENUE, motif="Refus.")
    comite = clore_comite(distribution, ouvrir_comite(distribution, comite))
    (ecart,) = ecarts.ecarts_lus(comite, distribution.dgaln)
    assert ecart.reecrire == "sens=reserve"
    adresse = reverse("candidatures:preparer_decision", args=[b.reference])
    assert f"{adresse}?sens=reserve" in lire(dgaln, "comite_decisions", comite.pk)
    formulaire = dgaln.get(f"{adresse}?{ecart.reecrire}").context["form"]
    assert (formulaire["sens"].value(), formulaire["motif"].value()) == ("reserve", None)
    dgaln.post(adresse, {"sens": "reserve", "motif": MOTIF, "revision": 0})
    assert Decision.objects.get(candidature=b).rang_reserve == 1
    assert ecarts.ecarts_lus(comite, distribution.dgaln) == []


def test_publier_est_inactif_avec_sa_raison_tant_qu_un_ecart_bloque(distribution, dgaln):
    comite, (a, *_) = faire_comite(distribution)
    preparer(distribution, a, S.NON_RETENUE, motif="Refus.")
    comite = clore_comite(distribution, ouvrir_comite(distribution, comite))
    texte = lire(dgaln, "decisions", appel=comite.appel.slug)
    assert 'aria-disabled="true"' in texte
    assert "La publication est bloquée par 1\u00a0écart avec le comité" in texte
    assert reverse("candidatures:decisions_confirmer") not in texte
    confirmer = lire(dgaln, "decisions_confirmer", appel=comite.appel.slug)
    assert 'name="decision"' not in confirmer
