"""The budget in a spreadsheet: one row for each line of each atelier."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

from ateliers.budget.domaine import lecture, programme
from ateliers.budget.droits import peut_voir_programme
from ateliers.budget.forms.budget import FiltreProgramme
from ateliers.parcours.droits import visibles_par
from ateliers.parcours.models import Atelier
from socle.comptes.choix import Role
from socle.exports.declaration import ColonneExport, DeclarationExport, Demande, Feuille, declarer

COLONNES = {
    "reference": "Référence",
    "atelier": "Atelier",
    "dispositif": "Dispositif",
    "ligne": "Ligne",
    "nature": "Nature",
    "payeur": "Payeur",
    "prevu": "Prévu HT",
    "engage": "Engagé HT",
    "fait": "Fait HT",
    "reste": "Reste HT",
    "disponible": "Disponible HT",
}


def _permis(utilisateur):
    """DGALN exports the programme; a State service, the ateliers that it sees."""
    base = programme.ateliers()
    if peut_voir_programme(utilisateur):
        return base
    return base.filter(pk__in=visibles_par(utilisateur).values("pk"))


def _visible(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.role in (Role.DGALN, Role.SERVICE_ETAT)


def objets(demande: Demande) -> list[int]:
    parametres = QueryDict(demande.parametres)
    choisis = FiltreProgramme(parametres, queryset=_permis(demande.utilisateur)).qs
    if parametres.get("atelier"):
        choisis = choisis.filter(slug=parametres["atelier"])
    return list(choisis.values_list("pk", flat=True))


def decrire(demande: Demande) -> str:
    parametres = QueryDict(demande.parametres)
    if slug := parametres.get("atelier"):
        noms = _permis(demande.utilisateur).filter(slug=slug).values_list("nom", flat=True)
        return f"atelier {noms[0]}" if noms else ""
    form = FiltreProgramme(parametres, queryset=_permis(demande.utilisateur)).form
    form.is_valid()
    choisis = {nom: valeur for nom, valeur in form.cleaned_data.items() if valeur}
    return ", ".join(f"{form.fields[nom].label}\u00a0: {v}" for nom, v in choisis.items())


def tous_visibles(utilisateur, pks: list[int]) -> bool:
    return _permis(utilisateur).filter(pk__in=pks).count() == len(pks)


def feuilles(demande: Demande):
    choisies = [cle for cle in COLONNES if cle in demande.colonnes]
    ateliers = Atelier.objects.select_related("dispositif").in_bulk(demande.objets)

    def lignes():
        for ligne in lecture.lire(list(demande.objets)):
            atelier = ateliers[ligne.atelier]
            valeurs = {
                "reference": atelier.reference,
                "atelier": atelier.nom,
                "dispositif": atelier.dispositif.nom,
                "ligne": ligne.libelle,
                "nature": ligne.nature,
                "payeur": ligne.payeur,
                "prevu": ligne.prevu,
                "engage": ligne.engage,
                "fait": ligne.fait,
                "reste": ligne.reste,
                "disponible": ligne.disponible,
            }
            yield [valeurs[cle] for cle in choisies]

    yield Feuille("Budget", [COLONNES[cle] for cle in choisies], lignes())


declarer(
    DeclarationExport(
        cle="budget",
        titre="Budget des ateliers",
        visible=_visible,
        colonnes=lambda utilisateur: [ColonneExport(c, nom) for c, nom in COLONNES.items()],
        objets=objets,
        tous_visibles=tous_visibles,
        feuilles=feuilles,
        decrire=decrire,
        unite="atelier",
        listes=lambda utilisateur: (
            [("Budget du programme", reverse("ateliers:budget_programme"))]
            if peut_voir_programme(utilisateur)
            else []
        ),
    )
)
