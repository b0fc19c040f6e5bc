"""Write the séances into a diary: only what changed, never over what its owner changed."""

from __future__ import annotations

import hashlib
from urllib.parse import quote, urljoin

from django.utils import timezone
from icalendar import Calendar, vInt

from ateliers.agendas.choix import EtatEcrit
from ateliers.agendas.models import EvenementEcrit
from ateliers.participants.calendrier import calendrier, evenement, uid
from ateliers.participants.fuseaux import vtimezone
from ateliers.seances.choix import EtatSeance
from ateliers.synchro.domaine.serveur import DejaLa, Divergence, Serveur

MARQUE = "X-ATELIER-EMPREINTE"  # tells what we wrote from what its owner made of it
NOTRES = ("DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS", "DTSTAMP", MARQUE)
VISIBLES = ("DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS", "TRANSP", "RRULE")
A_LAISSER = (EtatEcrit.MODIFIE, EtatEcrit.EFFACE, EtatEcrit.RECU)


def empreinte(ligne) -> str:
    """A print of what a diary shows of an event, however its server writes it."""
    traits = []
    for cle in VISIBLES:
        valeur = ligne.get(cle)
        instant = getattr(valeur, "dt", None)
        traits.append(instant.isoformat() if instant else str(valeur or ""))
    return hashlib.sha256(repr(traits).encode()).hexdigest()


def ligne_de(seance):
    """The event of the mails, without people nor programme, with the print of what it shows."""
    ligne = evenement(seance, complet=False)
    ligne.add("transp", "OPAQUE")
    ligne.add(MARQUE, empreinte(ligne))
    return ligne


def fichier(seance) -> bytes:
    return calendrier([ligne_de(seance)], {seance.fuseau})


def version(seance) -> str:
    """What changes when a diary must be told."""
    traits = f"{ligne_de(seance)[MARQUE]} {seance.sequence_ical}"
    return hashlib.sha256(traits.encode()).hexdigest()


def fondre(texte: str, seance) -> bytes:
    """The stored file with our fields brought up to date."""
    document, nouvelle = Calendar.from_ical(texte), ligne_de(seance)
    ligne = document.walk("VEVENT")[0]
    avant = int(ligne.get("SEQUENCE", 0))
    for cle in NOTRES:
        ligne.pop(cle, None)
        if cle in nouvelle:
            ligne[cle] = nouvelle[cle]
    ligne["SEQUENCE"] = vInt(max(avant, seance.sequence_ical))
    fuseaux = {str(f.get("TZID")) for f in document.walk("VTIMEZONE")}
    if seance.fuseau not in fuseaux:
        document.subcomponents.insert(0, vtimezone(seance.fuseau))
    return document.to_ical()


def intact(texte: str) -> bool:
    """Does this event still show what we wrote?"""
    for ligne in Calendar.from_ical(texte).walk("VEVENT"):
        return str(ligne.get(MARQUE, "")) == empreinte(ligne)
    return False


def annote(texte: str) -> bool:
    """Did its owner add words to it? We write none."""
    return any(
        cle in ligne
        for ligne in Calendar.from_ical(texte).walk("VEVENT")
        for cle in ("DESCRIPTION", "COMMENT", "ATTACH")
    )


class Ecriture:
    """One pass over one diary. Each row is saved as soon as its server has answered."""

    def __init__(self, agenda, serveur: Serveur):
        self.agenda, self.serveur = agenda, serveur
        calendriers = list(agenda.calendriers.all())
        self.cible = next((c.url for c in calendriers if c.ecrit), "")
        self.urls = [c.url for c in calendriers if c.ecrit or c.lu]

    def passer(self, seances) -> None:
        lignes = {e.seance_id: e for e in self.agenda.evenements.select_related("seance")}
        voulues = {s.pk: s for s in seances} if self.cible else {}
        for pk, ligne in lignes.items():
            if pk not in voulues:
                self._retirer(ligne)
        for pk, seance in voulues.items():
            ligne = lignes.get(pk)
            if ligne is not None and ligne.href and not ligne.href.startswith(self.cible):
                self._retirer(ligne)  # another calendar was chosen since
                ligne = None if ligne.pk is None else ligne
            self._ecrire(seance, ligne)

    def _ecrire(self, seance, ligne) -> None:
        if ligne is None:
            self._creer(seance)
        elif ligne.etat == EtatEcrit.A_REFAIRE:
            self._refaire(ligne, seance)
        elif ligne.etat not in A_LAISSER and ligne.empreinte != version(seance):
            self._remplacer(ligne, seance)

    def _creer(self, seance) -> None:
        ligne = EvenementEcrit(
            agenda=self.agenda, seance=seance, href=urljoin(self.cible, quote(f"{uid(seance)}.ics"))
        )
        if any(self.serveur.connait(url, uid(seance)) for url in self.urls):
            self._adopter(ligne, seance)
            return
        try:
            etag = self.serveur.ecrire(ligne.href, fichier(seance), None)
        except (DejaLa, Divergence):
            self._adopter(ligne, seance)
            return
        self._noter(ligne, EtatEcrit.ECRIT, etag, version(seance))

    def _adopter(self, ligne, seance) -> None:
        """The event is there already: ours from before, or the one that the mail brought."""
        present = self.serveur.lire(ligne.href)
        if present is None:
            self._noter(ligne, EtatEcrit.RECU)
        elif intact(present.texte):
            self._fondre(ligne, seance, present)
        else:
            self._noter(ligne, EtatEcrit.MODIFIE, present.etag)

    def _refaire(self, ligne, seance) -> None:
        """Its owner asked for our version back."""
        present = self.serveur.lire(ligne.href)
        try:
            etag = self.serveur.ecrire(
                ligne.href, fichier(seance), present.etag if present else None
            )
        except (DejaLa, Divergence):
            self._noter(ligne, EtatEcrit.MODIFIE)
            return
        self._noter(ligne, EtatEcrit.ECRIT, etag, version(seance))

    def _remplacer(self, ligne, seance) -> None:
        present = self.serveur.lire(ligne.href)
        if present is None or not intact(present.texte):
            self._diverge(ligne, present)
        else:
            self._fondre(ligne, seance, present)

    def _fondre(self, ligne, seance, present) -> None:
        """Our fields in the event as it stands: its owner's alarm and notes stay."""
        try:
            etag = self.serveur.ecrire(ligne.href, fondre(present.texte, seance), present.etag)
        except Divergence:  # changed since the line above: the next pass will tell
            return
        self._noter(ligne, EtatEcrit.ECRIT, etag, version(seance))

    def _diverge(self, ligne, present) -> None:
        etat = EtatEcrit.EFFACE if present is None else EtatEcrit.MODIFIE
        self._noter(ligne, etat, present.etag if present else "", ligne.empreinte)

    def _retirer(self, ligne) -> None:
        """Withdrawn, declined, cancelled: take it off; what is past stays in the diary."""
        seance = ligne.seance
        passee = seance.fin_prevu is not None and seance.fin_prevu < timezone.now()
        if (
            passee
            and seance.etat != EtatSeance.ANNULEE
            or ligne.etat in (EtatEcrit.RECU, EtatEcrit.EFFACE)
            or self.effacer(ligne)
        ):
            ligne.delete()

    def effacer(self, ligne) -> bool:
        """False when its owner changed it: it is theirs to keep or to erase."""
        present = self.serveur.lire(ligne.href)
        if present is None:
            return True
        if not intact(present.texte) or annote(present.texte):
            if ligne.etat != EtatEcrit.MODIFIE:
                self._noter(ligne, EtatEcrit.MODIFIE, present.etag, ligne.empreinte)
            return False
        try:
            self.serveur.effacer(ligne.href, present.etag)
        except Divergence:
            return False
        return True

    def _noter(self, ligne, etat, etag: str = "", version: str = "") -> None:
        ligne.etat, ligne.empreinte, ligne.etag = etat, version, etag[:300]
        if etat == EtatEcrit.ECRIT:
            ligne.ecrit_le = timezone.now()
        ligne.save()
