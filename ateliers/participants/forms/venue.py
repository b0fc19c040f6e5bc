"""Letters, needs, tables, postal details."""

from django import forms

from ateliers.annuaire.choix import Civilite
from ateliers.participants.choix import ObjetConsentement
from ateliers.participants.domaine.tables import TABLES_MAX
from candidatures.dispositifs.choix import College
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise
from socle.interface.templatetags.interface import date_courte


class FormulaireVenue(FormulaireDsfr):
    """What somebody says of their coming, from their own link. Nothing is required."""

    libelle_envoi = "Enregistrer"
    brouillon = False
    acces = forms.CharField(
        label="Pour accéder au lieu et participer",
        max_length=300,
        required=False,
        help_text="Fauteuil, boucle magnétique, interprète, place assise…",
    )
    repas = forms.CharField(
        label="Pour le repas",
        max_length=300,
        required=False,
        help_text="Ce que vous ne mangez pas ; la raison n’est pas demandée.",
    )
    transport = forms.CharField(
        label="Pour venir",
        max_length=300,
        required=False,
        help_text="Covoiturage cherché ou proposé, arrivée en train…",
    )
    accords = forms.MultipleChoiceField(
        label="J’accepte de",
        choices=[
            (v, libelle[:1].lower() + libelle[1:]) for v, libelle in ObjetConsentement.choices
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Pour le carnet de l’atelier. Vous pouvez retirer cet accord à tout moment ici.",
    )


class FormulaireRappel(FormulaireDsfr):
    """A number and a consent, from one's own link. An empty number takes the consent back."""

    libelle_envoi = "Enregistrer"
    brouillon = False
    numero = forms.CharField(
        label="Numéro de mobile",
        max_length=30,
        help_text="Format attendu : 06 12 34 56 78, ou +33 6 12 34 56 78.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    accord = forms.BooleanField(
        label="J’accepte de recevoir un SMS la veille de cette séance",
        error_messages={"required": "Cochez pour recevoir le SMS ; sinon, laissez cette page."},
    )


class FormulaireCoordonnees(FormulaireRevise):
    """What a paper letter needs."""

    libelle_envoi = "Enregistrer les coordonnées"
    civilite = forms.ChoiceField(
        label="Civilité", choices=[("", "Non précisée"), *Civilite.choices], required=False
    )
    telephone = forms.CharField(label="Téléphone", max_length=30, required=False)
    adresse = forms.CharField(
        label="Adresse postale",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Comme sur l’enveloppe, sans le nom.",
    )


class FormulaireTextes(FormulaireDsfr):
    """Who signs, the paragraph of the letter, and those that a college receives in its place."""

    libelle_envoi = "Enregistrer les textes"
    brouillon = False
    signataire = forms.CharField(label="Nom du signataire", max_length=160)
    qualite = forms.CharField(
        label="Qualité du signataire",
        max_length=200,
        help_text="Par exemple : « Pour le préfet, le directeur départemental des territoires ».",
    )

    def __init__(self, *args, textes, defaut, presents, **options):
        super().__init__(*args, **options)
        self.fields["texte_"] = forms.CharField(
            label="Texte de la lettre",
            max_length=3000,
            initial=textes.get("", defaut),
            widget=forms.Textarea(attrs={"rows": 7}),
            help_text="Un paragraphe par ligne. La date, le lieu et le déroulé publié s’ajoutent "
            "seuls.",
        )
        for valeur, libelle in College.choices:
            if valeur in presents or valeur in textes:
                self.fields[f"texte_{valeur}"] = forms.CharField(
                    label=f"Texte propre au collège « {libelle} »",
                    max_length=3000,
                    required=False,
                    initial=textes.get(valeur, ""),
                    widget=forms.Textarea(attrs={"rows": 4}),
                )

    def textes(self) -> dict[str, str]:
        return {
            nom.removeprefix("texte_"): valeur
            for nom, valeur in self.cleaned_data.items()
            if nom.startswith("texte_")
        }


class FormulairePoste(FormulaireDsfr):
    """Who was reached, and when. Already noted: may be ticked again, to put the day right."""

    libelle_envoi = "Enregistrer ces envois"
    brouillon = False
    postees = forms.TypedMultipleChoiceField(
        label="Lettres postées à", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    remises = forms.TypedMultipleChoiceField(
        label="Remises en main propre à",
        help_text="Ni adresse électronique ni adresse postale : cochez qui a reçu sa lettre de la "
        "main à la main.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    le = forms.DateField(
        label="Le",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Les personnes cochées sont alors notées convoquées, de ce jour.",
    )

    def __init__(self, *args, sans, **options):
        super().__init__(*args, **options)
        for champ, gens in (("postees", sans.adressables), ("remises", sans.injoignables)):
            if gens:
                self.fields[champ].choices = [(i.pk, self._nom(i)) for i in gens]
            else:
                del self.fields[champ]

    @staticmethod
    def _nom(invitation) -> str:
        nom = invitation.participant.nom_complet
        if invitation.convoque_le is None:
            return nom
        return f"{nom}, déjà notée le {date_courte(invitation.convoque_le)}"


class FormulaireTirage(FormulaireDsfr):
    libelle_envoi = "Tirer les tables"
    brouillon = False
    nombre = forms.IntegerField(label="Nombre de tables", min_value=1, max_value=TABLES_MAX)


class FormulaireTables(FormulaireDsfr):
    """One number per person."""

    brouillon = False

    def __init__(self, *args, invitations, **options):
        super().__init__(*args, **options)
        self.invitations = list(invitations)
        for invitation in self.invitations:
            self.fields[f"table_{invitation.pk}"] = forms.IntegerField(
                label=f"Table : {invitation.participant.nom_complet}",
                min_value=1,
                max_value=TABLES_MAX,
                required=False,
                initial=invitation.table,
                widget=forms.NumberInput(attrs={"class": "fr-input"}),
            )

    def lignes(self):
        for invitation in self.invitations:
            yield {"invitation": invitation, "table": self[f"table_{invitation.pk}"]}

    def tables(self) -> dict[int, int | None]:
        return {i.pk: self.cleaned_data[f"table_{i.pk}"] for i in self.invitations}


class FormulaireFeuille(FormulaireDsfr):
    libelle_envoi = "Joindre la feuille signée"
    brouillon = False
    fichier = forms.FileField(
        label="Feuille signée, numérisée", help_text="PDF ou photo lisible des signatures."
    )
