"""What waits on the carriers and on DGALN, for the dashboard."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone

from candidatures.appels.models import Appel
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.domaine.etapes import url_de
from candidatures.dossiers.droits import est_instructeur, portees_par, visibles_par
from socle.interface.taches import Tache, plafonner

HORIZON = timedelta(days=30)


def _a_examiner(candidature) -> Tache:
    return Tache(
        verbe="Examiner la recevabilité",
        objet=candidature.titre,
        url=reverse("candidatures:instruire", args=[candidature.reference]),
        depuis=candidature.deposee_le,
    )


def _autres_a_examiner(nombre: int) -> Tache:
    return Tache(
        verbe="Examiner la recevabilité",
        objet=autres(nombre),
        url=f"{reverse('candidatures:instruction')}?etat={E.DEPOSEE}",
        nombre=nombre,
    )


def autres(nombre: int) -> str:
    return f"{nombre} autre{'s' if nombre > 1 else ''} candidature{'s' if nombre > 1 else ''}"


def a_traiter(utilisateur) -> list[Tache]:
    """Drafts to finish and compléments to send; for DGALN, the recevabilité to examine."""
    if est_instructeur(utilisateur):
        deposees = visibles_par(utilisateur).filter(etat=E.DEPOSEE).order_by("deposee_le", "pk")
        return plafonner(deposees, _a_examiner, _autres_a_examiner)
    taches = []
    ouvertes = portees_par(utilisateur).filter(etat__in=(E.BROUILLON, E.A_COMPLETER))
    for candidature in ouvertes.select_related("appel").order_by("pk"):
        brouillon = candidature.etat == E.BROUILLON
        taches.append(
            Tache(
                verbe="Compléter et déposer" if brouillon else "Transmettre les compléments",
                objet=candidature.titre,
                url=url_de(candidature, "depot")
                if brouillon
                else reverse("candidatures:complements", args=[candidature.reference]),
                depuis=candidature.cree_le if brouillon else candidature.modifiee_le,
                echeance=candidature.appel.ferme_le if brouillon else None,
            )
        )
    return taches


def a_venir(utilisateur) -> list[Tache]:
    """Calls that close within thirty days, for DGALN and for those who may answer."""
    bientot = Appel.objects.ouverts().filter(ferme_le__lte=timezone.now() + HORIZON)
    if not est_instructeur(utilisateur):
        bientot = bientot.filter(Exists(portees_par(utilisateur)))
    return [
        Tache(
            verbe="Clôture de l’appel",
            objet=appel.titre,
            url=appel.get_absolute_url(),
            echeance=appel.ferme_le,
        )
        for appel in bientot.order_by("ferme_le", "pk")
    ]
