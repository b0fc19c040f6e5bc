"""Ask for compléments: choose the parts, say what is expected of each."""

from django import forms
from django.utils import timezone

from candidatures.dossiers.choix import CleRubrique, CleSection
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.instruction.domaine.recevabilite import Attendu
from candidatures.instruction.forms.instruire import champ_date, champ_texte
from socle.interface.formulaires import FormulaireDsfr


def nom_texte(cle: str) -> str:
    return f"texte-{cle}"


def a_venir(jour):
    if jour <= timezone.localdate():
        raise forms.ValidationError("Donnez aux porteurs une date à venir.")
    return jour


class FormulaireComplements(FormulaireDsfr):
    """One box per part of the dossier; its text is read only when the box is ticked."""

    marquer_facultatifs = False
    motif = champ_texte(
        "Motif de la demande",
        "Il ouvre le courriel envoyé aux porteurs.",
        manque="Dites aux porteurs pourquoi vous leur demandez des compléments.",
    )
    echeance = champ_date(
        "À rendre avant le", manque="Donnez la date avant laquelle les porteurs répondent."
    )
    lieux = forms.MultipleChoiceField(
        label="Parties du dossier à compléter",
        help_text="Seul ce que vous cochez est rouvert aux porteurs.",
        error_messages={"required": "Cochez au moins une partie du dossier."},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, candidature, **kwargs):
        super().__init__(*args, **kwargs)
        self.parties = self._parties(formulaire(candidature))
        choix = [(cle, nom) for _, lieux in self.parties for cle, nom, _ in lieux]
        self.fields["lieux"].choices = choix
        for cle, nom in choix:
            self.fields[nom_texte(cle)] = forms.CharField(
                label=f"Ce qui est attendu pour «\u00a0{nom}\u00a0»",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @staticmethod
    def _parties(lu) -> list[tuple[str, list]]:
        """(heading, [(key, label, where it is)]), without the empty headings."""
        parties = [
            ("La note", [(f"s-{c}", nom, {"section": c}) for c, nom in CleSection.choices]),
            ("Le territoire", [(f"r-{c}", nom, {"rubrique": c}) for c, nom in CleRubrique.choices]),
            (
                "Les questions de l’appel",
                [(f"q-{q.cle}", q.libelle, {"question": q}) for q in lu.questions],
            ),
            (
                "Les pièces",
                [(f"p-{p.pk}", p.libelle, {"piece_requise": p.requise}) for p in lu.pieces],
            ),
            ("Tout le dossier", [("tout", "L’ensemble du dossier", {})]),
        ]
        return [partie for partie in parties if partie[1]]

    def groupes(self) -> list[dict]:
        """What the page shows: each box with the field that it opens."""
        choisis = set(self["lieux"].value() or [])
        return [
            {
                "titre": titre,
                "lieux": [
                    {
                        "cle": cle,
                        "nom": nom,
                        "choisi": cle in choisis,
                        "champ": self[nom_texte(cle)],
                    }
                    for cle, nom, _ in lieux
                ],
            }
            for titre, lieux in self.parties
        ]

    def clean_echeance(self):
        return a_venir(self.cleaned_data["echeance"])

    def clean(self):
        donnees = super().clean()
        for cle in donnees.get("lieux", ()):
            if not donnees.get(nom_texte(cle), "").strip():
                self.add_error(nom_texte(cle), "Dites-le aux porteurs, ou décochez cette partie.")
        return donnees

    def attendus(self) -> list[Attendu]:
        lieux = {cle: lieu for _, lieux in self.parties for cle, _, lieu in lieux}
        return [
            Attendu(texte=self.cleaned_data[nom_texte(cle)].strip(), **lieux[cle])
            for cle in lieux
            if cle in self.cleaned_data["lieux"]
        ]


class FormulaireProlonger(FormulaireDsfr):
    libelle_envoi = "Prolonger et prévenir les porteurs"
    echeance = champ_date(
        "Nouvelle échéance", manque="Donnez la date avant laquelle les porteurs répondent."
    )

    def clean_echeance(self):
        return a_venir(self.cleaned_data["echeance"])


class FormulaireRetirerDemande(FormulaireDsfr):
    libelle_envoi = "Retirer la demande et prévenir les porteurs"
    motif = champ_texte(
        "Motif du retrait",
        "Il figure dans le courriel adressé aux porteurs et dans l’historique.",
        lignes=3,
        manque="Dites aux porteurs pourquoi vous retirez la demande.",
    )
