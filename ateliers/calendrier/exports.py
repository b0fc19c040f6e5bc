"""Slips in a spreadsheet."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

from ateliers.calendrier.domaine import vue
from ateliers.calendrier.domaine.glissements import lignes_de
from ateliers.calendrier.droits import peut_s_abonner
from ateliers.parcours.droits import visibles_par
from ateliers.seances.models import Glissement
from socle.exports.declaration import ColonneExport, DeclarationExport, Demande, Feuille, declarer

COLONNES = {
    "atelier": ("Atelier", lambda g: g.seance.atelier.nom),
    "reference": ("Référence", lambda g: g.seance.atelier.reference),
    "seance": ("Séance", lambda g: g.seance.titre),
    "prevue": ("Date abandonnée", lambda g: g.prevue),
    "nouvelle": ("Nouvelle date", lambda g: g.nouvelle),
    "jours": ("Écart (jours)", lambda g: g.jours),
    "actuelle": ("Date en vigueur", lambda g: g.actuelle),
    "tenue": ("Tenue", lambda g: "oui" if g.tenue else "non"),
    "motif": ("Motif", lambda g: g.motif),
    "le": ("Décidé le", lambda g: g.le),
    "par": ("Par", lambda g: g.par),
}


def _colonnes(utilisateur) -> list[ColonneExport]:
    return [ColonneExport(cle, libelle) for cle, (libelle, _) in COLONNES.items()]


def _ateliers(demande: Demande) -> list:
    criteres = vue.Criteres.lire(QueryDict(demande.parametres))
    return [a for a in vue.ateliers_de(demande.utilisateur) if criteres.retient(a)]


def objets(demande: Demande) -> list[int]:
    return [a.pk for a in _ateliers(demande)]


def decrire(demande: Demande) -> str:
    """The filters, by the name that the ateliers kept give to each."""
    criteres = vue.Criteres.lire(QueryDict(demande.parametres))
    noms = {cle: dict(choix) for cle, choix in vue.options_de(_ateliers(demande)).items()}
    voulus = {cle: criteres[cle] for cle in vue.CRITERES if criteres[cle]}
    return ", ".join(noms[cle].get(voulu, voulu) for cle, voulu in voulus.items())


def tous_visibles(utilisateur, pks: list[int]) -> bool:
    return visibles_par(utilisateur).filter(pk__in=pks).count() == len(pks)


def feuilles(demande: Demande):
    choisies = [COLONNES[cle] for cle in COLONNES if cle in demande.colonnes]

    def lignes():
        lus = (
            Glissement.objects.filter(seance__atelier__in=demande.objets)
            .select_related("seance__atelier", "par")
            .order_by("seance__atelier__nom", "le", "pk")
        )
        for glissee in lignes_de([], lus.iterator(chunk_size=500)):
            yield [lire(glissee) for _, lire in choisies]

    yield Feuille("Glissements", [libelle for libelle, _ in choisies], lignes())


EXPORT = declarer(
    DeclarationExport(
        cle="glissements",
        titre="Glissements des séances",
        visible=peut_s_abonner,
        colonnes=_colonnes,
        objets=objets,
        tous_visibles=tous_visibles,
        feuilles=feuilles,
        decrire=decrire,
        unite="atelier",
        listes=lambda utilisateur: [("Reports des séances", reverse("ateliers:glissements"))],
    )
)
