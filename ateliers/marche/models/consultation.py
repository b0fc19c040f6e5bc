"""The règlement of a consultation: criteria, weights and price formula, fixed before opening."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ateliers.marche.choix import TONS_CONSULTATION, Departage, EtatConsultation, FormulePrix


class Consultation(models.Model):
    """How the team of one atelier is chosen. The legal consultation itself runs on PLACE."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    etat = models.CharField(
        "état", max_length=20, choices=EtatConsultation, default=EtatConsultation.PREPARATION
    )
    poids_prix = models.PositiveSmallIntegerField("poids du prix", default=20)
    formule = models.CharField(
        "formule du prix",
        max_length=20,
        choices=FormulePrix,
        default=FormulePrix.PROPORTIONNELLE,
    )
    departage = models.CharField(
        "à égalité", max_length=20, choices=Departage, default=Departage.TECHNIQUE
    )
    ouverture_le = models.DateTimeField("remise des offres avant le", null=True, blank=True)
    ouverte_le = models.DateTimeField("plis ouverts le", null=True, blank=True)
    ouverte_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ouverte_avec = models.CharField("en présence de", max_length=160, blank=True)
    close_le = models.DateTimeField("close le", null=True, blank=True)
    motif = models.TextField("motif du choix", blank=True)
    classement = models.JSONField("classement arrêté", default=list, blank=True)
    # What the letters to the candidates bear; `adresses`: {offer: postal address}.
    signataire = models.CharField("signataire des lettres", max_length=160, blank=True)
    qualite = models.CharField("qualité du signataire", max_length=200, blank=True)
    recours = models.TextField("délais et voies de recours", blank=True)
    adresses = models.JSONField("adresses des candidats", default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = "consultation"
        constraints = [
            models.UniqueConstraint(
                fields=["atelier"],
                condition=~Q(etat="sans_suite"),
                name="consultation_en_cours_unique",
                violation_error_message="Une consultation est déjà en cours pour cet atelier.",
            ),
            models.CheckConstraint(
                name="consultation_etat_connu",
                condition=Q(etat__in=EtatConsultation.values),
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                name="consultation_poids_prix",
                condition=Q(poids_prix__lte=100),
                violation_error_message="Le poids du prix va de 0 à 100.",
            ),
            models.CheckConstraint(
                name="consultation_recueil_date",
                condition=~Q(etat="recueil")
                | Q(ouverture_le__isnull=False, ouverte_le__isnull=True),
                violation_error_message="La remise des offres porte une date limite.",
            ),
            models.CheckConstraint(
                name="consultation_ouverte_a_temps",
                condition=Q(ouverte_le__isnull=True) | Q(ouverte_le__gte=F("ouverture_le")),
                violation_error_message="Les plis ne s’ouvrent pas avant la date limite.",
            ),
            models.CheckConstraint(
                name="consultation_analyse_ouverte",
                condition=~Q(etat__in=["analyse", "attribuee"])
                | (Q(ouverte_le__isnull=False, ouverte_par__isnull=False) & ~Q(ouverte_avec="")),
                violation_error_message="L’ouverture des plis nomme deux personnes et sa date.",
            ),
        ]

    def __str__(self):
        return f"Consultation pour {self.atelier}"

    @property
    def ton(self):
        return TONS_CONSULTATION[self.etat]


class Critere(models.Model):
    """A technical criterion; with the price's weight, they make 100 (a trigger counts too)."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="criteres"
    )
    libelle = models.CharField("critère", max_length=160)
    poids = models.PositiveSmallIntegerField("poids")
    aide = models.CharField("ce qu’on y regarde", max_length=300, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["ordre", "pk"]
        verbose_name = "critère de choix"
        verbose_name_plural = "critères de choix"
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "libelle"], name="critere_marche_unique"
            ),
            models.CheckConstraint(
                name="critere_marche_poids",
                condition=Q(poids__gte=1, poids__lte=100),
                violation_error_message="Le poids d’un critère va de 1 à 100.",
            ),
        ]

    def __str__(self):
        return self.libelle


class Analyste(models.Model):
    """An agent of the State who reads and notes the offers, on their own first."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="analystes"
    )
    personne = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "analyste"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "personne"], name="analyste_unique")
        ]

    def __str__(self):
        return str(self.personne)
