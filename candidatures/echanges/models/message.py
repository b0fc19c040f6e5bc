"""Two conversations about one candidature: between State services, and with its carriers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from candidatures.dossiers.models import Candidature
from candidatures.echanges.choix import Fil


class Message(models.Model):
    """Written once, never changed: the thread is kept with the dossier."""

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="+")
    fil = models.CharField("fil", max_length=10, choices=Fil)
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    texte = models.TextField("message")
    ecrit_le = models.DateTimeField("écrit le", auto_now_add=True)

    class Meta:
        ordering = ["ecrit_le", "pk"]
        verbose_name = "message"
        indexes = [models.Index(fields=["candidature", "fil", "ecrit_le"], name="message_fil")]
        constraints = [
            models.CheckConstraint(
                name="message_fil_connu",
                condition=Q(fil__in=Fil.values),
                violation_error_message="Ce fil n’existe pas.",
            ),
            models.CheckConstraint(
                name="message_redige",
                condition=Q(texte__regex=r"\S"),
                violation_error_message="Rédigez le message.",
            ),
        ]

    def __str__(self):
        return f"{self.get_fil_display()}, {self.candidature_id}"

    def get_absolute_url(self):
        adresse = reverse("candidatures:echanges", args=[self.candidature.reference, self.fil])
        return f"{adresse}#message-{self.pk}"


class PieceMessage(models.Model):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="pieces")
    fichier = models.FileField("fichier", upload_to="candidatures/echanges/")
    nom = models.CharField("nom", max_length=160)
    mime = models.CharField("type", max_length=100)
    sha256 = models.CharField("empreinte", max_length=64)
    taille = models.PositiveIntegerField("taille (octets)")

    class Meta:
        ordering = ["pk"]
        verbose_name = "pièce d’un message"
        verbose_name_plural = "pièces des messages"

    def __str__(self):
        return self.nom


class LectureFil(models.Model):
    """Until when somebody has read a thread."""

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="+")
    fil = models.CharField("fil", max_length=10, choices=Fil)
    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    lu_le = models.DateTimeField("lu le")

    class Meta:
        verbose_name = "lecture d’un fil"
        verbose_name_plural = "lectures des fils"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "fil", "personne"], name="lecture_fil_unique"
            )
        ]

    def __str__(self):
        return f"{self.personne_id}, {self.fil}"
