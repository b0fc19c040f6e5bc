"""Each act is written to those who carry the feuille and to nobody else."""

import pytest

from restitution.engagement.domaine import actes, signatures
from socle.courriels.models import Courriel
from socle.erreurs import TransitionImpossible
from tests.factories import restitution as fabrique

pytestmark = pytest.mark.usefixtures("sans_pdf")


def destinataires(fragment):
    lignes = Courriel.objects.filter(cle="feuille_avancee", sujet__contains=fragment)
    return sorted(lignes.values_list("destinataire", flat=True))


def adresses(distribution, *roles):
    return sorted(getattr(distribution, role).email for role in roles)


def test_chaque_acte_previent_les_porteurs_et_eux_seuls(distribution):
    fabrique.publiee(distribution)
    collectivite, ddt = adresses(distribution, "collectivite"), adresses(distribution, "ddt")
    equipe = adresses(distribution, "equipe")
    attendus = {
        "est validée techniquement": collectivite,
        "est approuvée par délibération": ddt,
        "signée par Signataire elu": ddt,
        "signée par Signataire etat": collectivite,
        "est officialisée": sorted(collectivite + equipe),
        "est publiée": sorted(collectivite + equipe),
    }
    assert {acte: destinataires(acte) for acte in attendus} == attendus
    assert Courriel.objects.filter(cle="feuille_avancee").count() == 8


def test_la_suite_dit_quelle_signature_manque(distribution):
    fabrique.signer(distribution, fabrique.approuvee(distribution), "elu", "etat")
    corps = list(
        Courriel.objects.filter(sujet__contains="signée par")
        .order_by("pk")
        .values_list("corps", flat=True)
    )
    assert "Il manque encore la signature de l’État." in corps[0]
    assert "Les deux côtés ont signé" in corps[1]


def test_un_compte_ferme_n_est_pas_prevenu(distribution):
    distribution.collectivite.is_active = False
    distribution.collectivite.save(update_fields=["is_active"])
    fabrique.validee(distribution)
    assert destinataires("est validée techniquement") == []


@pytest.mark.parametrize("organisme", ["x", "  ", "ab"])
def test_une_organisation_illisible_ne_signe_pas(distribution, organisme):
    feuille = fabrique.approuvee(distribution)
    with pytest.raises(TransitionImpossible) as refus:
        signatures.recueillir_signature(
            feuille=feuille,
            cote="elu",
            nom="Anne Petit",
            qualite="Maire",
            organisme=organisme,
            signe_le=feuille.approuvee_le,
            par=distribution.collectivite,
        )
    assert refus.value.champ == "organisme"


def test_rien_n_est_ecrit_quand_l_acte_est_refuse(distribution):
    feuille = fabrique.redigee(distribution)
    with pytest.raises(TransitionImpossible):
        actes.approuver(
            feuille=feuille, numero="1", adoptee_le="2026-05-12", par=distribution.collectivite
        )
    assert Courriel.objects.filter(cle="feuille_avancee").count() == 0
