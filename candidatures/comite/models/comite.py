"""A sitting that ranks the candidatures of one appel under a ceiling, its members, its what-ifs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from candidatures.comite.choix import TONS_COMITE, EtatComite

PERSONNE = settings.AUTH_USER_MODEL


class Plafonds(models.Model):
    """The ceiling and the what-if that go with it, in a committee or in a scenario."""

    plafond_places = models.PositiveSmallIntegerField(
        "plafond en nombre de places", null=True, blank=True
    )
    plafond_budget = models.PositiveIntegerField("plafond en budget (€ HT)", null=True, blank=True)
    reserve = models.PositiveSmallIntegerField("taille de la liste de réserve", default=0)
    reglages = models.JSONField("poids et déplacements", default=dict, blank=True)

    class Meta:
        abstract = True


class Comite(Plafonds):
    appel = models.ForeignKey("candidatures.Appel", on_delete=models.PROTECT, related_name="+")
    tenu_le = models.DateTimeField("date et heure")
    lieu = models.CharField("lieu", max_length=200)
    presidence = models.CharField("présidence", max_length=160)
    quorum = models.PositiveSmallIntegerField("quorum")
    cout_dossier = models.PositiveIntegerField("coût par dossier (€ HT)", default=0)
    etat = models.CharField(
        "état", max_length=20, choices=EtatComite, default=EtatComite.PREPARATION
    )
    cree_par = models.ForeignKey(PERSONNE, on_delete=models.PROTECT, related_name="+")
    ouvert_le = models.DateTimeField("ouvert le", null=True, blank=True)
    clos_le = models.DateTimeField("clos le", null=True, blank=True)
    clos_par = models.ForeignKey(
        PERSONNE, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pv_sha256 = models.CharField("empreinte du procès-verbal", max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-tenu_le", "-pk"]
        verbose_name = "comité"
        constraints = [
            models.UniqueConstraint(
                fields=["appel"],
                condition=~Q(etat=EtatComite.CLOS),
                name="comite_un_seul_en_cours",
                violation_error_message="Un comité est déjà en cours pour cet appel.",
            ),
            models.CheckConstraint(
                name="comite_plafonne",
                condition=Q(plafond_places__isnull=False) | Q(plafond_budget__isnull=False),
                violation_error_message="Donnez un plafond, en places ou en budget.",
            ),
            models.CheckConstraint(
                name="comite_budget_chiffre",
                condition=Q(plafond_budget__isnull=True) | Q(cout_dossier__gt=0),
                violation_error_message="Un plafond en budget demande le coût d’un dossier.",
            ),
            models.CheckConstraint(
                name="comite_quorum_positif",
                condition=Q(quorum__gte=1),
                violation_error_message="Le quorum est d’au moins une personne.",
            ),
            models.CheckConstraint(
                name="comite_clos_scelle",
                condition=~Q(etat=EtatComite.CLOS)
                | (Q(clos_le__isnull=False) & Q(pv_sha256__regex=r"^[0-9a-f]{64}$")),
                violation_error_message="Un comité clos porte l’empreinte de son procès-verbal.",
            ),
        ]

    def __str__(self):
        return f"Comité du {self.tenu_le:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("candidatures:comite", args=[self.pk])

    @property
    def ton_etat(self) -> str:
        return TONS_COMITE[self.etat]

    @property
    def seance_le(self):
        """When it is held: on another day than foreseen, the day when it was opened."""
        if self.ouvert_le is None:
            return self.tenu_le
        ouvert, prevu = timezone.localtime(self.ouvert_le), timezone.localtime(self.tenu_le)
        return self.tenu_le if ouvert.date() == prevu.date() else self.ouvert_le

    @property
    def avant_l_heure(self) -> bool:
        """Foreseen on a later day than today."""
        return timezone.localtime(self.tenu_le).date() > timezone.localdate()

    @property
    def est_clos(self) -> bool:
        return self.etat == EtatComite.CLOS


class MembreComite(models.Model):
    """Who sits, with an account or without; only the present ones with a voice vote."""

    comite = models.ForeignKey(Comite, on_delete=models.CASCADE, related_name="membres")
    utilisateur = models.ForeignKey(
        PERSONNE, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nom = models.CharField("nom", max_length=160)
    qualite = models.CharField("qualité", max_length=160, blank=True)
    votant = models.BooleanField("voix délibérative", default=True)
    present = models.BooleanField("présent", default=False)
    deporte_de = models.ManyToManyField(
        "candidatures.Candidature", blank=True, related_name="+", verbose_name="déports en séance"
    )

    class Meta:
        ordering = ["nom", "pk"]
        verbose_name = "membre du comité"
        verbose_name_plural = "membres du comité"
        constraints = [
            models.UniqueConstraint(
                fields=["comite", "nom"],
                name="membre_comite_unique",
                violation_error_message="Cette personne est déjà membre du comité.",
            ),
            models.UniqueConstraint(
                fields=["comite", "utilisateur"],
                name="membre_comite_compte_unique",
                violation_error_message="Ce compte est déjà celui d’un membre du comité.",
            ),
        ]

    def __str__(self):
        return self.nom


class Scenario(Plafonds):
    """A what-if that somebody chose to keep, under a name. It changes nothing by itself."""

    comite = models.ForeignKey(Comite, on_delete=models.CASCADE, related_name="scenarios")
    nom = models.CharField("nom", max_length=120)
    par = models.ForeignKey(PERSONNE, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField("le")
    retenu_le = models.DateTimeField("retenu le", null=True, blank=True)

    class Meta:
        ordering = ["-le", "-pk"]
        verbose_name = "scénario"
        constraints = [
            models.UniqueConstraint(
                fields=["comite", "nom"],
                name="scenario_nom_unique",
                violation_error_message="Un scénario porte déjà ce nom.",
            )
        ]

    def __str__(self):
        return self.nom
