"""Review of mass mails: count, read, correct, send or give up. And one’s own preference."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from socle.comptes.models import Utilisateur
from socle.courriels import lots, resume
from socle.courriels.choix import EtatCourriel, Rythme
from socle.courriels.droits import lots_visibles_par, peut_ouvrir_la_boite, visibles_par
from socle.courriels.masque import MASQUE, masque_pour, masquer
from socle.courriels.views import PAR_PAGE, TONS, nom_boite
from socle.erreurs import TransitionImpossible
from socle.interface.formulaires import FormulaireDsfr
from socle.interface.vues import VueFormulaire, VueVerbe


def _lots(request):
    if not peut_ouvrir_la_boite(request.user):
        raise PermissionDenied("La boîte d’envoi est réservée à la DGALN.")
    return lots_visibles_par(request.user).order_by("-pk")


@require_GET
def liste_lots(request):
    envois = _lots(request).annotate(nombre=Count("courriels")).select_related("depose_par")
    envois = envois.order_by("-depose_le", "-pk")
    page = Paginator(envois, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {"page": page, "boite": nom_boite(request.user)}
    return render(request, "courriels/lots.html", contexte)


@require_GET
def lot(request, pk):
    envoi = get_object_or_404(_lots(request).select_related("depose_par"), pk=pk)
    # For whom each person is written to, when the site knows it.
    connus = Utilisateur.objects.filter(email=OuterRef("destinataire"))
    courriels = visibles_par(request.user).filter(lot=envoi)
    courriels = courriels.annotate(organisme=Subquery(connus.values("organisme__nom")[:1]))
    page = Paginator(courriels, PAR_PAGE).get_page(request.GET.get("page"))
    for courriel in page:
        courriel.ton = TONS[courriel.etat]
        masque = masque_pour(request.user, courriel)
        courriel.lisible = masquer(courriel.corps) if masque else courriel.corps
        courriel.retenu = courriel.etat == EtatCourriel.RETENU
    retenus, partent = lots.a_partir(envoi)
    contexte = {
        "lot": envoi,
        "page": page,
        "retenus": retenus,
        "partent": partent,
        "ouvert": envoi.envoye_le is None and envoi.annule_le is None,
        "piece": lots.piece_prevue(envoi),
        "boite": nom_boite(request.user),
    }
    return render(request, "courriels/lot.html", contexte)


class VueLot(VueVerbe):
    def charger(self):
        return get_object_or_404(_lots(self.request), pk=self.kwargs["pk"])


class VueEnvoyerLot(VueLot):
    def executer(self, objet):
        nombre = lots.envoyer_lot(lot=objet, par=self.request.user)
        messages.success(self.request, f"Envoyé : {nombre} courriel{'s' * (nombre > 1)}.")


class VueAnnulerLot(VueLot):
    message = "L’envoi est abandonné : rien n’est parti."

    def executer(self, objet):
        return lots.annuler_lot(lot=objet, par=self.request.user)


class FormulaireCorriger(FormulaireDsfr):
    libelle_envoi = "Enregistrer la correction"

    sujet = forms.CharField(label="Objet", max_length=250)
    corps = forms.CharField(label="Texte", widget=forms.Textarea(attrs={"rows": 16}))

    def __init__(self, *args, masque, **options):
        super().__init__(*args, **options)
        if masque:
            self.fields["corps"].help_text = f"« {MASQUE} » tient la place du lien de la personne."


class VueCorriger(VueFormulaire):
    form_class = FormulaireCorriger
    template_name = "courriels/corriger.html"
    titre = "Corriger le courriel"
    message = "Le courriel est corrigé."

    def charger(self):
        if not peut_ouvrir_la_boite(self.request.user):
            raise PermissionDenied("La boîte d’envoi est réservée à la DGALN.")
        courriel = get_object_or_404(visibles_par(self.request.user), pk=self.kwargs["pk"])
        if self.request.method == "GET" and courriel.etat != EtatCourriel.RETENU:
            raise TransitionImpossible("Ce courriel n’est plus retenu : il ne se corrige plus.")
        return courriel

    def get_context_data(self, **kwargs):
        return super().get_context_data(boite=nom_boite(self.request.user), **kwargs)

    def get_initial(self):
        corps = masquer(self.objet.corps) if self.masque else self.objet.corps
        return {"sujet": self.objet.sujet, "corps": corps}

    @cached_property
    def masque(self) -> bool:
        return masque_pour(self.request.user, self.objet)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"masque": self.masque}

    def executer(self, form):
        choix = form.cleaned_data
        return lots.corriger(
            courriel=self.objet, sujet=choix["sujet"], corps=choix["corps"], par=self.request.user
        )

    def url_retour(self):
        if self.objet.lot_id:
            return reverse("courriels:lot", args=[self.objet.lot_id])
        return self.objet.get_absolute_url()


class FormulairePreference(FormulaireDsfr):
    brouillon = False

    rythme = forms.ChoiceField(
        label="Je reçois les courriels du site", choices=Rythme.choices, widget=forms.RadioSelect
    )


class VuePreference(VueFormulaire):
    form_class = FormulairePreference
    template_name = "courriels/preference.html"
    titre = "Mon compte"
    message = "Le rythme de vos courriels est enregistré."

    def get_initial(self):
        return {"rythme": resume.rythme_de(self.request.user)}

    def executer(self, form):
        return resume.choisir_rythme(
            utilisateur=self.request.user, rythme=form.cleaned_data["rythme"]
        )
