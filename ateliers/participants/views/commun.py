"""Loading what the address names, through the rights. Not visible: 404; visible only: 403."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ateliers.parcours.droits import exiger, visibles_par
from ateliers.participants.droits import peut_voir
from ateliers.seances.models import Seance
from socle.territoires.models import Perimetre

RESERVE = "La liste des personnes est réservée à ceux qui conduisent l’atelier."


def charger_atelier(request, slug):
    liens = Perimetre.departements.through.objects.filter(perimetre=OuterRef("perimetre"))
    ateliers = visibles_par(request.user).select_related("service_pilote")
    atelier = get_object_or_404(
        ateliers.annotate(departements_lus=ArraySubquery(liens.values("departement"))), slug=slug
    )
    exiger(peut_voir(request.user, atelier), RESERVE)
    return atelier


def charger_seance(request, slug, seance_id, seances=None):
    """`seances`: the same, with what the page reads beside."""
    atelier = charger_atelier(request, slug)
    seances = Seance.objects.all() if seances is None else seances
    seance = get_object_or_404(seances, atelier=atelier, pk=seance_id)
    seance.atelier = atelier
    return seance


class SurAtelier:
    """Views under an atelier; they go back to the list of participants."""

    def charger(self):
        self.atelier = charger_atelier(self.request, self.kwargs["slug"])
        return self.atelier

    def url_retour(self, objet=None):
        return reverse("ateliers:participants", args=[self.atelier.slug])


class SurSeance:
    """Views under a séance; they go back to its list of invited people."""

    retour = "ateliers:invitations"

    def lues(self):
        return Seance.objects.all()

    def charger(self):
        cles = (self.kwargs["slug"], self.kwargs["seance_id"])
        self.seance = charger_seance(self.request, *cles, self.lues())
        self.atelier = self.seance.atelier
        return self.seance

    def url_retour(self, objet=None):
        return reverse(self.retour, args=[self.atelier.slug, self.seance.pk])
