"""The exports centre: ask, find again, download."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from socle.erreurs import ActionInterdite
from socle.exports import domaine, droits
from socle.exports.choix import MIMES, TONS, EtatExport
from socle.exports.declaration import Demande, declaration, declarations
from socle.exports.forms import FormulaireExport
from socle.interface.vues import VueFormulaire, VueVerbe

PAR_PAGE = 25


@require_safe
def liste(request):
    exports = droits.visibles_par(request.user).defer("objets")
    page = Paginator(exports, PAR_PAGE).get_page(request.GET.get("page"))
    for export in page:
        export.ton = TONS[export.etat]
        export.pret = export.etat == EtatExport.PRET
        connue = declarations().get(export.cle)
        export.unite = connue.unite if connue else "ligne"
    en_cours = any(e.etat in (EtatExport.DEMANDE, EtatExport.EN_COURS) for e in page)
    gabarit = "exports/_liste.html" if request.htmx else "exports/liste.html"
    contexte = {"page": page, "en_cours": en_cours, "listes": _listes(request.user)}
    return render(request, gabarit, contexte)


def _listes(utilisateur) -> list[tuple[str, str]]:
    """Where this person may ask for one."""
    permises = (d for d in declarations().values() if droits.peut_demander(utilisateur, d.cle))
    return sorted(liste for d in permises for liste in d.listes(utilisateur))


class VueDemander(VueFormulaire):
    form_class = FormulaireExport
    template_name = "exports/demander.html"
    message = "L’export se prépare : il apparaîtra ici, et un courriel vous le dira."

    def charger(self):
        cle = self.kwargs["cle"]
        if cle not in declarations():
            raise Http404("Cet export n’existe pas.")
        if not droits.peut_demander(self.request.user, cle):
            raise ActionInterdite("Cet export ne vous est pas ouvert.")
        return declaration(cle)

    def get_initial(self):
        parametres = self.request.GET.copy()
        modele = parametres.pop("modele", [""])[0]
        initial = {"parametres": parametres.urlencode()}
        if voulues := self._colonnes(parametres):
            initial["colonnes"] = voulues
        if modele.isdigit():
            choisi = self.modeles().filter(pk=modele).first()
            if choisi:
                initial |= {nom: getattr(choisi, nom) for nom in ("colonnes", "options", "format")}
        return initial

    def _colonnes(self, parametres) -> list[str]:
        """Those chosen in the list that is exported."""
        choisies = {c for brut in parametres.getlist("colonnes") for c in brut.split(",")}
        permises = [c.cle for c in self.objet.colonnes(self.request.user)]
        if choisies.isdisjoint(permises):
            return []
        return [cle for cle in permises if cle in choisies or cle in self.objet.toujours]

    def modeles(self):
        return droits.modeles_visibles_par(self.request.user, self.kwargs["cle"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "declaration": self.objet,
            "utilisateur": self.request.user,
        }

    def get_context_data(self, **kwargs):
        parametres = self.request.GET.copy()
        parametres.pop("modele", None)
        portes = self.request.POST.get("parametres", parametres.urlencode())
        demande = Demande(self.request.user, portes)
        return super().get_context_data(
            titre=self.objet.titre,
            nombre=len(self.objet.objets(demande)),
            unite=self.objet.unite,
            portee=self.objet.decrire(demande),
            modeles=self.modeles(),
            requete=f"{parametres.urlencode()}&" if parametres else "",
            **kwargs,
        )

    def executer(self, form):
        choix = form.cleaned_data
        if choix["modele"].strip():
            domaine.garder_modele(
                cle=self.objet.cle,
                nom=choix["modele"],
                colonnes=choix["colonnes"],
                options=choix.get("options") or [],
                format=choix["format"],
                partage=choix["partage"],
                par=self.request.user,
            )
        return domaine.demander(
            cle=self.objet.cle,
            parametres=choix["parametres"],
            colonnes=choix["colonnes"],
            format=choix["format"],
            options=choix.get("options") or [],
            par=self.request.user,
        )

    def url_retour(self):
        return reverse("exports:liste")


class VueSupprimer(VueVerbe):
    message = "L’export est supprimé."

    def charger(self):
        return get_object_or_404(droits.visibles_par(self.request.user), pk=self.kwargs["pk"])

    def executer(self, objet):
        return domaine.supprimer(export=objet, par=self.request.user)


@require_safe
def telecharger(request, pk):
    """Rights are read again: an export may hold what its owner no longer sees."""
    export = get_object_or_404(droits.visibles_par(request.user), pk=pk)
    if not droits.peut_telecharger(request.user, export):
        raise ActionInterdite(
            "Cet export n’est plus disponible : il a expiré, ou vos droits ont changé depuis."
        )
    extension = export.nom.rsplit(".", 1)[-1]
    return FileResponse(
        export.fichier.open("rb"),
        as_attachment=True,
        filename=export.nom,
        content_type=MIMES[extension],
    )
