"""Start from a dossier of « Démarches simplifiées »; the table of labels, for DGALN."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404

from candidatures.appels.domaine.appels import regler_correspondances
from candidatures.appels.droits import peut_gerer
from candidatures.appels.droits import visibles_par as appels_visibles
from candidatures.dossiers import droits
from candidatures.dossiers.domaine import demarches, demarches_api
from candidatures.dossiers.domaine.etapes import url_de
from candidatures.dossiers.forms.demarches import FormulaireCorrespondances, FormulaireDemarche
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.interface.vues import VueFormulaire, ajouter_erreurs


class VueReprendreDemarche(VueFormulaire):
    form_class = FormulaireDemarche
    template_name = "candidatures/dossiers/demarche.html"
    titre = "Reprendre un dossier de Démarches simplifiées"
    message = "Votre candidature est ouverte avec ce qui a été repris. Relisez chaque étape."

    def charger(self):
        if not demarches_api.configuree():
            raise Http404
        appel = get_object_or_404(appels_visibles(self.request.user), slug=self.kwargs["slug"])
        if not droits.peut_creer(self.request.user):
            raise ActionInterdite(
                "Une candidature s’ouvre par un service de l’État ou par une collectivité."
            )
        return appel

    def form_valid(self, form):
        """The other site is asked before any transaction; its answer is read again to create."""
        numero = form.cleaned_data["numero"]
        try:
            self.lu = demarches.apercu(appel=self.objet, numero=numero, par=self.request.user)
        except ErreurMetier as erreur:
            ajouter_erreurs(form, erreur)
            return self.form_invalid(form)
        confirme = bool(form.cleaned_data["titre"].strip())
        if not confirme:
            form.passer_a_l_apercu(self.lu.titre)
            return self.render_to_response(self.get_context_data(form=form, apercu=self.lu))
        self.recus, echecs = demarches.telecharger(self.lu)
        reponse = super().form_valid(form)
        for phrase in echecs if self.resultat is not None else ():
            messages.warning(self.request, phrase)
        return reponse

    def executer(self, form):
        return demarches.creer_repris(
            appel=self.objet,
            titre=form.cleaned_data["titre"],
            lu=self.lu,
            recus=self.recus,
            par=self.request.user,
        )

    def url_retour(self):
        return url_de(self.resultat, "identite")


class VueCorrespondances(VueFormulaire):
    form_class = FormulaireCorrespondances
    fusion = True
    template_name = "candidatures/dossiers/correspondances.html"
    titre = "Reprise depuis Démarches simplifiées"
    message = "La table des correspondances est enregistrée."

    def charger(self):
        appel = get_object_or_404(appels_visibles(self.request.user), slug=self.kwargs["slug"])
        if not peut_gerer(self.request.user):
            raise ActionInterdite("Seule la DGALN prépare et publie les appels.")
        self.destinations = demarches.destinations(appel)
        return appel

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"destinations": self.destinations}

    def get_initial(self):
        connues = self.objet.correspondances
        return {f"c{rang}": connues.get(d.champ, "") for rang, d in enumerate(self.destinations)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(configuree=demarches_api.configuree(), **kwargs)

    def executer(self, form):
        return regler_correspondances(
            appel=self.objet, correspondances=form.correspondances(), par=self.request.user
        )

    def url_retour(self):
        return self.objet.get_absolute_url()
