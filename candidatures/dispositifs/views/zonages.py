"""DGALN imports the zonings and risks: a report first, the writing next."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from candidatures.dispositifs.domaine import zonages as domaine
from candidatures.dispositifs.droits import peut_importer
from candidatures.dispositifs.forms.programmes import FormulaireZonages
from socle.erreurs import ActionInterdite, ErreurMetier


def _exiger(utilisateur):
    if not peut_importer(utilisateur):
        raise ActionInterdite("Les zonages et les risques sont importés par la DGALN.")


@require_safe
def liste(request):
    _exiger(request.user)
    contexte = {"zonages": domaine.zonages_comptes()}
    return render(request, "candidatures/dispositifs/zonages.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def importer(request):
    """First POST: the report. Second POST (`confirmer`): the same text is written."""
    _exiger(request.user)
    rapport = None
    form = FormulaireZonages(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        lu = {"texte": form.cleaned_data["contenu"], "remplacer": form.cleaned_data["remplacer"]}
        try:
            if "confirmer" in request.POST:
                source = form.cleaned_data["source"]
                fait = domaine.importer_zonages(source=source, par=request.user, **lu)
                dit = f"Zonages ajoutés\u00a0: {len(fait.lignes)}."
                if fait.refus:
                    dit += f" Lignes laissées de côté\u00a0: {len(fait.refus)}."
                messages.success(request, dit)
                return redirect("candidatures:zonages")
            rapport = domaine.lire(**lu)
        except ErreurMetier as erreur:
            form.add_error(None, erreur.message)
    contexte = {"form": form, "rapport": rapport, "donnees": form.cleaned_data if rapport else {}}
    return render(request, "candidatures/dispositifs/zonages_importer.html", contexte)
