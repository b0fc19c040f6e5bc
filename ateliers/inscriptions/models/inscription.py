from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ateliers.inscriptions.choix import TONS_INSCRIPTION, VIVANTES, EtatInscription
from candidatures.dispositifs.choix import College


class Inscriptions(models.Model):
    """The public sign-up of a séance. Its row is locked by whatever gives or frees a place."""

    seance = models.OneToOneField("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    ouvertes = models.BooleanField("ouvertes", default=False)
    capacite = models.PositiveSmallIntegerField("places")
    ferment_le = models.DateTimeField("ferment le", null=True, blank=True)
    delai_heures = models.PositiveSmallIntegerField(
        "heures pour prendre une place libérée", default=48
    )
    accueil = models.TextField("mot d’accueil", max_length=1500, blank=True)
    dernier_rang = models.PositiveIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = "inscriptions d’une séance"
        verbose_name_plural = "inscriptions des séances"
        constraints = [
            models.CheckConstraint(
                name="inscriptions_capacite",
                condition=Q(capacite__gte=1, delai_heures__gte=1),
                violation_error_message="Ouvrez au moins une place, avec un délai d’une heure.",
            )
        ]

    def __str__(self):
        return f"Inscriptions : {self.seance}"


class Quota(models.Model):
    """At most so many places for a college."""

    inscriptions = models.ForeignKey(Inscriptions, on_delete=models.CASCADE, related_name="quotas")
    college = models.CharField("collège", max_length=30, choices=College)
    places = models.PositiveSmallIntegerField("places au plus")

    class Meta:
        ordering = ["pk"]
        verbose_name = "quota d’un collège"
        verbose_name_plural = "quotas des collèges"
        constraints = [
            models.UniqueConstraint(fields=["inscriptions", "college"], name="quota_unique")
        ]

    def __str__(self):
        return f"{self.get_college_display()} : {self.places}"


class Inscription(models.Model):
    """One request. `rang` is given when the address is confirmed: first confirmed, first served."""

    inscriptions = models.ForeignKey(Inscriptions, on_delete=models.CASCADE, related_name="+")
    prenom = models.CharField("prénom", max_length=80)
    nom = models.CharField("nom", max_length=80)
    courriel = models.EmailField("adresse électronique")
    college = models.CharField("vous venez en tant que", max_length=30, choices=College)
    organisation = models.CharField("organisation", max_length=160, blank=True)
    etat = models.CharField(
        "état", max_length=20, choices=EtatInscription, default=EtatInscription.A_CONFIRMER
    )
    rang = models.PositiveIntegerField("rang", null=True, blank=True)
    deposee_le = models.DateTimeField("demandée le", auto_now_add=True)
    confirmee_le = models.DateTimeField("adresse confirmée le", null=True, blank=True)
    expire_le = models.DateTimeField("à confirmer avant", null=True, blank=True)
    invitation = models.OneToOneField(
        "ateliers.Invitation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["rang", "pk"]
        verbose_name = "inscription"
        constraints = [
            models.UniqueConstraint(
                "inscriptions",
                Lower("courriel"),
                condition=Q(etat__in=VIVANTES),
                name="inscription_adresse_unique",
                violation_error_message="Une inscription existe déjà à cette adresse.",
            ),
            models.UniqueConstraint(
                fields=["inscriptions", "rang"],
                condition=Q(rang__isnull=False),
                name="inscription_rang_unique",
                violation_error_message="Deux inscriptions ne peuvent avoir le même rang.",
            ),
            models.CheckConstraint(
                name="inscription_confirmee_rangee",
                condition=Q(rang__isnull=False, confirmee_le__isnull=False)
                | Q(etat__in=["a_confirmer", "retiree", "expiree"], rang__isnull=True),
                violation_error_message="Une inscription confirmée porte un rang.",
            ),
            models.CheckConstraint(
                name="inscription_proposee_datee",
                condition=Q(etat="proposee", expire_le__isnull=False)
                | (~Q(etat="proposee") & Q(expire_le__isnull=True)),
                violation_error_message="Une place proposée porte une date limite.",
            ),
        ]

    def __str__(self):
        return f"{self.prenom} {self.nom}"

    @property
    def ton(self):
        return TONS_INSCRIPTION[self.etat]

    @property
    def place_en_attente(self) -> int:
        """1 for the next in line; 0 for who doesn't wait. One query."""
        if self.etat != EtatInscription.ATTENTE:
            return 0
        devant = Inscription.objects.filter(
            inscriptions=self.inscriptions_id, etat=EtatInscription.ATTENTE, rang__lt=self.rang
        )
        return devant.count() + 1
