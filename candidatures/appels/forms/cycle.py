"""Forms of the life of a call: extend it, start again from last year's."""

from django import forms

from candidatures.appels.forms.appel import FORMAT, MOMENT
from candidatures.appels.models import SessionNationale
from socle.interface.formulaires import FormulaireDsfr


def champ_moment(libelle, aide="", *, requis=True):
    return forms.DateTimeField(
        label=libelle,
        help_text=aide,
        widget=forms.DateTimeInput(attrs=MOMENT, format=FORMAT),
        input_formats=[FORMAT, "%Y-%m-%d %H:%M"],
        required=requis,
    )


class FormulaireProlonger(FormulaireDsfr):
    libelle_envoi = "Prolonger l’appel"
    ferme_le = champ_moment("Nouvelle clôture", "À l’heure de Paris.")
    motif = forms.CharField(
        label="Motif",
        help_text="Il figure dans le courriel envoyé à ceux qui rédigent une candidature.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FormulaireDupliquer(FormulaireDsfr):
    libelle_confirmation = "Oui, rattacher l’appel à cette session"
    libelle_envoi = "Créer l’appel"
    titre = forms.CharField(label="Titre", max_length=200)
    presentation = forms.CharField(
        label="Présentation", widget=forms.Textarea(attrs={"rows": 8}), strip=True
    )
    ouvre_le = champ_moment("Ouvre le")
    ferme_le = champ_moment("Ferme le", "Laissez vide pour un appel au fil de l’eau.", requis=False)
    session = forms.ModelChoiceField(
        label="Session nationale",
        help_text="Pour le dispositif « Session nationale » seulement.",
        queryset=SessionNationale.objects.all(),
        required=False,
    )

    def __init__(self, *args, modele, **kwargs):
        super().__init__(*args, **kwargs)
        aide = f"Repris de «\u00a0{modele.titre}\u00a0»\u00a0: relisez"
        self.fields["titre"].help_text = f"{aide}."
        self.fields["presentation"].help_text = f"{aide}, années et montants compris."
        self.fields["ouvre_le"].help_text = "Proposée un an après la précédente."
