from django import forms

from ateliers.parcours.forms.champs import ChampJour
from ateliers.participants.forms.organismes import NOUVEL_ORGANISME, ChampOrganisme
from ateliers.participants.forms.venue import FormulaireCoordonnees
from candidatures.dispositifs.choix import College
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise


class FormulaireMandat(FormulaireDsfr):
    """One more quality of a person."""

    libelle_envoi = "Ajouter le mandat"
    libelle_confirmation = NOUVEL_ORGANISME
    brouillon = False
    college = forms.ChoiceField(label="Collège", choices=College.choices)
    organisation = ChampOrganisme()
    fonction = forms.CharField(label="Fonction", max_length=120, required=False)
    du = ChampJour(label="Depuis le", required=False)
    au = ChampJour(label="Jusqu’au", required=False)


class FormulaireFiche(FormulaireCoordonnees):
    """What everybody who writes to this person reads."""

    field_order = ("civilite", "prenom", "nom", "courriel")

    libelle_envoi = "Enregistrer la fiche"
    libelle_confirmation = "Oui, cette personne a changé de compte"
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        help_text="Si elle change, les rendez-vous à venir sont retirés de l’agenda de l’ancienne "
        "adresse : convoquez ensuite cette personne à la nouvelle.",
    )


class FormulaireMandatRevise(FormulaireRevise):
    """A mandate that was written wrong."""

    libelle_envoi = "Enregistrer le mandat"
    libelle_confirmation = NOUVEL_ORGANISME
    organisation = ChampOrganisme()
    fonction = forms.CharField(label="Fonction", max_length=120, required=False)
    du = ChampJour(label="Depuis le", required=False)
    au = ChampJour(label="Jusqu’au", required=False)
