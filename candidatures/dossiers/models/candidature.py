"""A candidature, and the organisations that carry it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from candidatures.appels.models import Appel, VersionFormulaire
from candidatures.dispositifs.models import Theme
from candidatures.dossiers.choix import TONS_ETAT, EtatCandidature, Programme, StadeProjet
from socle.groupage import QuerySetGroupe

E = EtatCandidature


class Candidature(models.Model):
    """One territory's answer to one appel, co-written by the State service and collectivités.

    `consultes` are organisations whose avis was asked (filled by the instruction room).
    """

    reference = models.CharField("référence", max_length=20, unique=True)
    appel = models.ForeignKey(Appel, on_delete=models.PROTECT, related_name="candidatures")
    titre = models.CharField("titre", max_length=200)
    etat = models.CharField("état", max_length=20, choices=E, default=E.BROUILLON)
    perimetre = models.OneToOneField(
        "territoires.Perimetre",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="périmètre",
    )
    service_pilote = models.ForeignKey(
        "comptes.Organisme",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="service de l’État pilote",
    )
    porteurs = models.ManyToManyField(
        "comptes.Organisme", through="Portage", related_name="+", verbose_name="porteurs"
    )
    consultes = models.ManyToManyField("comptes.Organisme", blank=True, related_name="+")
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thèmes")
    stade = models.CharField("stade du projet", max_length=20, choices=StadeProjet, blank=True)
    programmes = ArrayField(
        models.CharField(max_length=20, choices=Programme),
        default=list,
        blank=True,
        verbose_name="programmes articulés",
    )
    blocages = models.TextField("blocages", blank=True)
    gouvernance = models.TextField("gouvernance", blank=True)
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    cree_le = models.DateTimeField("créée le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifiée le", auto_now=True)
    deposee_le = models.DateTimeField("déposée le", null=True, blank=True)
    version_retenue = models.ForeignKey(
        "VersionNote", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    formulaire = models.ForeignKey(
        VersionFormulaire,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="version du formulaire au dépôt",
    )
    champs_ouverts = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name="champs rouverts par la demande de compléments",
    )
    revision = models.PositiveIntegerField(default=0)
    deposant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="personne qui dépose",
    )
    reprise_de = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="reprise de",
    )
    remarques_reprises = models.TextField("remarques sur la candidature précédente", blank=True)
    # « Territoire A » of a blind reading: given by a trigger at the first deposit, never changed.
    rang_aveugle = models.PositiveIntegerField("rang à l’aveugle", null=True, editable=False)

    objects = QuerySetGroupe.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "candidature"
        indexes = [
            models.Index(fields=["etat", "-deposee_le"], name="candidature_etat"),
            models.Index(
                fields=["-deposee_le", "-id"],
                condition=Q(deposee_le__isnull=False),
                name="candidature_depot",
            ),
            models.Index(fields=["titre", "id"], name="candidature_titre"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["appel", "rang_aveugle"],
                name="candidature_rang_aveugle_unique",
                violation_error_message="Ce nom masqué est déjà celui d’un autre dossier.",
            ),
            models.CheckConstraint(
                name="candidature_etat_connu",
                condition=Q(etat__in=E.values),
                violation_error_message="Cet état de candidature n’existe pas.",
            ),
            models.CheckConstraint(
                name="candidature_deposee_datee",
                condition=Q(etat__in=[E.BROUILLON, E.RETIREE]) | Q(deposee_le__isnull=False),
                violation_error_message="Une candidature déposée porte une date de dépôt.",
            ),
            models.CheckConstraint(
                name="candidature_brouillon_non_date",
                condition=~Q(etat=E.BROUILLON) | Q(deposee_le__isnull=True),
                violation_error_message="Un brouillon ne porte pas de date de dépôt.",
            ),
            models.CheckConstraint(
                name="candidature_deposee_situee",
                condition=Q(deposee_le__isnull=True) | Q(perimetre__isnull=False),
                violation_error_message="Une candidature déposée porte un périmètre.",
            ),
            models.CheckConstraint(
                name="candidature_retenue_versionnee",
                condition=~Q(etat=E.RETENUE) | Q(version_retenue__isnull=False),
                violation_error_message="La version retenue de la note doit être figée.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.titre}"

    def get_absolute_url(self):
        return reverse("candidatures:dossier", args=[self.reference])

    @property
    def dispositif(self):
        return self.appel.dispositif

    @property
    def ton_etat(self) -> str:
        return TONS_ETAT[self.etat]


class Portage(models.Model):
    """An organisation carries a candidature; one of them leads."""

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="portages")
    organisme = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")
    chef_de_file = models.BooleanField("chef de file", default=False)
    ajoute_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ajoute_le = models.DateTimeField("ajouté le", auto_now_add=True)

    class Meta:
        ordering = ["-chef_de_file", "pk"]
        verbose_name = "portage"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "organisme"],
                name="portage_unique",
                violation_error_message="Cet organisme porte déjà la candidature.",
            ),
            models.UniqueConstraint(
                fields=["candidature"],
                condition=Q(chef_de_file=True),
                name="portage_un_chef_de_file",
                violation_error_message="La candidature a déjà un chef de file.",
            ),
        ]

    def __str__(self):
        return str(self.organisme)
