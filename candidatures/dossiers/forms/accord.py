"""Forms of the pages that bring the outline and the communes to agree."""

from django import forms

from socle.interface.formulaires import FormulaireRevise
from socle.interface.templatetags.interface import nombre


def libelle(ligne) -> str:
    texte = f"{ligne.nom} ({ligne.departement})\u00a0: "
    if ligne.part is None:
        return f"{texte}contour inconnu, ou commune qui n’est plus en vigueur"
    if not ligne.part:
        return f"{texte}hors du tracé"
    part = nombre(round(ligne.pourcent)) if ligne.pourcent >= 1 else "moins de 1"
    suite = ", à ajouter\u00a0?" if ligne.proposee else ""
    return f"{texte}{part}\u00a0% de la commune dans le tracé{suite}"


class FormulaireCommunes(FormulaireRevise):
    """`lignes`: `domaine.accords.proposition`. Those covered by half are ticked beforehand."""

    libelle_envoi = "Garder les communes cochées"
    brouillon = False

    def __init__(self, *args, lignes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["communes"] = forms.MultipleChoiceField(
            label="Communes du périmètre",
            help_text="Cochez celles que le périmètre doit compter. Sont cochées d’avance celles "
            "du périmètre, et celles que le tracé couvre au moins à moitié.",
            choices=[(ligne.code, libelle(ligne)) for ligne in lignes],
            initial=[ligne.code for ligne in lignes if ligne.choisie or ligne.proposee],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Gardez au moins une commune dans le périmètre."},
        )


class FormulaireReunir(FormulaireRevise):
    libelle_envoi = "Remplacer le tracé par ce contour"
    brouillon = False
