from django import forms

from ateliers.parcours.forms.champs import ChampHeure, FormulaireLignes
from ateliers.programme.domaine.places import SANS_PLACE, situer, suggestions
from ateliers.programme.models import KitSeance
from ateliers.seances.choix import FormatSequence, PublicSequence
from ateliers.seances.domaine.preparation import MAX_JOURS
from socle.interface.formulaires import FormulaireDsfr

LISTE_PLACES = "places-connues"
OU_INCONNU = (
    "Ce nom ne désigne pas une seule commune du territoire, ni une salle : écrivez le nom exact, "
    "le code Insee, ou des coordonnées comme « 50,157 ; 2,340 »."
)


class FormulaireSequence(FormulaireDsfr):
    libelle_envoi = "Enregistrer la séquence"
    titre = forms.CharField(label="Séquence", max_length=160)
    jour = forms.IntegerField(label="Jour", min_value=1, max_value=MAX_JOURS, initial=1)
    debut = ChampHeure(label="Heure de début")
    duree_min = forms.IntegerField(label="Durée (minutes)", min_value=5, max_value=1440)
    suivantes = forms.BooleanField(
        label="Décaler les suivantes d’autant",
        required=False,
        help_text="Ce qui vient après dans la journée garde son ordre, ses durées et ses pauses.",
    )
    format = forms.ChoiceField(label="Format", choices=FormatSequence)
    public = forms.ChoiceField(
        label="Public", choices=PublicSequence, initial=PublicSequence.INVITES
    )
    lieu = forms.CharField(label="Salle ou lieu", max_length=160, required=False)
    animateur = forms.CharField(label="Animation", max_length=160, required=False)
    animateur_courriel = forms.EmailField(
        label="Adresse de la personne qui anime",
        required=False,
        help_text="Elle reçoit les changements de ses séquences, et d’elles seules.",
    )
    materiel = forms.CharField(label="Matériel", max_length=250, required=False)


class FormulaireDecalage(FormulaireDsfr):
    libelle_envoi = "Décaler"
    minutes = forms.IntegerField(label="De combien de minutes", min_value=1, max_value=720)
    sens = forms.ChoiceField(
        label="Dans quel sens",
        choices=[("tard", "Plus tard"), ("tot", "Plus tôt")],
        initial="tard",
        widget=forms.RadioSelect,
    )
    avec_elle = forms.BooleanField(label="Décaler aussi cette séquence", required=False)

    def __init__(self, *args, sequence, **options):
        super().__init__(*args, **options)
        self.fields["avec_elle"].label = f"Décaler aussi « {sequence} »"

    def minutes_ajoutees(self) -> int:
        sens = -1 if self.cleaned_data["sens"] == "tot" else 1
        return sens * self.cleaned_data["minutes"]


class FormulaireVisite(FormulaireLignes):
    libelle_envoi = "Enregistrer l’itinéraire"
    titre_ligne = "Arrêt"
    pivot = "nom"
    point_de_rencontre = forms.CharField(label="Point de rencontre", max_length=200, required=False)
    transport = forms.CharField(label="Car ou transport", max_length=200, required=False)
    consignes = forms.CharField(
        label="Consignes de sécurité", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, perimetre, **options):
        self.perimetre = perimetre
        super().__init__(*args, **options)

    def champs_ligne(self):
        return {
            "nom": forms.CharField(label="Arrêt", max_length=160),
            "arrivee": ChampHeure(label="Arrivée"),
            "duree_min": forms.IntegerField(label="Durée (minutes)", min_value=1, max_value=600),
            "ou": forms.CharField(
                label="Où (facultatif)",
                max_length=160,
                required=False,
                widget=forms.TextInput(attrs={"list": LISTE_PLACES}),
            ),
            "note": forms.CharField(label="À savoir", max_length=250, required=False),
        }

    def clean(self):
        donnees = super().clean()
        noms = {r: donnees.get(f"ligne{r}_ou", "").strip() for r in range(self.nombre)}
        self.places = situer({n for n in noms.values() if n}, self.perimetre)
        for rang, nom in noms.items():
            if nom and self.places[nom] is None:
                self.add_error(f"ligne{rang}_ou", OU_INCONNU)
        return donnees

    def arrets(self) -> list[dict]:
        """The stops, each with the place that was recognised."""
        lignes = self.lignes_saisies()
        return [ligne | self._place(ligne.pop("ou")) for ligne in lignes]

    def _place(self, texte) -> dict:
        return self.places.get((texte or "").strip()) or SANS_PLACE

    @property
    def liste_places(self):
        return {"cle": LISTE_PLACES, "noms": suggestions(self.perimetre)}


class FormulaireKit(FormulaireDsfr):
    libelle_envoi = "Reprendre ce kit"
    kit = forms.ModelChoiceField(
        label="Kit", queryset=KitSeance.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, kits, **options):
        super().__init__(*args, **options)
        self.fields["kit"].queryset = kits
        seuls = list(kits[:2])
        if len(seuls) == 1:
            self.fields["kit"].initial = seuls[0].pk


class FormulaireGarderKit(FormulaireDsfr):
    libelle_envoi = "Enregistrer comme kit"
    titre = forms.CharField(label="Titre du kit", max_length=160)
    resume = forms.CharField(
        label="Résumé", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
