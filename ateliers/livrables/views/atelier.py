"""Deliverables and comptes rendus, for those who work on the atelier."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.livrables.domaine import comptes_rendus, echeances, livrables
from ateliers.livrables.domaine.requetes import compte_rendu_de, livrables_de
from ateliers.livrables.forms.livrables import (
    FormulaireCompteRendu,
    FormulaireEcheance,
    FormulaireVersion,
)
from ateliers.livrables.models import Livrable, VersionLivrable
from ateliers.parcours.droits import exiger, peut_contribuer, peut_piloter, visibles_par
from ateliers.seances.models import Seance
from socle.interface.francais import de_cite
from socle.interface.vues import VueFormulaire, VueVerbe


def _atelier(request, slug):
    return get_object_or_404(visibles_par(request.user), slug=slug)


@require_GET
def liste(request, slug):
    atelier = _atelier(request, slug)
    return render(
        request,
        "ateliers/livrables/liste.html",
        {
            "atelier": atelier,
            "livrables": livrables_de(atelier),
            "peut_deposer": livrables.peut_deposer(request.user, atelier),
            "peut_piloter": peut_piloter(request.user, atelier),
        },
    )


class _SurLivrable:
    def charger(self):
        self.atelier = _atelier(self.request, self.kwargs["slug"])
        return get_object_or_404(Livrable, atelier=self.atelier, pk=self.kwargs["livrable_id"])

    def url_retour(self, objet=None):
        return reverse("ateliers:livrables", args=[self.atelier.slug])


class Deposer(_SurLivrable, VueFormulaire):
    form_class = FormulaireVersion
    template_name = "ateliers/livrables/formulaire.html"
    message = "La version est déposée."

    def charger(self):
        livrable = super().charger()
        exiger(
            livrables.peut_deposer(self.request.user, self.atelier),
            "Les livrables sont déposés par l’équipe ou par le service pilote.",
        )
        return livrable

    @property
    def titre(self):
        return f"Déposer « {self.objet.titre} »"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.atelier, retour=self.url_retour(), retour_libelle="Livrables", **kwargs
        )

    def executer(self, form):
        fichier = form.cleaned_data["fichier"]
        return livrables.deposer(
            livrable=self.objet,
            nom=fichier.name,
            octets=fichier.read(),
            remarque=form.cleaned_data["remarque"],
            par=self.request.user,
        )


class Accepter(_SurLivrable, VueVerbe):
    message = "Le livrable est accepté."

    def executer(self, objet):
        return livrables.accepter(
            livrable=objet, par=self.request.user, reserves=self.request.POST.get("reserves", "")
        )


class LeverReserves(_SurLivrable, VueVerbe):
    message = "Les réserves sont levées."

    def executer(self, objet):
        return livrables.lever_reserves(livrable=objet, par=self.request.user)


class FixerEcheance(_SurLivrable, VueFormulaire):
    form_class = FormulaireEcheance
    template_name = "ateliers/livrables/formulaire.html"
    message = "L’échéance est enregistrée."

    def charger(self):
        livrable = super().charger()
        exiger(peut_piloter(self.request.user, self.atelier))
        return livrable

    @property
    def titre(self):
        return f"Échéance {de_cite(self.objet.titre)}"

    def get_initial(self):
        return {"attendu_le": self.objet.attendu_le if self.objet.echeance_fixee else None}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.atelier, retour=self.url_retour(), retour_libelle="Livrables", **kwargs
        )

    def executer(self, form):
        return echeances.fixer_echeance(
            livrable=self.objet, par=self.request.user, **form.cleaned_data
        )


class Refuser(_SurLivrable, VueVerbe):
    message = "La reprise est demandée à l’équipe."

    def executer(self, objet):
        return livrables.refuser(livrable=objet, par=self.request.user, motif=self.motif)


@require_GET
def telecharger(request, slug, version_id):
    atelier = _atelier(request, slug)
    version = get_object_or_404(VersionLivrable, livrable__atelier=atelier, pk=version_id)
    return FileResponse(
        version.fichier.open("rb"),
        as_attachment=True,
        filename=version.nom,
        content_type=version.mime,
    )


class _SurSeance:
    def charger(self):
        self.atelier = _atelier(self.request, self.kwargs["slug"])
        return get_object_or_404(Seance, atelier=self.atelier, pk=self.kwargs["seance_id"])

    def url_retour(self, objet=None):
        return reverse("ateliers:compte_rendu", args=[self.atelier.slug, self.kwargs["seance_id"]])


@require_GET
def compte_rendu(request, slug, seance_id):
    atelier = _atelier(request, slug)
    seance = get_object_or_404(Seance, atelier=atelier, pk=seance_id)
    texte = compte_rendu_de(seance)
    return render(
        request,
        "ateliers/livrables/compte_rendu.html",
        {
            "atelier": atelier,
            "seance": seance,
            "compte_rendu": texte,
            "peut_ecrire": peut_contribuer(request.user, atelier)
            and not (texte and texte.publie_le),
            "peut_piloter": peut_piloter(request.user, atelier),
        },
    )


class EcrireCompteRendu(_SurSeance, VueFormulaire):
    form_class = FormulaireCompteRendu
    template_name = "ateliers/livrables/formulaire.html"
    message = "Le compte rendu est enregistré."

    def charger(self):
        seance = super().charger()
        exiger(
            peut_contribuer(self.request.user, self.atelier),
            "Le compte rendu est écrit par l’équipe, le pilote ou la collectivité.",
        )
        return seance

    @property
    def titre(self):
        return f"Compte rendu : {self.objet.titre}"

    def get_initial(self):
        texte = compte_rendu_de(self.objet)
        if texte is None:
            return {"revision": 0}
        return {
            "texte": texte.texte,
            "decisions": texte.decisions,
            "revision": texte.revision,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.atelier, retour=self.url_retour(), retour_libelle="Compte rendu", **kwargs
        )

    def executer(self, form):
        return comptes_rendus.enregistrer(
            seance=self.objet, par=self.request.user, **form.cleaned_data
        )


class PublierCompteRendu(_SurSeance, VueVerbe):
    message = "Le compte rendu est publié."

    def executer(self, objet):
        return comptes_rendus.publier(seance=objet, par=self.request.user)
