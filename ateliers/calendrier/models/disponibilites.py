"""When people and organisations are not free, and when the State keeps silent."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from ateliers.calendrier.choix import JourSemaine, RangMois, Rythme
from ateliers.calendrier.solveur.recurrence import jour, libelle, periode


class Indisponibilite(models.Model):
    """Of a participant of this atelier, or of an organisme: then it counts in all its ateliers."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(
        "ateliers.Participant", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    organisme = models.ForeignKey(
        "comptes.Organisme", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    rythme = models.CharField("rythme", max_length=20, choices=Rythme)
    debut = models.DateTimeField("début", null=True, blank=True)
    fin = models.DateTimeField("fin", null=True, blank=True)
    jour = models.SmallIntegerField("jour", null=True, blank=True, choices=JourSemaine)
    rang = models.SmallIntegerField("rang dans le mois", null=True, blank=True, choices=RangMois)
    heure_debut = models.TimeField("de", null=True, blank=True)
    heure_fin = models.TimeField("à", null=True, blank=True)
    du = models.DateField("à partir du", null=True, blank=True)
    au = models.DateField("jusqu’au", null=True, blank=True)
    motif = models.CharField("motif", max_length=120, blank=True)
    fuseau = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris")

    class Meta:
        ordering = ["pk"]
        verbose_name = "indisponibilité"
        constraints = [
            models.CheckConstraint(
                name="indisponibilite_un_sujet",
                condition=Q(participant__isnull=False, organisme__isnull=True)
                | Q(participant__isnull=True, organisme__isnull=False),
                violation_error_message="Une indisponibilité est celle d’une personne ou d’un "
                "organisme.",
            ),
            models.CheckConstraint(
                name="indisponibilite_rythme_complet",
                condition=Q(rythme="ponctuelle", debut__isnull=False, fin__isnull=False)
                | Q(
                    rythme="hebdomadaire",
                    jour__isnull=False,
                    heure_debut__isnull=False,
                    heure_fin__isnull=False,
                )
                | Q(
                    rythme="mensuelle",
                    jour__isnull=False,
                    rang__isnull=False,
                    heure_debut__isnull=False,
                    heure_fin__isnull=False,
                ),
                violation_error_message="Précisez quand : un début et une fin, ou un jour et "
                "des heures.",
            ),
            models.CheckConstraint(
                name="indisponibilite_ordonnee",
                condition=Q(debut__isnull=True) | Q(fin__gt=F("debut")),
                violation_error_message="La fin vient après le début.",
            ),
            models.CheckConstraint(
                name="indisponibilite_bornes_ordonnees",
                condition=Q(du__isnull=True) | Q(au__isnull=True) | Q(au__gte=F("du")),
                violation_error_message="Le dernier jour ne peut pas précéder le premier.",
            ),
        ]

    def __str__(self):
        return f"{self.sujet} : {self.quand}"

    @property
    def sujet(self):
        return self.participant or self.organisme

    @property
    def quand(self) -> str:
        if self.rythme == Rythme.PONCTUELLE:
            zone = ZoneInfo(self.fuseau)
            return periode(self.debut.astimezone(zone), self.fin.astimezone(zone))
        heures = [(h.hour, h.minute) for h in (self.heure_debut, self.heure_fin)]
        bornes = [f"à partir du {jour(self.du)}"] if self.du else []
        bornes += [f"jusqu’au {jour(self.au)}"] if self.au else []
        return ", ".join([libelle(self.rythme, self.jour, self.rang, *heures), *bornes])


class PeriodeReserve(models.Model):
    """Electoral reserve: rows that the DGALN edits. Without département: the whole country."""

    nom = models.CharField("nom", max_length=120)
    debut = models.DateField("premier jour")
    fin = models.DateField("dernier jour")
    bloquante = models.BooleanField("aucune séance pendant la période", default=True)
    departements = models.ManyToManyField(
        "territoires.Departement", blank=True, related_name="+", verbose_name="départements"
    )

    class Meta:
        ordering = ["debut", "pk"]
        verbose_name = "période de réserve"
        verbose_name_plural = "périodes de réserve"
        constraints = [
            models.CheckConstraint(
                name="reserve_ordonnee",
                condition=Q(fin__gte=F("debut")),
                violation_error_message="Le dernier jour ne peut pas précéder le premier.",
            )
        ]

    def __str__(self):
        return self.nom
