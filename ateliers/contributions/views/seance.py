"""During the séance: record with the keyboard, and show on the wall as it comes."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ateliers.contributions import droits
from ateliers.contributions.domaine import contributions as verbes
from ateliers.contributions.domaine import requetes
from ateliers.contributions.forms.contribution import (
    FormulaireContribution,
    FormulaireContributionRevise,
)
from ateliers.contributions.models import Contribution
from ateliers.parcours.droits import exiger, peut_contribuer, visibles_par
from ateliers.seances.models import Seance
from socle.interface.vues import VueFormulaire, VueVerbe

RAPPELES = ("nature", "table", "college", "ressource")
PAR_PAGE = 30
CADENCE = 5


def charger_seance(request, slug, seance_id):
    atelier = get_object_or_404(visibles_par(request.user), slug=slug)
    seance = get_object_or_404(Seance, atelier=atelier, pk=seance_id)
    seance.atelier = atelier
    return seance


class Contributions(VueFormulaire):
    """Everybody who sees the atelier reads; those who work on it also write, in the same page."""

    form_class = FormulaireContribution
    template_name = "ateliers/contributions/seance.html"
    message = "Contribution ajoutée."

    def charger(self):
        self.seance = charger_seance(self.request, self.kwargs["slug"], self.kwargs["seance_id"])
        if self.request.method == "POST":
            permis = peut_contribuer(self.request.user, self.seance.atelier)
            exiger(permis, verbes.REFUS)
        return self.seance

    def get_initial(self):
        """What the former card said of its table and college holds for the next one."""
        return {cle: self.request.GET[cle] for cle in RAPPELES if cle in self.request.GET}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"atelier": self.seance.atelier, "instance": None}

    def get_context_data(self, **kwargs):
        atelier, utilisateur = self.seance.atelier, self.request.user
        lignes = requetes.contributions_de_la_seance(self.seance)
        page = Paginator(lignes, PAR_PAGE).get_page(self.request.GET.get("page"))
        voit = droits.peut_voir_retenues(utilisateur, atelier)
        pilote = droits.peut_piloter(utilisateur, atelier)
        return super().get_context_data(
            atelier=atelier,
            seance=self.seance,
            page=page,
            requete="",
            modifiables={c.pk for c in page if pilote or c.saisie_par_id == utilisateur.pk},
            retenues=sum(c.photo_retenue for c in page) if voit else 0,
            voit_retenues=voit,
            archive=peut_contribuer(utilisateur, atelier)
            and any(c.photo and not c.photo_retenue for c in page),
            peut_saisir=droits.peut_saisir(utilisateur, self.seance),
            ouverte=self.seance.etat in droits.OUVERTES,
            **kwargs,
        )

    def executer(self, form):
        self.rappel = {cle: form.cleaned_data[cle] for cle in RAPPELES if form.cleaned_data[cle]}
        return verbes.enregistrer_contribution(
            seance=self.seance,
            par=self.request.user,
            photo=form.cleaned_data["photo"],
            **form.valeurs(),
        )

    def url_retour(self):
        adresse = reverse("ateliers:contributions", args=[self.seance.atelier.slug, self.seance.pk])
        return f"{adresse}?{urlencode(self.rappel)}" if self.rappel else adresse


class SurContribution:
    def charger(self):
        contribution = get_object_or_404(
            droits.visibles_par(self.request.user).select_related("seance__atelier"),
            seance__atelier__slug=self.kwargs["slug"],
            pk=self.kwargs["contribution_id"],
        )
        self.seance = contribution.seance
        return contribution

    def url_retour(self, objet=None):
        return reverse("ateliers:contributions", args=[self.seance.atelier.slug, self.seance.pk])


class Modifier(SurContribution, VueFormulaire):
    form_class = FormulaireContributionRevise
    template_name = "ateliers/contributions/formulaire.html"
    titre = "Corriger la contribution"
    message = "La contribution est corrigée."

    def charger(self):
        contribution = super().charger()
        exiger(
            droits.peut_modifier(self.request.user, contribution),
            "Une contribution se corrige par qui l’a saisie, ou par le service pilote.",
        )
        return contribution

    def get_form_kwargs(self):
        # A copy: the form writes what was typed on its instance.
        instance = Contribution.objects.get(pk=self.objet.pk)
        return super().get_form_kwargs() | {"instance": instance, "atelier": self.seance.atelier}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.seance.atelier, retour=self.url_retour(), **kwargs
        )

    def executer(self, form):
        nouvelle = form.cleaned_data["photo"] if "photo" in form.files else None
        return verbes.modifier_contribution(
            self.objet,
            par=self.request.user,
            revision=form.cleaned_data["revision"],
            photo=nouvelle,
            sans_photo=form.cleaned_data.get("sans_photo", False),
            **form.valeurs(),
        )


class Retirer(SurContribution, VueVerbe):
    message = "La contribution est retirée."

    def executer(self, objet):
        return verbes.retirer_contribution(objet, par=self.request.user)


def _mur(request, seance) -> dict:
    table = request.GET.get("table", "")
    cartes = requetes.contributions_de_la_seance(seance)
    if table:
        cartes = cartes.filter(table=table)
    return {
        "atelier": seance.atelier,
        "seance": seance,
        "cartes": list(cartes[:200]),
        "nombre": cartes.count(),
        "table": table,
        "etat": requetes.etat_du_mur(seance),
        "cadence": CADENCE,
        "pause": "pause" in request.GET,
        "auto": "auto" in request.GET,
    }


@never_cache
@require_GET
def mur(request, slug, seance_id):
    """The wall, for a projector. Without JavaScript, `?auto=1` asks the browser to reload."""
    seance = charger_seance(request, slug, seance_id)
    contexte = _mur(request, seance) | {"tables": requetes.tables_de(seance)}
    reponse = render(request, "ateliers/contributions/mur.html", contexte)
    if contexte["auto"]:
        reponse["Refresh"] = str(2 * CADENCE)
    return reponse


@never_cache
@require_GET
def mur_cartes(request, slug, seance_id):
    """The fragment that the wall asks for; 204 when nothing changed since `etat`."""
    seance = charger_seance(request, slug, seance_id)
    if request.GET.get("etat") == requetes.etat_du_mur(seance):
        return HttpResponse(status=204)
    return render(request, "ateliers/contributions/mur_cartes.html", _mur(request, seance))
