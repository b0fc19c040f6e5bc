"""What the pages of the room read."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q

from ateliers.cadrage.domaine.couverture import couverture
from ateliers.cadrage.models import CahierDesCharges
from ateliers.marche.calcul.formule import Classee
from ateliers.marche.calcul.lecture import apports_offre, classement
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.documents import LETTRE_REJET, LETTRE_RETENUE, RAPPORT
from ateliers.marche.domaine.reglement import ANALYSTES_AU_MOINS
from ateliers.marche.models import Analyste, Consultation
from socle.documents.models import Document
from socle.interface.templatetags.interface import pluriel


@dataclass
class LigneOffre:
    """An offer in the table of the page: its place, or why it has none."""

    offre: object
    classee: Classee | None = None
    manquent: list[str] = field(default_factory=list)
    rendues: int = 0
    attendues: int = 0
    close: bool = False
    peut_noter: bool = False
    peut_arreter: bool = False
    peut_retenir: bool = False

    @property
    def toutes_rendues(self) -> bool:
        return self.rendues >= max(self.attendues, ANALYSTES_AU_MOINS)

    @property
    def en_attente(self) -> bool:
        """Opened, in the race, and an analysis is still missing."""
        return not self.offre.consensus_le and self.a_analyser and not self.toutes_rendues

    @property
    def a_analyser(self) -> bool:
        return bool(self.offre.ouverte_le) and not self.offre.ecartee

    @property
    def etat(self) -> tuple[str, str]:
        """(words, tone) of the badge."""
        offre = self.offre
        if offre.retiree_le:
            return "Retirée", "warning"
        if not offre.ouverte_le:
            return "Scellée", "info"
        if offre.ecartee:
            return "Écartée", "warning"
        if offre.retenue:
            return "Retenue", "success"
        if self.close:
            return "Non retenue", ""
        if offre.consensus_le:
            return "Note arrêtée", "success"
        if self.toutes_rendues:
            return "Note à arrêter", "new"
        attendues = max(self.attendues, ANALYSTES_AU_MOINS)
        rendues = f"{pluriel(self.rendues, 'analyse rendue,analyses rendues')} sur {attendues}"
        return rendues if self.rendues else "À noter", "new"


def consultation_de(atelier) -> Consultation | None:
    """The last one, with what the page reads."""
    return (
        Consultation.objects.filter(atelier=atelier)
        .select_related("ouverte_par")
        .prefetch_related(
            "criteres",
            Prefetch("analystes", queryset=Analyste.objects.select_related("personne")),
        )
        .order_by("-pk")
        .first()
    )


def registre(consultation, competences, lecteur) -> list[LigneOffre]:
    """Every offer, in the order of the register; sealed ones say nothing of their content."""
    rendues = Count("fiches", filter=Q(fiches__rendue_le__isnull=False))
    siennes = Count("fiches", filter=Q(fiches__rendue_le__isnull=False, fiches__analyste=lecteur))
    offres = list(
        consultation.offres.annotate(rendues=rendues, siennes=siennes)
        .order_by("numero")
        .prefetch_related("membres", "consensus")
    )
    notees = [o for o in offres if o.ouverte_le and o.consensus_le and not o.ecartee]
    rangs = {c.cle: c for c in classement(consultation, notees)}
    return [
        LigneOffre(
            offre=offre,
            classee=rangs.get(offre.pk),
            manquent=[c.manque for c in couverture(competences, apports_offre(offre)) if c.manque]
            if offre.ouverte_le
            else [],
            rendues=offre.rendues,
            attendues=len(consultation.analystes.all()),
            close=consultation.etat == EtatConsultation.ATTRIBUEE,
        )
        for offre in offres
    ]


def ouvrir_gestes(consultation, lignes, lecteur, *, pilote, ouvert, complet) -> None:
    """What this person may do on each row now. `complet`: every note in the race is written."""
    if not ouvert or consultation.etat != EtatConsultation.ANALYSE:
        return
    analyste = lecteur.pk in {a.personne_id for a in consultation.analystes.all()}
    for ligne in lignes:
        attend = ligne.a_analyser and ligne.offre.consensus_le is None
        ligne.peut_noter = analyste and attend and not ligne.offre.siennes
        ligne.peut_arreter = pilote and attend and ligne.toutes_rendues
        ligne.peut_retenir = bool(pilote and complet and ligne.classee and ligne.classee.rang == 1)


def competences_et_etat(atelier) -> tuple[list[tuple[str, int]], str]:
    """The skills asked, and the state of the cahier that asks them: in one query."""
    lues = list(
        CahierDesCharges.objects.filter(atelier=atelier)
        .order_by("competences__ordre", "competences__pk")
        .values_list("etat", "competences__discipline", "competences__jours")
    )
    etat = lues[0][0] if lues else ""
    return [(discipline, jours) for _, discipline, jours in lues if discipline], etat


def classees(lignes: list[LigneOffre]) -> list[LigneOffre]:
    return sorted(
        (ligne for ligne in lignes if ligne.classee),
        key=lambda ligne: (ligne.classee.rang, ligne.offre.numero),
    )


def documents_de(consultation, lignes) -> list[Document]:
    """The report, then the letters, the last one of each; there are none before the end."""
    if consultation.etat != EtatConsultation.ATTRIBUEE:
        return []
    numeros = {str(ligne.offre.pk): ligne.offre.numero for ligne in lignes}
    lus = Document.objects.filter(
        cle__in=[LETTRE_REJET, LETTRE_RETENUE], objet_id__in=numeros
    ) | Document.objects.filter(cle=RAPPORT, objet_id=str(consultation.pk))
    derniers = {}
    for document in lus.order_by("demande_le"):
        if document.cle == RAPPORT or consultation.signataire:
            derniers[document.cle, document.objet_id] = document
    return sorted(derniers.values(), key=lambda d: (d.cle != RAPPORT, numeros.get(d.objet_id, 0)))
