from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils import timezone

from ateliers.calendrier.choix import JourSemaine, RangMois, Rythme
from ateliers.parcours.forms.champs import ChampHeure, ChampJour
from socle.interface.formulaires import FormulaireDsfr
from socle.territoires.models import Departement


class ChampMoment(forms.DateTimeField):
    """Kept without a zone: the verb reads it in that of the site."""

    def __init__(self, **options):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, required=False, **options)

    def clean(self, value):
        valeur = super().clean(value)
        return timezone.make_naive(valeur) if valeur and timezone.is_aware(valeur) else valeur


class FormulaireIndisponibilite(FormulaireDsfr):
    libelle_envoi = "Déclarer l’indisponibilité"
    marquer_facultatifs = False
    sujet = forms.ChoiceField(label="Qui")
    rythme = forms.ChoiceField(label="Rythme", choices=Rythme)
    debut = ChampMoment(label="Du")
    fin = ChampMoment(label="Au")
    rang = forms.TypedChoiceField(
        label="Rang dans le mois",
        choices=[("", "–"), *RangMois.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Pour chaque mois : « le premier mardi ».",
    )
    jour = forms.TypedChoiceField(
        label="Jour de la semaine",
        choices=[("", "–"), *JourSemaine.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    heure_debut = ChampHeure(label="De", required=False)
    heure_fin = ChampHeure(label="À", required=False)
    du = ChampJour(label="À partir du", required=False, help_text="Vide : dès maintenant.")
    au = ChampJour(label="Jusqu’au", required=False, help_text="Vide : sans fin.")
    motif = forms.CharField(
        label="Motif (facultatif)",
        max_length=120,
        required=False,
        help_text="« Conseil municipal » : il sert à expliquer un calendrier impossible.",
    )

    def __init__(self, *args, sujets, **options):
        super().__init__(*args, **options)
        self.fields["sujet"].choices = sujets

    def construire_helper(self):
        helper = super().construire_helper()
        helper.layout = Layout(
            "sujet",
            "rythme",
            Fieldset(
                "Une seule fois",
                Div("debut", "fin", css_class="champs-en-ligne"),
                css_class="rythme rythme--ponctuelle",
            ),
            Fieldset(
                "Chaque semaine ou chaque mois",
                Div(Div("rang", css_class="rythme-rang"), "jour", css_class="champs-en-ligne"),
                Div("heure_debut", "heure_fin", css_class="champs-en-ligne"),
                Div("du", "au", css_class="champs-en-ligne"),
                css_class="rythme rythme--recurrente",
            ),
            "motif",
        )
        return helper


class FormulaireReserve(FormulaireDsfr):
    libelle_envoi = "Ajouter la période"
    nom = forms.CharField(label="Nom", max_length=120)
    debut = ChampJour(label="Premier jour")
    fin = ChampJour(label="Dernier jour")
    bloquante = forms.BooleanField(
        label="Aucune séance pendant la période", required=False, initial=True
    )
    departements = forms.ModelMultipleChoiceField(
        label="Départements",
        queryset=Departement.objects.all(),
        required=False,
        help_text="Aucun : tout le pays.",
    )
