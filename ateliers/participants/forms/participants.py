from django import forms

from ateliers.participants.choix import Delegation, Presence, Reponse
from ateliers.participants.domaine.importation import lire_lignes
from ateliers.participants.forms.organismes import NOUVEL_ORGANISME, ChampOrganisme
from ateliers.participants.models import Participant
from candidatures.dispositifs.choix import College
from socle.erreurs import ElementsManquants
from socle.interface.formulaires import FormulaireDsfr, FormulaireModele, FormulaireModeleRevise
from socle.interface.francais import de

CHAMPS = ["prenom", "nom", "college", "organisation", "fonction", "courriel"]
DU_MODELE = [champ for champ in CHAMPS if champ != "organisation"]


class FormulaireParticipant(FormulaireModele):
    libelle_envoi = "Ajouter le participant"
    libelle_confirmation = NOUVEL_ORGANISME
    field_order = CHAMPS
    organisation = ChampOrganisme()

    class Meta:
        model = Participant
        fields = DU_MODELE
        help_texts = {
            "courriel": "Sert uniquement aux convocations de cet atelier.",
        }


class FormulaireParticipantRevise(FormulaireModeleRevise):
    libelle_envoi = "Enregistrer la fiche"
    libelle_confirmation = NOUVEL_ORGANISME
    field_order = CHAMPS
    organisation = ChampOrganisme()

    class Meta(FormulaireParticipant.Meta):
        pass

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("organisation", self.instance.organisation)


class FormulaireImport(FormulaireDsfr):
    """A pasted table, or a file."""

    libelle_envoi = "Importer les participants"
    texte = forms.CharField(
        label="Lignes à importer",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=(
            "Une personne par ligne, colonnes dans cet ordre : prénom, nom, adresse électronique, "
            "collège, organisme, fonction. Collez depuis un tableur, ou séparez par des "
            "points-virgules."
        ),
    )
    fichier = forms.FileField(
        label="Ou un fichier",
        required=False,
        help_text="CSV, XLSX ou ODS, 2 Mo au plus. Un rapport dit d’abord ce que deviendra chaque "
        "ligne ; rien n’est écrit avant votre accord.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
        max_length=200,
    )

    def clean(self):
        donnees = super().clean()
        if self.errors or donnees.get("fichier"):
            return donnees
        try:
            donnees["lignes"] = lire_lignes(donnees.get("texte", ""))
        except ElementsManquants as erreur:
            raise forms.ValidationError([m.phrase for m in erreur.manques]) from erreur
        return donnees


class FormulaireInviter(FormulaireDsfr):
    """Whole colleges, or people one by one."""

    libelle_envoi = "Ajouter à la liste des invités"
    brouillon = False
    colleges = forms.MultipleChoiceField(
        label="Inviter tout un collège", required=False, widget=forms.CheckboxSelectMultiple
    )
    participants = forms.ModelMultipleChoiceField(
        label="Ou choisir des personnes",
        queryset=Participant.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, candidats, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidats = candidats
        self.fields["participants"].queryset = candidats
        presents = set(candidats.order_by().values_list("college", flat=True))
        self.fields["colleges"].choices = [c for c in College.choices if c[0] in presents]

    @property
    def colleges_presents(self):
        """Empty when there is nobody left to choose."""
        return self.fields["colleges"].choices

    def clean(self):
        donnees = super().clean()
        choisis = set(donnees.get("participants", []))
        choisis |= set(self.candidats.filter(college__in=donnees.get("colleges", [])))
        if not choisis:
            raise forms.ValidationError("Choisissez un collège ou au moins une personne.")
        donnees["choisis"] = sorted(choisis, key=lambda p: p.pk)
        return donnees


class FormulaireReponse(FormulaireDsfr):
    """Answered on a phone, between two meetings."""

    libelle_envoi = "Envoyer ma réponse"
    brouillon = False
    reponse = forms.ChoiceField(
        label="Viendrez-vous ?",
        choices=[
            (Reponse.ACCEPTE, "Oui, je viens"),
            (Reponse.PEUT_ETRE, "Peut-être, je confirmerai"),
            (Reponse.DECLINE, "Non, je ne peux pas venir"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Indiquez si vous venez ou non."},
    )
    message = forms.CharField(
        label="Un mot pour l’organisateur",
        max_length=400,
        required=False,
    )


class FormulaireDelegation(FormulaireDsfr):
    """Who comes instead: they are written to at once."""

    libelle_envoi = "Me faire représenter"
    brouillon = False
    genre = forms.ChoiceField(
        label="Cette personne",
        choices=[
            (Delegation.SUPPLEANT, "me remplace : elle siège à ma place"),
            (Delegation.POUVOIR, "reçoit mon pouvoir : elle parle et vote en mon nom"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si vous nommez un suppléant ou donnez pouvoir."},
    )
    prenom = forms.CharField(label="Son prénom", max_length=80)
    nom = forms.CharField(label="Son nom", max_length=80)
    courriel = forms.EmailField(label="Son adresse électronique")
    message = forms.CharField(label="Un mot pour l’organisateur", max_length=400, required=False)


class FormulaireAccueil(FormulaireDsfr):
    """A walk-in at the door."""

    libelle_envoi = "Ajouter et noter présent"
    brouillon = False
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    college = forms.ChoiceField(label="Collège", choices=College.choices)
    organisation = ChampOrganisme()


def _delegue(invitation) -> str:
    """Whom the person said would come instead."""
    return invitation.delegue.participant.nom_complet if invitation.delegue_id else ""


class FormulairePresences(FormulaireDsfr):
    """One line per invited person."""

    brouillon = False

    def __init__(self, *args, invitations, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitations = list(invitations)
        for invitation in self.invitations:
            personne = invitation.participant.nom_complet
            self.fields[f"presence_{invitation.pk}"] = forms.ChoiceField(
                label=f"Présence {de(personne)}",
                choices=[("", "À noter"), *Presence.choices],
                required=False,
                initial=invitation.presence,
                widget=forms.Select(attrs={"class": "fr-select"}),
            )
            self.fields[f"par_{invitation.pk}"] = forms.CharField(
                label=f"Qui représente {personne}",
                max_length=160,
                required=False,
                initial=invitation.represente_par or _delegue(invitation),
                widget=forms.TextInput(attrs={"class": "fr-input"}),
            )

    def lignes(self):
        for invitation in self.invitations:
            yield {
                "invitation": invitation,
                "presence": self[f"presence_{invitation.pk}"],
                "par": self[f"par_{invitation.pk}"],
            }

    def attendus(self):
        return [li for li in self.lignes() if li["invitation"].reponse != Reponse.DECLINE]

    def desistes(self):
        """Apart, after the others: they may come all the same."""
        return [li for li in self.lignes() if li["invitation"].reponse == Reponse.DECLINE]

    def clean(self):
        donnees = super().clean()
        for i in self.invitations:
            seul = not donnees.get(f"par_{i.pk}", "").strip()
            if donnees.get(f"presence_{i.pk}") == Presence.REPRESENTE and seul:
                phrase = f"Indiquez par qui {i.participant} est représenté."
                self.add_error(f"par_{i.pk}", phrase)
        return donnees

    def presences(self) -> dict[int, tuple[str, str]]:
        lues = self.cleaned_data
        return {i.pk: (lues[f"presence_{i.pk}"], lues[f"par_{i.pk}"]) for i in self.invitations}
