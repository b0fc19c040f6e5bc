"""What the candidates write: the note’s sections and the structured parts."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.dispositifs.choix import College, RessourceNature
from candidatures.dossiers.choix import CleRubrique, CleSection, EtatSchema, NatureSchema
from candidatures.dossiers.models.candidature import Candidature


class PartieRevisee(models.Model):
    """A part that several people edit; `revision` grows at each save."""

    revision = models.PositiveIntegerField(default=0)
    modifiee_le = models.DateTimeField("modifiée le", null=True, blank=True)
    modifiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class SectionNote(PartieRevisee):
    """One of the seven sections; all exist from the creation of the candidature."""

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="sections")
    cle = models.CharField("section", max_length=30, choices=CleSection)
    texte = models.TextField("texte", blank=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "section de la note"
        verbose_name_plural = "sections de la note"
        constraints = [
            models.UniqueConstraint(fields=["candidature", "cle"], name="section_note_unique")
        ]

    def __str__(self):
        return self.get_cle_display()


class Rubrique(PartieRevisee):
    """The revision of one structured part (its rows are in the models below)."""

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="rubriques")
    cle = models.CharField("rubrique", max_length=20, choices=CleRubrique)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "rubrique"
        constraints = [
            models.UniqueConstraint(fields=["candidature", "cle"], name="rubrique_unique")
        ]

    def __str__(self):
        return self.get_cle_display()


class RessourcePropre(models.Model):
    candidature = models.ForeignKey(
        Candidature, on_delete=models.CASCADE, related_name="ressources"
    )
    nature = models.CharField("nature", max_length=20, choices=RessourceNature)
    texte = models.TextField("description")

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "ressource propre"
        verbose_name_plural = "ressources propres"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "nature"], name="ressource_propre_unique"
            )
        ]

    def __str__(self):
        return self.get_nature_display()


class LigneNote(models.Model):
    """A repeatable row. `cle` names its cells in the revisions, from the first letter typed."""

    cle = models.UUIDField("clé", default=uuid4, editable=False)

    class Meta:
        abstract = True


class ProjetEnCours(LigneNote):
    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="projets")
    intitule = models.CharField("intitulé", max_length=200, blank=True)
    porteur = models.CharField("porteur", max_length=160, blank=True)
    avancement = models.CharField("avancement", max_length=160, blank=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "projet en cours"
        verbose_name_plural = "projets en cours"
        constraints = [
            models.UniqueConstraint(fields=["candidature", "cle"], name="projet_cle_unique")
        ]

    def __str__(self):
        return self.intitule or "Sans intitulé"


class SchemaPlanification(LigneNote):
    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="schemas")
    nature = models.CharField("nature", max_length=20, choices=NatureSchema)
    intitule = models.CharField("intitulé", max_length=200, blank=True)
    etat = models.CharField(
        "état", max_length=20, choices=EtatSchema, default=EtatSchema.EN_VIGUEUR
    )
    annee = models.PositiveSmallIntegerField("année", null=True, blank=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "schéma"
        constraints = [
            models.UniqueConstraint(fields=["candidature", "cle"], name="schema_cle_unique"),
            models.CheckConstraint(
                name="schema_annee_plausible",
                condition=Q(annee__isnull=True) | Q(annee__gte=1960, annee__lte=2100),
                violation_error_message="Cette année n’est pas plausible.",
            ),
        ]

    def __str__(self):
        return self.intitule or "Sans intitulé"


class ActeurAMobiliser(LigneNote):
    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="acteurs")
    college = models.CharField("collège", max_length=30, choices=College, blank=True)
    nom = models.CharField("nom ou organisation", max_length=200, blank=True)
    attente = models.CharField("ce que l’on en attend", max_length=300, blank=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "acteur à mobiliser"
        verbose_name_plural = "acteurs à mobiliser"
        constraints = [
            models.UniqueConstraint(fields=["candidature", "cle"], name="acteur_cle_unique")
        ]

    def __str__(self):
        return self.nom or "Sans nom"
