"""« Viser la candidature »: what a commune or an EPCI is asked before the deposit."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from candidatures.appels.choix import RegleVisas
from candidatures.dossiers.cycle_de_vie import MODIFIABLES
from candidatures.dossiers.domaine.fenetre import UN_JOUR, q_fermes
from candidatures.dossiers.domaine.visas_absents import VISEURS
from candidatures.dossiers.models import Candidature, Portage, VisaPorteur
from socle.comptes.choix import Role
from socle.interface.taches import Tache


def a_viser(utilisateur) -> list[Tache]:
    """One query; none for those whose organisme gives no visa."""
    organisme = utilisateur.organisme
    if utilisateur.role != Role.COLLECTIVITE or organisme is None:
        return []
    if organisme.nature not in VISEURS:
        return []
    siens = Portage.objects.filter(organisme=organisme)
    donnes = VisaPorteur.objects.filter(organisme=organisme, candidature=OuterRef("pk"))
    maintenant = timezone.now()
    attendues = (
        Candidature.objects.filter(pk__in=siens.values("candidature_id"), etat__in=MODIFIABLES)
        .exclude(appel__visas=RegleVisas.NON)
        .exclude(Exists(donnes))
        .exclude(q_fermes(maintenant, maintenant - UN_JOUR))
        .select_related("appel")
        .order_by("pk")
    )
    return [
        Tache(
            verbe="Viser la candidature",
            objet=c.titre,
            url=reverse("candidatures:viser", args=[c.reference]),
            depuis=c.cree_le,
            echeance=c.appel.ferme_le,
        )
        for c in attendues
    ]
