"""What the DGALN asks the carriers to add to a dossier."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candidatures.dossiers.choix import CleRubrique, CleSection
from socle.interface.francais import cite


class DemandeComplement(models.Model):
    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="demandes_complement"
    )
    motif = models.TextField("motif")
    echeance = models.DateField("à rendre avant le")
    demandee_le = models.DateTimeField("demandée le")
    demandee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    relances = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, verbose_name="rappels envoyés"
    )
    reponse = models.TextField("réponse des porteurs", blank=True)
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)
    repondue_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Taken back by the DGALN: it is answered by nobody, and says why.
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)
    motif_retrait = models.TextField("motif du retrait", blank=True)

    class Meta:
        ordering = ["-demandee_le", "-pk"]
        verbose_name = "demande de compléments"
        verbose_name_plural = "demandes de compléments"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature"],
                condition=Q(repondue_le__isnull=True),
                name="complement_un_seul_ouvert",
                violation_error_message="Une demande de compléments est déjà en cours.",
            ),
            models.CheckConstraint(
                name="complement_motif_requis",
                condition=Q(motif__regex=r"\S"),
                violation_error_message="Indiquez le motif de la demande.",
            ),
            models.CheckConstraint(
                name="complement_retrait_motive",
                condition=Q(retiree_le__isnull=True)
                | Q(repondue_le__isnull=False, motif_retrait__regex=r"\S"),
                violation_error_message="Une demande retirée porte son motif.",
            ),
        ]

    def __str__(self):
        return f"{self.candidature.reference}, compléments"


class ElementComplement(models.Model):
    """One item of the request, bound to a section of the note or to a piece."""

    demande = models.ForeignKey(
        DemandeComplement, on_delete=models.CASCADE, related_name="elements"
    )
    section = models.CharField("section", max_length=30, choices=CleSection, blank=True)
    piece_requise = models.ForeignKey(
        "candidatures.PieceRequise",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="pièce",
    )
    rubrique = models.CharField(
        "rubrique", max_length=20, choices=CleRubrique, blank=True, default=""
    )
    question = models.CharField("question de l’appel", max_length=60, blank=True, default="")
    question_libelle = models.CharField("intitulé", max_length=300, blank=True, default="")
    texte = models.TextField("ce qui est attendu")

    class Meta:
        ordering = ["demande", "pk"]
        verbose_name = "élément demandé"
        verbose_name_plural = "éléments demandés"
        constraints = [
            models.CheckConstraint(
                name="element_complement_rattache",
                condition=Q(section="", piece_requise__isnull=True, question="")
                | Q(section="", piece_requise__isnull=True, rubrique="")
                | Q(section="", rubrique="", question="")
                | Q(piece_requise__isnull=True, rubrique="", question=""),
                violation_error_message="Un élément porte sur un seul endroit du dossier.",
            ),
            models.CheckConstraint(
                name="element_complement_texte_requis",
                condition=Q(texte__regex=r"\S"),
                violation_error_message="Dites ce qui est attendu.",
            ),
        ]

    def __str__(self):
        return self.ou

    @property
    def ou(self) -> str:
        """Where the item belongs, in words."""
        if self.section:
            return f"Section « {self.get_section_display()} »"
        if self.rubrique:
            return f"Partie « {self.get_rubrique_display()} »"
        if self.question:
            return f"Question « {cite(self.question_libelle)} »"
        return (
            f"Pièce « {cite(self.piece_requise)} »" if self.piece_requise else "Ensemble du dossier"
        )

    @property
    def champ(self) -> str:
        """What the request reopens (see `dossiers.domaine.commun.champ_ouvert`)."""
        if self.section:
            return f"section:{self.section}"
        if self.rubrique:
            return f"rubrique:{self.rubrique}"
        if self.question:
            return f"question:{self.question}"
        return f"piece:{self.piece_requise.cle}" if self.piece_requise_id else "*"
