"""Kits: read and downloaded without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from candidatures.dispositifs.domaine.kits import kits_publies
from candidatures.dispositifs.models import VersionKit


@login_not_required
@require_safe
def kits(request):
    return render(request, "candidatures/dispositifs/kits.html", {"kits": kits_publies()})


@login_not_required
@require_safe
def telecharger_kit(request, cle, numero):
    version = get_object_or_404(VersionKit, kit__cle=cle, numero=numero)
    return FileResponse(
        version.fichier.open("rb"),
        as_attachment=True,
        filename=version.nom_fichier,
        content_type=version.mime,
    )
