"""The password of a diary, sealed by the keys of the settings and bound to its row."""

from __future__ import annotations

import json

from ateliers.agendas.choix import Echec
from ateliers.agendas.models import AgendaDistant
from ateliers.synchro.domaine.garde import EchecAgenda
from ateliers.synchro.domaine.serveur import Serveur
from socle import scellement


def _sujet(agenda) -> str:
    return f"agenda:{agenda.sceau}"


def enfermer(agenda: AgendaDistant, mot_de_passe: str) -> None:
    octets = scellement.ajuster(json.dumps(mot_de_passe).encode())
    agenda.secret = scellement.envelopper(octets, _sujet(agenda))


def ouvrir(agenda: AgendaDistant) -> Serveur:
    """A connection in the name of the owner."""
    try:
        octets = scellement.developper(agenda.secret, _sujet(agenda))
    except scellement.SceauIllisible:
        raise EchecAgenda(Echec.SECRET) from None
    return Serveur(agenda.adresse, agenda.identifiant, json.loads(octets))
