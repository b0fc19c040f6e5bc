"""What becomes of a retained candidature: the atelier, or the button that opens it."""

from django.urls import reverse

from ateliers.parcours.droits import visibles_par
from ateliers.parcours.models import Atelier
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.suites import Suite, declarer_engagement, declarer_suite


@declarer_suite
def atelier_ou_ouverture(candidature, utilisateur) -> Suite | None:
    if candidature.etat != EtatCandidature.RETENUE:
        return None
    atelier = Atelier.objects.filter(candidature=candidature).first()
    if atelier:
        visible = visibles_par(utilisateur).filter(pk=atelier.pk).exists()
        url = reverse("ateliers:espace", args=[atelier.slug]) if visible else ""
        return Suite("Suivre l’atelier", url=url)
    pilote = candidature.service_pilote_id == utilisateur.organisme_id
    url = reverse("ateliers:ouvrables") if pilote else ""
    return Suite("Ouvrir l’atelier", "le service pilote", url)


@declarer_engagement
def atelier_ouvert(candidature) -> bool:
    return Atelier.objects.filter(candidature=candidature).exists()
