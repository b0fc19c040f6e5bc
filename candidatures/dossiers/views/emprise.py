"""The outline of a project: import it from a file, take it away, with its parcels."""

import csv
import io

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from candidatures.dossiers.domaine import emprises, revisions
from candidatures.dossiers.domaine.etapes import PAR_SLUG, url_de
from candidatures.dossiers.forms.rediger import FormulaireTrace
from candidatures.dossiers.views.lecture import charger
from candidatures.dossiers.views.rediger import charger_modifiable, exiger_ouverte
from socle.interface.vues import VueFormulaire
from socle.territoires.domaine import traces
from socle.territoires.domaine.fichiers_geo import lire_trace


class VueImporterTrace(VueFormulaire):
    form_class = FormulaireTrace
    template_name = "candidatures/dossiers/trace_importer.html"
    titre = "Importer le tracé du périmètre"
    message = "Le tracé est importé ; l’ancien reste dans l’historique des écrits."

    def charger(self):
        candidature = charger_modifiable(self.request, self.kwargs["reference"])
        exiger_ouverte(candidature, PAR_SLUG["identite"])
        return candidature

    def get_initial(self):
        return {"revision": revisions.revisions_de(self.objet, "trace").get("trace", 0)}

    def executer(self, form):
        fichier = form.cleaned_data["fichier"]
        forme = lire_trace(fichier.name, fichier.read())
        return revisions.enregistrer_champ(
            candidature=self.objet,
            champ="trace",
            valeur=traces.en_texte(traces.en_geojson(forme)),
            revision=form.cleaned_data["revision"],
            par=self.request.user,
        )

    def url_retour(self):
        return url_de(self.objet, "identite") + "#id_trace"


def _emprise_lue(request, reference, cle):
    candidature = charger(request.user, reference)
    lue = emprises.a_montrer(candidature)
    if not lue or not lue[cle]:
        raise Http404("Rien à télécharger.")
    return candidature, lue


@require_safe
def trace(request, reference):
    """What was deposited, or what is written so far, as GeoJSON."""
    candidature, lue = _emprise_lue(request, reference, "trace")
    reponse = JsonResponse(
        emprises.en_geojson(candidature, lue),
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False},
    )
    reponse["Content-Disposition"] = f'attachment; filename="{reference}-perimetre.geojson"'
    return reponse


@require_safe
def parcelles(request, reference):
    candidature, lue = _emprise_lue(request, reference, "parcelles")
    tampon = io.StringIO()
    ecrivain = csv.writer(tampon, delimiter=";")
    colonnes = ("code", "insee", "commune", "prefixe", "section", "numero", "contenance")
    ecrivain.writerow(colonnes)
    ecrivain.writerows([p.get(c) for c in colonnes] for p in lue["parcelles"])
    reponse = HttpResponse("\ufeff" + tampon.getvalue(), content_type="text/csv; charset=utf-8")
    nom = f"{candidature.reference}-parcelles.csv"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse
