"""One eligibility rule: its type is chosen first, so that the form asks only what it needs."""

from django import forms

from candidatures.appels.choix import EtatAppel, TypeRegle
from candidatures.appels.domaine.eligibilite import (
    NOMBRE,
    PARAMETRES,
    PROGRAMMES,
    REGIONS,
    RIEN,
    STADES,
)
from candidatures.appels.models import Appel
from candidatures.dispositifs.models import Dispositif, PieceRequise, ProgrammeEtat
from candidatures.dossiers.choix import StadeProjet
from socle.interface.adresses import en_adresse
from socle.interface.formulaires import FormulaireDsfr
from socle.territoires.models import Region


def _cases(libelle, choix):
    return forms.MultipleChoiceField(
        label=libelle, choices=choix, widget=forms.CheckboxSelectMultiple
    )


def champ_valeur(genre: str):
    """The field of the parameter, or None when the type takes none."""
    if genre == RIEN:
        return None
    if genre == NOMBRE:
        return forms.IntegerField(label="Valeur", min_value=0, max_value=10_000_000)
    if genre == STADES:
        return _cases("Stades admis", StadeProjet.choices)
    if genre == REGIONS:
        regions = Region.objects.order_by("nom").values_list("code", "nom")
        return _cases("Régions admises", list(regions))
    if genre == PROGRAMMES:
        return _cases("Programmes exclus", list(ProgrammeEtat.objects.values_list("code", "nom")))
    pieces = PieceRequise.objects.order_by("libelle").values_list("cle", "libelle")
    return forms.ChoiceField(label="Pièce attendue", choices=list(dict(pieces).items()))


class FormulaireRegle(FormulaireDsfr):
    """`regle` is the version to revise; without it, a new rule and where it holds."""

    libelle_envoi = "Enregistrer la règle"

    def __init__(self, *args, type_regle: str, regle=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.type_regle, self.regle = type_regle, regle
        if regle is None:
            self.fields["portee"] = forms.ChoiceField(
                label="Cette règle vaut pour", choices=self._portees()
            )
        self.fields["libelle"] = forms.CharField(label="Nom de la règle", max_length=160)
        if champ := champ_valeur(PARAMETRES[TypeRegle(type_regle)]):
            champ.label = champ.label if champ.label != "Valeur" else TypeRegle(type_regle).label
            self.fields["valeur"] = champ
        self.fields["bloquante"] = forms.BooleanField(
            label="Elle empêche le dépôt",
            help_text="Sinon, elle est seulement signalée au candidat et à la DGALN.",
            required=False,
        )
        self.fields["explication"] = forms.CharField(
            label="Pourquoi cette règle",
            help_text="Le candidat lit cette phrase quand la règle n’est pas tenue.",
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["que_faire"] = forms.CharField(
            label="Que faire",
            help_text="Ce que le candidat peut changer.",
            max_length=300,
            required=False,
        )

    @staticmethod
    def _portees():
        dispositifs = [(f"d:{d.pk}", d.nom) for d in Dispositif.objects.all()]
        appels = Appel.objects.exclude(etat=EtatAppel.CLOS).order_by("titre")
        return [
            ("Un dispositif", dispositifs),
            ("Un appel", [(f"a:{a.pk}", a.titre) for a in appels]),
        ]

    def clean(self):
        donnees = super().clean()
        if self.regle is None and not en_adresse(donnees.get("libelle", "")):
            self.add_error("libelle", "Donnez un nom qui contienne des lettres.")
        return donnees

    def champs(self) -> dict:
        donnees = self.cleaned_data
        expression = {"type": self.type_regle}
        if "valeur" in donnees:
            expression["valeur"] = donnees["valeur"]
        noms = ("libelle", "bloquante", "explication", "que_faire")
        return {nom: donnees[nom] for nom in noms} | {"expression": expression}

    def portee(self) -> dict:
        genre, _, pk = self.cleaned_data["portee"].partition(":")
        if genre == "d":
            return {"dispositif": Dispositif.objects.get(pk=pk)}
        return {"appel": Appel.objects.get(pk=pk)}
