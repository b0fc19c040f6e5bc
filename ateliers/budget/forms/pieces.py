from django import forms

from ateliers.parcours.forms.champs import ChampJour
from socle.interface.formulaires import FormulaireDsfr


class FormulairePieceSignee(FormulaireDsfr):
    libelle_envoi = "Joindre la pièce signée"
    brouillon = False
    fichier = forms.FileField(label="Pièce signée", help_text="PDF ou image, telle que signée.")
    signee_le = ChampJour(label="Signée le")


class FormulairePieceNotifiee(FormulaireDsfr):
    libelle_envoi = "Noter la notification"
    notifiee_le = ChampJour(label="Notifiée le")
