from django.db import models
from django.db.models import Q

from ateliers.parcours.choix import TONS_ATELIER, EtatAtelier


class Atelier(models.Model):
    """The accompaniment of one territory, opened from one retained candidature.

    `porteurs` are copied from the candidature; `intervenants` are the organisations of the team,
    kept by the cadrage room: both give the right to contribute.
    """

    reference = models.CharField("référence", max_length=20, unique=True)
    nom = models.CharField("nom", max_length=200)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    candidature = models.OneToOneField(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="+"
    )
    dispositif = models.ForeignKey(
        "candidatures.Dispositif", on_delete=models.PROTECT, related_name="+"
    )
    perimetre = models.ForeignKey(
        "territoires.Perimetre", on_delete=models.PROTECT, related_name="+"
    )
    service_pilote = models.ForeignKey(
        "comptes.Organisme", on_delete=models.PROTECT, related_name="+"
    )
    porteurs = models.ManyToManyField("comptes.Organisme", related_name="+", blank=True)
    intervenants = models.ManyToManyField("comptes.Organisme", related_name="+", blank=True)
    etat = models.CharField("état", max_length=20, choices=EtatAtelier, default=EtatAtelier.CADRAGE)
    ouvert_le = models.DateField("ouvert le")
    clos_le = models.DateField("clos le", null=True, blank=True)
    presentation = models.TextField("présentation", blank=True)
    public = models.BooleanField("page publique", default=True)
    fuseau = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-ouvert_le", "-pk"]
        verbose_name = "atelier"
        constraints = [
            models.CheckConstraint(
                name="atelier_etat_connu",
                condition=Q(etat__in=EtatAtelier.values),
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                name="atelier_clos_apres_ouverture",
                condition=Q(clos_le__isnull=True) | Q(clos_le__gte=models.F("ouvert_le")),
                violation_error_message="La clôture ne peut pas précéder l’ouverture.",
            ),
        ]

    def __str__(self):
        return self.nom

    @property
    def ton(self):
        return TONS_ATELIER[self.etat]
