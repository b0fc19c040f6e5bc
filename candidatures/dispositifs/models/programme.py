"""Other programmes of the State, and the territories that already benefit from them."""

from django.db import models
from django.db.models import Q


class ProgrammeEtat(models.Model):
    """`code` is that of `dossiers.choix.Programme` when the carriers may declare it."""

    code = models.SlugField("code", primary_key=True, max_length=20)
    nom = models.CharField("nom", max_length=120)

    class Meta:
        ordering = ["nom"]
        verbose_name = "programme de l’État"
        verbose_name_plural = "programmes de l’État"

    def __str__(self):
        return self.nom


class LaureatProgramme(models.Model):
    """A commune or an EPCI of the programme, as an imported list says; never typed by hand."""

    programme = models.ForeignKey(
        ProgrammeEtat, on_delete=models.CASCADE, related_name="laureats", verbose_name="programme"
    )
    commune = models.ForeignKey(
        "territoires.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    epci = models.ForeignKey(
        "territoires.Epci", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    annee = models.PositiveSmallIntegerField("année", null=True, blank=True)
    source = models.CharField("source", max_length=200)
    importe_le = models.DateTimeField("importé le", auto_now_add=True)

    class Meta:
        ordering = ["programme", "pk"]
        verbose_name = "lauréat d’un programme"
        verbose_name_plural = "lauréats de programmes"
        constraints = [
            models.CheckConstraint(
                name="laureat_un_territoire",
                condition=Q(commune__isnull=False, epci__isnull=True)
                | Q(commune__isnull=True, epci__isnull=False),
                violation_error_message="Un lauréat est une commune ou un EPCI.",
            ),
            models.UniqueConstraint(
                fields=["programme", "commune"],
                name="laureat_commune_unique",
                violation_error_message="Cette commune est déjà dans la liste du programme.",
            ),
            models.UniqueConstraint(
                fields=["programme", "epci"],
                name="laureat_epci_unique",
                violation_error_message="Cet EPCI est déjà dans la liste du programme.",
            ),
        ]

    def __str__(self):
        return f"{self.programme} : {self.territoire}"

    @property
    def territoire(self):
        return self.commune or self.epci
