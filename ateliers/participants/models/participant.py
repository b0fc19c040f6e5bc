from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ateliers.participants.choix import TONS_REPONSE, Delegation, Presence, Reponse
from candidatures.dispositifs.choix import College


class Participant(models.Model):
    """The part that a person takes in an atelier, in the quality they have there.

    The name and the address are those of `personne`: the verbs keep them equal.
    """

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    personne = models.ForeignKey(
        "ateliers.Personne", on_delete=models.PROTECT, related_name="participations"
    )
    prenom = models.CharField("prénom", max_length=80)
    nom = models.CharField("nom", max_length=80)
    courriel = models.EmailField("adresse électronique", blank=True)
    college = models.CharField("collège", max_length=30, choices=College)
    organisme = models.ForeignKey(
        "ateliers.OrganismeAnnuaire",
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="participants",
        verbose_name="organisme",
    )
    fonction = models.CharField("fonction", max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["nom", "prenom", "pk"]
        verbose_name = "participant"
        constraints = [
            models.UniqueConstraint(
                "atelier",
                Lower("courriel"),
                condition=~Q(courriel=""),
                name="participant_courriel_unique",
                violation_error_message="Une personne de cet atelier a déjà cette adresse.",
            ),
            models.UniqueConstraint(
                fields=["atelier", "personne"],
                name="participant_personne_unique",
                violation_error_message="Cette personne participe déjà à l’atelier.",
            ),
        ]

    def __str__(self):
        return self.nom_complet

    @property
    def nom_complet(self):
        return f"{self.prenom} {self.nom}".strip()

    @property
    def organisation(self) -> str:
        return self.organisme.nom if self.organisme else ""

    @property
    def qualite(self):
        return ", ".join(t for t in (self.fonction, self.organisation) if t)


class Invitation(models.Model):
    """One participant asked to one séance: convocation, answer, attendance."""

    seance = models.ForeignKey("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="invitations"
    )
    convoque_le = models.DateTimeField("convoqué le", null=True, blank=True)
    # When the letter of the State left by e-mail; a plain convocation leaves it empty.
    lettre_le = models.DateTimeField("lettre envoyée le", null=True, blank=True)
    par_courrier = models.BooleanField("convoqué par courrier postal", default=False)
    en_main_propre = models.BooleanField("convocation remise en main propre", default=False)
    # The number of the last .ics that was sent to this person.
    sequence_recue = models.PositiveIntegerField(null=True, blank=True, editable=False)
    reponse = models.CharField("réponse", max_length=20, choices=Reponse, default=Reponse.ATTENDUE)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    message = models.CharField("message", max_length=400, blank=True)
    presence = models.CharField("présence", max_length=20, choices=Presence, blank=True)
    represente_par = models.CharField("représenté par", max_length=160, blank=True)
    obligatoire = models.BooleanField("présence indispensable", default=False)
    # Whom this person sends instead: the delegate has an invitation, and a link, of their own.
    delegue = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="mandants"
    )
    delegation = models.CharField("délégation", max_length=20, choices=Delegation, blank=True)
    par_delegation = models.BooleanField("invité par délégation", default=False)
    # Their deputy said no: they are asked again, until they answer or name somebody else.
    delegue_refuse_le = models.DateTimeField("délégué empêché le", null=True, blank=True)
    table = models.PositiveSmallIntegerField("table", null=True, blank=True)

    class Meta:
        ordering = ["participant__nom", "participant__prenom", "pk"]
        verbose_name = "invitation"
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "participant"],
                name="invitation_unique",
                violation_error_message="Cette personne est déjà invitée à la séance.",
            ),
            models.CheckConstraint(
                name="invitation_reponse_datee",
                condition=Q(reponse="attendue") | Q(repondu_le__isnull=False),
                violation_error_message="Une réponse porte une date.",
            ),
            models.CheckConstraint(
                name="invitation_represente_par_qui",
                condition=(Q(presence="represente") & ~Q(represente_par=""))
                | (~Q(presence="represente") & Q(represente_par="")),
                violation_error_message="Indiquez par qui la personne est représentée.",
            ),
            models.CheckConstraint(
                name="invitation_delegue_nomme",
                condition=(Q(reponse="delegue", delegue__isnull=False) & ~Q(delegation=""))
                | (~Q(reponse="delegue") & Q(delegue__isnull=True, delegation="")),
                violation_error_message="Qui se fait représenter nomme une personne.",
            ),
            models.CheckConstraint(
                name="invitation_delegue_refuse_attendue",
                condition=Q(delegue_refuse_le__isnull=True) | Q(delegue__isnull=True),
                violation_error_message="Qui a un nouveau délégué n’est plus à relancer.",
            ),
            models.CheckConstraint(
                name="invitation_table_numerotee",
                condition=Q(table__isnull=True) | Q(table__gte=1),
                violation_error_message="Les tables se comptent à partir de 1.",
            ),
        ]

    def __str__(self):
        return f"{self.participant} → {self.seance}"

    @property
    def ton(self):
        return TONS_REPONSE[self.reponse]

    @property
    def a_relancer(self) -> bool:
        """Whoever they sent will not come, and they have not answered since."""
        return self.delegue_refuse_le is not None and self.reponse == Reponse.ATTENDUE

    @property
    def confirmation_retrait(self) -> str:
        """What happens on withdrawal, said before the click; nothing when nobody was told."""
        if not self.convoque_le or not self.participant.courriel:
            return ""
        return "Un courriel prévient cette personne et retire le rendez-vous de son agenda."
