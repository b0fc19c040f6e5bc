"""A sheet of the directory put right: the person, a mandate, the account they are."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from ateliers.annuaire import droits
from ateliers.annuaire.models import Mandat
from ateliers.parcours.droits import exiger
from ateliers.participants.domaine import comptes, corrections, mandats
from ateliers.participants.forms.annuaire import FormulaireFiche, FormulaireMandatRevise
from socle.interface.vues import VueFormulaire, VueVerbe


class _SurFiche:
    def charger(self):
        exiger(droits.peut_consulter(self.request.user), droits.RESERVE)
        visibles = droits.visibles_par(self.request.user).select_related("utilisateur")
        self.personne = get_object_or_404(visibles, pk=self.kwargs["pk"])
        permis = corrections.peut_corriger(self.request.user, self.personne)
        exiger(permis, corrections.REFUS)
        return self.personne

    def url_retour(self, objet=None):
        return reverse("ateliers:annuaire_fiche", args=[self.personne.pk])


class Corriger(_SurFiche, VueFormulaire):
    form_class = FormulaireFiche
    template_name = "ateliers/annuaire/corriger.html"
    titre = "Corriger la fiche"
    message = "La fiche est corrigée, dans tous les ateliers de cette personne."
    autre = None

    def get_initial(self):
        return {cle: getattr(self.objet, cle) for cle in (*corrections.CHAMPS, "revision")}

    def get_context_data(self, **kwargs):
        return super().get_context_data(personne=self.objet, autre=self.autre, **kwargs)

    def executer(self, form):
        champs = {cle: form.cleaned_data[cle] for cle in corrections.CHAMPS}
        try:
            return corrections.corriger_fiche(
                personne=self.objet,
                par=self.request.user,
                revision=form.cleaned_data["revision"],
                confirmes=self.confirmes,
                **champs,
            )
        except corrections.AdresseDejaPrise as prise:
            self.autre = prise.autre
            raise


class CorrigerMandat(_SurFiche, VueFormulaire):
    form_class = FormulaireMandatRevise
    template_name = "ateliers/annuaire/corriger.html"
    titre = "Corriger le mandat"
    message = "Le mandat est corrigé."

    def charger(self):
        personne = super().charger()
        siens = Mandat.objects.select_related("organisme")
        return get_object_or_404(siens, personne=personne, pk=self.kwargs["mandat"])

    def get_initial(self):
        connus = ("organisation", "fonction", "du", "au")
        return {cle: getattr(self.objet, cle) for cle in connus} | {
            "revision": self.personne.revision
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(personne=self.personne, mandat=self.objet, **kwargs)

    def executer(self, form):
        return mandats.corriger_mandat(
            mandat=self.objet, par=self.request.user, confirmes=self.confirmes, **form.cleaned_data
        )


class Lier(_SurFiche, VueVerbe):
    @property
    def message(self):
        suite = "" if self.personne.courriel else " Notez aussi l’adresse où lui écrire."
        return f"La fiche et le compte sont ceux d’une même personne.{suite}"

    def executer(self, objet):
        connus = droits.comptes_connus_de(self.request.user)
        compte = get_object_or_404(connus, pk=self.kwargs["compte"])
        return comptes.lier_compte(personne=objet, compte=compte, par=self.request.user)


class Delier(_SurFiche, VueVerbe):
    message = "La fiche n’est plus liée à un compte."

    def executer(self, objet):
        return comptes.delier_compte(personne=objet, par=self.request.user)
