from collections import Counter

from django import forms
from django.utils.functional import cached_property

from candidatures.appels.choix import EtatAppel, RegleVisas
from candidatures.appels.models import Appel, Grille, SessionNationale
from socle.interface.formulaires import FormulaireModele, MixinRevise
from socle.interface.templatetags.interface import date_courte

MOMENT = {"type": "datetime-local"}
DELAI_INSTRUCTION = 60
REPRIS = ("presentation", "heure_locale", "delai_instruction_jours", "grille", "visas")
FORMAT = "%Y-%m-%dT%H:%M"


def libelles(grilles) -> dict[int, str]:
    """Calls of one title make grids of one name: the day the call opens tells them apart, and its
    address where even the day is the same.
    """
    dits = {grille.pk: f"{grille} ({_usage(list(grille.appel_set.all()))})" for grille in grilles}
    nombre = Counter(dits.values())
    for grille in grilles:
        if nombre[dits[grille.pk]] > 1:
            adresses = " ".join(appel.slug for appel in grille.appel_set.all())
            dits[grille.pk] += f" {adresses or grille.pk}"
    return dits


def _usage(appels) -> str:
    """The latest call first, as they are ordered."""
    if not appels:
        return "aucun appel"
    ouverture = date_courte(appels[0].ouvre_le)
    if len(appels) == 1:
        return f"appel ouvert le {ouverture}"
    return f"{len(appels)}\u00a0appels, le dernier ouvert le {ouverture}"


class ChampGrille(forms.ModelChoiceField):
    def __init__(self, **plus):
        super().__init__(Grille.objects.prefetch_related("appel_set"), **plus)

    @cached_property
    def libelles(self):
        return libelles(self.queryset.all())

    def label_from_instance(self, grille):
        return self.libelles[grille.pk]


class FormulaireAppel(FormulaireModele):
    """The text and dates of a call."""

    libelle_confirmation = "Oui, rattacher l’appel à cette session"
    ouvre_le = forms.DateTimeField(
        label="Ouvre le",
        widget=forms.DateTimeInput(attrs=MOMENT, format=FORMAT),
        input_formats=[FORMAT, "%Y-%m-%d %H:%M"],
    )
    ferme_le = forms.DateTimeField(
        label="Ferme le",
        help_text="Laissez vide pour un appel au fil de l’eau.",
        widget=forms.DateTimeInput(attrs=MOMENT, format=FORMAT),
        input_formats=[FORMAT, "%Y-%m-%d %H:%M"],
        required=False,
    )

    grille = ChampGrille(label="Grille", required=False)

    class Meta:
        model = Appel
        fields = (
            "dispositif",
            "titre",
            "presentation",
            "ouvre_le",
            "ferme_le",
            "heure_locale",
            "delai_instruction_jours",
            "session",
            "grille",
            "visas",
        )
        help_texts = {
            "session": "Pour le dispositif « Session nationale » seulement.",
            "heure_locale": (
                "Décochée, l’heure de clôture est celle de Paris pour tous. Cochée, c’est la même "
                "heure à l’horloge de chaque territoire, outre-mer compris."
            ),
            "presentation": "Ce que lira une collectivité : le sujet, pour qui, ce qui suivra.",
        }

    delai_instruction_jours = forms.IntegerField(
        label="Délai d’instruction (jours)",
        help_text="Compté du dépôt à la décision, suspendu pendant les compléments. 60 par défaut.",
        min_value=1,
        max_value=730,
        required=False,
    )

    def clean_delai_instruction_jours(self):
        return self.cleaned_data["delai_instruction_jours"] or DELAI_INSTRUCTION

    def __init__(self, *args, repris_de="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visas"].required = False
        if repris_de:
            for nom in REPRIS:
                self.fields[nom].help_text = (
                    f"Repris de «\u00a0{repris_de}\u00a0»\u00a0: relisez. "
                    f"{self.fields[nom].help_text}"
                ).strip()
        if self.instance.pk:
            del self.fields["dispositif"]
            if self.instance.etat != EtatAppel.BROUILLON:
                for nom in ("ferme_le", "heure_locale", "grille"):
                    del self.fields[nom]
                self.fields["motif"] = forms.CharField(
                    label="Motif du changement",
                    help_text="Demandé si l’ouverture, les visas ou le délai changent : les "
                    "auteurs des candidatures en cours le lisent.",
                    widget=forms.Textarea(attrs={"rows": 2}),
                    required=False,
                )
        else:
            self.libelle_envoi = "Créer l’appel"

    def clean_visas(self):
        return self.cleaned_data["visas"] or RegleVisas.NON


class FormulaireAppelRevise(MixinRevise, FormulaireAppel):
    """A call that exists: two people may be changing it."""


class FormulaireSession(FormulaireModele):
    libelle_envoi = "Créer la session nationale"

    class Meta:
        model = SessionNationale
        fields = ("nom", "thematique", "problematique", "annee_debut", "annee_fin")
