from crispy_forms.layout import Fieldset, Layout
from django import forms

from ateliers.contributions.models import Contribution
from ateliers.sites.models import Hypothese, SiteDemonstrateur
from candidatures.dispositifs.models import Theme
from restitution.feuilles.forms.champs import texte_long
from restitution.feuilles.models import Action
from socle.interface.formulaires import FormulaireModeleRevise, FormulaireRevise


class FormulaireVision(FormulaireRevise):
    libelle_envoi = "Enregistrer la vision"
    necessaires_pour_valider = ("vision",)
    vision = forms.CharField(
        label="Vision partagée",
        help_text=(
            "Ce que le territoire veut devenir, en deux ou trois paragraphes que chacun comprend."
        ),
        widget=texte_long(14),
        required=False,
    )


class FormulaireAxe(FormulaireRevise):
    libelle_envoi = "Enregistrer l’axe"
    titre = forms.CharField(label="Titre de l’axe", max_length=200)
    texte = forms.CharField(
        label="Ambition", help_text="Une ou deux phrases.", widget=texte_long(4), required=False
    )


class FormulaireAction(FormulaireModeleRevise):
    libelle_envoi = "Enregistrer l’action"
    necessaires_pour_valider = ("portage_elu", "portage_etat")

    class Meta:
        model = Action
        fields = (
            "axe",
            "parent",
            "titre",
            "description",
            "theme",
            "priorite",
            "horizon",
            "echeance_annee",
            "echeance_date",
            "portage_elu",
            "portage_etat",
            "pilote",
            "partenaires",
            "outils",
            "montant",
            "financement",
            "indicateur",
            "deja_engagee",
            "hypotheses",
            "sites",
            "contributions",
        )
        widgets = {
            "description": texte_long(5),
            "partenaires": texte_long(2),
            "outils": texte_long(2),
            "financement": texte_long(2),
            "echeance_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "hypotheses": forms.CheckboxSelectMultiple,
            "sites": forms.CheckboxSelectMultiple,
            "contributions": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "description": "Ce qui sera fait, où et pour qui.",
            "echeance_annee": "L’année suffit ; la date précise reste facultative.",
            "portage_elu": "L’élu qui porte l’action : fonction et collectivité.",
            "portage_etat": "Le service de l’État qui la porte avec lui.",
            "pilote": "Qui la conduit au quotidien.",
            "outils": "Études, procédures, contrats, dispositifs mobilisés.",
            "montant": "Laissez vide si le montant n’est pas connu.",
            "indicateur": "À quoi l’on saura que l’action est faite.",
        }

    def __init__(self, *args, feuille, **kwargs):
        super().__init__(*args, **kwargs)
        atelier = feuille.atelier
        self.fields["axe"].queryset = feuille.axes.order_by("ordre")
        self.fields["parent"].queryset = (
            Action.objects.filter(axe__feuille=feuille, parent=None)
            .exclude(pk=self.instance.pk)
            .order_by("axe__ordre", "ordre")
        )
        self.fields["theme"].queryset = Theme.objects.order_by("ordre", "libelle")
        self.fields["hypotheses"].queryset = Hypothese.objects.filter(atelier=atelier)
        self.fields["sites"].queryset = SiteDemonstrateur.objects.filter(
            atelier=atelier
        ).select_related("commune")
        self.fields["contributions"].queryset = (
            Contribution.objects.filter(seance__atelier=atelier)
            .select_related("seance")
            .order_by("seance__ordre", "pk")
        )
        self.fields["contributions"].label_from_instance = lambda c: c.texte[:160]

    def clean(self):
        donnees = super().clean()
        annee, jour = donnees.get("echeance_annee"), donnees.get("echeance_date")
        if annee and jour and annee != jour.year:
            self.add_error(
                "echeance_annee", f"La date d’échéance est en {jour.year} : accordez les deux."
            )
        return donnees

    def construire_helper(self):
        helper = super().construire_helper()
        helper.layout = Layout(
            Fieldset("L’action", "axe", "titre", "description", "theme", "parent"),
            Fieldset("Qui", "portage_elu", "portage_etat", "pilote", "partenaires"),
            Fieldset(
                "Quand", "priorite", "horizon", "echeance_annee", "echeance_date", "deja_engagee"
            ),
            Fieldset("Combien et comment", "montant", "financement", "outils", "indicateur"),
            Fieldset("D’où elle vient", "hypotheses", "sites", "contributions"),
            "revision",
        )
        return helper
