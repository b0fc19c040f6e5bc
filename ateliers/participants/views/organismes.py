"""The organismes of the directory: who speaks for whom; two writings of one name made one."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.annuaire import droits
from ateliers.parcours.droits import exiger
from ateliers.participants.domaine import organismes as verbes
from ateliers.participants.domaine import repertoire
from ateliers.participants.forms.organismes import FormulaireOrganisme
from candidatures.dispositifs.choix import College
from socle.interface.vues import VueFormulaire, VueVerbe

PAR_PAGE = 50


def _visibles(request):
    exiger(droits.peut_consulter(request.user), droits.RESERVE)
    visibles = droits.organismes_visibles_par(request.user)
    return visibles.select_related("compte", "commune", "epci")


@require_GET
def liste(request):
    exiger(droits.peut_consulter(request.user), droits.RESERVE)
    filtre = repertoire.FiltreOrganismes(
        texte=request.GET.get("q", "").strip()[:100], college=request.GET.get("college", "")
    )
    organismes = repertoire.chercher(request.user, filtre)
    contexte = {
        "page": Paginator(organismes, PAR_PAGE).get_page(request.GET.get("page")),
        "filtre": filtre,
        "colleges": College.choices,
    }
    return render(request, "ateliers/annuaire/organismes.html", contexte)


@require_GET
def fiche(request, pk):
    organisme = get_object_or_404(_visibles(request), pk=pk)
    mandats = repertoire.mandats_de(organisme, request.user)
    contexte = {
        "organisme": organisme,
        "page": Paginator(mandats, PAR_PAGE).get_page(request.GET.get("page")),
        "ateliers": repertoire.ateliers_de(organisme, request.user),
        "peut_tenir": verbes.peut_tenir(request.user, organisme),
    }
    return render(request, "ateliers/annuaire/organisme.html", contexte)


@require_GET
def proposer(request):
    """The options under the field where a name is being typed."""
    connus = droits.organismes_proposes_a(request.user)
    noms = repertoire.proposer(connus, request.GET.get("organisation", "")[:160])
    return render(request, "ateliers/annuaire/_proposes.html", {"noms": noms})


@require_GET
def doublons(request):
    exiger(droits.peut_consulter(request.user), droits.RESERVE)
    trouves = repertoire.doublons(request.user)
    page = Paginator(trouves, PAR_PAGE).get_page(request.GET.get("page"))
    return render(request, "ateliers/annuaire/organismes_doublons.html", {"page": page})


class _Ecrire(VueFormulaire):
    form_class = FormulaireOrganisme
    template_name = "ateliers/annuaire/organisme_formulaire.html"

    def url_retour(self):
        return reverse("ateliers:annuaire_organisme", args=[self.resultat.pk])

    def champs(self, form) -> dict:
        lus = (*verbes.CHAMPS, "lien")
        return {cle: form.cleaned_data[cle] for cle in lus} | {"par": self.request.user}


class Nouveau(_Ecrire):
    titre = "Ajouter un organisme"
    message = "L’organisme est ajouté à l’annuaire."

    def charger(self):
        exiger(droits.peut_consulter(self.request.user), droits.RESERVE)

    def executer(self, form):
        return verbes.creer_organisme(confirmes=self.confirmes, **self.champs(form))


class Modifier(_Ecrire):
    message = "L’organisme est enregistré."

    @property
    def titre(self):
        return self.objet.nom

    def charger(self):
        organisme = get_object_or_404(_visibles(self.request), pk=self.kwargs["pk"])
        exiger(verbes.peut_tenir(self.request.user, organisme), verbes.REFUS)
        return organisme

    def get_initial(self):
        objet = self.objet
        connus = {cle: getattr(objet, cle) for cle in (*verbes.CHAMPS, "revision")}
        liens = (("O", objet.compte_id), ("C", objet.commune_id), ("E", objet.epci_id))
        lien = next((f"{genre}{cle}" for genre, cle in liens if cle), "")
        return connus | {"identite": str(objet.identite or ""), "lien": lien}

    def executer(self, form):
        return verbes.modifier_organisme(
            organisme=self.objet, revision=form.cleaned_data["revision"], **self.champs(form)
        )


class Supprimer(VueVerbe):
    message = "L’organisme est retiré de l’annuaire."

    def charger(self):
        return get_object_or_404(_visibles(self.request), pk=self.kwargs["pk"])

    def executer(self, objet):
        return verbes.supprimer_organisme(organisme=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("ateliers:annuaire_organismes")


class Fusionner(VueVerbe):
    message = "Les deux organismes n’en font plus qu’un."

    def charger(self):
        visibles = _visibles(self.request)
        garder = get_object_or_404(visibles, pk=self.kwargs["pk"])
        absorber = get_object_or_404(visibles, pk=self.kwargs["autre"])
        if garder.pk == absorber.pk:
            raise Http404(verbes.manque_fusion(garder, absorber))
        return garder, absorber

    def executer(self, objet):
        garder, absorber = objet
        return verbes.fusionner_organismes(garder=garder, absorber=absorber, par=self.request.user)

    def url_retour(self, objet):
        return reverse("ateliers:annuaire_organisme", args=[objet[0].pk])
