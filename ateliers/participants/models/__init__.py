from ateliers.participants.models.participant import Invitation, Participant

__all__ = ["Invitation", "Participant"]
