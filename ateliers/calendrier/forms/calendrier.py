from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils import timezone

from ateliers.calendrier.choix import JourSemaine, RangMois, Rythme
from ateliers.parcours.forms.champs import ChampHeure, ChampJour
from candidatures.dispositifs.choix import College
from socle.interface.formulaires import FormulaireDsfr
from socle.territoires.models import Departement

VACANCES = [
    ("eviter", "Les éviter si possible"),
    ("interdire", "Jamais pendant les vacances"),
    ("ignorer", "Sans importance"),
]


class ChampMoment(forms.DateTimeField):
    """Kept without a zone: the verb reads it in that of the site."""

    def __init__(self, **options):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, required=False, **options)

    def clean(self, value):
        valeur = super().clean(value)
        return timezone.make_naive(valeur) if valeur and timezone.is_aware(valeur) else valeur


class FormulaireIndisponibilite(FormulaireDsfr):
    libelle_envoi = "Déclarer l’indisponibilité"
    marquer_facultatifs = False
    sujet = forms.ChoiceField(label="Qui")
    rythme = forms.ChoiceField(label="Rythme", choices=Rythme)
    debut = ChampMoment(label="Du")
    fin = ChampMoment(label="Au")
    rang = forms.TypedChoiceField(
        label="Rang dans le mois",
        choices=[("", "–"), *RangMois.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Pour chaque mois : « le premier mardi ».",
    )
    jour = forms.TypedChoiceField(
        label="Jour de la semaine",
        choices=[("", "–"), *JourSemaine.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    heure_debut = ChampHeure(label="De", required=False)
    heure_fin = ChampHeure(label="À", required=False)
    du = ChampJour(label="À partir du", required=False, help_text="Vide : dès maintenant.")
    au = ChampJour(label="Jusqu’au", required=False, help_text="Vide : sans fin.")
    motif = forms.CharField(
        label="Motif (facultatif)",
        max_length=120,
        required=False,
        help_text="« Conseil municipal » : il sert à expliquer un calendrier impossible.",
    )

    def __init__(self, *args, sujets, **options):
        super().__init__(*args, **options)
        self.fields["sujet"].choices = sujets

    def construire_helper(self):
        helper = super().construire_helper()
        helper.layout = Layout(
            "sujet",
            "rythme",
            Fieldset("Une seule fois", Div("debut", "fin", css_class="champs-en-ligne")),
            Fieldset(
                "Chaque semaine ou chaque mois",
                Div("rang", "jour", css_class="champs-en-ligne"),
                Div("heure_debut", "heure_fin", css_class="champs-en-ligne"),
                Div("du", "au", css_class="champs-en-ligne"),
            ),
            "motif",
        )
        return helper


class FormulaireReserve(FormulaireDsfr):
    libelle_envoi = "Ajouter la période"
    nom = forms.CharField(label="Nom", max_length=120)
    debut = ChampJour(label="Premier jour")
    fin = ChampJour(label="Dernier jour")
    bloquante = forms.BooleanField(
        label="Aucune séance pendant la période", required=False, initial=True
    )
    departements = forms.ModelMultipleChoiceField(
        label="Départements",
        queryset=Departement.objects.all(),
        required=False,
        help_text="Aucun : tout le pays.",
    )


class FormulaireRecherche(FormulaireDsfr):
    libelle_envoi = "Proposer un calendrier"
    debut = ChampJour(label="À partir du")
    fin = ChampJour(label="Au plus tard le")
    vacances = forms.ChoiceField(label="Vacances scolaires", choices=VACANCES)
    samedi = forms.BooleanField(label="Le samedi convient aussi", required=False)
    soir = forms.BooleanField(
        label="Les séances d’une demi-journée peuvent se tenir en soirée", required=False
    )

    def clean(self):
        donnees = super().clean()
        if donnees.get("debut") and donnees.get("fin") and donnees["fin"] <= donnees["debut"]:
            self.add_error("fin", "La date limite vient après le premier jour.")
        return donnees

    def parametres(self) -> dict:
        d = self.cleaned_data
        return {
            "debut": d["debut"].isoformat(),
            "fin": d["fin"].isoformat(),
            "vacances": d["vacances"],
            "samedi": d["samedi"],
            "soir": d["soir"],
        }


class FormulaireRechercheAtelier(FormulaireRecherche):
    marquer_facultatifs = False
    obligatoires = forms.MultipleChoiceField(
        label="Leur présence est obligatoire à chaque séance",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="L’équipe et le service pilote le sont toujours. Les autres personnes sont "
        "souhaitées.",
    )

    def __init__(self, *args, participants, seances, **options):
        super().__init__(*args, **options)
        self.fields["obligatoires"].choices = [
            (f"p-{p.pk}", f"{p.nom_complet} – {p.get_college_display()}") for p in participants
        ]
        if not participants:
            del self.fields["obligatoires"]
        self.colleges = sorted({p.college for p in participants})
        for college in self.colleges:
            self.fields[f"quorum_{college}"] = forms.IntegerField(
                label=College(college).label,
                required=False,
                min_value=0,
                max_value=sum(1 for p in participants if p.college == college),
            )
        self.seances = seances
        for seance in seances:
            self.fields[f"fixe_{seance.pk}"] = ChampMoment(label=seance.titre)

    def construire_helper(self):
        helper = super().construire_helper()
        periode = ["debut", "fin", "vacances", "samedi", "soir"]
        groupes = [Fieldset("La période", *periode)]
        if self.colleges:
            quorums = [f"quorum_{college}" for college in self.colleges]
            groupes += [
                Fieldset("Qui doit être là", "obligatoires"),
                Fieldset(
                    "Combien de personnes au moins, par collège",
                    Div(*quorums, css_class="champs-en-ligne"),
                ),
            ]
        if self.seances:
            fixes = [f"fixe_{seance.pk}" for seance in self.seances]
            groupes.append(Fieldset("Ce qui est déjà fixé (vide : la machine cherche)", *fixes))
        helper.layout = Layout(*groupes)
        return helper

    def parametres(self) -> dict:
        d = self.cleaned_data
        quorums = {c: d[f"quorum_{c}"] for c in self.colleges if d.get(f"quorum_{c}")}
        epingles = {
            str(s.pk): d[f"fixe_{s.pk}"].isoformat() for s in self.seances if d.get(f"fixe_{s.pk}")
        }
        return super().parametres() | {
            "obligatoires": d.get("obligatoires", []),
            "quorums": quorums,
            "epingles": epingles,
        }


class FormulaireRechercheSession(FormulaireRecherche):
    national = forms.BooleanField(
        label="L’équipe nationale est présente aux lancements et aux restitutions",
        required=False,
        initial=True,
    )
