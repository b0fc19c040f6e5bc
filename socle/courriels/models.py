from django.conf import settings
from django.db import models
from django.urls import reverse

from socle.courriels.choix import EN_ATTENTE_OU_RETENUS, EtatCourriel, Rythme


class LotCourriels(models.Model):
    """Mails written together and held: somebody reads them, then sends them or gives them up."""

    cle = models.CharField("nature", max_length=60)
    titre = models.CharField("titre", max_length=200)
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    depose_le = models.DateTimeField("préparé le", auto_now_add=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)
    annule_le = models.DateTimeField("abandonné le", null=True, blank=True)

    class Meta:
        ordering = ["-depose_le", "-pk"]
        verbose_name = "envoi groupé"
        verbose_name_plural = "envois groupés"
        constraints = [
            models.CheckConstraint(
                name="lot_envoye_ou_annule",
                condition=models.Q(envoye_le__isnull=True) | models.Q(annule_le__isnull=True),
                violation_error_message="Un envoi part ou s’abandonne, pas les deux.",
            )
        ]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return reverse("courriels:lot", args=[self.pk])

    @property
    def etat_dit(self) -> str:
        if self.annule_le:
            return "Abandonné"
        return "Envoyé" if self.envoye_le else "Retenu, à relire"

    @property
    def ton(self) -> str:
        if self.annule_le:
            return ""
        return "succes" if self.envoye_le else "attention"


class PreferenceCourriels(models.Model):
    """How often somebody wants mail; without a row, at once."""

    utilisateur = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    rythme = models.CharField("rythme", max_length=15, choices=Rythme, default=Rythme.IMMEDIAT)

    class Meta:
        verbose_name = "préférence de courriels"
        verbose_name_plural = "préférences de courriels"

    def __str__(self):
        return self.get_rythme_display()


class Courriel(models.Model):
    """One mail to one person, as it was rendered the day it was written."""

    cle = models.CharField("modèle", max_length=80)
    destinataire = models.EmailField("destinataire")
    destinataire_nom = models.CharField("nom du destinataire", max_length=200, blank=True)
    sujet = models.CharField("objet", max_length=250)
    corps = models.TextField("texte")
    etat = models.CharField("état", max_length=20, choices=EtatCourriel)
    objet_type = models.CharField(max_length=60, blank=True)
    objet_id = models.CharField(max_length=40, blank=True)
    lot = models.ForeignKey(
        LotCourriels,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="courriels",
        verbose_name="envoi groupé",
    )
    groupe = models.CharField("dossier", max_length=160, blank=True)
    resume = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="groupes",
        verbose_name="résumé qui le porte",
    )
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    depose_le = models.DateTimeField("écrit le", auto_now_add=True)
    a_envoyer_depuis = models.DateTimeField("à envoyer depuis", null=True)
    envoye_le = models.DateTimeField("envoyé le", null=True)
    essais = models.PositiveSmallIntegerField("essais", default=0)
    erreur = models.TextField("erreur", blank=True)
    exclusif = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        ordering = ["-depose_le", "-pk"]
        verbose_name = "courriel"
        indexes = [
            models.Index(fields=["destinataire", "-depose_le"], name="courriel_destinataire"),
            models.Index(fields=["objet_type", "objet_id"], name="courriel_objet"),
            models.Index(
                fields=["a_envoyer_depuis"],
                condition=models.Q(etat="en_attente"),
                name="courriel_en_attente",
            ),
        ]
        constraints = [
            # Two mails that contradict each other share this key: the second waits for the first.
            models.UniqueConstraint(
                fields=["destinataire", "exclusif"],
                condition=~models.Q(exclusif="") & models.Q(etat__in=EN_ATTENTE_OU_RETENUS),
                name="courriel_exclusif_seul_en_attente",
                violation_error_message="Un courriel sur le même sujet attend déjà son envoi.",
            ),
            models.CheckConstraint(
                name="courriel_envoye_date",
                condition=~models.Q(etat="envoye") | models.Q(envoye_le__isnull=False),
                violation_error_message="Un courriel envoyé porte sa date d’envoi.",
            ),
        ]

    def __str__(self):
        return f"{self.sujet} → {self.destinataire}"

    def get_absolute_url(self):
        return reverse("courriels:detail", args=[self.pk])


class PieceJointe(models.Model):
    """A file kept with the mail, so that what was sent can be shown later."""

    courriel = models.ForeignKey(Courriel, on_delete=models.CASCADE, related_name="pieces_jointes")
    nom = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    contenu = models.BinaryField()
    # Empty, or where to fetch it from when the mail leaves (`socle.courriels.pieces`).
    source = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"

    def __str__(self):
        return self.nom
