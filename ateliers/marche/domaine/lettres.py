"""The letters to the candidates: signed, addressed, held in the outbox, then sent in one act."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from ateliers.marche import journal, notifications
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.documents import LETTRE_REJET, LETTRE_RETENUE
from ateliers.marche.models import Consultation, Offre
from ateliers.parcours.domaine.cycle import verrouiller as verrouiller_atelier
from ateliers.parcours.droits import exiger, peut_piloter
from socle.courriels.choix import EtatCourriel
from socle.courriels.lots import PiecePrevue, declarer_lot, ouvrir_lot
from socle.courriels.models import Courriel, LotCourriels, PieceJointe
from socle.documents.domaine import demander, dernier
from socle.documents.models import Document
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.interface.francais import de
from socle.journal.domaine import inscrire

RECOURS = (
    "Le contrat ne sera pas signé avant onze jours à compter de l’envoi électronique de cette "
    "lettre (seize jours si elle est postée).\n"
    "Avant cette signature, cette décision peut faire l’objet d’un référé précontractuel (articles "
    "L. 551-1 et suivants du code de justice administrative). Après elle, d’un référé contractuel "
    "(articles L. 551-13 et suivants), dans les trente et un jours de la publication de l’avis "
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


def jours_annonces(consultation) -> int:
    """What the letters promise before the signature: 11 days, 16 when one of them is posted, 0
    where the pilot took the promise out."""
    if "onze jours" not in consultation.recours.casefold():
        return 0
    perdantes = consultation.offres.filter(ouverte_le__isnull=False, retenue=False)
    return 16 if perdantes.filter(courriel="").exists() else 11


def lettres_parties_le(consultation) -> date | None:
    """The day of the last sending to the candidates who have an electronic address."""
    offres = consultation.offres.values_list("pk", flat=True)
    lots = LotCourriels.objects.filter(
        cle="lettres_candidats",
        envoye_le__isnull=False,
        courriels__objet_type=Offre._meta.label_lower,
        courriels__objet_id__in=[str(pk) for pk in offres],
    )
    dernier_envoi = lots.aggregate(le=Max("envoye_le"))["le"]
    return timezone.localdate(dernier_envoi) if dernier_envoi else None


def envoi_retenu(consultation) -> LotCourriels | None:
    """The last one prepared that nobody has sent or given up yet."""
    offres = consultation.offres.values_list("pk", flat=True)
    siens = LotCourriels.objects.filter(
        cle="lettres_candidats", envoye_le__isnull=True, annule_le__isnull=True
    )
    return siens.filter(
        Exists(
            Courriel.objects.filter(
                lot=OuterRef("pk"),
                objet_type=Offre._meta.label_lower,
                objet_id__in=[str(pk) for pk in offres],
            )
        )
    ).first()


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
    PieceJointe.objects.create(
        courriel=courriel, nom=PIECE.nom, mime=PIECE.mime, contenu=_contenu(offre)
    )


def _contenu(offre) -> bytes:
    document = dernier(lettre_de(offre), offre)
    if document is None or not document.est_pret:
        raise ErreurMetier("Les lettres sont encore en cours de fabrication : patientez un peu.")
    with Document.objects.get(pk=document.pk).fichier.open("rb") as fichier:
        return fichier.read()


def _a_relire(courriel) -> bytes:
    offre = Offre.objects.filter(pk=int(courriel.objet_id)).first()
    if offre is None:
        raise TransitionImpossible("Ce candidat n’est plus au registre.")
    return _contenu(offre)


PIECE = PiecePrevue("lettre.pdf", "application/pdf", _a_relire)
LOT = declarer_lot("lettres_candidats", a_l_envoi=_partir, piece=PIECE)
