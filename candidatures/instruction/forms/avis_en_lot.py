from django import forms

from candidatures.instruction.domaine.avis_a_demander import DDT, DREAL
from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.interface.formulaires import FormulaireDsfr

CONSULTABLES = (N.DDT, N.DREAL, N.DEAL, N.DTAM, N.PREFECTURE, N.ADMINISTRATION_CENTRALE)
CONSULTABLES += (N.ETABLISSEMENT_PUBLIC, N.BUREAU_ETUDES, N.ASSOCIATION, N.ECOLE)


class FormulaireAvisEnLot(FormulaireDsfr):
    libelle_envoi = "Préparer les demandes"
    libelle_confirmation = "Préparer seulement les demandes possibles"
    brouillon = False

    competents = forms.MultipleChoiceField(
        label="Services compétents",
        choices=[(DREAL, "La DREAL compétente"), (DDT, "La DDT(M) compétente")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Déduits du périmètre de chaque candidature.",
    )
    organismes = forms.ModelMultipleChoiceField(
        label="Autres organismes",
        queryset=Organisme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-a-chercher": "un organisme"}),
    )
    echeance = forms.DateField(
        label="Réponse attendue avant le", widget=forms.DateInput(attrs={"type": "date"})
    )
    question = forms.CharField(
        label="Question posée", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    ref = forms.MultipleChoiceField(label="Candidatures", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, candidatures=(), **kwargs):
        super().__init__(*args, **kwargs)
        # Who asks is not asked.
        agents = Utilisateur.objects.filter(role=Role.DGALN, organisme__isnull=False)
        organismes = (
            Organisme.objects.filter(nature__in=CONSULTABLES)
            .exclude(pk__in=agents.values("organisme_id"))
            .order_by("nom")
        )
        self.fields["organismes"].queryset = organismes
        self.fields["ref"].choices = [(c.reference, str(c)) for c in candidatures]
        self.fields["ref"].initial = [c.reference for c in candidatures]
