"""The letters to the candidates: signed, addressed, held in the outbox, then sent in one act."""

from django.db import transaction

from ateliers.marche import journal, notifications
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.documents import LETTRE_REJET, LETTRE_RETENUE
from ateliers.marche.models import Consultation, Offre
from ateliers.parcours.domaine.cycle import verrouiller as verrouiller_atelier
from ateliers.parcours.droits import exiger, peut_piloter
from socle.courriels.choix import EtatCourriel
from socle.courriels.lots import declarer_lot, ouvrir_lot
from socle.courriels.models import LotCourriels, PieceJointe
from socle.documents.domaine import demander, dernier
from socle.documents.models import Document
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.interface.francais import de
from socle.journal.domaine import inscrire

RECOURS = (
    "Le contrat ne sera pas signé avant onze jours à compter de l’envoi électronique de cette "
    "lettre (seize jours si elle est postée).\n"
    "Avant cette signature, cette décision peut faire l’objet d’un référé précontractuel (articles "
    "L. 551-1 et suivants du code de justice administrative). Après elle, d’un référé contractuel "
    "(articles L. 551-13 et suivants), dans les trente et un jours de la publication de l’avis "
    "d’attribution ou, à défaut, dans les six mois de la conclusion du contrat, et d’un recours "
    "contestant la validité du contrat, dans les deux mois de la publicité de sa conclusion.\n"
    "Le tribunal administratif compétent est celui {tribunal}."
)


def voies_de_recours(tribunal: str) -> str:
    return RECOURS.format(tribunal=de(tribunal))


def lettre_de(offre) -> str:
    return LETTRE_RETENUE if offre.retenue else LETTRE_REJET


def ouvertes(consultation) -> list[Offre]:
    return list(
        consultation.offres.filter(ouverte_le__isnull=False)
        .select_related("consultation__atelier__service_pilote")
        .order_by("numero")
    )


@transaction.atomic
def preparer(*, consultation, par, signataire, qualite, recours, adresses) -> LotCourriels:
    """Nothing leaves yet. `adresses`: {offer: postal address}; who has no e-mail gets the PDF."""
    atelier = verrouiller_atelier(consultation.atelier)
    exiger(peut_piloter(par, atelier))
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.etat != EtatConsultation.ATTRIBUEE:
        raise TransitionImpossible("Les lettres partent une fois l’équipe retenue.")
    consultation.signataire, consultation.qualite = signataire.strip(), qualite.strip()
    consultation.recours = recours.strip()
    consultation.adresses = {str(pk): texte.strip() for pk, texte in adresses.items()}
    if not consultation.signataire or not consultation.recours:
        raise ErreurMetier("Une lettre porte son signataire et les voies de recours.")
    consultation.save(update_fields=["signataire", "qualite", "recours", "adresses"])
    offres = ouvertes(consultation)
    lot = ouvrir_lot(LOT, titre=f"Lettres aux candidats : {atelier.nom}", par=par)
    for offre in offres:
        demander(lettre_de(offre), objet=offre, par=par)
        if offre.courriel:
            notifications.lettre(offre, par=par, lot=lot)
    inscrire(journal.LETTRES, objet=atelier, par=par, nombre=len(offres))
    return lot


def _partir(lot, par) -> None:
    """Each mail takes its letter along."""
    courriels = list(lot.courriels.filter(etat=EtatCourriel.RETENU))
    offres = {
        str(o.pk): o
        for o in Offre.objects.select_related("consultation__atelier").filter(
            pk__in=[int(c.objet_id) for c in courriels]
        )
    }
    if not offres:
        raise TransitionImpossible("Aucun candidat de cet envoi n’a d’adresse électronique.")
    atelier = next(iter(offres.values())).consultation.atelier
    exiger(peut_piloter(par, atelier))
    for courriel in courriels:
        _joindre(courriel, offres[courriel.objet_id])
    inscrire(journal.ENVOYEES, objet=atelier, par=par, nombre=len(courriels))


def _joindre(courriel, offre) -> None:
    document = dernier(lettre_de(offre), offre)
    if document is None or not document.est_pret:
        raise ErreurMetier("Les lettres sont encore en cours de fabrication : patientez un peu.")
    with Document.objects.get(pk=document.pk).fichier.open("rb") as fichier:
        contenu = fichier.read()
    PieceJointe.objects.create(
        courriel=courriel, nom="lettre.pdf", mime="application/pdf", contenu=contenu
    )


LOT = declarer_lot("lettres_candidats", a_l_envoi=_partir)
