"""The form of a call, as data: questions, pieces, help texts. One draft at a time, then frozen."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from candidatures.appels.choix import CleSection, EtatVersion, TypeQuestion, UsagePiece
from candidatures.appels.models.appel import Appel
from candidatures.dispositifs.models import PieceRequise


class VersionFormulaire(models.Model):
    """What a call asks beyond the note. A published version never changes."""

    appel = models.ForeignKey(Appel, on_delete=models.CASCADE, related_name="versions_formulaire")
    numero = models.PositiveSmallIntegerField("numéro")
    etat = models.CharField(
        "état", max_length=20, choices=EtatVersion, default=EtatVersion.BROUILLON
    )
    aides = models.JSONField("textes d’aide des sections", default=dict, blank=True)
    changements = models.JSONField("ce qui change", default=list, blank=True)
    cree_le = models.DateTimeField("créée le", auto_now_add=True)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True)
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["appel", "-numero"]
        verbose_name = "version du formulaire"
        verbose_name_plural = "versions du formulaire"
        constraints = [
            models.UniqueConstraint(fields=["appel", "numero"], name="version_formulaire_unique"),
            models.UniqueConstraint(
                fields=["appel"],
                condition=Q(etat=EtatVersion.BROUILLON),
                name="version_formulaire_un_brouillon",
                violation_error_message="Une révision du formulaire est déjà en préparation.",
            ),
            models.CheckConstraint(
                name="version_formulaire_publiee_datee",
                condition=Q(etat=EtatVersion.BROUILLON, publiee_le__isnull=True)
                | Q(etat=EtatVersion.PUBLIEE, publiee_le__isnull=False),
                violation_error_message="Une version publiée porte sa date, un brouillon non.",
            ),
        ]

    def __str__(self):
        return f"{self.appel}, formulaire {self.numero}"

    @property
    def en_preparation(self) -> bool:
        return self.etat == EtatVersion.BROUILLON


class Question(models.Model):
    """One question. `cle` stays the same from one version to the next: answers hang on it."""

    version = models.ForeignKey(
        VersionFormulaire, on_delete=models.CASCADE, related_name="questions"
    )
    cle = models.CharField(
        "clé",
        max_length=60,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z", "Lettres, chiffres et soulignés.")],
    )
    section = models.CharField(
        "section de la note", max_length=30, choices=CleSection, blank=True, default=""
    )
    rubrique = models.CharField("rubrique propre à l’appel", max_length=120, blank=True, default="")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    type = models.CharField("type de réponse", max_length=20, choices=TypeQuestion)
    libelle = models.CharField("question", max_length=300)
    aide = models.TextField("aide", blank=True, default="")
    obligatoire = models.BooleanField("réponse obligatoire", default=False)
    options = ArrayField(
        models.CharField(max_length=160), default=list, blank=True, verbose_name="choix proposés"
    )
    sous_questions = models.JSONField("sous-questions d’un bloc", default=list, blank=True)
    minimum = models.DecimalField("minimum", max_digits=14, decimal_places=2, null=True, blank=True)
    maximum = models.DecimalField("maximum", max_digits=14, decimal_places=2, null=True, blank=True)
    condition = models.JSONField("condition", default=dict, blank=True)

    class Meta:
        ordering = ["version", "ordre", "pk"]
        verbose_name = "question de l’appel"
        verbose_name_plural = "questions de l’appel"
        constraints = [
            models.UniqueConstraint(fields=["version", "cle"], name="question_cle_unique"),
            models.CheckConstraint(
                name="question_type_connu",
                condition=Q(type__in=TypeQuestion.values),
                violation_error_message="Ce type de réponse n’existe pas.",
            ),
            models.CheckConstraint(
                name="question_bornes_ordonnees",
                condition=Q(minimum__isnull=True)
                | Q(maximum__isnull=True)
                | Q(minimum__lte=F("maximum")),
                violation_error_message="Le minimum dépasse le maximum.",
            ),
            models.CheckConstraint(
                name="question_bloc_compose",
                condition=(Q(type=TypeQuestion.BLOC) & ~Q(sous_questions=[]))
                | (~Q(type=TypeQuestion.BLOC) & Q(sous_questions=[])),
                violation_error_message="Un bloc répétable a des sous-questions, et lui seul.",
            ),
            models.CheckConstraint(
                name="question_une_place",
                condition=Q(section="") | Q(rubrique=""),
                violation_error_message="Choisissez une section de la note ou une rubrique propre.",
            ),
        ]

    def __str__(self):
        return self.libelle


class ReglagePiece(models.Model):
    """What this version makes of one piece of the dispositif."""

    version = models.ForeignKey(VersionFormulaire, on_delete=models.CASCADE, related_name="pieces")
    piece_requise = models.ForeignKey(PieceRequise, on_delete=models.PROTECT, related_name="+")
    usage = models.CharField("usage", max_length=20, choices=UsagePiece)
    aide = models.TextField("aide", blank=True, default="")

    class Meta:
        ordering = ["version", "piece_requise"]
        verbose_name = "pièce demandée"
        verbose_name_plural = "pièces demandées"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "piece_requise"], name="reglage_piece_unique"
            )
        ]

    def __str__(self):
        return f"{self.piece_requise} : {self.get_usage_display()}"
