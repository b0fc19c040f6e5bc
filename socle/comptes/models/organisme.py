from django.db import models
from django.db.models import Q

from socle.comptes.choix import NatureOrganisme


class Organisme(models.Model):
    """An organisation that takes part: State service, collectivité, agency, partner.

    `departements` and `regions` are the territory over which a State service has competence.
    """

    nom = models.CharField("nom", max_length=200, unique=True)
    sigle = models.CharField("sigle", max_length=40, blank=True)
    nature = models.CharField("nature", max_length=30, choices=NatureOrganisme)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    courriel = models.EmailField("adresse électronique", blank=True)
    adresse = models.TextField("adresse postale", blank=True)
    telephone = models.CharField(
        "téléphone",
        max_length=20,
        blank=True,
        help_text="Celui où l’on peut appeler le service : ses lettres le portent.",
    )
    departements = models.ManyToManyField(
        "territoires.Departement", blank=True, related_name="+", verbose_name="départements"
    )
    regions = models.ManyToManyField(
        "territoires.Region", blank=True, related_name="+", verbose_name="régions"
    )
    epci = models.ForeignKey(
        "territoires.Epci", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    commune = models.ForeignKey(
        "territoires.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["nom"]
        verbose_name = "organisme"
        constraints = [
            models.CheckConstraint(
                name="organisme_telephone_ecrit",
                condition=Q(telephone="") | Q(telephone__regex=r"^\+[0-9]{6,15}$"),
                violation_error_message="Écrivez le numéro avec son indicatif, comme "
                "« +33322972100 ».",
            )
        ]

    def __str__(self):
        return self.nom

    @property
    def nom_court(self) -> str:
        """The sigle where there is one: long names do not fit in a header."""
        return self.sigle or self.nom
