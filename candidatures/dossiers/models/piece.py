from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from candidatures.dispositifs.models import PieceRequise
from candidatures.dossiers.choix import EtatAnalyse
from candidatures.dossiers.models.candidature import Candidature


class Piece(models.Model):
    """A file of the dossier, stored under an unguessable name. A replaced one is kept, inactive."""

    uuid = models.UUIDField(
        "adresse", default=uuid4, db_default=RandomUUID(), unique=True, editable=False
    )
    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="pieces")
    piece_requise = models.ForeignKey(
        PieceRequise, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.CharField("question de l’appel", max_length=60, blank=True, default="")
    fichier = models.FileField("fichier", upload_to="candidatures/pieces/")
    nom = models.CharField("nom", max_length=160)
    mime = models.CharField("type", max_length=100)
    sha256 = models.CharField("empreinte", max_length=64)
    taille = models.PositiveIntegerField("taille (octets)")
    active = models.BooleanField("en vigueur", default=True)
    analyse = models.CharField(
        "analyse antivirus", max_length=20, choices=EtatAnalyse, default=EtatAnalyse.NON_ANALYSEE
    )
    deposee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    deposee_le = models.DateTimeField("déposée le", auto_now_add=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "pièce"
        constraints = [
            models.CheckConstraint(
                name="piece_refusee_hors_dossier",
                condition=~Q(analyse=EtatAnalyse.REFUSEE) | Q(active=False),
                violation_error_message="Une pièce refusée par l’antivirus quitte le dossier.",
            ),
            models.UniqueConstraint(
                fields=["candidature", "piece_requise"],
                condition=Q(active=True),
                name="piece_active_unique",
                violation_error_message="Cette pièce est déjà jointe.",
            ),
        ]

    def __str__(self):
        return self.nom
