from django.db import models
from django.db.models import F, Q

from restitution.feuilles.choix import TON_AVANCEMENT, Avancement, Horizon, Priorite


class Action(models.Model):
    """One thing to do: who carries it on both sides, when, how much, and where it comes from."""

    axe = models.ForeignKey("restitution.Axe", on_delete=models.CASCADE, related_name="actions")
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sous_actions",
        verbose_name="sous-action de",
    )
    ordre = models.PositiveSmallIntegerField("ordre")
    titre = models.CharField("titre", max_length=200)
    description = models.TextField("description", blank=True)
    theme = models.ForeignKey(
        "candidatures.Theme",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="thème",
    )
    priorite = models.CharField(
        "priorité", max_length=10, choices=Priorite, default=Priorite.MOYENNE
    )
    horizon = models.CharField("horizon", max_length=10, choices=Horizon, default=Horizon.COURT)
    echeance_annee = models.PositiveSmallIntegerField("année d’échéance", null=True, blank=True)
    echeance_date = models.DateField("date d’échéance", null=True, blank=True)
    portage_elu = models.CharField("portage par les élus", max_length=200, blank=True)
    portage_elu_organisme = models.ForeignKey(
        "comptes.Organisme",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="collectivité",
    )
    portage_etat = models.CharField("portage par l’État", max_length=200, blank=True)
    portage_etat_organisme = models.ForeignKey(
        "comptes.Organisme",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="service de l’État",
    )
    pilote = models.CharField("pilote opérationnel", max_length=200, blank=True)
    partenaires = models.TextField("partenaires", blank=True)
    outils = models.TextField("outils", blank=True)
    montant = models.DecimalField(
        "montant HT", max_digits=12, decimal_places=2, null=True, blank=True
    )
    financement = models.TextField("financement", blank=True)
    indicateur = models.CharField("indicateur", max_length=250, blank=True)
    deja_engagee = models.BooleanField("action déjà engagée", default=False)
    avancement = models.CharField(
        "avancement", max_length=20, choices=Avancement, default=Avancement.A_ENGAGER
    )
    contributions = models.ManyToManyField(
        "ateliers.Contribution",
        blank=True,
        related_name="+",
        verbose_name="contributions d’origine",
    )
    hypotheses = models.ManyToManyField(
        "ateliers.Hypothese", blank=True, related_name="+", verbose_name="hypothèses d’origine"
    )
    sites = models.ManyToManyField(
        "ateliers.SiteDemonstrateur",
        blank=True,
        related_name="+",
        verbose_name="sites démonstrateurs",
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["axe", "ordre"]
        verbose_name = "action"
        verbose_name_plural = "actions"
        constraints = [
            models.UniqueConstraint(
                fields=["axe", "ordre"],
                name="action_ordre_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Deux actions ne peuvent pas avoir le même rang.",
            ),
            models.CheckConstraint(
                name="action_titre_rempli",
                condition=~Q(titre=""),
                violation_error_message="Donnez un titre à l’action.",
            ),
            models.CheckConstraint(
                name="action_montant_positif",
                condition=Q(montant__isnull=True) | Q(montant__gte=0),
                violation_error_message=(
                    "Un montant est positif ; laissez-le vide s’il est inconnu."
                ),
            ),
            models.CheckConstraint(
                name="action_annee_plausible",
                condition=Q(echeance_annee__isnull=True) | Q(echeance_annee__range=(2000, 2100)),
                violation_error_message="L’année d’échéance est comprise entre 2000 et 2100.",
            ),
            models.CheckConstraint(
                name="action_echeance_coherente",
                condition=Q(echeance_annee__isnull=True)
                | Q(echeance_date__isnull=True)
                | Q(echeance_date__year=F("echeance_annee")),
                violation_error_message=(
                    "L’année d’échéance et la date d’échéance ne disent pas la même année."
                ),
            ),
            models.CheckConstraint(
                name="action_pas_son_propre_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message="Une action n’est pas sa propre sous-action.",
            ),
            models.CheckConstraint(
                name="action_valeurs_connues",
                condition=Q(horizon__in=Horizon.values)
                & Q(priorite__in=Priorite.values)
                & Q(avancement__in=Avancement.values),
                violation_error_message="Horizon, priorité ou avancement inconnu.",
            ),
        ]

    def __str__(self):
        return self.titre

    @property
    def ton(self):
        return TON_AVANCEMENT[self.avancement]
