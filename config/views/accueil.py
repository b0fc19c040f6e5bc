"""The public home: what the démarche is, what is open, what it produced."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candidatures.appels.domaine import requetes as appels
from candidatures.appels.models import Appel
from candidatures.dispositifs.models import Dispositif
from restitution.feuilles.domaine import requetes as feuilles

NOMBRE_FEUILLES = 3
NOMBRE_APPELS = 4

ETAPES = (
    ("Candidature", "Le service de l’État et les collectivités décrivent le territoire, ses "
     "ressources et la question à travailler."),
    ("Cadrage", "Le cahier des charges est écrit et une équipe pluridisciplinaire est choisie."),
    ("Ateliers sur place", "Élus, techniciens, associations, entreprises et habitants explorent, "
     "formulent des hypothèses, puis choisissent."),
    ("Restitution", "La feuille de route est présentée en public, puis signée par les élus et "
     "l’État."),
    ("Suivi", "Des points d’étape disent ce qui avance, action par action."),
)  # fmt: skip


@login_not_required
@require_safe
def accueil(request):
    ouverts = list(appels.ouverts(Appel.objects.publics())[: NOMBRE_APPELS + 1])
    contexte = {
        "dispositifs": Dispositif.objects.order_by("ordre", "code"),
        "appels": ouverts[:NOMBRE_APPELS],
        "autres_appels": len(ouverts) > NOMBRE_APPELS,
        "feuilles": feuilles.publiees()[:NOMBRE_FEUILLES],
        "etapes": [{"titre": titre, "texte": texte} for titre, texte in ETAPES],
    }
    return render(request, "config/accueil.html", contexte)
