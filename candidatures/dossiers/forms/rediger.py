"""One form per step of the editor."""

from crispy_forms.layout import HTML, Layout
from django import forms
from django.conf import settings
from django.urls import reverse

from candidatures.dispositifs.choix import AIDE_RESSOURCES, FamilleTheme, RessourceNature
from candidatures.dispositifs.models import Theme
from candidatures.dossiers.choix import Programme, StadeProjet
from candidatures.dossiers.domaine.recherche_organismes import choisi, proposer
from candidatures.dossiers.domaine.types_fichiers import ACCEPTES, EXTENSIONS
from socle.erreurs import ErreurMetier
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise, Repli
from socle.territoires.champs import ChampPerimetre
from socle.territoires.domaine.annuaire import identifier

EDITEUR = "candidatures/dossiers/_editeur_trace.html"
PARCELLES = "candidatures/dossiers/_parcelles_tenues.html"
CONTINUER = "Enregistrer et continuer"


class FormulaireIdentite(FormulaireRevise):
    champs_saisie = {c: c for c in ("titre", "perimetre", "trace", "parcelles")}
    libelle_envoi = CONTINUER
    marquer_facultatifs = False
    titre = forms.CharField(
        label="Titre de la candidature",
        help_text="En une ligne, la question posée ou le projet du territoire.",
        max_length=200,
    )
    perimetre = ChampPerimetre(
        label="Périmètre",
        help_text="Communes, intercommunalités ou lieux-dits, dans un ou plusieurs départements.",
        required=False,
    )
    trace = forms.CharField(
        label="Tracé du projet",
        help_text="Dessinez-le sur la carte, ou donnez un point par ligne, latitude puis "
        "longitude : « 50.153, 2.341 ». Une ligne vide commence un autre contour ; une ligne "
        "« trou », un vide dans le contour.",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        max_length=100_000,
        required=False,
    )
    parcelles = forms.CharField(
        label="Parcelles cadastrales",
        help_text="Une par ligne : commune (nom ou code Insee), préfixe s’il y en a, "
        "section, numéro. Exemple : « 80253 – 000 – AB – 123 ».",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        max_length=20_000,
        required=False,
    )

    def construire_helper(self):
        """What most dossiers do without is folded: the outline, the parcels and their maps."""
        helper = super().construire_helper()
        helper.layout = Layout(
            "titre",
            "perimetre",
            Repli(
                "Facultatif : préciser le périmètre par un tracé ou des parcelles",
                HTML(
                    f"{{% include '{EDITEUR}' with carte=carte reference=candidature.reference %}}"
                ),
                "trace",
                HTML(
                    f"{{% include '{PARCELLES}' with parcelles=parcelles "
                    "reference=candidature.reference %}"
                ),
                "parcelles",
            ),
        )
        return helper

    def clean_trace(self):
        return self.cleaned_data["trace"].replace("\r\n", "\n")


class FormulaireTrace(FormulaireRevise):
    libelle_envoi = "Importer le tracé"
    brouillon = False
    fichier = forms.FileField(
        label="Fichier",
        help_text="GeoJSON, KML ou GPX, 2 Mo au plus, 2 000 points au plus.",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".geojson,.json,.kml,.gpx,application/geo+json"}
        ),
        max_length=200,
    )


class FormulaireSection(FormulaireRevise):
    libelle_envoi = CONTINUER
    marquer_facultatifs = False
    texte = forms.CharField(
        label="Texte", widget=forms.Textarea(attrs={"rows": 14}), required=False
    )

    def __init__(self, *args, libelle="Texte", aide="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["texte"].label = libelle
        self.fields["texte"].help_text = aide


class FormulaireRessources(FormulaireRevise):
    champs_saisie = {n.value: f"ressource.{n.value}" for n in RessourceNature}
    libelle_envoi = CONTINUER
    marquer_facultatifs = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nature in RessourceNature:
            self.fields[nature.value] = forms.CharField(
                label=nature.label,
                help_text=AIDE_RESSOURCES[nature],
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            )

    def textes(self) -> dict[str, str]:
        return {nature.value: self.cleaned_data[nature.value] for nature in RessourceNature}


class FormulaireThemes(FormulaireRevise):
    """Themes by family; `themes()` gathers them."""

    champs_saisie = {f.value: f"themes.{f.value}" for f in FamilleTheme} | {
        c: c for c in ("stade", "programmes", "blocages", "gouvernance")
    }
    libelle_envoi = CONTINUER
    marquer_facultatifs = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        themes = list(Theme.objects.all())
        for famille in FamilleTheme:
            self.fields[famille.value] = forms.MultipleChoiceField(
                label=famille.label,
                choices=[(str(t.pk), t.libelle) for t in themes if t.famille == famille],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["stade"] = forms.ChoiceField(
            label="Stade du projet",
            choices=[("", "Choisir"), *StadeProjet.choices],
            help_text=(
                "Un atelier intervient en amont : au stade de l’avant-projet ou au-delà, la "
                "candidature ne pourra pas être déposée."
            ),
            required=False,
        )
        self.fields["programmes"] = forms.MultipleChoiceField(
            label="Programmes auxquels l’atelier s’articule",
            choices=Programme.choices,
            help_text="Facultatif.",
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["blocages"] = forms.CharField(
            label="Ce qui bloque aujourd’hui",
            help_text="Facultatif : un désaccord, une contrainte.",
            widget=forms.Textarea(attrs={"rows": 4}),
            required=False,
        )
        self.fields["gouvernance"] = forms.CharField(
            label="Gouvernance envisagée",
            help_text="Facultatif : qui pilotera, qui décidera, comment associer les habitants.",
            widget=forms.Textarea(attrs={"rows": 4}),
            required=False,
        )

    def construire_helper(self):
        """One fold a family: thirty boxes at once are read by nobody."""
        helper = super().construire_helper()
        familles = (Repli(self.fields[f.value].label, f.value) for f in FamilleTheme)
        helper.layout = Layout(
            HTML('<p class="fr-mb-2w">Thèmes de l’atelier, au moins un, dans ces familles :</p>'),
            *familles,
            "stade",
            "programmes",
            "blocages",
            "gouvernance",
        )
        return helper

    def themes(self):
        cles = [cle for famille in FamilleTheme for cle in self.cleaned_data[famille.value]]
        return Theme.objects.filter(pk__in=cles)


PAS_DEMANDEE = "Cette pièce n’est pas demandée : choisissez-en une de la liste."


class FormulairePiece(FormulaireDsfr):
    """One file, for one of the required pieces or for none of them."""

    libelle_envoi = "Joindre ce fichier"
    brouillon = False
    AUTRE = "autre"
    piece = forms.ChoiceField(
        label="Quelle pièce ?",
        error_messages={"invalid_choice": PAS_DEMANDEE, "required": PAS_DEMANDEE},
    )

    def __init__(self, *args, requises=(), jointes=(), autre=True, **kwargs):
        super().__init__(*args, **kwargs)
        limite = settings.TAILLE_MAX_PIECE // 1024 // 1024
        noms = dict(jointes)
        choix = [
            (r.cle, r.libelle + (f" (remplace « {noms[r.cle]} »)" if r.cle in noms else ""))
            for r in requises
        ]
        if autre:
            choix.append((self.AUTRE, "Autre pièce"))
        self.requises = {r.cle: r for r in requises}
        self.fields["piece"].choices = choix
        self.fields["fichier"] = forms.FileField(
            label="Fichier",
            help_text=f"{ACCEPTES}, {limite}\u00a0Mo au plus. "
            "Un fichier remplacé se reprend jusqu’à l’envoi du dossier.",
            widget=forms.ClearableFileInput(attrs={"accept": ",".join(EXTENSIONS.values())}),
            max_length=200,
        )

    def piece_requise(self):
        return self.requises.get(self.cleaned_data["piece"])


class FormulaireInviter(FormulaireDsfr):
    libelle_envoi = "Inviter cet organisme"
    brouillon = False

    def __init__(self, *args, organismes, proches=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.organismes = organismes
        if proches:
            self.fields["proches"] = forms.MultipleChoiceField(
                label="Communes et intercommunalités du périmètre",
                help_text="Elles ne portent pas encore la candidature.",
                choices=proches,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["recherche"] = forms.CharField(
            label="Service de l’État ou organisme déjà connu",
            help_text=(
                "Son nom ou son sigle. Ses agents pourront lire et compléter le dossier ; "
                "ils en sont avertis par courriel."
            ),
            max_length=120,
            required=False,
        )
        self.fields["organisme"] = forms.ModelChoiceField(
            organismes,
            label="Lequel de ces organismes ?",
            widget=forms.HiddenInput,
            required=False,
        )
        self.fields["territoires"] = ChampPerimetre(
            label="Autre commune ou intercommunalité",
            help_text=(
                "Absente de la liste ? Tapez les premières lettres de son nom, son code postal "
                "ou son code Insee. Exemple : « st etien »."
            ),
            required=False,
        )
        self.fields["territoires"].widget.zones = False
        self.fields["siret"] = forms.CharField(
            label="Ou son numéro SIRET ou SIREN",
            help_text="Une commune, une intercommunalité ou un syndicat se reconnaît à ce numéro.",
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "data-siret": reverse("territoires:organisme")}
            ),
            max_length=30,
            required=False,
        )

    def clean_siret(self):
        """The identity behind the number, or None."""
        texte = self.cleaned_data["siret"]
        if not texte.strip():
            return None
        try:
            recherche = identifier(texte)
        except ErreurMetier as erreur:
            raise forms.ValidationError(erreur.message) from None
        if recherche.identite is None:
            raise forms.ValidationError(recherche.phrase)
        return recherche.identite

    def clean(self):
        donnees = super().clean()
        choisis = donnees.get("territoires")
        if choisis and choisis.zones:
            self.add_error(
                "territoires",
                "Un secteur nommé n’est pas un organisme : choisissez une commune ou un EPCI.",
            )
        if not donnees.get("organisme") and donnees.get("recherche", "").strip():
            self._chercher(donnees)
        vide = not (donnees.get("organisme") or donnees.get("siret") or donnees.get("proches"))
        if not self.errors and vide and not choisis:
            self.add_error(
                "recherche", "Choisissez un organisme, une commune ou une intercommunalité."
            )
        return donnees

    def _chercher(self, donnees):
        """One answer is taken; several are shown, to choose from."""
        trouves = proposer(donnees["recherche"], self.organismes, territoires=False)
        if not trouves:
            self.add_error(
                "recherche",
                "Aucun organisme de ce nom ne peut être invité. Pour une commune ou une "
                "intercommunalité, cherchez-la ci-dessous.",
            )
        elif len(trouves) == 1:
            donnees["organisme"] = choisi(trouves[0].cle, self.organismes)
        else:
            self.fields["organisme"].widget = forms.RadioSelect()
            self.fields["organisme"].choices = [(p.cle[1:], p.libelle) for p in trouves]
            self.add_error("organisme", "Plusieurs organismes répondent : choisissez.")


class FormulaireCreer(FormulaireDsfr):
    libelle_envoi = "Commencer la candidature"
    libelle_confirmation = "Oui, ouvrir une autre candidature"
    titre = forms.CharField(
        label="Titre de la candidature",
        help_text="En une ligne, la question posée ou le projet. Vous pourrez le changer.",
        max_length=200,
    )
    territoire = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
