"""A reminder by SMS: asked for by the person, sent once the evening before, then forgotten."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from ateliers.participants import journal
from ateliers.participants.choix import EtatRappel, RefusRappel, Reponse
from ateliers.participants.domaine import passerelle
from ateliers.participants.domaine.invitations import FERMEES
from ateliers.participants.domaine.telephone import normaliser
from ateliers.participants.domaine.texte_sms import composer
from ateliers.participants.lien import chemin
from ateliers.participants.models import Invitation, RappelSms
from ateliers.seances.choix import EtatSeance
from socle.courriels.domaine import lien
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.interface.templatetags.interface import heure
from socle.journal.domaine import inscrire

OUVRE, FERME = time(17), time(20)  # on the clock of the site
GARDES = timedelta(days=30)
VEILLE = timedelta(days=2)


def _verrouiller(invitation) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=["self"])
        .select_related("seance")
        .get(pk=invitation.pk)
    )
    if invitation.seance.etat in FERMEES:
        raise TransitionImpossible("Cette séance est passée ou annulée : merci de votre intérêt.")
    return invitation


@transaction.atomic
def accepter(invitation, *, numero: str) -> RappelSms:
    """From the signed link, by the person alone. Another number replaces the first."""
    if not passerelle.ouverte():
        raise ErreurMetier("Les rappels par SMS ne sont pas proposés sur ce site.")
    invitation = _verrouiller(invitation)
    numero = normaliser(numero, invitation.seance.fuseau)
    rappel, _ = RappelSms.objects.update_or_create(
        invitation=invitation,
        defaults={"numero": numero, "accepte_le": timezone.now()},
    )
    inscrire(journal.RAPPEL_ACCEPTE, objet=invitation.seance)
    return rappel


@transaction.atomic
def revoquer(invitation) -> None:
    """The number is erased at once, whatever became of the reminder."""
    invitation = Invitation.objects.select_related("seance").get(pk=invitation.pk)
    nombre, _ = RappelSms.objects.filter(invitation=invitation).delete()
    if nombre:
        inscrire(journal.RAPPEL_RETIRE, objet=invitation.seance)


def a_envoyer(maintenant: datetime | None = None) -> list[RappelSms]:
    """Those of tomorrow's séances, where it is the right hour; of people who come and asked."""
    maintenant = maintenant or timezone.now()
    candidats = (
        RappelSms.objects.filter(
            invitation__reponse=Reponse.ACCEPTE,
            invitation__convoque_le__isnull=False,
            invitation__seance__etat=EtatSeance.CONVOQUEE,
            invitation__seance__debut_prevu__range=(maintenant, maintenant + VEILLE),
        )
        .filter(Q(pour__isnull=True) | ~Q(pour=F("invitation__seance__debut_prevu")))
        .select_related("invitation__seance__atelier", "invitation__participant")
        .order_by("pk")
    )
    return [r for r in candidats if _c_est_l_heure(r.invitation.seance, maintenant)]


def _c_est_l_heure(seance, maintenant) -> bool:
    ici = maintenant.astimezone(seance.zone)
    veille = seance.debut_prevu.astimezone(seance.zone).date() - timedelta(days=1)
    return ici.date() == veille and OUVRE <= ici.time() < FERME


def texte(invitation) -> str:
    seance = invitation.seance
    murale = seance.debut_prevu.astimezone(seance.zone).replace(tzinfo=None)  # the site's clock
    quand = f"Demain {heure(murale)}"
    return composer(quand, seance.lieu, seance.titre, lien(chemin(invitation)))


def envoyer_tous(maintenant: datetime | None = None) -> int:
    """Beat, every quarter of an hour. Two runs at once send nothing twice."""
    if not passerelle.ouverte():
        return 0
    return sum(_envoyer(rappel, maintenant) for rappel in a_envoyer(maintenant))


def _envoyer(rappel, maintenant) -> bool:
    """Marked before the call: a crash between the two loses a reminder, and sends none twice."""
    seance = rappel.invitation.seance
    avant = Q(pour__isnull=True) if rappel.pour is None else Q(pour=rappel.pour)
    pris = RappelSms.objects.filter(avant, pk=rappel.pk).update(
        etat=EtatRappel.ENVOYE,
        refus="",
        pour=seance.debut_prevu,
        envoye_le=maintenant or timezone.now(),
    )
    if not pris:
        return False
    try:
        passerelle.envoyer(rappel.numero, texte(rappel.invitation))
    except passerelle.Indisponible:  # nothing left: the next quarter of an hour tries again
        RappelSms.objects.filter(pk=rappel.pk).update(
            etat=EtatRappel.ATTENDU, pour=None, envoye_le=None
        )
        return False
    except passerelle.Refuse as erreur:
        RappelSms.objects.filter(pk=rappel.pk).update(etat=EtatRappel.REFUSE, refus=erreur.refus)
        return False
    return True


def bilan(seance) -> dict | None:
    """For the pilot: how many, never who nor which number. None where no SMS is offered."""
    if not passerelle.ouverte():
        return None
    lignes = RappelSms.objects.filter(invitation__seance=seance)
    comptes = dict(lignes.values_list("etat").annotate(n=Count("pk")).order_by())
    motifs = lignes.exclude(refus="").values_list("refus").annotate(n=Count("pk")).order_by("refus")
    return {
        "demandes": sum(comptes.values()),
        "envoyes": comptes.get(EtatRappel.ENVOYE, 0),
        "refuses": [(RefusRappel(cle).label, nombre) for cle, nombre in motifs],
    }


def purger(maintenant: datetime | None = None) -> int:
    """Neither number nor consent is left 30 days after the séance, held or cancelled."""
    limite = (maintenant or timezone.now()) - GARDES
    fin = Coalesce("invitation__seance__fin_reelle", "invitation__seance__fin_prevu")
    perimes = RappelSms.objects.annotate(fin=fin).filter(
        Q(fin__lt=limite) | Q(fin__isnull=True, accepte_le__lt=limite)
    )
    nombre, _ = RappelSms.objects.filter(pk__in=list(perimes.values_list("pk", flat=True))).delete()
    return nombre
