from ateliers.participants.models.besoin import Besoin, Consentement
from ateliers.participants.models.feuille import FeuilleSignee
from ateliers.participants.models.importation import ImportParticipants
from ateliers.participants.models.lettre import SignatureConvocation, TexteConvocation
from ateliers.participants.models.participant import Invitation, Participant
from ateliers.participants.models.quorum import QuorumCollege
from ateliers.participants.models.rappel import RappelSms

__all__ = [
    "Besoin",
    "Consentement",
    "FeuilleSignee",
    "ImportParticipants",
    "Invitation",
    "Participant",
    "QuorumCollege",
    "RappelSms",
    "SignatureConvocation",
    "TexteConvocation",
]
