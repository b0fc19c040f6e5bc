"""Availabilities and electoral reserves."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from ateliers.calendrier import droits
from ateliers.calendrier.domaine import disponibilites, requetes
from ateliers.calendrier.forms import calendrier as formulaires
from ateliers.calendrier.models import Indisponibilite, PeriodeReserve
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver
from ateliers.participants.models import Participant
from socle.comptes.models import Organisme
from socle.interface.vues import VueFormulaire, VueVerbe


class Disponibilites(FormulaireAtelier):
    droit = staticmethod(droits.peut_voir_disponibilites)
    form_class = formulaires.FormulaireIndisponibilite
    template_name = "ateliers/calendrier/disponibilites.html"
    titre = "Indisponibilités"
    message = "L’indisponibilité est déclarée."

    def get_form_kwargs(self):
        organismes = disponibilites.organismes_de(self.atelier)
        sujets = requetes.sujets_de(self.atelier, organismes, self.request.user)
        return super().get_form_kwargs() | {"sujets": sujets}

    def get_context_data(self, **kwargs):
        lignes = disponibilites.indisponibilites(self.atelier)
        for ligne in lignes:
            ligne.retirable = droits.peut_declarer(
                self.request.user, self.atelier, organisme=ligne.organisme
            )
        return super().get_context_data(lignes=lignes, **kwargs)

    def url_retour(self, objet=None):
        return reverse("ateliers:disponibilites", args=[self.atelier.slug])

    def executer(self, form):
        valeurs = dict(form.cleaned_data)
        genre, _, cle = valeurs.pop("sujet").partition("-")
        modele, nom = (Participant, "participant") if genre == "p" else (Organisme, "organisme")
        sujet = get_object_or_404(modele, pk=int(cle))
        return disponibilites.declarer(
            atelier=self.atelier, par=self.request.user, **{nom: sujet}, **valeurs
        )


class RetirerDisponibilite(VerbeAtelier):
    retour = "ateliers:disponibilites"
    message = "L’indisponibilité est retirée."

    def charger(self):
        self.atelier = trouver(self.request, self.kwargs["slug"])
        droits.exiger(droits.peut_voir_disponibilites(self.request.user, self.atelier))
        return get_object_or_404(
            droits.indisponibilites_de(self.atelier, disponibilites.organismes_de(self.atelier)),
            pk=self.kwargs["pk"],
        )

    def executer(self, objet: Indisponibilite):
        return disponibilites.retirer(
            indisponibilite=objet, atelier=self.atelier, par=self.request.user
        )


class Reserves(VueFormulaire):
    form_class = formulaires.FormulaireReserve
    template_name = "ateliers/calendrier/reserves.html"
    titre = "Périodes de réserve"
    message = "La période est ajoutée."

    def charger(self):
        droits.exiger(droits.peut_regler_reserves(self.request.user))

    def get_context_data(self, **kwargs):
        return super().get_context_data(periodes=requetes.reserves(), **kwargs)

    def executer(self, form):
        return disponibilites.ajouter_reserve(par=self.request.user, **form.cleaned_data)


class RetirerReserve(VueVerbe):
    message = "La période est retirée."

    def charger(self):
        droits.exiger(droits.peut_regler_reserves(self.request.user))
        return get_object_or_404(PeriodeReserve, pk=self.kwargs["pk"])

    def executer(self, objet):
        return disponibilites.retirer_reserve(periode=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("ateliers:reserves")
