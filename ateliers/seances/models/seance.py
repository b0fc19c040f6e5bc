from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ateliers.seances.choix import TONS_SEANCE, EtatSeance, FormatSequence, PublicSequence
from candidatures.dispositifs.choix import GenreSeance

PARIS = ZoneInfo("Europe/Paris")


class Seance(models.Model):
    """A dated gathering of an atelier; instants are stored in UTC and read in `fuseau`."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    etape_type = models.ForeignKey(
        "candidatures.EtapeType", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    genre = models.CharField("genre", max_length=20, choices=GenreSeance)
    rang = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.CharField("titre", max_length=160)
    objectif = models.TextField("objectif", blank=True)
    estime_le = models.DateField("mois envisagé", null=True, blank=True)
    debut_prevu = models.DateTimeField("début prévu", null=True, blank=True)
    fin_prevu = models.DateTimeField("fin prévue", null=True, blank=True)
    debut_reel = models.DateTimeField("début réel", null=True, blank=True)
    fin_reelle = models.DateTimeField("fin réelle", null=True, blank=True)
    lieu = models.CharField("lieu", max_length=160, blank=True)
    adresse = models.CharField("adresse", max_length=250, blank=True)
    salle = models.ForeignKey(
        "ateliers.Lieu", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    fuseau = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris")
    etat = models.CharField(
        "état", max_length=20, choices=EtatSeance, default=EtatSeance.A_PROGRAMMER
    )
    revision = models.PositiveIntegerField(default=0)
    # SEQUENCE of iCalendar: the last number given, and that of the last visible change.
    sequence_ical = models.PositiveIntegerField(default=0, editable=False)
    sequence_contenu = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["atelier", "ordre", "pk"]
        verbose_name = "séance"
        constraints = [
            models.UniqueConstraint(
                fields=["atelier", "rang"],
                condition=Q(genre="atelier"),
                name="seance_rang_atelier_unique",
                violation_error_message="Cet atelier in situ existe déjà.",
            ),
            models.CheckConstraint(
                name="seance_rang_requis",
                condition=~Q(genre="atelier") | Q(rang__isnull=False, rang__gte=1),
                violation_error_message="Un atelier in situ porte un rang.",
            ),
            models.CheckConstraint(
                name="seance_prevu_ordonne",
                condition=Q(fin_prevu__isnull=True) | Q(fin_prevu__gte=F("debut_prevu")),
                violation_error_message="La fin prévue ne peut pas précéder le début.",
            ),
            models.CheckConstraint(
                name="seance_reel_ordonne",
                condition=Q(fin_reelle__isnull=True) | Q(fin_reelle__gte=F("debut_reel")),
                violation_error_message="La fin réelle ne peut pas précéder le début.",
            ),
            models.CheckConstraint(
                name="seance_programmee_datee",
                condition=Q(etat__in=["a_programmer", "annulee"])
                | Q(debut_prevu__isnull=False, fin_prevu__isnull=False),
                violation_error_message="Une séance programmée porte une date.",
            ),
            models.CheckConstraint(
                name="seance_tenue_datee",
                condition=(
                    Q(etat="tenue", debut_reel__isnull=False, fin_reelle__isnull=False)
                    | (~Q(etat="tenue") & Q(debut_reel__isnull=True, fin_reelle__isnull=True))
                ),
                violation_error_message="Une séance tenue, et elle seule, porte ses dates réelles.",
            ),
        ]

    def __str__(self):
        return self.titre

    @property
    def ton(self):
        return TONS_SEANCE[self.etat]

    @property
    def zone(self):
        return ZoneInfo(self.fuseau)

    @property
    def debut(self):
        """Best known start, read in the site's time zone."""
        instant = self.debut_reel or self.debut_prevu
        return instant.astimezone(self.zone) if instant else None

    @property
    def fin(self):
        instant = self.fin_reelle or self.fin_prevu
        return instant.astimezone(self.zone) if instant else None

    @property
    def moment_debut(self):
        """Wall clock of the site, without a zone: what filters of dates must not convert."""
        debut = self.debut
        return debut.replace(tzinfo=None) if debut else None

    @property
    def moment_fin(self):
        fin = self.fin
        return fin.replace(tzinfo=None) if fin else None

    @property
    def decalee(self) -> bool:
        """Its clock differs from that of Paris on that day: hours are worth saying whose."""
        if self.debut is None:
            return False
        return self.debut.utcoffset() != self.debut.astimezone(PARIS).utcoffset()

    @property
    def mois(self):
        """The day that places it on the parcours."""
        return self.debut.date() if self.debut else self.estime_le


class Glissement(models.Model):
    """A slip: the former date, the new one and the reason."""

    seance = models.ForeignKey(Seance, on_delete=models.CASCADE, related_name="glissements")
    ancien_debut = models.DateTimeField("date abandonnée")
    ancienne_fin = models.DateTimeField("fin abandonnée", null=True, blank=True)
    nouveau_debut = models.DateTimeField("nouvelle date")
    motif = models.TextField("motif")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField("décidé le", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "glissement"
        constraints = [
            models.CheckConstraint(
                name="glissement_motive",
                condition=~Q(motif=""),
                violation_error_message="Un report porte un motif.",
            )
        ]

    def __str__(self):
        return f"Report de {self.seance}"

    @property
    def ancien_local(self):
        return self.ancien_debut.astimezone(self.seance.zone)


class Sequence(models.Model):
    """A timed part of a séance."""

    seance = models.ForeignKey(Seance, on_delete=models.CASCADE, related_name="sequences")
    ordre = models.PositiveSmallIntegerField("ordre")
    jour = models.PositiveSmallIntegerField("jour", default=1)
    debut = models.TimeField("heure de début")
    duree_min = models.PositiveSmallIntegerField("durée (minutes)")
    titre = models.CharField("titre", max_length=160)
    format = models.CharField("format", max_length=20, choices=FormatSequence)
    public = models.CharField(
        "public", max_length=20, choices=PublicSequence, default=PublicSequence.INVITES
    )
    lieu = models.CharField("lieu", max_length=160, blank=True)
    animateur = models.CharField("animation", max_length=160, blank=True)
    animateur_courriel = models.EmailField("adresse de qui anime", blank=True)
    materiel = models.CharField("matériel", max_length=250, blank=True)

    class Meta:
        ordering = ["jour", "debut", "ordre"]
        verbose_name = "séquence"
        constraints = [
            models.CheckConstraint(
                name="sequence_duree_positive",
                condition=Q(duree_min__gt=0) & Q(jour__gte=1),
                violation_error_message="La durée est un nombre positif de minutes.",
            )
        ]

    def __str__(self):
        return self.titre
