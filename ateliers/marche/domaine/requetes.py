"""What the pages of the room read."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q

from ateliers.marche.calcul.formule import Classee
from ateliers.marche.calcul.lecture import apports_offre, classement, couverture
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.documents import LETTRE_REJET, LETTRE_RETENUE, RAPPORT
from ateliers.marche.models import Analyste, Consultation
from socle.documents.models import Document


@dataclass
class LigneOffre:
    """An offer in the table of the page: its place, or why it has none."""

    offre: object
    classee: Classee | None = None
    manquent: list[str] = field(default_factory=list)
    rendues: int = 0


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


def registre(consultation, competences) -> list[LigneOffre]:
    """Every offer, in the order of the register; sealed ones say nothing of their content."""
    rendues = Count("fiches", filter=Q(fiches__rendue_le__isnull=False))
    offres = list(
        consultation.offres.annotate(rendues=rendues)
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
        )
        for offre in offres
    ]


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
    for document in lus.defer("contexte").order_by("demande_le"):
        derniers[document.cle, document.objet_id] = document
    return sorted(derniers.values(), key=lambda d: (d.cle != RAPPORT, numeros.get(d.objet_id, 0)))
