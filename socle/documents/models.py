import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from socle.documents.choix import EtatDocument


def chemin_fichier(document, nom) -> str:
    return f"documents/{document.cle.replace('.', '/')}/{document.pk}.pdf"


class Document(models.Model):
    """One PDF of one object, with the frozen context that it was, or will be, made from."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cle = models.CharField("modèle", max_length=80)
    objet_type = models.CharField(max_length=60)
    objet_id = models.CharField(max_length=40)
    contexte = models.JSONField()
    contexte_sha256 = models.CharField(max_length=64)
    etat = models.CharField(
        "état", max_length=20, choices=EtatDocument, default=EtatDocument.DEMANDE
    )
    progression = models.PositiveSmallIntegerField(default=0)
    etape = models.CharField(max_length=120, blank=True)
    fichier = models.FileField(upload_to=chemin_fichier, blank=True)
    fichier_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True)
    taille = models.PositiveIntegerField(null=True)
    erreur = models.TextField(blank=True)
    demande_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    demande_le = models.DateTimeField("demandé le", auto_now_add=True)
    en_file_depuis = models.DateTimeField("en file depuis")
    pret_le = models.DateTimeField("prêt le", null=True)

    class Meta:
        ordering = ["-demande_le", "-pk"]
        verbose_name = "document"
        indexes = [models.Index(fields=["objet_type", "objet_id", "cle"], name="document_objet")]
        constraints = [
            models.UniqueConstraint(
                fields=["cle", "objet_type", "objet_id", "contexte_sha256"],
                name="document_unique_par_contenu",
                violation_error_message="Ce document existe déjà avec le même contenu.",
            ),
            models.CheckConstraint(
                name="document_pret_complet",
                condition=~Q(etat="pret")
                | (~Q(fichier="") & ~Q(fichier_sha256="") & Q(pret_le__isnull=False)),
                violation_error_message="Un document prêt porte son fichier et son empreinte.",
            ),
            models.CheckConstraint(
                name="document_progression",
                condition=Q(progression__lte=100),
                violation_error_message="La progression va de 0 à 100.",
            ),
        ]

    def __str__(self):
        return f"{self.cle} de {self.objet_type} {self.objet_id}"

    def get_absolute_url(self):
        return reverse("documents:etat", args=[self.pk])

    @property
    def titre(self) -> str:
        from socle.documents.declaration import declaration

        return declaration(self.cle).titre

    @property
    def titre_precis(self) -> str:
        """« Lettre au candidat non retenu – Agence 2 », where several bear the same title."""
        from socle.documents.declaration import declaration

        champ = declaration(self.cle).precision
        if hasattr(self, "precision_lue"):
            plus = self.precision_lue
        else:
            plus = self.contexte.get(champ, "") if champ else ""
        return f"{self.titre} – {plus}" if plus else self.titre

    @property
    def est_pret(self) -> bool:
        return self.etat == EtatDocument.PRET

    @property
    def est_en_echec(self) -> bool:
        return self.etat == EtatDocument.ECHEC
