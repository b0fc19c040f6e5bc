from django.db import models
from django.db.models import F, Q

from restitution.feuilles.choix import TON_ETAT, EtatFeuille

APRES_VALIDATION = [
    EtatFeuille.VALIDEE,
    EtatFeuille.APPROUVEE,
    EtatFeuille.OFFICIALISEE,
    EtatFeuille.PUBLIEE,
]
APRES_APPROBATION = APRES_VALIDATION[1:]
APRES_SIGNATURE = APRES_VALIDATION[2:]


class FeuilleQuerySet(models.QuerySet):
    def publiees(self):
        return self.filter(etat=EtatFeuille.PUBLIEE, atelier__public=True)


class FeuilleDeRoute(models.Model):
    """What a territory decides to do at the end of its atelier: a vision, axes, actions."""

    atelier = models.OneToOneField("ateliers.Atelier", on_delete=models.PROTECT, related_name="+")
    vision = models.TextField("vision partagée", blank=True)
    etat = models.CharField(
        "état", max_length=30, choices=EtatFeuille, default=EtatFeuille.BROUILLON
    )
    validee_le = models.DateField("validée le", null=True, blank=True)
    approuvee_le = models.DateField("approuvée le", null=True, blank=True)
    officialisee_le = models.DateField("officialisée le", null=True, blank=True)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    ouverte_le = models.DateTimeField("ouverte le", auto_now_add=True)

    objects = FeuilleQuerySet.as_manager()

    class Meta:
        ordering = ["-publiee_le", "-pk"]
        verbose_name = "feuille de route"
        verbose_name_plural = "feuilles de route"
        constraints = [
            models.CheckConstraint(
                name="feuille_etat_connu",
                condition=Q(etat__in=EtatFeuille.values),
                violation_error_message="Cet état de feuille de route n’existe pas.",
            ),
            models.CheckConstraint(
                name="feuille_validee_avec_vision_et_date",
                condition=~Q(etat__in=APRES_VALIDATION)
                | (Q(validee_le__isnull=False) & ~Q(vision="")),
                violation_error_message=(
                    "Une feuille de route validée a une vision et une date de validation."
                ),
            ),
            models.CheckConstraint(
                name="feuille_approuvee_avec_date",
                condition=~Q(etat__in=APRES_APPROBATION) | Q(approuvee_le__isnull=False),
                violation_error_message=(
                    "Une feuille de route approuvée a une date de délibération."
                ),
            ),
            models.CheckConstraint(
                name="feuille_officialisee_avec_date",
                condition=~Q(etat__in=APRES_SIGNATURE) | Q(officialisee_le__isnull=False),
                violation_error_message=(
                    "Une feuille de route officialisée a une date de signature."
                ),
            ),
            models.CheckConstraint(
                name="feuille_dates_ordonnees",
                condition=(
                    Q(approuvee_le__isnull=True)
                    | Q(validee_le__isnull=True)
                    | Q(approuvee_le__gte=F("validee_le"))
                )
                & (
                    Q(officialisee_le__isnull=True)
                    | Q(approuvee_le__isnull=True)
                    | Q(officialisee_le__gte=F("approuvee_le"))
                ),
                violation_error_message=(
                    "La délibération suit la validation technique, et l’officialisation la suit."
                ),
            ),
            models.CheckConstraint(
                name="feuille_publiee_avec_date",
                condition=Q(etat=EtatFeuille.PUBLIEE, publiee_le__isnull=False)
                | (~Q(etat=EtatFeuille.PUBLIEE) & Q(publiee_le__isnull=True)),
                violation_error_message=(
                    "Seule une feuille de route publiée a une date de publication."
                ),
            ),
        ]

    def __str__(self):
        return f"Feuille de route — {self.atelier.nom}"

    @property
    def en_ecriture(self):
        return self.etat == EtatFeuille.BROUILLON

    @property
    def suivie(self):
        return self.etat in APRES_SIGNATURE

    @property
    def ton(self):
        return TON_ETAT[self.etat]


class Axe(models.Model):
    """A great direction of the feuille de route, which groups its actions."""

    feuille = models.ForeignKey(
        "restitution.FeuilleDeRoute", on_delete=models.CASCADE, related_name="axes"
    )
    ordre = models.PositiveSmallIntegerField("ordre")
    titre = models.CharField("titre", max_length=200)
    texte = models.TextField("ambition de l’axe", blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["feuille", "ordre"]
        verbose_name = "axe"
        verbose_name_plural = "axes"
        constraints = [
            models.UniqueConstraint(
                fields=["feuille", "ordre"],
                name="axe_ordre_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Deux axes ne peuvent pas avoir le même rang.",
            ),
            models.CheckConstraint(
                name="axe_titre_rempli",
                condition=~Q(titre=""),
                violation_error_message="Donnez un titre à l’axe.",
            ),
        ]

    def __str__(self):
        return f"Axe {self.ordre}. {self.titre}"
