"""Search a calendar, read the proposals, keep one; availabilities and electoral reserves."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from ateliers.calendrier import droits
from ateliers.calendrier.domaine import demandes, disponibilites, requetes
from ateliers.calendrier.forms import calendrier as formulaires
from ateliers.calendrier.models import Indisponibilite, PeriodeReserve
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver
from ateliers.participants.models import Participant
from candidatures.appels.models import SessionNationale
from socle.comptes.models import Organisme
from socle.interface.vues import VueFormulaire, VueVerbe


class Proposer(FormulaireAtelier):
    form_class = formulaires.FormulaireRechercheAtelier
    template_name = "ateliers/calendrier/proposer.html"
    titre = "Proposer un calendrier"
    message = ""

    @cached_property
    def derniere(self):
        return requetes.derniere(atelier=self.atelier)

    def get_initial(self):
        return requetes.initiales(self.derniere, self.atelier.dispositif.duree_max_mois)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "participants": requetes.participants_de(self.atelier),
            "seances": requetes.a_programmer(self.atelier),
        }

    def get_context_data(self, **kwargs):
        kwargs["derniere"] = self.derniere
        return super().get_context_data(**kwargs)

    def executer(self, form):
        return demandes.demander(
            par=self.request.user, atelier=self.atelier, parametres=form.parametres()
        )

    def url_retour(self, objet=None):
        return self.resultat.get_absolute_url() if self.resultat else super().url_retour()


class ProposerSession(VueFormulaire):
    form_class = formulaires.FormulaireRechercheSession
    template_name = "ateliers/calendrier/proposer_session.html"
    titre = "Calendrier de la session"
    message = ""

    def charger(self):
        droits.exiger(droits.peut_rechercher(self.request.user))
        return get_object_or_404(SessionNationale, pk=self.kwargs["pk"])

    @cached_property
    def derniere(self):
        return requetes.derniere(session=self.objet)

    def get_initial(self):
        return requetes.initiales(self.derniere, 18)

    def get_context_data(self, **kwargs):
        kwargs |= {"derniere": self.derniere, "exigences": requetes.exigences_de(self.objet)}
        return super().get_context_data(**kwargs)

    def executer(self, form):
        national = self.request.user.organisme_id if form.cleaned_data["national"] else None
        return demandes.demander(
            par=self.request.user,
            session=self.objet,
            parametres=form.parametres() | {"national": national},
        )

    def url_retour(self):
        return self.resultat.get_absolute_url()


class SurDemande:
    def charger(self):
        demande = get_object_or_404(
            droits.visibles_par(self.request.user).select_related("atelier", "session"),
            pk=self.kwargs["pk"],
        )
        droits.exiger(droits.peut_rechercher(self.request.user, atelier=demande.atelier))
        return demande


class Demande(SurDemande, TemplateView):
    template_name = "ateliers/calendrier/demande.html"

    def get_context_data(self, **kwargs):
        demande = self.charger()
        if demande.atelier:
            relancer = reverse("ateliers:calendrier_proposer", args=[demande.atelier.slug])
        else:
            relancer = reverse("ateliers:calendrier_session", args=[demande.session_id])
        return super().get_context_data(
            demande=demande,
            atelier=demande.atelier,
            cartes=requetes.cartes(demande),
            relancer=relancer,
            **kwargs,
        )


class Arreter(SurDemande, VueVerbe):
    message = "La recherche est arrêtée."

    def executer(self, objet):
        return demandes.arreter(demande=objet, par=self.request.user)


class Retenir(SurDemande, VueVerbe):
    message = "Le calendrier est retenu : toutes ses séances sont programmées."

    def executer(self, objet):
        return demandes.retenir(demande=objet, numero=self.kwargs["numero"], par=self.request.user)


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
