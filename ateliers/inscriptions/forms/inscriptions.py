from datetime import datetime

from django import forms

from ateliers.parcours.forms.champs import ChampHeure, ChampJour
from candidatures.dispositifs.choix import College
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise

PUBLICS = [c for c in College.choices if c[0] != College.EQUIPE]


class FormulaireDemande(FormulaireDsfr):
    """Filled by anybody. `site_web` is hidden from people: who fills it is a robot."""

    libelle_envoi = "M’inscrire"
    brouillon = False
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(
        label="Adresse électronique",
        help_text="Vous y recevrez un lien pour confirmer votre inscription.",
    )
    college = forms.ChoiceField(label="Vous venez en tant que", choices=PUBLICS)
    organisation = forms.CharField(
        label="Organisme",
        max_length=160,
        required=False,
        help_text="Si vous venez pour l’un d’eux.",
    )
    site_web = forms.CharField(label="Ne remplissez pas ce champ", required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["college"].initial = College.HABITANTS
        self.fields["site_web"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}


class FormulaireReglage(FormulaireRevise):
    """Places, quotas, and the door."""

    libelle_envoi = "Enregistrer les inscriptions"
    ouvertes = forms.BooleanField(label="Les inscriptions sont ouvertes au public", required=False)
    capacite = forms.IntegerField(label="Nombre de places", min_value=1, max_value=5000)
    jour_fin = ChampJour(label="Fermeture des inscriptions", required=False)
    heure_fin = ChampHeure(label="À quelle heure", required=False)
    delai_heures = forms.IntegerField(
        label="Délai pour prendre une place libérée, en heures",
        min_value=1,
        max_value=240,
        initial=48,
        help_text="Passé ce délai, la place est proposée à la personne suivante.",
    )
    accueil = forms.CharField(
        label="Mot d’accueil",
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for valeur, libelle in PUBLICS:
            self.fields[f"quota_{valeur}"] = forms.IntegerField(
                label=f"{libelle} : places au plus", min_value=0, max_value=5000, required=False
            )

    def clean(self):
        donnees = super().clean()
        jour, heure = donnees.get("jour_fin"), donnees.get("heure_fin")
        if bool(jour) != bool(heure) and not self.errors:
            self.add_error("jour_fin", "Indiquez le jour et l’heure, ou aucun des deux.")
        donnees["ferment_le"] = datetime.combine(jour, heure) if jour and heure else None
        return donnees

    def quotas(self) -> dict[str, int]:
        lus = {valeur: self.cleaned_data.get(f"quota_{valeur}") for valeur, _ in PUBLICS}
        return {college: places for college, places in lus.items() if places is not None}
