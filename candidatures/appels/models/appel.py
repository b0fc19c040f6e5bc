"""Calls: dated (session nationale) or permanent (à la carte)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from candidatures.appels.choix import EtatAppel, EtatSession, RegleVisas
from candidatures.appels.models.grille import Grille
from candidatures.dispositifs.models import Dispositif


class SessionNationale(models.Model):
    """A thematic edition, over two or three years."""

    nom = models.CharField("nom", max_length=160, unique=True)
    thematique = models.CharField("thématique", max_length=200)
    problematique = models.TextField("problématique", blank=True)
    annee_debut = models.PositiveSmallIntegerField("année de début")
    annee_fin = models.PositiveSmallIntegerField("année de fin", null=True, blank=True)
    etat = models.CharField(
        "état", max_length=20, choices=EtatSession, default=EtatSession.PREPARATION
    )

    class Meta:
        ordering = ["-annee_debut", "nom"]
        verbose_name = "session nationale"
        verbose_name_plural = "sessions nationales"
        constraints = [
            models.CheckConstraint(
                name="session_annees_ordonnees",
                condition=Q(annee_fin__isnull=True) | Q(annee_fin__gte=F("annee_debut")),
                violation_error_message="La session se termine avant de commencer.",
            )
        ]

    def __str__(self):
        return self.nom


class AppelQuerySet(models.QuerySet):
    def publics(self):
        """What anyone may read: published or closed."""
        return self.exclude(etat=EtatAppel.BROUILLON)

    def ouverts(self, moment=None):
        moment = moment or timezone.now()
        return self.filter(etat=EtatAppel.PUBLIE, ouvre_le__lte=moment).filter(
            Q(ferme_le__isnull=True) | Q(ferme_le__gt=moment)
        )


class Appel(models.Model):
    """A call to which one answers. `ferme_le` empty: au fil de l’eau."""

    dispositif = models.ForeignKey(Dispositif, on_delete=models.PROTECT, related_name="appels")
    session = models.ForeignKey(
        SessionNationale, null=True, blank=True, on_delete=models.PROTECT, related_name="appels"
    )
    titre = models.CharField("titre", max_length=200)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    presentation = models.TextField("présentation")
    ouvre_le = models.DateTimeField("ouvre le")
    ferme_le = models.DateTimeField("ferme le", null=True, blank=True)
    etat = models.CharField("état", max_length=20, choices=EtatAppel, default=EtatAppel.BROUILLON)
    heure_locale = models.BooleanField(
        "clôture à l’heure locale de chaque territoire", default=False
    )
    clos_le = models.DateTimeField("clos le", null=True, blank=True)
    delai_instruction_jours = models.PositiveSmallIntegerField(
        "délai d’instruction (jours)", default=60
    )
    grille = models.ForeignKey(Grille, null=True, blank=True, on_delete=models.PROTECT)
    visas = models.CharField(
        "visa des communes et EPCI", max_length=20, choices=RegleVisas, default=RegleVisas.NON
    )
    correspondances = models.JSONField(
        "intitulés dans Démarches simplifiées", default=dict, blank=True
    )
    revision = models.PositiveIntegerField(default=0)

    objects = AppelQuerySet.as_manager()

    class Meta:
        ordering = ["-ouvre_le", "pk"]
        verbose_name = "appel"
        indexes = [models.Index(fields=["titre"], name="appel_titre")]
        constraints = [
            models.CheckConstraint(
                name="appel_dates_ordonnees",
                condition=Q(ferme_le__isnull=True) | Q(ferme_le__gt=F("ouvre_le")),
                violation_error_message="L’appel ferme avant d’ouvrir.",
            ),
            models.CheckConstraint(
                name="appel_delai_positif",
                condition=Q(delai_instruction_jours__gte=1),
                violation_error_message="Le délai d’instruction vaut au moins un jour.",
            ),
            models.CheckConstraint(
                name="appel_etat_connu",
                condition=Q(etat__in=EtatAppel.values),
                violation_error_message="Cet état d’appel n’existe pas.",
            ),
        ]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return reverse("candidatures:appel", args=[self.slug])

    @property
    def permanent(self) -> bool:
        return self.ferme_le is None

    def est_ouvert(self, moment=None) -> bool:
        moment = moment or timezone.now()
        return (
            self.etat == EtatAppel.PUBLIE and self.ouvre_le <= moment and not self.est_ferme(moment)
        )

    def est_ferme(self, moment=None) -> bool:
        """Closed by a person, or by its date: the same thing to who reads."""
        moment = moment or timezone.now()
        a_l_heure = self.ferme_le is not None and self.ferme_le <= moment
        return self.etat == EtatAppel.CLOS or (self.etat == EtatAppel.PUBLIE and a_l_heure)

    @property
    def ferme_depuis(self):
        """The moment at which it closed, by hand or at its date."""
        return self.clos_le or self.ferme_le

    @property
    def situation(self) -> str:
        """The word of the list and of the page: what the state and the dates say together."""
        if self.etat == EtatAppel.BROUILLON:
            return "En préparation"
        if self.est_ferme():
            return "Clos"
        return "Ouvert" if self.est_ouvert() else "À venir"
