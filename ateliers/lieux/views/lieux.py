"""The rooms where séances are held: a list, a sheet each, and who keeps them."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.lieux import droits
from ateliers.lieux.domaine import lieux as verbes
from ateliers.lieux.forms.lieux import FormulaireLieu, FormulaireLieuRevise, initiales
from ateliers.lieux.models import Lieu
from socle.interface.vues import VueFormulaire, VueVerbe
from socle.territoires.models import Departement

PAR_PAGE = 30


@require_GET
def liste(request):
    droits.exiger(droits.peut_voir(request.user))
    code, texte = request.GET.get("departement", ""), request.GET.get("q", "").strip()
    tous = droits.visibles_par(request.user)
    lignes = tous.select_related("commune", "departement").order_by("departement", "nom", "pk")
    if code:
        lignes = lignes.filter(departement=code)
    if texte:
        lignes = lignes.filter(Q(nom__icontains=texte) | Q(commune__nom__icontains=texte))
    departements = Departement.objects.filter(pk__in=tous.values("departement"))
    contexte = {
        "page": Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page")),
        "departements": list(departements.order_by("code")),
        "code": code,
        "texte": texte,
        "requete": f"departement={code}&q={texte}&" if code or texte else "",
        "peut_ajouter": droits.departements_de(request.user).exists(),
    }
    return render(request, "ateliers/lieux/liste.html", contexte)


def trouver(request, pk) -> Lieu:
    lieux = droits.visibles_par(request.user).select_related("commune", "departement")
    return get_object_or_404(lieux, pk=pk)


@require_GET
def fiche(request, pk):
    lieu = trouver(request, pk)
    contexte = {"lieu": lieu, "peut_gerer": droits.peut_gerer(request.user, lieu.departement)}
    return render(request, "ateliers/lieux/fiche.html", contexte)


class _Formulaire(VueFormulaire):
    template_name = "ateliers/lieux/formulaire.html"

    def get_form_kwargs(self):
        departements = droits.departements_de(self.request.user).order_by("code")
        return super().get_form_kwargs() | {"departements": departements}

    def url_retour(self):
        return self.resultat.get_absolute_url() if self.resultat else reverse("ateliers:lieux")


class Ajouter(_Formulaire):
    form_class = FormulaireLieu
    titre = "Ajouter un lieu"
    message = "Le lieu est ajouté : il se choisit désormais en datant une séance."

    def charger(self):
        droits.exiger(droits.departements_de(self.request.user).exists())

    def executer(self, form):
        return verbes.ajouter_lieu(par=self.request.user, **form.cleaned_data)


class Modifier(_Formulaire):
    form_class = FormulaireLieuRevise
    titre = "Corriger la fiche du lieu"

    @property
    def message(self):
        return f"La fiche du lieu « {self.resultat.nom} » est enregistrée."

    def charger(self):
        lieu = trouver(self.request, self.kwargs["pk"])
        droits.exiger(droits.peut_gerer(self.request.user, lieu.departement))
        return lieu

    def get_initial(self):
        return initiales(self.objet)

    def executer(self, form):
        return verbes.modifier_lieu(lieu=self.objet, par=self.request.user, **form.cleaned_data)


class Fermer(VueVerbe):
    message = "Ce lieu n’est plus proposé."
    ferme = True

    def charger(self):
        return trouver(self.request, self.kwargs["pk"])

    def executer(self, objet):
        return verbes.fermer_lieu(lieu=objet, par=self.request.user, ferme=self.ferme)


class Rouvrir(Fermer):
    message = "Ce lieu est de nouveau proposé."
    ferme = False
