"""Who answers for a dossier on behalf of the State: acts, each with its reason."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from candidatures.dossiers import droits
from candidatures.dossiers.domaine import designations, pilotage
from candidatures.dossiers.forms.pilotage import (
    FormulaireCopilote,
    FormulaireDreal,
    FormulairePilote,
)
from candidatures.dossiers.models import Copilotage
from candidatures.dossiers.views.lecture import charger
from candidatures.dossiers.views.territoire import url_territoire
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueFormulaire, VueVerbe
from socle.territoires.models import Region


class VuePilotage(VueFormulaire):
    template_name = "candidatures/dossiers/pilotage.html"

    def peut(self, candidature) -> bool:
        return droits.peut_designer_copilote(self.request.user, candidature)

    def charger(self):
        candidature = charger(self.request.user, self.kwargs["reference"])
        if not self.peut(candidature):
            raise ActionInterdite(self.refus)
        return candidature

    def get_form_kwargs(self):
        competents = pilotage.services(self.objet)
        return super().get_form_kwargs() | {"candidature": self.objet, "competents": competents}

    def url_retour(self):
        return url_territoire(self.objet)


class VueCopilote(VuePilotage):
    form_class = FormulaireCopilote
    titre = "Désigner un service copilote"
    message = "Le service est désigné copilote ; ses agents sont avertis par courriel."
    refus = "Le copilote est désigné par le service pilote ou par la DGALN."

    def executer(self, form):
        return pilotage.designer_copilote(
            candidature=self.objet,
            organisme=form.cleaned_data["organisme"],
            motif=form.cleaned_data["motif"],
            par=self.request.user,
        )


class VuePilote(VuePilotage):
    form_class = FormulairePilote
    titre = "Changer le service pilote"
    message = "Le service pilote est changé ; ses agents sont avertis par courriel."
    refus = "Le service pilote est changé par la DGALN."

    def peut(self, candidature) -> bool:
        return droits.peut_changer_pilote(self.request.user, candidature)

    def executer(self, form):
        return pilotage.changer_pilote(
            candidature=self.objet,
            organisme=form.cleaned_data["organisme"],
            motif=form.cleaned_data["motif"],
            garder=form.cleaned_data["garder"],
            par=self.request.user,
        )


class VueRetirerCopilote(VueVerbe):
    message = "Le service ne copilote plus la candidature."

    def charger(self):
        self.candidature = charger(self.request.user, self.kwargs["reference"])
        return get_object_or_404(
            Copilotage.objects.select_related("organisme", "candidature"),
            candidature=self.candidature,
            pk=self.kwargs["pk"],
        )

    def executer(self, objet):
        return pilotage.retirer_copilote(copilotage=objet, motif=self.motif, par=self.request.user)

    def url_retour(self, objet):
        return url_territoire(self.candidature)


class VueDreal(VuePilotage):
    form_class = FormulaireDreal
    template_name = "candidatures/dossiers/dreal.html"
    titre = "Changer la DREAL compétente"
    message = "La DREAL compétente est changée ; les deux services sont avertis par courriel."
    refus = "La DREAL compétente est changée par la DGALN, tant que la procédure court."

    def peut(self, candidature) -> bool:
        return droits.peut_designer_dreal(self.request.user, candidature)

    def charger(self):
        candidature = super().charger()
        self.region = get_object_or_404(Region, pk=self.kwargs["region"])
        self.competence = designations.competence(candidature, self.region)
        if self.competence is None:
            raise Http404("Région hors du périmètre.")
        return candidature

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"competence": self.competence}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, competence=self.competence)

    def executer(self, form):
        return designations.designer_dreal(
            candidature=self.objet,
            region=self.region,
            organisme=form.cleaned_data["organisme"],
            motif=form.cleaned_data["motif"],
            par=self.request.user,
        )


class VueRevenirDreal(VueVerbe):
    message = "Le service déduit redevient compétent ; les deux services sont avertis par courriel."

    def charger(self):
        return charger(self.request.user, self.kwargs["reference"])

    def executer(self, objet):
        region = get_object_or_404(Region, pk=self.kwargs["region"])
        return designations.revenir_a_la_deduite(
            candidature=objet, region=region, motif=self.motif, par=self.request.user
        )

    def url_retour(self, objet):
        return url_territoire(objet)
