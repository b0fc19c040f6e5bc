"""Filters of the list, in the address bar: a link to a filtered list can be shared."""

import django_filters
from django import forms

from candidatures.dispositifs.models import Dispositif, Theme
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.domaine import requetes
from candidatures.dossiers.models import Candidature
from socle.territoires.models import Region

TRIS = {
    "recentes": ("Les plus récentes", ("-deposee_le", "-pk")),
    "anciennes": ("Les plus anciennes", ("deposee_le", "pk")),
    "titre": ("Par titre", ("titre", "pk")),
    "population": ("Par population", ("-perimetre__population", "pk")),
}


class FiltreCandidatures(django_filters.FilterSet):
    texte = django_filters.CharFilter(label="Texte", method="filtrer_texte")
    dispositif = django_filters.ModelChoiceFilter(
        label="Dispositif",
        field_name="appel__dispositif",
        queryset=Dispositif.objects.all(),
        empty_label="Tous",
    )
    etat = django_filters.ChoiceFilter(
        label="État", choices=EtatCandidature.choices, empty_label="Tous"
    )
    region = django_filters.ModelChoiceFilter(
        label="Région",
        queryset=Region.objects.order_by("nom"),
        method="filtrer_region",
        empty_label="Toutes",
    )
    theme = django_filters.ModelChoiceFilter(
        label="Thème", queryset=Theme.objects.all(), method="filtrer_theme", empty_label="Tous"
    )
    tri = django_filters.ChoiceFilter(
        label="Trier",
        choices=[(cle, libelle) for cle, (libelle, _) in TRIS.items()],
        method="trier",
        empty_label=None,
    )

    class Meta:
        model = Candidature
        fields = ()

    def __init__(self, data=None, *args, avec_brouillons=True, **kwargs):
        super().__init__(data, *args, **kwargs)
        if not avec_brouillons:
            self.filters["etat"].extra["choices"] = [
                (valeur, libelle)
                for valeur, libelle in EtatCandidature.choices
                if valeur != EtatCandidature.BROUILLON
            ]
        for champ in self.form.fields.values():
            classe = "fr-select" if isinstance(champ, forms.ChoiceField) else "fr-input"
            champ.widget.attrs["class"] = classe

    def filtrer_texte(self, candidatures, nom, valeur):
        return requetes.chercher(candidatures, valeur)

    def filtrer_region(self, candidatures, nom, valeur):
        return requetes.de_la_region(candidatures, valeur)

    def filtrer_theme(self, candidatures, nom, valeur):
        return requetes.du_theme(candidatures, valeur)

    def trier(self, candidatures, nom, valeur):
        return candidatures.order_by(*TRIS[valeur][1])

    def filter_queryset(self, queryset):
        filtrees = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("tri"):
            filtrees = filtrees.order_by(*TRIS["recentes"][1])
        return filtrees

    def actifs(self) -> list[dict]:
        """Active filters as removable tags: label, and the address without it."""
        tags = []
        for nom, champ in self.form.fields.items():
            valeur = self.form.cleaned_data.get(nom) if self.form.is_valid() else None
            if nom == "tri" or valeur in (None, ""):
                continue
            parametres = self.data.copy()
            parametres.pop(nom, None)
            parametres.pop("page", None)
            libelle = dict(champ.choices).get(valeur, valeur) if nom == "etat" else valeur
            tags.append(
                {"libelle": f"{champ.label} : {libelle}", "url": f"?{parametres.urlencode()}"}
            )
        return tags
