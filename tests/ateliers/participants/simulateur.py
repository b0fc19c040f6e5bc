"""A diary that follows RFC 5546: UID, SEQUENCE, DTSTAMP, METHOD. It knows nothing of our code."""

from dataclasses import dataclass, field

from icalendar import Calendar


@dataclass
class Agenda:
    """`strict`: looks at SEQUENCE alone, as some do; else equal numbers are told by DTSTAMP."""

    adresse: str
    strict: bool = False
    connus: dict = field(default_factory=dict)

    def recevoir(self, octets: bytes) -> None:
        calendrier = Calendar.from_ical(octets)
        methode = str(calendrier["method"])
        for ligne in calendrier.walk("VEVENT"):
            if not self._me_concerne(ligne):
                continue
            uid, rang = str(ligne["uid"]), self._rang(ligne)
            ancien, _ = self.connus.get(uid, ((-1,), None))
            if rang < ancien or (self.strict and rang == ancien):
                continue
            self.connus[uid] = (rang, ligne if methode == "REQUEST" else None)

    def _rang(self, ligne):
        rang = (int(ligne["sequence"]),)
        return rang if self.strict else (*rang, ligne["dtstamp"].dt)

    def _me_concerne(self, ligne) -> bool:
        invites = ligne.get("attendee", [])
        invites = invites if isinstance(invites, list) else [invites]
        return f"mailto:{self.adresse}" in [str(i).lower() for i in invites]

    def contenu(self) -> dict:
        """What its owner sees."""
        return {
            uid: (
                str(ligne["summary"]),
                ligne["dtstart"].dt,
                ligne["dtend"].dt,
                str(ligne.get("location", "")),
                str(ligne.get("description", "")).split("Répondre")[0].strip(),
            )
            for uid, (_, ligne) in self.connus.items()
            if ligne is not None
        }
