"""An offer: a sealed envelope first, its content only once opened."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from ateliers.cadrage.choix import Discipline, RoleMembre
from ateliers.marche.models.consultation import Consultation


class Offre(models.Model):
    """`scelle` is the content, encrypted under a key of its own, itself wrapped in `cle_scellee`.

    The clear fields stay empty until the opening act: a constraint and a trigger see to it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="offres")
    sceau = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    numero = models.PositiveSmallIntegerField("numéro au registre")
    recue_le = models.DateTimeField("reçue le")
    enregistree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    enregistree_le = models.DateTimeField("enregistrée le", auto_now_add=True)
    scelle = models.BinaryField("contenu scellé")
    cle_scellee = models.BinaryField("clé scellée")
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)
    motif_retrait = models.TextField("motif du retrait", blank=True)
    ouverte_le = models.DateTimeField("ouverte le", null=True, blank=True)
    mandataire = models.CharField("mandataire", max_length=200, blank=True)
    courriel = models.EmailField("courriel du mandataire", blank=True)
    discipline = models.CharField(
        "discipline du mandataire", max_length=20, choices=Discipline, blank=True
    )
    jours = models.DecimalField(
        "jours du mandataire", max_digits=5, decimal_places=1, null=True, blank=True
    )
    prix_ht = models.DecimalField("prix HT", max_digits=12, decimal_places=2, null=True, blank=True)
    motif_ecart = models.TextField("motif de mise à l’écart", blank=True)
    consensus_le = models.DateTimeField("consensus arrêté le", null=True, blank=True)
    retenue = models.BooleanField("retenue", default=False)

    class Meta:
        ordering = ["numero"]
        verbose_name = "offre"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "numero"], name="offre_numero_unique"),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(retenue=True),
                name="offre_retenue_unique",
                violation_error_message="Une seule offre est retenue.",
            ),
            models.CheckConstraint(
                name="offre_scellee_illisible",
                condition=Q(ouverte_le__isnull=False)
                | Q(
                    mandataire="",
                    courriel="",
                    discipline="",
                    jours__isnull=True,
                    prix_ht__isnull=True,
                    retenue=False,
                    motif_ecart="",
                    consensus_le__isnull=True,
                ),
                violation_error_message="Le contenu d’une offre ne se lit qu’après l’ouverture.",
            ),
            models.CheckConstraint(
                name="offre_ouverte_complete",
                condition=Q(ouverte_le__isnull=True)
                | (Q(prix_ht__gt=0, retiree_le__isnull=True) & ~Q(mandataire="")),
                violation_error_message="Une offre ouverte porte un mandataire et un prix.",
            ),
            models.CheckConstraint(
                name="offre_retiree_motivee",
                condition=Q(retiree_le__isnull=True) | ~Q(motif_retrait=""),
                violation_error_message="Un retrait porte un motif.",
            ),
            models.CheckConstraint(
                name="offre_ecartee_non_retenue",
                condition=Q(retenue=False) | Q(motif_ecart=""),
                violation_error_message="Une offre écartée ne peut pas être retenue.",
            ),
        ]

    def __str__(self):
        return self.mandataire or f"Offre n° {self.numero}"

    @property
    def ecartee(self):
        return bool(self.motif_ecart)


class MembreOffre(models.Model):
    offre = models.ForeignKey(Offre, on_delete=models.CASCADE, related_name="membres")
    nom = models.CharField("nom", max_length=160)
    discipline = models.CharField("discipline", max_length=20, choices=Discipline)
    role = models.CharField(
        "rôle", max_length=20, choices=RoleMembre, default=RoleMembre.COTRAITANT
    )
    jours = models.DecimalField("jours", max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "membre d’une offre"
        verbose_name_plural = "membres d’une offre"
        constraints = [models.UniqueConstraint(fields=["offre", "nom"], name="membre_offre_unique")]

    def __str__(self):
        return self.nom


class FichierOffre(models.Model):
    """A file of the offer. On disk it stays encrypted, even after the opening."""

    offre = models.ForeignKey(Offre, on_delete=models.CASCADE, related_name="fichiers")
    sceau = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    rang = models.PositiveSmallIntegerField("rang")
    fichier = models.FileField("fichier scellé", upload_to="offres/")
    nom = models.CharField("nom du fichier", max_length=200, blank=True)
    mime = models.CharField("type", max_length=100, blank=True)

    class Meta:
        ordering = ["rang"]
        verbose_name = "fichier d’une offre"
        verbose_name_plural = "fichiers d’une offre"
        constraints = [
            models.UniqueConstraint(fields=["offre", "rang"], name="fichier_offre_unique")
        ]

    def __str__(self):
        return self.nom or f"Fichier {self.rang}"
