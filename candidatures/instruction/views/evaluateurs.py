"""Reviewers: the list of the DGALN, one’s profile, the end of an elected office."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers.droits import deports_actifs, visibles_par
from candidatures.instruction.domaine import deports, invitations
from candidatures.instruction.domaine import evaluateurs as verbes
from candidatures.instruction.domaine.profils import LECTEURS, lecteurs
from candidatures.instruction.forms.organiser import FormulaireCloreMandat
from candidatures.instruction.forms.repartir import FormulaireProfil
from candidatures.instruction.models import MandatElectif
from candidatures.instruction.views.dgaln import verifier_instructeur
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueFormulaire


@require_safe
def evaluateurs(request):
    verifier_instructeur(request.user)
    contexte = {"lignes": verbes.evaluateurs(), "invitations": invitations.attendues()}
    return render(request, "candidatures/instruction/evaluateurs.html", contexte)


class VueProfil(VueFormulaire):
    """The form that both pages share; `self.objet` is the person."""

    form_class = FormulaireProfil
    message = "Le profil est enregistré."

    def get_initial(self):
        profil = verbes.profil_de(self.objet)
        themes = list(profil.themes.all()) if profil.pk else []
        return {"charge_max": profil.charge_max, "themes": themes}

    def executer(self, form):
        return verbes.enregistrer_profil(
            personne=self.objet,
            charge_max=form.cleaned_data["charge_max"],
            themes=form.cleaned_data["themes"],
            par=self.request.user,
        )


class VueMonProfil(VueProfil):
    template_name = "candidatures/instruction/mon_profil.html"
    titre = "Mon profil d’évaluation"
    message = "Votre profil est enregistré."

    def charger(self):
        if self.request.user.role not in LECTEURS:
            raise ActionInterdite("Cette page est réservée à celles et ceux qui évaluent.")
        return self.request.user


class VueEvaluateur(VueProfil):
    """One reviewer for the DGALN: profile, offices, and the dossiers that are closed to them."""

    template_name = "candidatures/instruction/evaluateur.html"

    def charger(self):
        verifier_instructeur(self.request.user)
        return get_object_or_404(lecteurs().select_related("organisme"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        actifs = deports_actifs(self.objet).filter(candidature__in=visibles_par(self.request.user))
        mandats = MandatElectif.objects.filter(personne=self.objet)
        return super().get_context_data(
            deports=actifs.select_related("candidature").order_by("-le", "pk"),
            mandats=mandats.select_related("commune", "epci").order_by("-debut", "pk"),
            soi=self.objet == self.request.user,
            **kwargs,
        )


class VueCloreMandat(VueFormulaire):
    form_class = FormulaireCloreMandat
    template_name = "candidatures/instruction/mandat_clore.html"
    titre = "Clore un mandat électif"
    message = "Le mandat est clos : les dossiers qu’il fermait se rouvrent le lendemain."

    def charger(self):
        verifier_instructeur(self.request.user)
        mandats = MandatElectif.objects.select_related("personne", "commune", "epci")
        return get_object_or_404(mandats, pk=self.kwargs["pk"])

    def executer(self, form):
        return deports.clore_mandat(
            mandat=self.objet, le=form.cleaned_data["le"], par=self.request.user
        )

    def url_retour(self):
        return reverse("candidatures:evaluateur", args=[self.objet.personne_id])
