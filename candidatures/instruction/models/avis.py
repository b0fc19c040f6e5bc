from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.instruction.choix import TONS_AVIS, SensAvis

E = EtatCandidature
# An avis is awaited as long as its dossier is in one of these; sent back, it waits for its return.
ETATS_AVIS = (E.DEPOSEE, E.RECEVABLE, *EN_DECISION)


class Avis(models.Model):
    """Asked from an organisation (any of its people answers), or from one person of it."""

    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="avis"
    )
    organisme = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.TextField("question posée", blank=True)
    sens = models.CharField("sens", max_length=20, choices=SensAvis, blank=True)
    texte = models.TextField("avis", blank=True)
    demande_le = models.DateTimeField("demandé le")
    demande_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    echeance = models.DateField("attendu avant le")
    lot = models.ForeignKey(
        "courriels.LotCourriels",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="envoi groupé",
    )
    retenu = models.BooleanField("pas encore envoyé", default=False)
    rendu_le = models.DateTimeField("rendu le", null=True, blank=True)

    class Meta:
        ordering = ["candidature", "organisme__nom", "pk"]
        verbose_name = "avis"
        verbose_name_plural = "avis"
        indexes = [
            models.Index(
                fields=["echeance", "id"],
                include=["candidature"],
                condition=Q(rendu_le__isnull=True),
                name="avis_attendu",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="avis_retenu_sans_reponse",
                condition=Q(retenu=False) | Q(rendu_le__isnull=True, lot__isnull=False),
                violation_error_message="Un avis dont la demande est retenue n’est pas rendu.",
            ),
            models.UniqueConstraint(
                fields=["candidature", "organisme"],
                name="avis_unique_par_organisme",
                violation_error_message="L’avis de cet organisme a déjà été demandé.",
            ),
            models.CheckConstraint(
                name="avis_rendu_complet",
                condition=Q(rendu_le__isnull=True, sens="")
                | Q(
                    rendu_le__isnull=False,
                    sens__in=SensAvis.values,
                    texte__regex=r"\S",
                    auteur__isnull=False,
                ),
                violation_error_message="Un avis rendu porte un sens, un texte et un auteur.",
            ),
        ]

    def __str__(self):
        return f"{self.organisme} sur {self.candidature.reference}"

    @property
    def clos(self) -> bool:
        """Not rendered, and nobody awaits it any more: the instruction of the dossier is over."""
        etat = self.candidature.etat
        return self.rendu_le is None and etat not in (*ETATS_AVIS, E.A_COMPLETER)

    @property
    def ton(self) -> str:
        return TONS_AVIS.get(self.sens, "")


class BrouillonAvis(models.Model):
    """What is typed before the avis is rendered, shared by those who may render it, nobody else.

    Gone with the rendering: the avis is then the only text.
    """

    avis = models.OneToOneField(Avis, on_delete=models.CASCADE, related_name="brouillon")
    sens = models.CharField("sens", max_length=20, choices=SensAvis, blank=True)
    texte = models.TextField("avis", blank=True)
    revision_sens = models.PositiveIntegerField(default=0)
    revision_texte = models.PositiveIntegerField(default=0)
    modifie_le = models.DateTimeField("enregistré le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["avis"]
        verbose_name = "brouillon d’avis"
        verbose_name_plural = "brouillons d’avis"
        constraints = [
            models.CheckConstraint(
                name="brouillon_avis_sens_connu",
                condition=Q(sens="") | Q(sens__in=SensAvis.values),
                violation_error_message="Ce sens d’avis n’existe pas.",
            )
        ]

    def __str__(self):
        return f"Brouillon : {self.avis}"
