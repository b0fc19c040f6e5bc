"""What the pilot asks: the period, who must be there, what is fixed already."""

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.html import format_html

from ateliers.calendrier.forms.calendrier import ChampMoment
from ateliers.calendrier.solveur.phrases import COLLEGES
from ateliers.parcours.forms.champs import ChampJour
from candidatures.dispositifs.choix import College
from socle.interface.formulaires import FormulaireDsfr
from socle.interface.templatetags.interface import date_courte

VACANCES = [
    ("eviter", "Les éviter si possible"),
    ("interdire", "Jamais pendant les vacances"),
    ("ignorer", "Sans importance"),
]
FIXES = "Ce qui est déjà fixé (laissez vide pour que la recherche propose une date)"
FIXES_PAR_ATELIER = FIXES.replace(" (", ", par atelier (")
PERIODE = ("debut", "fin", "vacances", "samedi", "soir")


def inscrits_dits(college, nombre) -> str:
    """Why no more than this number can be asked for."""
    un, plusieurs, e = COLLEGES[college]
    if nombre == 1:
        return f"Un{e} seul{e} {un} est inscrit{e} : demandez-en 1 au plus."
    return f"{nombre} {plusieurs} sont inscrit{e}s : demandez-en {nombre} au plus."


class FormulaireRecherche(FormulaireDsfr):
    libelle_envoi = "Proposer un calendrier"
    marquer_facultatifs = False
    debut = ChampJour(label="À partir du")
    fin = ChampJour(label="Au plus tard le")
    vacances = forms.ChoiceField(label="Vacances scolaires", choices=VACANCES)
    samedi = forms.BooleanField(label="Le samedi convient aussi", required=False)
    soir = forms.BooleanField(
        label="Les séances d’une demi-journée peuvent se tenir en soirée", required=False
    )

    def __init__(self, *args, seances, **options):
        super().__init__(*args, **options)
        self.seances = seances
        for seance in seances:
            self.fields[f"fixe_{seance.pk}"] = ChampMoment(label=seance.titre)

    def clean_debut(self):
        debut = self.cleaned_data["debut"]
        if debut <= timezone.localdate():
            raise forms.ValidationError("Ce jour est passé : indiquez au plus tôt demain.")
        return debut

    def clean(self):
        donnees = super().clean()
        if donnees.get("debut") and donnees.get("fin") and donnees["fin"] <= donnees["debut"]:
            premier = date_courte(donnees["debut"])
            self.add_error("fin", f"Choisissez une date limite après le premier jour ({premier}).")
        for seance in self.seances:
            fixe = donnees.get(f"fixe_{seance.pk}")
            if fixe and fixe.date() <= timezone.localdate():
                phrase = "Cette date est passée : programmez cette séance depuis sa page."
                self.add_error(f"fixe_{seance.pk}", phrase)
        return donnees

    def parametres(self) -> dict:
        d = self.cleaned_data
        return {
            "debut": d["debut"].isoformat(),
            "fin": d["fin"].isoformat(),
            "vacances": d["vacances"],
            "samedi": d["samedi"],
            "soir": d["soir"],
            "epingles": {
                str(s.pk): d[f"fixe_{s.pk}"].isoformat()
                for s in self.seances
                if d.get(f"fixe_{s.pk}")
            },
        }

    def replier(self, titre, *champs):
        """A closed panel, open when something in it is filled or wrong."""
        rempli = any(self[c].errors or self[c].value() for c in champs)
        ouverture = format_html(
            '<details class="replie"{}><summary>{}</summary>', " open" if rempli else "", titre
        )
        return [HTML(ouverture), *champs, HTML("</details>")]


class FormulaireRechercheAtelier(FormulaireRecherche):
    obligatoires = forms.MultipleChoiceField(
        label="Leur présence est obligatoire à chaque séance",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="L’équipe et le service pilote le sont toujours. Les autres personnes sont "
        "souhaitées.",
    )

    def __init__(self, *args, participants, **options):
        super().__init__(*args, **options)
        choix = [
            (f"p-{p.pk}", f"{p.nom_complet} – {p.get_college_display()}") for p in participants
        ]
        self.fields["obligatoires"].choices = choix
        self.par_seance = [f"obligatoires_{s.pk}" for s in self.seances] if participants else []
        for nom, seance in zip(self.par_seance, self.seances, strict=False):
            self.fields[nom] = forms.MultipleChoiceField(
                label=seance.titre,
                choices=choix,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        if not participants:
            del self.fields["obligatoires"]
        self.colleges = sorted({p.college for p in participants})
        for college in self.colleges:
            nombre = sum(1 for p in participants if p.college == college)
            self.fields[f"quorum_{college}"] = forms.IntegerField(
                label=College(college).label,
                required=False,
                min_value=0,
                max_value=nombre,
                error_messages={"max_value": inscrits_dits(college, nombre)},
            )

    def construire_helper(self):
        helper = super().construire_helper()
        groupes = [Fieldset("La période", *PERIODE)]
        if self.colleges:
            quorums = [f"quorum_{college}" for college in self.colleges]
            titre = "Présences obligatoires à certaines séances seulement"
            seules = self.replier(titre, *self.par_seance) if self.par_seance else []
            groupes += [
                Fieldset("Qui doit être là", "obligatoires", *seules),
                Fieldset(
                    "Combien de personnes au moins, par collège",
                    Div(*quorums, css_class="champs-en-ligne"),
                ),
            ]
        if self.seances:
            fixes = [f"fixe_{seance.pk}" for seance in self.seances]
            groupes.append(Fieldset(FIXES, *fixes))
        helper.layout = Layout(*groupes)
        return helper

    def parametres(self) -> dict:
        d = self.cleaned_data
        par_seance = {
            str(s.pk): d[nom]
            for nom, s in zip(self.par_seance, self.seances, strict=False)
            if d.get(nom)
        }
        return super().parametres() | {
            "obligatoires": d.get("obligatoires", []),
            "obligatoires_seance": par_seance,
            "quorums": {c: d[f"quorum_{c}"] for c in self.colleges if d.get(f"quorum_{c}")},
        }


class FormulaireRechercheSession(FormulaireRecherche):
    national = forms.BooleanField(
        label="L’équipe nationale est présente aux lancements et aux restitutions",
        required=False,
        initial=True,
    )

    def construire_helper(self):
        helper = super().construire_helper()
        groupes = [Fieldset("La période", *PERIODE, "national")]
        par_atelier = {}
        for seance in self.seances:
            par_atelier.setdefault(seance.atelier.nom, []).append(f"fixe_{seance.pk}")
        if par_atelier:
            panneaux = [p for nom, fixes in par_atelier.items() for p in self.replier(nom, *fixes)]
            groupes.append(
                Fieldset(
                    FIXES_PAR_ATELIER,
                    *panneaux,
                )
            )
        helper.layout = Layout(*groupes)
        return helper
