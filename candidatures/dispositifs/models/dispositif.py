"""The three formats of the démarche, as data that DGALN edits."""

from django.db import models
from django.db.models import F, Q

from candidatures.dispositifs.choix import FamilleTheme, GenreSeance


class Dispositif(models.Model):
    """One format: its durations, costs and rules. Steps, pieces and livrables hang below it."""

    code = models.SlugField("code", primary_key=True, max_length=20)
    nom = models.CharField("nom", max_length=80)
    resume = models.TextField("résumé")
    echelle = models.CharField("échelle", max_length=200, blank=True)
    duree_min_mois = models.PositiveSmallIntegerField("durée minimale (mois)")
    duree_max_mois = models.PositiveSmallIntegerField("durée maximale (mois)")
    preavis_mois = models.PositiveSmallIntegerField(
        "une date se fixe au moins (mois avant la séance)", default=2
    )
    cout_indicatif = models.PositiveIntegerField("coût indicatif de l’équipe (€ HT)", null=True)
    avec_session = models.BooleanField("rattaché à une session nationale", default=False)
    avec_appel_equipes = models.BooleanField("comporte un appel aux équipes", default=True)
    avec_inter_ateliers = models.BooleanField("comporte des inter-ateliers", default=True)
    site_demonstrateur_requis = models.BooleanField("site démonstrateur requis", default=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["ordre", "code"]
        verbose_name = "dispositif"
        constraints = [
            models.CheckConstraint(
                name="dispositif_durees_ordonnees",
                condition=Q(duree_min_mois__lte=F("duree_max_mois")),
                violation_error_message="La durée minimale dépasse la durée maximale.",
            ),
            models.CheckConstraint(
                name="dispositif_preavis_positif",
                condition=Q(preavis_mois__gte=1),
                violation_error_message="Une date se fixe au moins un mois avant la séance.",
            ),
        ]

    def __str__(self):
        return self.nom


class EtapeType(models.Model):
    """A step of the dispositif; a séance is created from each when an atelier opens."""

    dispositif = models.ForeignKey(Dispositif, on_delete=models.CASCADE, related_name="etapes")
    genre = models.CharField("genre", max_length=20, choices=GenreSeance)
    rang = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre")
    libelle = models.CharField("libellé", max_length=120)
    objectif = models.TextField("objectif", blank=True)
    mois_prevu = models.PositiveSmallIntegerField("mois prévu après l’ouverture")
    duree_jours = models.PositiveSmallIntegerField("durée (jours)", default=1)

    class Meta:
        ordering = ["dispositif", "ordre"]
        verbose_name = "étape type"
        verbose_name_plural = "étapes types"
        constraints = [
            models.UniqueConstraint(
                fields=["dispositif", "ordre"],
                name="etape_type_ordre_unique",
                violation_error_message="Deux étapes ne peuvent pas porter le même ordre.",
            ),
            models.CheckConstraint(
                name="etape_type_atelier_avec_rang",
                condition=~Q(genre=GenreSeance.ATELIER) | Q(rang__isnull=False),
                violation_error_message="Un atelier in situ porte un rang.",
            ),
        ]

    def __str__(self):
        return self.libelle


class PieceRequise(models.Model):
    dispositif = models.ForeignKey(Dispositif, on_delete=models.CASCADE, related_name="pieces")
    cle = models.SlugField("clé", max_length=40)
    libelle = models.CharField("libellé", max_length=160)
    aide = models.TextField("aide", blank=True)
    obligatoire = models.BooleanField("obligatoire", default=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["dispositif", "ordre", "pk"]
        verbose_name = "pièce requise"
        verbose_name_plural = "pièces requises"
        constraints = [
            models.UniqueConstraint(fields=["dispositif", "cle"], name="piece_requise_unique")
        ]

    def __str__(self):
        return self.libelle


class LivrableType(models.Model):
    """A deliverable that the dispositif expects, after a kind (and rank) of séance."""

    dispositif = models.ForeignKey(Dispositif, on_delete=models.CASCADE, related_name="livrables")
    cle = models.SlugField("clé", max_length=40)
    libelle = models.CharField("libellé", max_length=160)
    apres_genre = models.CharField("après", max_length=20, choices=GenreSeance, blank=True)
    apres_rang = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["dispositif", "ordre", "pk"]
        verbose_name = "livrable type"
        verbose_name_plural = "livrables types"
        constraints = [
            models.UniqueConstraint(fields=["dispositif", "cle"], name="livrable_type_unique")
        ]

    def __str__(self):
        return self.libelle


class Theme(models.Model):
    cle = models.SlugField("clé", max_length=40, unique=True)
    libelle = models.CharField("libellé", max_length=120)
    famille = models.CharField("famille", max_length=20, choices=FamilleTheme)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["ordre", "libelle"]
        verbose_name = "thème"

    def __str__(self):
        return self.libelle
