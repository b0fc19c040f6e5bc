from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ateliers.budget.choix import TONS_PIECE, EtatPiece, GenrePiece, intitule


class PieceContrat(models.Model):
    """The acte d’engagement, an avenant or an order as it was signed. A trigger seals it."""

    contrat = models.ForeignKey("ateliers.Contrat", on_delete=models.CASCADE, related_name="+")
    genre = models.CharField("genre", max_length=10, choices=GenrePiece)
    rang = models.PositiveSmallIntegerField("numéro de l’avenant ou de l’ordre", default=0)
    etat = models.CharField("état", max_length=10, choices=EtatPiece, default=EtatPiece.PROJET)
    fichier = models.FileField("pièce signée", upload_to="contrats/%Y/%m/", blank=True)
    nom = models.CharField("nom du fichier", max_length=160, blank=True)
    mime = models.CharField("type", max_length=100, blank=True)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    signee_le = models.DateField("signée le", null=True, blank=True)
    notifiee_le = models.DateField("notifiée le", null=True, blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["contrat", "genre", "rang"]
        verbose_name = "pièce de contrat"
        verbose_name_plural = "pièces de contrat"
        constraints = [
            models.UniqueConstraint(
                fields=["contrat", "genre", "rang"],
                name="piece_contrat_unique",
                violation_error_message="Cette pièce existe déjà.",
            ),
            models.CheckConstraint(
                name="piece_contrat_rang",
                condition=Q(genre="acte", rang=0) | (~Q(genre="acte") & Q(rang__gte=1)),
                violation_error_message="Un avenant ou un ordre de service porte son numéro.",
            ),
            models.CheckConstraint(
                name="piece_contrat_signee",
                condition=Q(etat="projet", sha256="", signee_le__isnull=True)
                | (~Q(etat="projet") & ~Q(sha256="") & Q(signee_le__isnull=False)),
                violation_error_message="Une pièce signée porte son fichier et sa date.",
            ),
            models.CheckConstraint(
                name="piece_contrat_notifiee",
                condition=Q(notifiee_le__isnull=True) & ~Q(etat="notifiee")
                | Q(etat="notifiee", notifiee_le__gte=F("signee_le")),
                violation_error_message="La notification suit la signature.",
            ),
        ]

    def __str__(self):
        libelle = intitule(self.genre, self.contrat.nature)
        return f"{libelle} n° {self.rang}" if self.rang else libelle

    @property
    def ton(self):
        return TONS_PIECE[self.etat]
