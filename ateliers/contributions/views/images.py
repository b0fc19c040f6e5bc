"""The one door of the photos; who is on them; the archive of those that may be shown."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_GET

from ateliers.contributions import droits
from ateliers.contributions.domaine import images
from ateliers.contributions.domaine.contributions import REFUS
from ateliers.contributions.forms.images import FormulairePersonnes
from ateliers.contributions.views.seance import SurContribution, charger_seance
from ateliers.parcours.droits import exiger, peut_contribuer
from ateliers.parcours.droits import visibles_par as ateliers_visibles_par
from socle.interface.vues import VueFormulaire


@require_GET
def photo(request, slug, contribution_id):
    """Asked again each time: an agreement taken back hides it at once, whoever saw it before."""
    atelier = get_object_or_404(ateliers_visibles_par(request.user), slug=slug)
    siennes = droits.visibles_par(request.user).filter(seance__atelier=atelier)
    montrables = images.montrables_a(siennes, request.user, atelier)
    contribution = get_object_or_404(montrables, pk=contribution_id)
    etag = quote_etag(contribution.photo.name)
    reponse = get_conditional_response(request, etag=etag)
    if reponse is None:
        with contribution.photo.open("rb") as fichier:
            reponse = HttpResponse(fichier.read(), content_type="image/jpeg")
    reponse["ETag"], reponse["Cache-Control"] = etag, "private, no-cache"
    return reponse


class Personnes(SurContribution, VueFormulaire):
    form_class = FormulairePersonnes
    template_name = "ateliers/contributions/personnes.html"
    titre = "Personnes sur la photo"
    message = "Les personnes de la photo sont enregistrées."

    def charger(self):
        contribution = super().charger()
        exiger(droits.peut_nommer(self.request.user, self.seance.atelier), images.REFUS)
        avec_photo = type(contribution).objects.exclude(photo="").select_related("seance__atelier")
        contribution = get_object_or_404(images.avec_retenue(avec_photo), pk=contribution.pk)
        self.nommables = images.nommables(contribution)
        return contribution

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "nommables": self.nommables,
            "partis": images.partis(self.objet),
        }

    def get_initial(self):
        return {"revision": self.objet.revision, "inconnus": self.objet.photo_inconnus}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.initial["participants"] = [str(p.pk) for p in self.nommables if p.nomme]
        return form

    def get_context_data(self, **kwargs):
        atelier = self.seance.atelier
        return super().get_context_data(
            atelier=atelier,
            retour=self.url_retour(),
            registre=reverse("ateliers:accords", args=[atelier.slug]),
            sans_accord=[p for p in self.nommables if p.nomme and not p.accord],
            **kwargs,
        )

    def executer(self, form):
        return images.nommer(
            self.objet,
            participants=form.choisis(),
            inconnus=form.cleaned_data["inconnus"],
            oublier_partis=form.cleaned_data.get("oublier_partis", False),
            revision=form.cleaned_data["revision"],
            par=self.request.user,
        )


@require_GET
def telecharger(request, slug, seance_id):
    seance = charger_seance(request, slug, seance_id)
    exiger(peut_contribuer(request.user, seance.atelier), REFUS)
    return FileResponse(
        images.archive(seance),
        as_attachment=True,
        filename=f"photos-{seance.atelier.slug}-{seance.pk}.zip",
        content_type="application/zip",
    )
