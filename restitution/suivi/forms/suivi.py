from django import forms

from restitution.feuilles.choix import Avancement
from restitution.feuilles.forms.champs import champ_date, texte_long
from restitution.feuilles.models import Action
from restitution.suivi.choix import GenreSuite
from socle.interface.formulaires import FormulaireDsfr


class FormulaireAvancement(FormulaireDsfr):
    libelle_envoi = "Enregistrer le constat"
    avancement = forms.ChoiceField(label="Avancement", choices=Avancement)
    note = forms.CharField(
        label="Ce qui le montre",
        widget=texte_long(3),
        help_text=(
            "Un fait, une date, un document : « bail signé le 4 mai », « travaux commencés »."
        ),
    )
    constate_le = champ_date("Constaté le")


class FormulairePoint(FormulaireDsfr):
    libelle_envoi = "Enregistrer le point d’étape"
    tenu_le = champ_date("Tenu le")
    synthese = forms.CharField(label="Synthèse", widget=texte_long(8))
    presents = forms.CharField(label="Présents", required=False, widget=texte_long(3))


class FormulaireSuite(FormulaireDsfr):
    libelle_envoi = "Ajouter la suite"
    genre = forms.ChoiceField(label="Genre", choices=GenreSuite)
    titre = forms.CharField(label="Titre", max_length=200)
    date = champ_date("Date")
    action = forms.ModelChoiceField(
        label="Action concernée", queryset=Action.objects.none(), required=False
    )
    lien = forms.URLField(label="Lien", required=False, assume_scheme="https")
    description = forms.CharField(label="Description", required=False, widget=texte_long(4))

    def __init__(self, *args, feuille, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = Action.objects.filter(axe__feuille=feuille).order_by(
            "axe__ordre", "ordre"
        )
