from django.contrib import messages
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from socle.interface.domaine import reprise


class Reprendre(TemplateView):
    """What was typed before the session ended, and a button that sends it again."""

    template_name = "interface/reprendre.html"

    def get(self, request, *args, **kwargs):
        if reprise.lire(request) is None:
            return redirect("tableau_de_bord")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        saisie = reprise.lire(self.request)
        a_renvoyer = [(n, v) for n, valeurs in saisie["champs"].items() for v in valeurs]
        return super().get_context_data(
            saisie=saisie,
            champs=reprise.champs_lisibles(saisie),
            a_renvoyer=a_renvoyer,
            **kwargs,
        )


class Abandonner(View):
    http_method_names = ["post", "options"]

    def post(self, request):
        reprise.oublier(request)
        messages.info(request, "La saisie non enregistrée a été effacée.")
        return redirect("tableau_de_bord")
