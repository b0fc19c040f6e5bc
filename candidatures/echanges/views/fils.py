"""A thread: read, write, print, take away; and its files."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers.views.lecture import EN_LIGNE, charger, contexte_entete
from candidatures.echanges import droits
from candidatures.echanges.choix import Fil
from candidatures.echanges.domaine import messages
from candidatures.echanges.forms.message import FormulaireMessage
from candidatures.echanges.models import PieceMessage
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueFormulaire, VueVerbe


def charger_fil(utilisateur, reference, fil):
    """404 for an unknown dossier or thread, 403 for a thread that is not theirs."""
    if fil not in Fil.values:
        raise Http404("Ce fil n’existe pas.")
    candidature = charger(utilisateur, reference, entier=False)
    if not droits.peut_lire(utilisateur, candidature, fil):
        raise ActionInterdite("Ce fil ne vous est pas ouvert.")
    return candidature


class VueFil(VueFormulaire):
    form_class = FormulaireMessage
    template_name = "candidatures/echanges/fil.html"
    message = "Votre message est envoyé."

    def charger(self):
        return charger_fil(self.request.user, self.kwargs["reference"], self.kwargs["fil"])

    def executer(self, form):
        return messages.ecrire(
            candidature=self.objet,
            fil=self.kwargs["fil"],
            texte=form.cleaned_data["texte"],
            fichiers=[(f.name, f.read()) for f in form.cleaned_data["fichiers"]],
            par=self.request.user,
        )

    def url_retour(self):
        return self.resultat.get_absolute_url() if self.resultat else self.request.path

    def get_context_data(self, **kwargs):
        fil = self.kwargs["fil"]
        contexte = contexte_entete(self.request, self.objet)
        lus = messages.messages(self.objet, fil)
        return super().get_context_data(
            **contexte,
            fil=fil,
            fil_libelle=Fil(fil).label,
            interne=fil == Fil.INTERNE,
            messages_du_fil=lus,
            nouveaux=messages.non_lus(self.request.user, self.objet).get(fil, 0),
            url_lu=reverse("candidatures:echanges_lu", args=[self.objet.reference, fil]),
            url_exporter=reverse(
                "candidatures:echanges_exporter", args=[self.objet.reference, fil]
            ),
            **kwargs,
        )


class VueLu(VueVerbe):
    """Sent by the page once it is shown, or by its button."""

    def charger(self):
        return charger_fil(self.request.user, self.kwargs["reference"], self.kwargs["fil"])

    def executer(self, objet):
        messages.marquer_lu(candidature=objet, fil=self.kwargs["fil"], par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:echanges", args=[objet.reference, self.kwargs["fil"]])

    def post(self, request, *args, **kwargs):
        reponse = super().post(request, *args, **kwargs)
        return HttpResponse(status=204) if request.htmx else reponse


@require_safe
def exporter(request, reference, fil):
    """The whole thread as a text file."""
    candidature = charger_fil(request.user, reference, fil)
    texte = render_to_string(
        "candidatures/echanges/fil.txt",
        {
            "candidature": candidature,
            "fil": Fil(fil).label,
            "messages_du_fil": messages.messages(candidature, fil),
        },
    )
    reponse = HttpResponse(texte, content_type="text/plain; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="echanges-{reference}-{fil}.txt"'
    return reponse


@require_safe
def piece(request, reference, pk):
    """A file of a thread, to whoever reads the thread."""
    objet = get_object_or_404(
        PieceMessage.objects.select_related("message__candidature"),
        pk=pk,
        message__candidature__reference=reference,
    )
    if not droits.piece_visible(request.user, objet):
        raise Http404("Cette pièce n’existe pas.")
    reponse = FileResponse(
        objet.fichier.open("rb"),
        as_attachment="voir" not in request.GET or objet.mime not in EN_LIGNE,
        filename=objet.nom,
        content_type=objet.mime,
    )
    reponse["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
    )
    return reponse
