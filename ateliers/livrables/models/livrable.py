from django.conf import settings
from django.db import models
from django.db.models import Q

from ateliers.livrables.choix import TONS_LIVRABLE, EtatLivrable
from ateliers.seances.choix import EtatSeance


class Livrable(models.Model):
    """A deliverable expected from the team."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    livrable_type = models.ForeignKey(
        "candidatures.LivrableType",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cle = models.SlugField("clé", max_length=60)
    titre = models.CharField("titre", max_length=160)
    seance = models.ForeignKey(
        "ateliers.Seance", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    attendu_le = models.DateField("attendu le", null=True, blank=True)
    decalage_jours = models.SmallIntegerField("jours après la séance", default=0)
    echeance_fixee = models.BooleanField("échéance fixée à la main", default=False)
    accepte_le = models.DateField("accepté le", null=True, blank=True)
    reserves = models.TextField("réserves", blank=True)
    reserves_levees_le = models.DateField("réserves levées le", null=True, blank=True)
    etat = models.CharField(
        "état", max_length=20, choices=EtatLivrable, default=EtatLivrable.ATTENDU
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "livrable"
        constraints = [
            models.UniqueConstraint(
                fields=["atelier", "cle"],
                name="livrable_cle_unique",
                violation_error_message="Ce livrable existe déjà.",
            ),
            models.CheckConstraint(
                name="livrable_reserves_acceptees",
                condition=Q(etat="accepte") | Q(reserves="", accepte_le__isnull=True),
                violation_error_message="Seul un livrable accepté porte des réserves.",
            ),
            models.CheckConstraint(
                name="livrable_reserves_levees",
                condition=Q(reserves_levees_le__isnull=True) | ~Q(reserves=""),
                violation_error_message="Sans réserves, il n’y a rien à lever.",
            ),
        ]

    def __str__(self):
        return self.titre

    @property
    def ton(self):
        return "warning" if self.reserve else TONS_LIVRABLE[self.etat]

    @property
    def etat_dit(self) -> str:
        return "Accepté avec réserves" if self.reserve else self.get_etat_display()

    @property
    def suit_la_seance(self) -> bool:
        return self.seance_id is not None and not self.echeance_fixee

    @property
    def provisoire(self) -> bool:
        """Its séance has a date that nobody was convened on yet: it may still move."""
        return bool(
            self.suit_la_seance
            and self.attendu_le
            and self.accepte_le is None
            and self.seance.etat == EtatSeance.PROGRAMMEE
        )

    @property
    def reserve(self):
        """Accepted, with reservations that are not lifted yet."""
        return bool(self.reserves) and self.reserves_levees_le is None


class VersionLivrable(models.Model):
    livrable = models.ForeignKey(Livrable, on_delete=models.CASCADE, related_name="versions")
    numero = models.PositiveSmallIntegerField("numéro")
    fichier = models.FileField("fichier", upload_to="livrables/%Y/%m/")
    nom = models.CharField("nom du fichier", max_length=200)
    mime = models.CharField("type", max_length=100)
    taille = models.PositiveBigIntegerField("taille")
    sha256 = models.CharField(max_length=64)
    remarque = models.TextField("remarque", blank=True)
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    depose_le = models.DateTimeField("déposé le")
    motif_refus = models.TextField("motif de la reprise", blank=True)

    class Meta:
        ordering = ["-numero"]
        verbose_name = "version de livrable"
        verbose_name_plural = "versions de livrable"
        constraints = [
            models.UniqueConstraint(
                fields=["livrable", "numero"],
                name="version_livrable_unique",
                violation_error_message="Cette version existe déjà.",
            )
        ]

    def __str__(self):
        return f"{self.livrable} v{self.numero}"


class CompteRendu(models.Model):
    """What was said and decided in a séance; public once published."""

    seance = models.OneToOneField("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    texte = models.TextField("ce qui s’est dit", blank=True)
    decisions = models.TextField("décisions et suites", blank=True)
    publie_le = models.DateTimeField("publié le", null=True, blank=True)
    redige_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = "compte rendu"
        verbose_name_plural = "comptes rendus"

    def __str__(self):
        return f"Compte rendu de {self.seance}"
