"""Needs and agreements told by people, tables, the ledger."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.parcours.droits import exiger, peut_piloter
from ateliers.participants import droits
from ateliers.participants.choix import NE_VIENNENT_PAS
from ateliers.participants.domaine import besoins, tables
from ateliers.participants.domaine.invitations import invitations_de
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.forms.venue import FormulaireTables, FormulaireTirage, FormulaireVenue
from ateliers.participants.models import Besoin, Participant
from ateliers.participants.views.commun import (
    SurAtelier,
    SurSeance,
    charger_atelier,
    charger_seance,
)
from ateliers.participants.views.public import Repondre
from socle.interface.vues import VueFormulaire, VueVerbe


class PreparerVenue(Repondre):
    """From the signed link."""

    form_class = FormulaireVenue
    template_name = "ateliers/participants/venue.html"
    message = "C’est noté. Merci."

    def get_initial(self):
        besoin = Besoin.objects.filter(invitation=self.objet).first()
        initial = {c: getattr(besoin, c) for c in besoins.CHAMPS} if besoin else {}
        return initial | {"accords": sorted(besoins.accords_en_cours(self.objet.participant))}

    def executer(self, form):
        return besoins.preparer_venue(self.objet, **form.cleaned_data)

    def url_retour(self, objet=None):
        return reverse("ateliers:repondre", args=[self.kwargs["jeton"]])


@require_GET
def besoins_de_la_seance(request, slug, seance_id):
    """The pilot reads who needs what; the others who work on the atelier read totals."""
    seance = charger_seance(request, slug, seance_id)
    lignes = list(besoins.besoins_de(seance))
    pilote = peut_piloter(request.user, seance.atelier)
    contexte = {
        "atelier": seance.atelier,
        "seance": seance,
        "totaux": besoins.totaux(lignes),
        "pilote": pilote,
        "lignes": lignes if pilote else [],
    }
    return render(request, "ateliers/participants/besoins.html", contexte)


@require_GET
def registre(request, slug):
    """Who agreed to be photographed, since when, until when."""
    atelier = charger_atelier(request, slug)
    contexte = {
        "atelier": atelier,
        "participants": besoins.registre(atelier),
        "peut_gerer": droits.peut_gerer(request.user, atelier),
    }
    return render(request, "ateliers/participants/accords.html", contexte)


class Consigner(SurAtelier, VueVerbe):
    message = "L’accord est consigné."

    def charger(self):
        atelier = super().charger()
        exiger(droits.peut_gerer(self.request.user, atelier), REFUS)
        return get_object_or_404(Participant, atelier=atelier, pk=self.kwargs["participant_id"])

    def executer(self, objet):
        return besoins.consigner(
            objet,
            objet=self.request.POST.get("objet", ""),
            donne=self.request.POST.get("donne") == "1",
            par=self.request.user,
        )

    def url_retour(self, objet=None):
        return reverse("ateliers:accords", args=[self.atelier.slug])


class Tables(SurSeance, VueFormulaire):
    form_class = FormulaireTables
    template_name = "ateliers/participants/tables.html"
    retour = "ateliers:tables"
    message = "Les tables sont enregistrées."

    def get_form_kwargs(self):
        attendus = invitations_de(self.seance).exclude(reponse__in=NE_VIENNENT_PAS)
        return super().get_form_kwargs() | {"invitations": attendus}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.atelier, seance=self.seance, tirage=FormulaireTirage(), **kwargs
        )

    def executer(self, form):
        return tables.placer(seance=self.seance, tables=form.tables(), par=self.request.user)


class TirerTables(SurSeance, VueVerbe):
    retour = "ateliers:tables"
    message = "Les tables sont tirées : chaque collège est réparti entre elles."

    def executer(self, objet):
        nombre = self.request.POST.get("nombre", "")
        nombre = int(nombre) if nombre.isdecimal() and len(nombre) < 4 else 0
        return tables.tirer_tables(seance=objet, nombre=nombre, par=self.request.user)
