from django.db import models

from ateliers.cadrage.choix import EtatCahier


class CahierDesCharges(models.Model):
    """What the team is asked, made from the retained version of the note."""

    atelier = models.OneToOneField("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    etat = models.CharField("état", max_length=20, choices=EtatCahier, default=EtatCahier.BROUILLON)
    valide_le = models.DateTimeField("validé le", null=True, blank=True)
    version_note = models.ForeignKey(
        "candidatures.VersionNote",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="version de la note reprise",
    )

    class Meta:
        verbose_name = "cahier des charges"
        verbose_name_plural = "cahiers des charges"

    def __str__(self):
        return f"Cahier des charges de {self.atelier}"


class SectionCahier(models.Model):
    cahier = models.ForeignKey(CahierDesCharges, on_delete=models.CASCADE, related_name="sections")
    cle = models.SlugField("clé", max_length=60)
    titre = models.CharField("titre", max_length=160)
    texte = models.TextField("texte", blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["ordre", "pk"]
        verbose_name = "section du cahier des charges"
        verbose_name_plural = "sections du cahier des charges"
        constraints = [
            models.UniqueConstraint(
                fields=["cahier", "cle"],
                name="section_cahier_unique",
                violation_error_message="Cette section existe déjà.",
            )
        ]

    def __str__(self):
        return self.titre


class AppelEquipes(models.Model):
    """The call to teams: the consultation itself runs on PLACE, its result is recorded here."""

    atelier = models.OneToOneField("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    reference_place = models.CharField("référence sur PLACE", max_length=60)
    publie_le = models.DateField("publié le")
    cloture_le = models.DateField("remise des offres le", null=True, blank=True)
    offres_recues = models.PositiveSmallIntegerField("offres reçues", null=True, blank=True)

    class Meta:
        verbose_name = "appel aux équipes"
        verbose_name_plural = "appels aux équipes"
        constraints = [
            models.CheckConstraint(
                name="appel_equipes_dates",
                condition=models.Q(cloture_le__isnull=True)
                | models.Q(cloture_le__gte=models.F("publie_le")),
                violation_error_message="La remise des offres suit la publication.",
            )
        ]

    def __str__(self):
        return f"Appel aux équipes {self.reference_place}"
