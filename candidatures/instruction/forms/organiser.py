"""Forms of the DGALN about recusals, offices and phases."""

from django import forms

from candidatures.instruction.choix import GenrePhase
from candidatures.instruction.domaine.phases import Periode
from candidatures.instruction.domaine.profils import lecteurs
from candidatures.instruction.forms.instruire import champ_date, champ_texte
from socle.comptes.models import Utilisateur
from socle.interface.formulaires import FormulaireDsfr
from socle.territoires.domaine.saisie import lire_lignes


class FormulaireDeport(FormulaireDsfr):
    libelle_envoi = "Déclarer le déport"
    personne = forms.ModelChoiceField(label="Personne", queryset=Utilisateur.objects.none())
    motif = champ_texte("Motif", "Il reste dans l’historique du dossier.", lignes=3)

    def __init__(self, *args, candidature, **kwargs):
        super().__init__(*args, **kwargs)
        recuses = candidature.deports.filter(leve_le__isnull=True).values("personne_id")
        self.fields["personne"].queryset = (
            lecteurs().filter(is_active=True).exclude(pk__in=recuses).select_related("organisme")
        )


class FormulaireNomsMasques(FormulaireDsfr):
    noms = champ_texte(
        "Autres noms à masquer",
        "Un par ligne : un surnom, un monument, un élu. Les communes, EPCI, départements, porteurs "
        "et leurs agents le sont déjà, avec leurs formes courantes et leurs gentilés.",
        requis=False,
        lignes=6,
    )

    def __init__(self, *args, candidature, **kwargs):
        super().__init__(*args, **kwargs)


class FormulaireMandat(FormulaireDsfr):
    libelle_envoi = "Déclarer ce mandat"
    fonction = forms.CharField(label="Fonction", max_length=120, help_text="Par exemple : adjointe")
    territoire = forms.CharField(
        label="Commune ou EPCI",
        max_length=160,
        help_text="Un nom, un code Insee ou un numéro Siren. Si plusieurs communes portent ce "
        "nom, précisez le département : «\u00a0Saint-Denis (93)\u00a0».",
    )
    debut = champ_date("Depuis le")
    fin = champ_date("Jusqu’au", "Laissez vide tant qu’il est en cours.", requis=False)

    def clean_territoire(self):
        """{"commune": …} or {"epci": …}: what the verb expects."""
        lus = lire_lignes(self.cleaned_data["territoire"])
        if lus.erreurs:
            raise forms.ValidationError(lus.erreurs)
        trouves = [("commune", c) for c in lus.communes] + [("epci", e) for e in lus.epcis]
        if len(trouves) != 1:
            raise forms.ValidationError("Indiquez une seule commune ou un seul EPCI.")
        return dict(trouves)


class FormulaireCloreMandat(FormulaireDsfr):
    libelle_envoi = "Clore le mandat"
    le = champ_date("Dernier jour du mandat", "Les déports qu’il causait tombent le lendemain.")


class FormulairePhases(FormulaireDsfr):
    """Two dates per phase, both or none; the evaluation may be blind."""

    libelle_envoi = "Enregistrer les phases"
    marquer_facultatifs = False

    def __init__(self, *args, phases=(), **kwargs):
        super().__init__(*args, **kwargs)
        datees = {p.genre: p for p in phases}
        for genre in GenrePhase.values:
            datee = datees.get(genre)
            self.fields[f"debut_{genre}"] = champ_date("Du", requis=False)
            self.fields[f"fin_{genre}"] = champ_date("Au (inclus)", requis=False)
            if datee:
                self.initial |= {f"debut_{genre}": datee.debut, f"fin_{genre}": datee.fin}
        self.fields["aveugle"] = forms.BooleanField(
            label="Évaluation à l’aveugle",
            help_text="Les évaluateurs lisent « Territoire A » au lieu des noms ; les pièces "
            "jointes leur sont fermées.",
            required=False,
        )
        evaluation = datees.get(GenrePhase.EVALUATION)
        self.initial["aveugle"] = bool(evaluation and evaluation.aveugle)

    def clean(self):
        donnees = super().clean()
        for genre in GenrePhase.values:
            debut, fin = donnees.get(f"debut_{genre}"), donnees.get(f"fin_{genre}")
            if bool(debut) != bool(fin):
                vide = "fin" if debut else "debut"
                self.add_error(f"{vide}_{genre}", "Donnez les deux dates, ou aucune.")
            elif debut and fin < debut:
                self.add_error(f"fin_{genre}", "La phase finit avant de commencer.")
        if donnees.get("aveugle") and not donnees.get("debut_evaluation"):
            self.add_error("aveugle", "Datez d’abord l’évaluation.")
        return donnees

    def situer(self, champ) -> str:
        """« Recevabilité, du » in the summary of errors, where « Du » alone says nothing."""
        _, _, genre = champ.name.partition("_")
        libelle = dict(GenrePhase.choices).get(genre)
        return f"{libelle}, {champ.label.lower()}" if libelle else str(champ.label)

    def periodes(self) -> dict[str, Periode | None]:
        lues = {}
        for genre in GenrePhase.values:
            debut = self.cleaned_data[f"debut_{genre}"]
            aveugle = genre == GenrePhase.EVALUATION and self.cleaned_data["aveugle"]
            fin = self.cleaned_data[f"fin_{genre}"]
            lues[genre] = Periode(debut, fin, aveugle) if debut else None
        return lues

    def paires(self) -> list[dict]:
        """One row per phase, for the page."""
        return [
            {"titre": libelle, "debut": self[f"debut_{genre}"], "fin": self[f"fin_{genre}"]}
            for genre, libelle in GenrePhase.choices
        ]


class FormulaireRouvrir(FormulaireDsfr):
    libelle_envoi = "Rouvrir la phase"
    jusqu_au = champ_date("Jusqu’au (inclus)")
    motif = champ_texte("Motif", "Il reste dans l’historique de l’appel.", lignes=3)
