"""The floor: what a plain Django page of 50 rows costs here, with session and user."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Avg, Count, F
from django.http import HttpResponse, JsonResponse
from django.template import engines

from ateliers.calendrier.domaine.abonnements import abonne, ecrire, seances_de
from config.banc.models import Fiche

GABARIT = engines["django"].from_string(
    """<!doctype html><html lang="fr"><title>Plancher</title><h1>{{ total }} fiches</h1>
<p>{{ utilisateur }}</p><ul>
{% for etat in etats %}<li>{{ etat.etat }} : {{ etat.n }}</li>{% endfor %}
</ul><table>{% for f in fiches %}<tr><td><a href="/fiche/{{ f.pk }}/">{{ f.titre }}</a></td>
<td>{{ f.organisation.nom }}</td><td>{{ f.etat }}</td><td>{{ f.deposee_le|date:"j F Y" }}</td>
<td>{{ f.moyenne|floatformat:1 }}</td><td>{{ f.nb }}</td></tr>{% endfor %}</table></html>"""
)


def plancher(request):
    """Six queries: session, user, count, states, rows with joins and averages, their notes."""
    fiches = (
        Fiche.objects.select_related("organisation")
        .annotate(moyenne=Avg("notes__valeur"), nb=Count("notes"))
        .prefetch_related("notes")
        .order_by("-deposee_le", "pk")[:50]
    )
    contexte = {
        "utilisateur": str(request.user),
        "total": Fiche.objects.count(),
        "etats": Fiche.objects.values("etat").annotate(n=Count("pk")).order_by("etat"),
        "fiches": fiches,
    }
    return HttpResponse(GABARIT.render(contexte))


def plancher_ecriture(request):
    """Session, user, one row updated."""
    touchees = Fiche.objects.filter(pk=1).update(
        texte=request.POST.get("valeur", ""), compteur=F("compteur") + 1
    )
    return JsonResponse({"etat": "enregistre", "qui": str(request.user), "touchees": touchees})


@login_not_required
def agenda_ecrit(request, jeton):
    """A personal feed whose file is not kept yet: read, then written whole."""
    return HttpResponse(ecrire(seances_de(abonne(jeton))), content_type="text/calendar")
