from datetime import datetime

from django import forms

from ateliers.parcours.forms.champs import ChampHeure, ChampJour, FormulaireLignes
from ateliers.participants.domaine.series import MAXIMUM, jours_reguliers
from ateliers.seances.forms.seances import ChampsLieu
from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import GenreSeance

GENRES = (GenreSeance.INTER_ATELIER, GenreSeance.COPIL, GenreSeance.SENSIBILISATION)


class FormulaireSerie(ChampsLieu, FormulaireLignes):
    libelle_envoi = "Créer la série"
    titre_ligne = "Date"
    pivot = "jour"
    libelle_confirmation = "Je confirme ces dates"
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
    premier = ChampJour(
        label="Rythme : premier jour",
        required=False,
        help_text="Le jour de la semaine est le sien. Vide : écrivez chaque date plus bas.",
    )
    semaines = forms.IntegerField(
        label="Toutes les … semaines", required=False, min_value=1, max_value=26, initial=4
    )
    nombre = forms.IntegerField(
        label="Nombre de dates", required=False, min_value=2, max_value=MAXIMUM
    )
    de = ChampHeure(label="De", required=False)
    a = ChampHeure(label="À", required=False)
    sauf = forms.CharField(
        label="Sauf le",
        required=False,
        max_length=200,
        help_text="Jours à sauter, séparés par des virgules : 14/07/2027, 11/08/2027.",
    )

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

    def clean_sauf(self):
        textes = [t.strip() for t in self.cleaned_data["sauf"].split(",") if t.strip()]
        try:
            return [datetime.strptime(t, "%d/%m/%Y").date() for t in textes]
        except ValueError as erreur:
            phrase = "Écrivez chaque jour ainsi : 14/07/2027."
            raise forms.ValidationError(phrase) from erreur

    def clean(self):
        donnees = super().clean()
        if donnees.get("premier"):
            for champ in ("semaines", "nombre", "de", "a"):
                if champ not in self.errors and not donnees.get(champ):
                    self.add_error(champ, "À remplir pour un rythme.")
        return donnees

    def dates(self) -> list[tuple[datetime, datetime]]:
        """Those of the rhythm, then those typed one by one; the verb says how many at most."""
        d = self.cleaned_data
        moments = [(ligne["jour"], ligne["debut"], ligne["fin"]) for ligne in self.lignes_saisies()]
        if d.get("premier"):
            options = {cle: d[cle] for cle in ("premier", "semaines", "nombre", "sauf")}
            moments += [(jour, d["de"], d["a"]) for jour in jours_reguliers(**options)]
        return [(datetime.combine(j, de), datetime.combine(j, a)) for j, de, a in moments]
