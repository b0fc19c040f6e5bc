import django_filters
from django import forms
from django.db.models import Q

from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.models import Atelier
from candidatures.dispositifs.models import Dispositif
from socle.territoires.models import Region
from socle.territoires.texte import plier

ETATS = [c for c in EtatAtelier.choices if c[0] != EtatAtelier.ABANDONNE]


class FiltreAteliers(django_filters.FilterSet):
    texte = django_filters.CharFilter(
        label="Nom ou territoire",
        method="chercher",
        widget=forms.TextInput(attrs={"class": "fr-input", "type": "search"}),
    )
    dispositif = django_filters.ModelChoiceFilter(
        label="Dispositif",
        queryset=Dispositif.objects.all(),
        empty_label="Tous",
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    etat = django_filters.ChoiceFilter(
        label="Où il en est",
        choices=ETATS,
        empty_label="Tous",
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    region = django_filters.ModelChoiceFilter(
        label="Région",
        queryset=Region.objects.all(),
        method="dans_la_region",
        empty_label="Toutes",
        widget=forms.Select(attrs={"class": "fr-select"}),
    )

    class Meta:
        model = Atelier
        fields = ("dispositif", "etat")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        champ = self.form.fields["region"]  # « Île-de-France » among the I, not after the Z
        toutes, *regions = champ.choices
        champ.widget.choices = [toutes, *sorted(regions, key=lambda choix: plier(choix[1]))]

    def chercher(self, queryset, nom, valeur):
        return queryset.filter(Q(nom__icontains=valeur) | Q(perimetre__nom__icontains=valeur))

    def dans_la_region(self, queryset, nom, valeur):
        dans = Atelier.objects.filter(perimetre__departements__region=valeur)
        return queryset.filter(pk__in=dans.values("pk"))
