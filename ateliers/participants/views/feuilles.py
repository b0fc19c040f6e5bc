"""The signed sheets of a séance."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.parcours.droits import exiger
from ateliers.participants import droits
from ateliers.participants.domaine import feuilles
from ateliers.participants.forms.venue import FormulaireFeuille
from ateliers.participants.models import FeuilleSignee
from ateliers.participants.views.commun import SurSeance, charger_seance
from socle.interface.vues import VueFormulaire


class JoindreFeuille(SurSeance, VueFormulaire):
    form_class = FormulaireFeuille
    template_name = "ateliers/participants/formulaire.html"
    titre = "Joindre la feuille d’émargement signée"
    retour = "ateliers:emargement"
    message = "La feuille signée est jointe."

    def charger(self):
        seance = super().charger()
        exiger(droits.peut_emarger(self.request.user, self.atelier), feuilles.REFUS)
        return seance

    def get_context_data(self, **kwargs):
        retour = reverse("ateliers:emargement", args=[self.atelier.slug, self.seance.pk])
        return super().get_context_data(
            atelier=self.atelier, retour=retour, retour_libelle="Feuille de présence", **kwargs
        )

    def executer(self, form):
        fichier = form.cleaned_data["fichier"]
        return feuilles.joindre_feuille(
            seance=self.seance, par=self.request.user, nom=fichier.name, octets=fichier.read()
        )


@require_GET
def telecharger_feuille(request, slug, seance_id, feuille_id):
    """The signatures are for those who keep the sheet."""
    seance = charger_seance(request, slug, seance_id)
    exiger(droits.peut_emarger(request.user, seance.atelier), feuilles.REFUS)
    feuille = get_object_or_404(FeuilleSignee, seance=seance, pk=feuille_id)
    return FileResponse(
        feuille.fichier.open("rb"),
        as_attachment=True,
        filename=feuille.nom,
        content_type=feuille.mime,
    )
