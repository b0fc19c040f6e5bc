from django.db import models
from django.db.models import F, Q

from ateliers.cadrage.choix import Discipline, RoleMembre


class Equipe(models.Model):
    """The AMO team: a mandataire and its members."""

    atelier = models.OneToOneField("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    mandataire = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")
    discipline = models.CharField("discipline du mandataire", max_length=20, choices=Discipline)
    jours = models.DecimalField("jours", max_digits=5, decimal_places=1, null=True, blank=True)
    # Only where no consultation was kept here: how the team was chosen.
    reference_place = models.CharField("référence sur PLACE", max_length=60, blank=True)
    motif = models.TextField("motif du choix", blank=True)

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
    suppleant_de = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="suppleants"
    )
    suppleant_mandataire = models.BooleanField("suppléant du mandataire", default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = "membre de l’équipe"
        verbose_name_plural = "membres de l’équipe"
        constraints = [
            models.UniqueConstraint(
                fields=["equipe", "nom"],
                name="membre_equipe_unique",
                violation_error_message="Ce membre figure déjà dans l’équipe.",
            ),
            models.CheckConstraint(
                name="membre_equipe_suppleant",
                condition=Q(suppleant_de__isnull=True)
                | (Q(suppleant_mandataire=False) & ~Q(suppleant_de=F("pk"))),
                violation_error_message="Un suppléant remplace une seule autre personne.",
            ),
        ]

    def __str__(self):
        return self.nom

    @property
    def suppleant(self) -> bool:
        """Steps in for somebody else: their days are not added to those of the team."""
        return self.suppleant_mandataire or self.suppleant_de_id is not None

    @property
    def supplee(self) -> str:
        """The name of whom they step in for."""
        if self.suppleant_mandataire:
            return self.equipe.mandataire.nom
        return self.suppleant_de.nom if self.suppleant_de else ""
