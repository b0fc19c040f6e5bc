"""The life of a séance."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property

from ateliers.parcours.droits import peut_contribuer
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine import agenda, conditions, preparation
from ateliers.seances.forms import seances as formulaires
from ateliers.seances.models import Seance


def _moments(debut, fin):
    if not debut:
        return {}
    return {
        "jour_debut": debut.date(),
        "heure_debut": debut.time(),
        "jour_fin": fin.date(),
        "heure_fin": fin.time(),
    }


class SurSeance:
    @property
    def cle_seance(self):
        return self.kwargs["pk"]

    @cached_property
    def seance(self):
        seance = get_object_or_404(Seance, atelier=self.atelier, pk=self.cle_seance)
        seance.atelier = self.atelier
        return seance

    def url_retour(self, objet=None):
        return reverse("ateliers:seance", args=[self.atelier.slug, self.cle_seance]) + self.ancre


class SaisieDates(SurSeance, FormulaireAtelier):
    @property
    def aide(self):
        ville = self.seance.fuseau.split("/")[-1].replace("_", " ")
        return f"« {self.seance} ». Les heures sont celles du site (fuseau de {ville})."

    def get_initial(self):
        place = {cle: getattr(self.seance, cle) for cle in ("salle", "lieu", "adresse")}
        return _moments(self.seance.debut, self.seance.fin) | place

    def dates(self, form):
        """The two moments, without the place."""
        return {"debut": form.cleaned_data["debut"], "fin": form.cleaned_data["fin"]}


class Tenir(SaisieDates):
    form_class = formulaires.FormulaireTenue
    titre = "Déclarer la séance tenue"
    message = "La séance est tenue. Il reste à écrire son compte rendu."
    ancre = "#apres"

    def get(self, request, *args, **kwargs):
        """Without a date there is nothing to fill in: say so, and where to give one."""
        if self.seance.etat != EtatSeance.A_PROGRAMMER:
            return super().get(request, *args, **kwargs)
        contexte = {
            "atelier": self.atelier,
            "seance": self.seance,
            "titre": self.titre,
            "page_retour": self.url_retour(),
        }
        return render(request, "ateliers/seances/sans_date.html", contexte)

    @property
    def conditions(self):
        return conditions.manques_tenir(self.seance)

    def executer(self, form):
        dates = self.dates(form)
        return agenda.tenir(
            seance=self.seance,
            par=self.request.user,
            debut_reel=dates["debut"],
            fin_reelle=dates["fin"],
            confirmes=self.confirmes,
        )


class EcrireDeroule(SurSeance, FormulaireAtelier):
    droit = staticmethod(peut_contribuer)
    form_class = formulaires.FormulaireDeroule
    message = "Le déroulé est enregistré."
    template_name = "ateliers/formulaire_lignes.html"
    titre = "Déroulé de la séance"
    aide = "Une ligne par séquence ; laissez vides celles qui ne servent pas."
    ancre = "#deroule"

    def get_initial(self):
        return {"revision": self.seance.revision}

    def get_form_kwargs(self):
        champs = ("titre", "jour", "debut", "duree_min", "format", "public", "lieu")
        lignes = list(self.seance.sequences.values(*champs))
        return super().get_form_kwargs() | {"lignes": lignes}

    def executer(self, form):
        return preparation.ecrire_deroule(
            seance=self.seance,
            par=self.request.user,
            sequences=form.lignes_saisies(),
            revision=form.cleaned_data["revision"],
        )


class Ajouter(FormulaireAtelier):
    form_class = formulaires.FormulaireAjout
    titre = "Ajouter une séance"
    message = "La séance est ajoutée au parcours."
    aide = "Les ateliers in situ et la restitution viennent du dispositif ; le reste s’ajoute ici."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"atelier": self.atelier}

    def executer(self, form):
        return preparation.ajouter_seance(
            atelier=self.atelier, par=self.request.user, **form.cleaned_data
        )


class OuvrirSuivi(VerbeAtelier):
    message = "Le suivi de l’atelier est ouvert."

    def executer(self, objet):
        return preparation.ouvrir_suivi(atelier=objet, par=self.request.user)
