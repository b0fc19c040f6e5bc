"""Articles, agreements and the first day of a month in the mails of the candidatures."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from socle.courriels.domaine import rediger
from socle.interface.francais import au, feminin
from socle.interface.templatetags.interface import jour_long
from tests.factories.instruction import faire_recevable

PREMIER = date(2026, 6, 1)


def _organisme(nom):
    class Nom(SimpleNamespace):
        def __str__(self):
            return self.nom

    return Nom(nom=nom)


@pytest.mark.parametrize(
    ("nom", "a", "accord"),
    [
        ("Communauté de communes du Vimeu", "à la communauté de communes du Vimeu", "e"),
        ("Syndicat mixte du Tarn", "au syndicat mixte du Tarn", ""),
        ("École du paysage", "à l’école du paysage", "e"),
        ("DREAL Hauts-de-France", "à la DREAL Hauts-de-France", "e"),
        ("Le Havre", "au Havre", ""),
        ("Les Sables", "aux Sables", ""),
        ("Fougères Agglomération", "à Fougères Agglomération", "e"),
        ("Tulle Agglo", "à Tulle Agglo", "e"),
    ],
)
def test_a_et_l_accord(nom, a, accord):
    assert (au(nom), feminin(nom)) == (a, accord)


def test_le_premier_du_mois():
    assert jour_long(PREMIER).replace("\u00a0", " ") == "lundi 1er juin 2026"
    assert jour_long(datetime(2026, 6, 1, 9)).replace("\u00a0", " ") == "lundi 1er juin 2026"


def test_les_courriels_accordent_et_elident(distribution):
    candidature = faire_recevable(distribution)
    avis = SimpleNamespace(
        organisme=_organisme("DREAL Hauts-de-France"), echeance=PREMIER, question=""
    )
    communs = {"candidature": candidature, "lien": "/", "par": distribution.ddt, "avis": avis}
    communs["dispositif"] = candidature.appel.dispositif
    _, corps = rediger("instruction_avis_demande", communs)
    assert "l’avis de la DREAL Hauts-de-France" in corps
    assert "lundi 1er juin 2026" in corps.replace("\u00a0", " ")
    _, corps = rediger("instruction_avis_rendu", communs)
    assert "La DREAL Hauts-de-France a rendu son avis" in corps
    vimeu = _organisme("Communauté de communes du Vimeu")
    sujet, _ = rediger("candidature_invitation", communs | {"organisme": vimeu})
    assert sujet.startswith("La communauté de communes du Vimeu est invitée à porter")
    passage = communs | {
        "motif": "Élection.",
        "de": vimeu,
        "vers": _organisme("Syndicat mixte du Tarn"),
    }
    sujet, corps = rediger("candidature_transferee", passage)
    assert sujet.endswith("passe au syndicat mixte du Tarn")
    assert "le syndicat mixte du Tarn remplace la communauté de communes du Vimeu" in corps
