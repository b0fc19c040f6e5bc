from django.db import models

from ateliers.cadrage.choix import Discipline, RoleMembre


class Equipe(models.Model):
    """The AMO team: a mandataire and its members."""

    atelier = models.OneToOneField("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    mandataire = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")
    discipline = models.CharField("discipline du mandataire", max_length=20, choices=Discipline)
    jours = models.DecimalField("jours", max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = "équipe"

    def __str__(self):
        return f"Équipe {self.mandataire}"


class MembreEquipe(models.Model):
    equipe = models.ForeignKey(Equipe, on_delete=models.CASCADE, related_name="membres")
    organisme = models.ForeignKey(
        "comptes.Organisme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nom = models.CharField("nom", max_length=160)
    discipline = models.CharField("discipline", max_length=20, choices=Discipline)
    role = models.CharField(
        "rôle", max_length=20, choices=RoleMembre, default=RoleMembre.COTRAITANT
    )
    jours = models.DecimalField("jours", max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "membre de l’équipe"
        verbose_name_plural = "membres de l’équipe"
        constraints = [
            models.UniqueConstraint(
                fields=["equipe", "nom"],
                name="membre_equipe_unique",
                violation_error_message="Ce membre figure déjà dans l’équipe.",
            )
        ]

    def __str__(self):
        return self.nom
