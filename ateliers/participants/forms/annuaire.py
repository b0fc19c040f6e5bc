from django import forms

from ateliers.parcours.forms.champs import ChampJour
from ateliers.participants.forms.organismes import NOUVEL_ORGANISME, ChampOrganisme
from candidatures.dispositifs.choix import College
from socle.interface.formulaires import FormulaireDsfr


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
