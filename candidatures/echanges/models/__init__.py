from candidatures.echanges.models.message import LectureFil, Message, PieceMessage

__all__ = ["LectureFil", "Message", "PieceMessage"]
