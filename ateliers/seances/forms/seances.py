from django import forms

from ateliers.lieux.models import Lieu
from ateliers.parcours.forms.champs import ChampHeure, FormulaireDates, FormulaireLignes
from ateliers.seances.choix import FormatSequence, PublicSequence
from ateliers.seances.domaine.preparation import LIBRES, MAX_JOURS
from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import GenreSeance
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise, MixinRevise

# One name a box: several may be asked at once.
CONFIRMATIONS = {
    "date_passee": "La séance a déjà eu lieu à cette date",
    "ordre": "Je garde cette date, hors de l’ordre de la démarche",
    "duree": "Je garde cette date, hors de la durée du dispositif",
    "espacement": "Je garde cette date, hors de l’écart du dispositif avec la séance suivante",
    "conflits": "Je garde cette date et ce lieu, malgré ce qui s’y heurte",
    "obligatoire_muet": "Je me suis assuré de la présence de ces personnes",
    "sous_quorum": "Je garde cette date, sans le quorum",
}


class ChampsLieu:
    """A room of the list, or words."""

    libelles_confirmation = CONFIRMATIONS

    def __init__(self, *args, lieux=None, **options):
        super().__init__(*args, **options)
        if lieux is None or not lieux.exists():
            del self.fields["salle"]
        else:
            self.fields["salle"].queryset = lieux

    @staticmethod
    def champ():
        return forms.ModelChoiceField(
            label="Lieu connu",
            queryset=Lieu.objects.none(),
            required=False,
            empty_label="Un autre lieu, à écrire ci-dessous",
            help_text="Son nom et son adresse sont repris de sa fiche.",
        )

    def place(self) -> dict:
        """What the verbs of dates expect."""
        lus = {cle: self.cleaned_data[cle] for cle in ("lieu", "adresse")}
        return lus | ({"salle": self.cleaned_data["salle"]} if "salle" in self.fields else {})


class FormulaireProgrammation(ChampsLieu, FormulaireDates):
    libelle_envoi = "Programmer la séance"
    salle = ChampsLieu.champ()
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    adresse = forms.CharField(label="Adresse", max_length=250, required=False)


class ChampPrevenir:
    """Offered when somebody holds a convocation."""

    def __init__(self, *args, convies=0, **options):
        super().__init__(*args, **options)
        if not convies:
            del self.fields["prevenir"]

    @staticmethod
    def champ():
        return forms.BooleanField(
            label="Prévenir tout de suite les personnes déjà convoquées",
            required=False,
            initial=True,
            help_text="Un courriel met leur agenda à jour. Sinon, l’envoi se fait depuis les "
            "invitations.",
        )


class FormulaireReport(ChampPrevenir, FormulaireProgrammation):
    libelle_envoi = "Reporter la séance"
    motif = forms.CharField(
        label="Motif du report",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il reste affiché sur le parcours, à côté de la date abandonnée.",
    )
    prevenir = ChampPrevenir.champ()


class FormulaireTenue(FormulaireDates):
    libelle_envoi = "Déclarer la séance tenue"


class FormulaireDescription(ChampPrevenir, ChampsLieu, FormulaireRevise):
    titre = forms.CharField(label="Titre", max_length=160)
    objectif = forms.CharField(
        label="Objectif", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    salle = ChampsLieu.champ()
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    adresse = forms.CharField(label="Adresse", max_length=250, required=False)
    prevenir = ChampPrevenir.champ()


class FormulaireDeroule(MixinRevise, FormulaireLignes):
    libelle_envoi = "Enregistrer le déroulé"
    titre_ligne = "Séquence"
    pivot = "titre"

    def champs_ligne(self):
        return {
            "titre": forms.CharField(label="Séquence", max_length=160),
            "jour": forms.IntegerField(label="Jour", min_value=1, max_value=MAX_JOURS, initial=1),
            "debut": ChampHeure(label="Heure de début"),
            "duree_min": forms.IntegerField(label="Durée (minutes)", min_value=5, max_value=1440),
            "format": forms.ChoiceField(label="Format", choices=FormatSequence),
            "public": forms.ChoiceField(
                label="Public", choices=PublicSequence, initial=PublicSequence.INVITES
            ),
            "lieu": forms.CharField(label="Lieu", max_length=160, required=False),
        }


class FormulaireAjout(FormulaireDsfr):
    libelle_envoi = "Ajouter la séance"
    genre = forms.ChoiceField(label="Genre de séance")
    titre = forms.CharField(label="Titre", max_length=160)
    objectif = forms.CharField(
        label="Objectif", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    apres = forms.ModelChoiceField(
        label="À la suite de",
        queryset=Seance.objects.none(),
        required=False,
        empty_label="La dernière étape",
        help_text="Un comité mis entre le dernier atelier et la restitution prépare la feuille "
        "de route : le calendrier proposé le garde entre les deux. Ailleurs, il vient quand il "
        "peut.",
    )

    def __init__(self, *args, atelier, **options):
        super().__init__(*args, **options)
        inter = atelier.dispositif.avec_inter_ateliers
        self.fields["genre"].choices = [
            (g, GenreSeance(g).label) for g in LIBRES if inter or g != GenreSeance.INTER_ATELIER
        ]
        self.fields["apres"].queryset = Seance.objects.filter(atelier=atelier)
