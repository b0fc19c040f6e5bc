from django import forms
from django.db.models import Q

from ateliers.sites.choix import GenreSite
from ateliers.sites.models import Hypothese
from socle.interface.formulaires import FormulaireRevise
from socle.territoires.models import Commune


class FormulaireHypothese(FormulaireRevise):
    libelle_envoi = "Enregistrer l’hypothèse"
    titre = forms.CharField(
        label="Hypothèse", max_length=200, help_text="En une phrase : « Et si… »"
    )
    texte = forms.CharField(
        label="Ce qui la fonde, ce qu’il faut éprouver",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class FormulaireSite(FormulaireRevise):
    libelle_envoi = "Enregistrer la fiche"
    nom = forms.CharField(label="Nom du site", max_length=160)
    commune = forms.ModelChoiceField(label="Commune", queryset=Commune.objects.none())
    genre = forms.ChoiceField(label="Type de site", choices=GenreSite)
    localisation = forms.CharField(label="Adresse ou repère", max_length=250, required=False)
    activite_anterieure = forms.CharField(
        label="Activité antérieure", max_length=250, required=False
    )
    surface_m2 = forms.IntegerField(label="Surface (m²)", min_value=1, required=False)
    desserte = forms.CharField(
        label="Desserte", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reseaux = forms.CharField(
        label="Réseaux", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    proprietaire = forms.CharField(label="Propriétaire", max_length=200, required=False)
    pollution = forms.CharField(
        label="Pollution connue ou présumée",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    enjeux = forms.CharField(
        label="Enjeux et usages envisagés",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    hypotheses = forms.ModelMultipleChoiceField(
        label="Hypothèses éprouvées sur ce site",
        queryset=Hypothese.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, atelier, **options):
        super().__init__(*args, **options)
        self.fields["commune"].queryset = communes_de(atelier.perimetre)
        self.fields["hypotheses"].queryset = Hypothese.objects.filter(atelier=atelier)


def communes_de(perimetre):
    """Communes of the perimeter; of its départements when it holds free zones only."""
    dans = Q(pk__in=perimetre.communes.values("pk")) | Q(epci__in=perimetre.epcis.all())
    communes = Commune.objects.filter(dans)
    if communes.exists():
        return communes
    return Commune.objects.filter(departement__in=perimetre.departements.all())
