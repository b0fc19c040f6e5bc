"""DGALN imports candidatures received elsewhere: file, report, then one button."""

import csv
import io
from tempfile import NamedTemporaryFile

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.appels.domaine.requetes import avec_questions
from candidatures.dossiers import droits
from candidatures.dossiers.domaine import importation
from candidatures.dossiers.forms.importation import FormulaireImport
from candidatures.dossiers.models import ImportCandidatures
from socle.erreurs import ActionInterdite
from socle.exports.choix import MIMES
from socle.exports.declaration import Feuille
from socle.exports.formats import ecrire_ods
from socle.interface.vues import VueFormulaire, VueVerbe

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _exiger(utilisateur):
    if not droits.est_instructeur(utilisateur):
        raise ActionInterdite("Seule la DGALN importe des candidatures.")


class VueImport(VueFormulaire):
    form_class = FormulaireImport
    template_name = "candidatures/dossiers/import.html"
    titre = "Importer des candidatures"
    message = ""

    def charger(self):
        _exiger(self.request.user)

    def get_context_data(self, **kwargs):
        recents = ImportCandidatures.objects.select_related("appel", "par").defer("table")[:10]
        listes = importation.admises()
        return super().get_context_data(
            colonnes=[(nom, listes.get(nom, ())) for nom in importation.COLONNES],
            recents=recents,
            avec_questions=avec_questions(),
            **kwargs,
        )

    def executer(self, form):
        fichier = form.cleaned_data["fichier"]
        return importation.preparer(
            appel=form.cleaned_data["appel"],
            nom=fichier.name,
            octets=fichier.read(importation.tableur.TAILLE_MAX + 1),
            par=self.request.user,
        )

    def url_retour(self):
        return reverse("candidatures:import_rapport", args=[self.resultat.pk])


@require_safe
def rapport(request, pk):
    _exiger(request.user)
    lot = get_object_or_404(ImportCandidatures.objects.select_related("appel"), pk=pk)
    lu = None if lot.importe_le else importation.analyser(lot.appel, lot.table)
    if lu:
        importation.taire_les_deports(lu, request.user)
    contexte = {"lot": lot, "rapport": lu, "creees": importation.creees(lot, request.user)}
    return render(request, "candidatures/dossiers/import_rapport.html", contexte)


class VueImporter(VueVerbe):
    def charger(self):
        _exiger(self.request.user)
        return get_object_or_404(ImportCandidatures, pk=self.kwargs["pk"])

    def executer(self, objet):
        return importation.importer(lot=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:import_rapport", args=[objet.pk])


@require_safe
def modele(request, format_fichier):
    """The empty table, with one example line; `?appel=`: with the questions of this call."""
    _exiger(request.user)
    slug = request.GET.get("appel")
    appel = get_object_or_404(avec_questions(), slug=slug) if slug else None
    lignes = [importation.colonnes(appel), importation.exemple(appel)]
    if format_fichier == "csv":
        texte = io.StringIO()
        csv.writer(texte, delimiter=";").writerows(lignes)
        contenu, genre = ("\ufeff" + texte.getvalue()).encode(), "text/csv; charset=utf-8"
    elif format_fichier == "xlsx":
        contenu, genre = _xlsx(lignes), XLSX
    elif format_fichier == "ods":
        contenu, genre = _ods(lignes), MIMES["ods"]
    else:
        raise Http404
    reponse = HttpResponse(contenu, content_type=genre)
    nom = f"modele-candidatures.{format_fichier}"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


def _ods(lignes) -> bytes:
    with NamedTemporaryFile(suffix=".ods") as fichier:
        ecrire_ods(fichier.name, [Feuille("Candidatures", lignes[0], lignes[1:])])
        return fichier.read()


def _xlsx(lignes) -> bytes:
    from openpyxl import Workbook

    classeur = Workbook()
    for ligne in lignes:
        classeur.active.append(ligne)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()
