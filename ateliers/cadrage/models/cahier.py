from django.conf import settings
from django.db import models
from django.db.models import Q

from ateliers.cadrage.choix import (
    TONS_CAHIER,
    EtatCahier,
    OrigineSection,
    PartieCahier,
    TableauCahier,
)

PERSONNE = {"on_delete": models.PROTECT, "related_name": "+"}


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

    @property
    def ton(self) -> str:
        return TONS_CAHIER[self.etat]


class SectionCahier(models.Model):
    """`texte_origine` is what the note or the clause gave; `texte` is what was made of it.

    A section set aside (`ecartee`) leaves the document and keeps its text.
    """

    cahier = models.ForeignKey(CahierDesCharges, on_delete=models.CASCADE, related_name="sections")
    cle = models.SlugField("clé", max_length=60)
    titre = models.CharField("titre", max_length=160)
    texte = models.TextField("texte", blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    revision = models.PositiveIntegerField(default=0)
    partie = models.CharField(
        "partie", max_length=20, choices=PartieCahier, default=PartieCahier.MISSION
    )
    origine = models.CharField(
        "origine", max_length=20, choices=OrigineSection, default=OrigineSection.LIBRE
    )
    source = models.SlugField("section de la note", max_length=60, blank=True)
    clause_version = models.ForeignKey(
        "ateliers.VersionClause", null=True, blank=True, **PERSONNE, verbose_name="clause"
    )
    texte_origine = models.TextField("texte d’origine", blank=True, default="")
    tableau = models.CharField("tableau", max_length=20, choices=TableauCahier, blank=True)
    ecartee = models.BooleanField("écartée", default=False)
    modifiee_par = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **PERSONNE)
    modifiee_le = models.DateTimeField("modifiée le", null=True, blank=True)

    class Meta:
        ordering = ["ordre", "pk"]
        verbose_name = "section du cahier des charges"
        verbose_name_plural = "sections du cahier des charges"
        constraints = [
            models.UniqueConstraint(
                fields=["cahier", "cle"],
                name="section_cahier_unique",
                violation_error_message="Cette section existe déjà.",
            ),
            models.CheckConstraint(
                name="section_cahier_origine",
                condition=(Q(origine=OrigineSection.CLAUSE) & Q(clause_version__isnull=False))
                | (~Q(origine=OrigineSection.CLAUSE) & Q(clause_version__isnull=True)),
                violation_error_message="Une section de clause désigne sa version, et elle seule.",
            ),
        ]

    def __str__(self):
        return self.titre

    @property
    def vide(self) -> bool:
        """A table says enough by itself."""
        return not self.texte.strip() and not self.tableau

    @property
    def reprise(self) -> bool:
        """Still as the note or the clause gave it."""
        return self.texte == self.texte_origine


class RevisionSection(models.Model):
    """Every text that a section ever held, and by whom. Rows are only added."""

    section = models.ForeignKey(SectionCahier, on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField("révision")
    texte = models.TextField("texte", blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSONNE)
    le = models.DateTimeField("le")

    class Meta:
        ordering = ["section", "-revision"]
        verbose_name = "révision d’une section"
        verbose_name_plural = "révisions de sections"
        constraints = [
            models.UniqueConstraint(fields=["section", "revision"], name="revision_section_unique")
        ]

    def __str__(self):
        return f"{self.section}, révision {self.revision}"


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
