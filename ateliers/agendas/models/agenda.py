"""A diary kept elsewhere (CalDAV), its calendars, what was read from it and written to it."""

from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ateliers.agendas.choix import TONS_ECRIT, Echec, EtatAgenda, EtatEcrit, Portee


class AgendaDistant(models.Model):
    """One per person. The password is kept sealed: no page, no log ever shows it."""

    utilisateur = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    adresse = models.CharField("adresse CalDAV", max_length=500)
    identifiant = models.CharField("identifiant", max_length=200)
    sceau = models.UUIDField(default=uuid4, unique=True, editable=False)
    secret = models.BinaryField(editable=False)
    fuseau = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris")
    portee = models.CharField(
        "séances écrites", max_length=20, choices=Portee, default=Portee.INVITATIONS
    )
    etat = models.CharField("état", max_length=20, choices=EtatAgenda, default=EtatAgenda.ACTIF)
    branche_le = models.DateTimeField("branché le", auto_now_add=True)
    succes_le = models.DateTimeField("dernier succès", null=True, blank=True)
    echec_le = models.DateTimeField("dernier échec", null=True, blank=True)
    echec = models.CharField("motif de l’échec", max_length=20, choices=Echec, blank=True)
    en_cours_depuis = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = "agenda distant"
        verbose_name_plural = "agendas distants"
        constraints = [
            models.CheckConstraint(
                name="agenda_distant_echec_date",
                condition=Q(echec="", echec_le__isnull=True)
                | (~Q(echec="") & Q(echec_le__isnull=False)),
                violation_error_message="Un échec porte une date et un motif.",
            ),
        ]

    def __str__(self):
        return f"Agenda n° {self.pk}"

    @property
    def zone(self):
        return ZoneInfo(self.fuseau)


class CalendrierDistant(models.Model):
    """A calendar of the diary that its owner lets us read, or write into."""

    agenda = models.ForeignKey(AgendaDistant, on_delete=models.CASCADE, related_name="calendriers")
    url = models.CharField(max_length=800)
    nom = models.CharField("nom", max_length=200)
    lu = models.BooleanField("lu pour les disponibilités", default=False)
    ecrit = models.BooleanField("reçoit les séances", default=False)

    class Meta:
        ordering = ["nom", "pk"]
        verbose_name = "calendrier distant"
        verbose_name_plural = "calendriers distants"
        constraints = [
            models.UniqueConstraint(
                fields=["agenda", "url"],
                name="calendrier_distant_unique",
                violation_error_message="Ce calendrier est déjà connu.",
            ),
            models.UniqueConstraint(
                fields=["agenda"],
                condition=Q(ecrit=True),
                name="calendrier_distant_un_seul_ecrit",
                violation_error_message="Un seul calendrier reçoit les séances.",
            ),
        ]

    def __str__(self):
        return self.nom


class IntervalleOccupe(models.Model):
    """From `debut` to `fin`, its owner is busy: nothing else is ever kept of an appointment."""

    agenda = models.ForeignKey(AgendaDistant, on_delete=models.CASCADE, related_name="intervalles")
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")

    class Meta:
        ordering = ["debut", "pk"]
        verbose_name = "intervalle occupé"
        verbose_name_plural = "intervalles occupés"
        indexes = [models.Index(fields=["agenda", "fin"], name="intervalle_agenda_fin")]
        constraints = [
            models.CheckConstraint(
                name="intervalle_occupe_ordonne",
                condition=Q(fin__gt=F("debut")),
                violation_error_message="La fin vient après le début.",
            )
        ]

    def __str__(self):
        return f"{self.debut:%d/%m/%Y %H:%M} – {self.fin:%d/%m/%Y %H:%M}"


class EvenementEcrit(models.Model):
    """A séance in somebody's diary: where, under which ETag, and what was written."""

    agenda = models.ForeignKey(AgendaDistant, on_delete=models.CASCADE, related_name="evenements")
    seance = models.ForeignKey("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    href = models.CharField(max_length=900)
    etag = models.CharField(max_length=300, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    etat = models.CharField("état", max_length=20, choices=EtatEcrit, default=EtatEcrit.ECRIT)
    ecrit_le = models.DateTimeField("écrit le", null=True, blank=True)

    class Meta:
        ordering = ["seance__debut_prevu", "pk"]
        verbose_name = "rendez-vous écrit"
        verbose_name_plural = "rendez-vous écrits"
        constraints = [
            models.UniqueConstraint(
                fields=["agenda", "seance"],
                name="evenement_ecrit_unique",
                violation_error_message="Une séance s’écrit une fois par agenda.",
            )
        ]

    def __str__(self):
        return f"{self.seance} ({self.get_etat_display()})"

    @property
    def ton(self):
        return TONS_ECRIT[self.etat]
