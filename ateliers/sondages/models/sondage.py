from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ateliers.sondages.choix import MAX_CRENEAUX, TONS_SONDAGE, Choix, EtatSondage, RoleSonde


class Sondage(models.Model):
    """Which day suits whom, for one séance that has no date yet or is to be moved."""

    seance = models.ForeignKey("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    etat = models.CharField("état", max_length=10, choices=EtatSondage, default=EtatSondage.OUVERT)
    clot_le = models.DateField("dernier jour pour répondre")
    message = models.TextField("message", blank=True)
    # Least number of available people of a college: {"elus": 2}.
    quorums = models.JSONField("quorums", default=dict, blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ouvert_le = models.DateTimeField("ouvert le", default=timezone.now)
    clos_le = models.DateTimeField("clos le", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "sondage"
        constraints = [
            models.UniqueConstraint(
                fields=["seance"],
                condition=Q(etat="ouvert"),
                name="sondage_ouvert_unique",
                violation_error_message="Un sondage est déjà ouvert pour cette séance.",
            ),
            models.CheckConstraint(
                name="sondage_clos_date",
                condition=Q(etat="clos", clos_le__isnull=False)
                | (~Q(etat="clos") & Q(clos_le__isnull=True)),
                violation_error_message="Un sondage clos, et lui seul, porte une date de clôture.",
            ),
        ]

    def __str__(self):
        return f"Dates pour « {self.seance} »"

    @property
    def ton(self):
        return TONS_SONDAGE[self.etat]

    @property
    def recueille(self) -> bool:
        """True while answers are taken: open, and the last day not gone by."""
        return self.etat == EtatSondage.OUVERT and self.clot_le >= timezone.localdate()


class Creneau(models.Model):
    """A possible date. A trigger refuses to keep one that a mandatory person refused."""

    sondage = models.ForeignKey(Sondage, on_delete=models.CASCADE, related_name="creneaux")
    ordre = models.PositiveSmallIntegerField("ordre")
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")
    retenu = models.BooleanField("retenu", default=False)

    class Meta:
        ordering = ["sondage", "debut", "fin"]
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        constraints = [
            models.UniqueConstraint(
                fields=["sondage", "debut", "fin"],
                name="creneau_unique",
                violation_error_message="Ce créneau est déjà proposé.",
            ),
            models.UniqueConstraint(fields=["sondage", "ordre"], name="creneau_ordre_unique"),
            models.UniqueConstraint(
                fields=["sondage"],
                condition=Q(retenu=True),
                name="creneau_un_seul_retenu",
                violation_error_message="Un sondage retient un seul créneau.",
            ),
            models.CheckConstraint(
                name="creneau_ordonne",
                condition=Q(fin__gt=F("debut")),
                violation_error_message="La fin d’un créneau suit son début.",
            ),
            models.CheckConstraint(
                name="creneau_quarante_au_plus",
                condition=Q(ordre__gte=1, ordre__lte=MAX_CRENEAUX),
                violation_error_message="Un sondage propose au plus quarante créneaux.",
            ),
        ]

    def __str__(self):
        return f"{self.debut:%d/%m/%Y %H:%M}"


class Sonde(models.Model):
    """One person asked, by a signed link that is theirs alone: a participant, or an account.

    An account answers for the team or a service, as `role` says; it is in no college.
    """

    sondage = models.ForeignKey(Sondage, on_delete=models.CASCADE, related_name="sondes")
    participant = models.ForeignKey(
        "ateliers.Participant", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField("rôle", max_length=10, choices=RoleSonde, blank=True)
    obligatoire = models.BooleanField("présence indispensable", default=False)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    message = models.CharField("message", max_length=400, blank=True)
    # The agent who wrote down answers told on the phone; nobody when the person answered.
    saisi_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rappel_j7_le = models.DateTimeField(null=True, blank=True, editable=False)
    rappel_j2_le = models.DateTimeField(null=True, blank=True, editable=False)
    relance_le = models.DateTimeField("relancé le", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["participant__nom", "participant__prenom", "pk"]
        verbose_name = "personne sondée"
        verbose_name_plural = "personnes sondées"
        constraints = [
            models.UniqueConstraint(
                fields=["sondage", "participant"],
                name="sonde_unique",
                violation_error_message="Cette personne est déjà sondée.",
            ),
            models.UniqueConstraint(
                fields=["sondage", "compte"],
                name="sonde_compte_unique",
                violation_error_message="Cette personne est déjà sondée.",
            ),
            models.CheckConstraint(
                name="sonde_participant_ou_compte",
                condition=Q(participant__isnull=False, compte__isnull=True, role="")
                | Q(participant__isnull=True, compte__isnull=False, role__in=RoleSonde.values),
                violation_error_message="Une personne sondée est un participant, ou répond pour "
                "l’équipe ou pour un service.",
            ),
        ]

    def __str__(self):
        return f"{self.qui} : {self.sondage}"

    @property
    def qui(self):
        """Whoever answers: both kinds have a full name and a function."""
        return self.participant or self.compte

    @property
    def courriel(self) -> str:
        return self.participant.courriel if self.participant else self.compte.email

    @property
    def college(self) -> str:
        return self.participant.college if self.participant else ""


class ReponseCreneau(models.Model):
    """The last answer of one person to one créneau."""

    sonde = models.ForeignKey(Sonde, on_delete=models.CASCADE, related_name="reponses")
    creneau = models.ForeignKey(Creneau, on_delete=models.CASCADE, related_name="+")
    choix = models.CharField("réponse", max_length=10, choices=Choix)

    class Meta:
        ordering = ["pk"]
        verbose_name = "réponse au sondage"
        verbose_name_plural = "réponses au sondage"
        constraints = [
            models.UniqueConstraint(
                fields=["sonde", "creneau"],
                name="reponse_creneau_unique",
                violation_error_message="Une personne répond une fois à chaque créneau.",
            ),
            models.CheckConstraint(
                name="reponse_creneau_connue",
                condition=Q(choix__in=["oui", "si_besoin", "non"]),
                violation_error_message="Répondez oui, si besoin ou non.",
            ),
        ]

    def __str__(self):
        return self.get_choix_display()
