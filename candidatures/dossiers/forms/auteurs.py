"""Forms of « Qui porte, écrit et dépose »: invite, designate, visa, mandate, transfer."""

from django import forms

from candidatures.dossiers.choix import AvisVisa
from candidatures.dossiers.domaine.creation import COLLECTIVITES, SERVICES_ETAT
from candidatures.dossiers.domaine.recherche_organismes import choisi, proposer
from candidatures.dossiers.domaine.types_fichiers import ACCEPTES, EXTENSIONS
from socle.comptes import forms as comptes
from socle.comptes.models import Organisme
from socle.interface.formulaires import FormulaireDsfr

MOTIF_REQUIS = {"required": "Dites pourquoi, en une phrase."}


class FormulaireInviterPersonne(FormulaireDsfr):
    libelle_envoi = "Envoyer l’invitation"
    brouillon = False
    marquer_facultatifs = False
    courriel = forms.EmailField(
        label="Adresse électronique",
        error_messages={"required": "Écrivez l’adresse à laquelle l’invitation partira."},
    )
    prenom = forms.CharField(
        label="Prénom",
        max_length=80,
        error_messages={"required": "Écrivez le prénom de la personne invitée."},
    )
    nom = forms.CharField(
        label="Nom",
        max_length=80,
        error_messages={"required": "Écrivez le nom de la personne invitée."},
    )
    organisme = forms.ModelChoiceField(
        Organisme.objects.none(),
        label="Organisme",
        help_text="En l’indiquant, vous attestez que cette personne y travaille ou y est élue. "
        "Inutile si elle a déjà un compte ici.",
        empty_label="Un autre organisme, à nommer ci-dessous",
        required=False,
    )
    organisme_nom = forms.CharField(
        label="Autre organisme",
        help_text="S’il n’est pas dans la liste : une association, un bureau d’études… Cette "
        "personne ne verra que ce dossier.",
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
            label="La personne qui dépose",
            choices=[("", "N’importe quel porteur"), *choix],
            help_text="Les autres écrivent et vérifient le dossier, sans le déposer.",
            required=False,
        )


class FormulaireVisa(FormulaireDsfr):
    libelle_envoi = "Donner ce visa"
    marquer_facultatifs = False
    avis = forms.ChoiceField(
        label="Avis",
        choices=AvisVisa.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un avis."},
    )
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
        error_messages={"required": "Choisissez le porteur qui donne mandat."},
    )
    signe_le = forms.DateField(
        label="Signé le",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Donnez la date de signature du mandat."},
    )
    fichier = forms.FileField(
        label="Mandat signé",
        help_text=f"{ACCEPTES}.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(EXTENSIONS.values())}),
        max_length=200,
        error_messages={"required": "Joignez le mandat signé."},
    )

    def __init__(self, *args, mandants=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandant"].queryset = Organisme.objects.filter(pk__in=[o.pk for o in mandants])


class FormulaireTransferer(FormulaireDsfr):
    """Two pages: who leaves and who is looked for; then the one found, and the confirmation."""

    libelle_envoi = "Chercher cet organisme"
    brouillon = False

    def __init__(self, *args, places=(), organismes=None, pilote_id=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.organismes, self.pilote_id = organismes, pilote_id
        self.propositions = []
        self.fields["de"] = forms.ModelChoiceField(
            Organisme.objects.filter(pk__in=[o.pk for o in places]),
            label="Organisme qui se retire",
            empty_label=None if len(places) == 1 else "Choisir un porteur",
            error_messages={"required": "Choisissez l’organisme qui se retire."},
        )
        self.fields["recherche"] = forms.CharField(
            label="Organisme qui le remplace",
            help_text="Son nom, son numéro SIREN, ou le code Insee de la commune.",
            max_length=120,
            error_messages={"required": "Écrivez le nom de l’organisme qui le remplace."},
        )
        self.fields["motif"] = forms.CharField(
            label="Motif",
            error_messages=MOTIF_REQUIS,
            help_text="Une élection, une fusion de communes… Il sera inscrit dans l’historique.",
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["vers"] = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        donnees = super().clean()
        if self.errors:
            return donnees
        etat = donnees["de"].pk == self.pilote_id or donnees["de"].nature in SERVICES_ETAT
        admis = self.organismes.filter(nature__in=SERVICES_ETAT if etat else COLLECTIVITES)
        self.propositions = proposer(donnees["recherche"], admis, territoires=not etat)
        if not self.propositions:
            genre = "service de l’État" if etat else "collectivité"
            self.add_error(
                "recherche",
                f"Aucun organisme de ce genre ({genre}) ne répond à cette recherche, hors des "
                "porteurs actuels. Essayez un autre nom, ou son numéro SIREN.",
            )
        if donnees.get("vers") not in {p.cle for p in self.propositions}:
            donnees["vers"] = ""
        return donnees

    def organisme_choisi(self) -> Organisme:
        return choisi(self.cleaned_data["vers"], self.organismes)

    def passer_a_la_confirmation(self) -> None:
        """The second page: what was typed goes on, hidden; the organisation found is chosen."""
        for nom in ("de", "recherche", "motif"):
            self.fields[nom].widget = forms.HiddenInput()
        choix = [(p.cle, p.libelle) for p in self.propositions]
        self.fields["vers"] = forms.ChoiceField(
            label="Organisme qui le remplace", choices=choix, widget=forms.RadioSelect
        )
        self.data = self.data.copy()
        self.data["vers"] = choix[0][0] if len(choix) == 1 else ""
        self.successeur = choix[0][1] if len(choix) == 1 else ""
        self.libelle_envoi = "Confirmer le transfert"
        self.helper = self.construire_helper()


class FormulairePasserLaMain(FormulaireDsfr):
    libelle_envoi = "Passer la main"
    brouillon = False
    de = forms.ChoiceField(widget=forms.HiddenInput)
    vers = forms.ChoiceField(
        label="Qui prend la suite ?",
        error_messages={"required": "Choisissez la personne qui prend la suite."},
    )
    motif = forms.CharField(
        label="Motif",
        error_messages=MOTIF_REQUIS,
        help_text="Une élection, un départ… Il sera inscrit dans l’historique de chaque dossier.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, collegues=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.personnes = {str(c.pk): c for c in collegues}
        self.fields["de"].choices = [(cle, c.nom_complet) for cle, c in self.personnes.items()]
        actifs = [(cle, c.nom_complet) for cle, c in self.personnes.items() if c.is_active]
        self.fields["vers"].choices = [("", "Choisir une personne"), *actifs]

    def clean_de(self):
        return self.personnes[self.cleaned_data["de"]]

    def clean_vers(self):
        return self.personnes[self.cleaned_data["vers"]]


class FormulaireMotif(FormulaireDsfr):
    libelle_envoi = "Retirer ce mandat"
    brouillon = False
    motif = forms.CharField(
        label="Motif",
        error_messages=MOTIF_REQUIS,
        help_text="Une erreur de fichier, un mandat révoqué… Il sera inscrit dans l’historique.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FormulaireCompte(comptes.FormulaireCompte):
    libelle_envoi = "Ouvrir mon compte et rejoindre le dossier"
