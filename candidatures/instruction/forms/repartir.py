"""Forms of the draw and of the replacement of a reviewer."""

import secrets

from django import forms

from candidatures.dispositifs.models import Theme
from candidatures.dossiers.droits import organismes_porteurs
from candidatures.instruction.domaine.evaluateurs import CHARGE_MAX
from candidatures.instruction.domaine.tirage import PAR_DOSSIER_MAX
from candidatures.instruction.forms.instruire import champ_date, situer
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.interface.formulaires import FormulaireDsfr


class FormulaireTirage(FormulaireDsfr):
    libelle_envoi = "Proposer un tirage"
    brouillon = False
    n = forms.IntegerField(
        label="Évaluateurs par dossier", min_value=1, max_value=PAR_DOSSIER_MAX, initial=2
    )
    charge_max = forms.IntegerField(
        label="Dossiers par évaluateur, au plus", min_value=1, max_value=500, required=False
    )
    echeance = champ_date("Évaluations attendues avant le", requis=False)
    redistribuer = forms.BooleanField(
        label="Redistribuer ce qui n’est pas commencé",
        help_text="Retire des dossiers confiés à qui n’a pas encore commencé, pour les tirer à "
        "nouveau. Une évaluation commencée ne change jamais de main.",
        required=False,
    )
    graine = forms.IntegerField(
        label="Numéro du tirage",
        help_text="Choisi au hasard. Le même numéro, sur les mêmes dossiers, redonne le même "
        "tirage : chacun peut le vérifier.",
        min_value=0,
        max_value=999_999,
        initial=lambda: secrets.randbelow(1_000_000),
    )


class FormulaireAjuster(FormulaireDsfr):
    """Tick to add, untick to remove, both to swap. Those who have begun are not offered."""

    libelle_envoi = "Enregistrer ce choix"
    brouillon = False
    lecteurs = forms.ModelMultipleChoiceField(
        label="Évaluateurs de ce dossier",
        help_text="Entre parenthèses : les dossiers que la proposition confie à chacun.",
        queryset=Utilisateur.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, candidature, charges, commencees, **kwargs):
        super().__init__(*args, **kwargs)
        recuses = candidature.deports.filter(leve_le__isnull=True).values("personne_id")
        self.fields["lecteurs"].queryset = (
            Utilisateur.objects.filter(is_active=True, role__in=(Role.EVALUATEUR, Role.DGALN))
            .exclude(pk__in=recuses)
            .exclude(pk__in=commencees)
            .exclude(organisme_id__in=organismes_porteurs(candidature))
            .select_related("organisme")
            .order_by("-role", "nom", "prenom", "pk")
        )
        self.fields["lecteurs"].label_from_instance = lambda p: f"{situer(p)} ({charges[p.pk]})"


class FormulaireProfil(FormulaireDsfr):
    libelle_envoi = "Enregistrer le profil"
    charge_max = forms.IntegerField(
        label="Nombre de dossiers au plus",
        help_text="Le tirage n’en confie pas davantage. Laissez vide s’il n’y a pas de limite.",
        min_value=1,
        max_value=CHARGE_MAX,
        required=False,
    )
    themes = forms.ModelMultipleChoiceField(
        label="Thèmes connus",
        help_text="Entre deux personnes aussi chargées, le tirage préfère celle qui connaît "
        "le thème.",
        queryset=Theme.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class FormulaireRemplacer(FormulaireDsfr):
    libelle_envoi = "Remplacer"
    personne = forms.ModelChoiceField(label="Par", queryset=Utilisateur.objects.none())

    def __init__(self, *args, candidature, **kwargs):
        super().__init__(*args, **kwargs)
        deja = candidature.evaluations.filter(ecartee_le__isnull=True).values("evaluateur_id")
        recuses = candidature.deports.filter(leve_le__isnull=True).values("personne_id")
        self.fields["personne"].queryset = (
            Utilisateur.objects.filter(is_active=True, role__in=(Role.EVALUATEUR, Role.DGALN))
            .exclude(pk__in=deja)
            .exclude(pk__in=recuses)
            .select_related("organisme")
            .order_by("nom", "prenom", "pk")
        )
        self.fields["personne"].label_from_instance = situer
