from datetime import datetime

from django import forms

from ateliers.parcours.forms.champs import ChampHeure, ChampJour, FormulaireLignes
from ateliers.participants.domaine.series import MAXIMUM
from ateliers.seances.forms.seances import ChampsLieu
from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import GenreSeance

GENRES = (GenreSeance.INTER_ATELIER, GenreSeance.COPIL, GenreSeance.SENSIBILISATION)


class FormulaireSerie(ChampsLieu, FormulaireLignes):
    libelle_envoi = "Créer la série"
    titre_ligne = "Date"
    pivot = "jour"
    vierges = 4
    genre = forms.ChoiceField(label="Genre des séances")
    titre = forms.CharField(
        label="Titre commun", max_length=150, help_text="Suivi du rang : « Inter-atelier 1 »."
    )
    apres = forms.ModelChoiceField(
        label="À la suite de", queryset=Seance.objects.none(), empty_label=None
    )
    salle = ChampsLieu.champ()
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    adresse = forms.CharField(label="Adresse", max_length=250, required=False)

    def __init__(self, *args, atelier, **options):
        super().__init__(*args, **options)
        inter = atelier.dispositif.avec_inter_ateliers
        self.fields["genre"].choices = [
            (g, g.label) for g in GENRES if inter or g != GenreSeance.INTER_ATELIER
        ]
        seances = Seance.objects.filter(atelier=atelier).exclude(etat="annulee")
        self.fields["apres"].queryset = seances
        dates = seances.filter(genre=GenreSeance.ATELIER, debut_prevu__isnull=False)
        self.fields["apres"].initial = dates.order_by("rang").last()

    def champs_ligne(self):
        return {
            "jour": ChampJour(label="Jour"),
            "debut": ChampHeure(label="De"),
            "fin": ChampHeure(label="À"),
        }

    def dates(self) -> list[tuple[datetime, datetime]]:
        return [
            tuple(datetime.combine(ligne["jour"], ligne[cle]) for cle in ("debut", "fin"))
            for ligne in self.lignes_saisies()[:MAXIMUM]
        ]
