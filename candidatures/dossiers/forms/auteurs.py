"""Forms of « Auteurs et dépôt »: invite, designate, visa, mandate, transfer; open an account."""

from django import forms

from candidatures.dossiers.choix import AvisVisa
from candidatures.dossiers.domaine.types_fichiers import ACCEPTES, EXTENSIONS
from socle.comptes.models import Organisme
from socle.interface.formulaires import FormulaireDsfr


class FormulaireInviterPersonne(FormulaireDsfr):
    libelle_envoi = "Envoyer l’invitation"
    brouillon = False
    courriel = forms.EmailField(label="Adresse électronique")
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    organisme = forms.ModelChoiceField(
        Organisme.objects.none(),
        label="Organisme",
        help_text="En l’indiquant, vous attestez que cette personne y travaille ou y est élue.",
        empty_label="Un autre organisme, à nommer ci-dessous",
        required=False,
    )
    organisme_nom = forms.CharField(
        label="Autre organisme",
        help_text="Une association, un bureau d’études… Cette personne ne verra que ce dossier.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args, organismes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisme"].queryset = Organisme.objects.filter(
            pk__in=[o.pk for o in organismes]
        )


class FormulaireDeposant(FormulaireDsfr):
    libelle_envoi = "Confier le dépôt"
    brouillon = False

    def __init__(self, *args, personnes=(), **kwargs):
        super().__init__(*args, **kwargs)
        choix = [(str(p.pk), f"{p.nom_complet} ({p.organisme})") for p in personnes]
        self.fields["deposant"] = forms.ChoiceField(
            label="Qui dépose la candidature ?",
            choices=[("", "N’importe quel porteur"), *choix],
            help_text="Les autres écrivent et vérifient le dossier, sans le déposer.",
            required=False,
        )


class FormulaireVisa(FormulaireDsfr):
    libelle_envoi = "Donner ce visa"
    marquer_facultatifs = False
    avis = forms.ChoiceField(label="Avis", choices=AvisVisa.choices, widget=forms.RadioSelect)
    texte = forms.CharField(
        label="Observations",
        help_text="Nécessaires pour un avis réservé.",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean(self):
        donnees = super().clean()
        if donnees.get("avis") == AvisVisa.RESERVE and not donnees.get("texte", "").strip():
            self.add_error("texte", "Dites vos réserves.")
        return donnees


class FormulaireMandat(FormulaireDsfr):
    libelle_envoi = "Enregistrer le mandat"
    brouillon = False
    mandant = forms.ModelChoiceField(
        Organisme.objects.none(),
        label="Qui donne mandat ?",
        help_text="Un porteur de la candidature, au nom duquel votre organisme la déposera.",
        empty_label="Choisir un porteur",
    )
    signe_le = forms.DateField(label="Signé le", widget=forms.DateInput(attrs={"type": "date"}))
    fichier = forms.FileField(
        label="Mandat signé",
        help_text=f"{ACCEPTES}.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(EXTENSIONS.values())}),
        max_length=200,
    )

    def __init__(self, *args, mandants=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandant"].queryset = Organisme.objects.filter(pk__in=[o.pk for o in mandants])


class FormulaireTransferer(FormulaireDsfr):
    libelle_envoi = "Transférer le dossier"
    brouillon = False

    def __init__(self, *args, porteurs=(), organismes=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["de"] = forms.ModelChoiceField(
            Organisme.objects.filter(pk__in=[o.pk for o in porteurs]),
            label="Organisme qui se retire",
            empty_label="Choisir un porteur",
        )
        self.fields["vers"] = forms.ModelChoiceField(
            organismes,
            label="Organisme qui le remplace",
            help_text="Ses agents liront et écriront le dossier ; ceux du précédent ne le pourront "
            "plus.",
            empty_label="Choisir un organisme",
        )
        self.fields["motif"] = forms.CharField(
            label="Motif",
            help_text="Une élection, une fusion de communes… Il sera inscrit dans l’historique.",
            widget=forms.Textarea(attrs={"rows": 3}),
        )


class FormulaireCompte(FormulaireDsfr):
    libelle_envoi = "Ouvrir mon compte et rejoindre le dossier"
    brouillon = False
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    fonction = forms.CharField(label="Fonction", max_length=120, required=False)
    mot_de_passe = forms.CharField(
        label="Mot de passe",
        help_text="Douze caractères au moins.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    confirmation = forms.CharField(
        label="Mot de passe, une seconde fois",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        donnees = super().clean()
        if donnees.get("mot_de_passe") != donnees.get("confirmation"):
            self.add_error("confirmation", "Les deux mots de passe diffèrent.")
        return donnees
