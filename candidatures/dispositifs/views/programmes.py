"""DGALN imports the lists of other State programmes: a report first, the writing next."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from candidatures.dispositifs.domaine import programmes as domaine
from candidatures.dispositifs.droits import peut_importer
from candidatures.dispositifs.forms.programmes import FormulaireListe
from socle.erreurs import ActionInterdite, ErreurMetier


def _exiger(utilisateur):
    if not peut_importer(utilisateur):
        raise ActionInterdite("Les listes de programmes sont importées par la DGALN.")


@require_safe
def liste(request):
    _exiger(request.user)
    contexte = {"programmes": domaine.programmes_comptes()}
    return render(request, "candidatures/dispositifs/programmes.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def importer(request):
    """First POST: the report. Second POST (`confirmer`): the same text is written."""
    _exiger(request.user)
    rapport = None
    form = FormulaireListe(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        texte, source = form.cleaned_data["contenu"], form.cleaned_data["source"]
        try:
            if "confirmer" in request.POST:
                fait = domaine.importer_laureats(texte=texte, source=source, par=request.user)
                dit = f"Territoires ajoutés aux listes\u00a0: {len(fait.nouvelles)}."
                if fait.refus:
                    dit += f" Lignes laissées de côté\u00a0: {len(fait.refus)}."
                messages.success(request, dit)
                return redirect("candidatures:programmes")
            rapport = domaine.lire(texte)
        except ErreurMetier as erreur:
            form.add_error(None, erreur.message)
    contexte = {
        "form": form,
        "rapport": rapport,
        "texte": form.cleaned_data.get("contenu", "") if rapport else "",
        "source": form.cleaned_data.get("source", "") if rapport else "",
    }
    return render(request, "candidatures/dispositifs/programmes_importer.html", contexte)
