"""Who writes, who agrees and in whose name: people invited, visas, mandates."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.dossiers.choix import AvisVisa, EtatAnalyse
from candidatures.dossiers.models.candidature import Candidature

PERSONNE = {"on_delete": models.PROTECT, "related_name": "+"}


class CoAuteur(models.Model):
    """A person invited by mail to write one candidature. Rights begin when they accept.

    `organisme` or, when it is not known here, `organisme_nom`: vouched for by whoever invites, for
    the account that the person may open with the link.
    """

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="coauteurs")
    courriel = models.EmailField("adresse électronique")
    prenom = models.CharField("prénom", max_length=80)
    nom = models.CharField("nom", max_length=80)
    organisme = models.ForeignKey("comptes.Organisme", null=True, blank=True, **PERSONNE)
    organisme_nom = models.CharField("autre organisme", max_length=200, blank=True)
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSONNE)
    invite_par = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSONNE)
    invite_le = models.DateTimeField("invité le")
    expire_le = models.DateTimeField("expire le")
    accepte_le = models.DateTimeField("accepté le", null=True, blank=True)
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "coauteur"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "courriel"],
                condition=Q(revoque_le__isnull=True),
                name="coauteur_unique",
                violation_error_message="Cette personne est déjà invitée.",
            ),
            models.CheckConstraint(
                name="coauteur_accepte_avec_compte",
                condition=Q(accepte_le__isnull=True) | Q(utilisateur__isnull=False),
                violation_error_message="Une invitation acceptée désigne un compte.",
            ),
        ]

    def __str__(self):
        return f"{self.prenom} {self.nom}".strip() or self.courriel


class VisaPorteur(models.Model):
    """What one commune or EPCI that carries the candidature says of it before the deposit."""

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="visas")
    organisme = models.ForeignKey("comptes.Organisme", **PERSONNE)
    avis = models.CharField("avis", max_length=20, choices=AvisVisa)
    texte = models.TextField("observations", blank=True)
    empreinte = models.CharField("empreinte du dossier lu", max_length=64, blank=True, default="")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSONNE)
    le = models.DateTimeField("le")

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "visa"
        constraints = [
            models.UniqueConstraint(fields=["candidature", "organisme"], name="visa_unique"),
            models.CheckConstraint(
                name="visa_reserve_motive",
                condition=~Q(avis=AvisVisa.RESERVE) | ~Q(texte=""),
                violation_error_message="Un avis réservé dit ses réserves.",
            ),
        ]

    def __str__(self):
        return f"{self.organisme} : {self.get_avis_display()}"


class Mandat(models.Model):
    """The written mandate by which another organisation files in a collectivité's name.

    A withdrawn one is kept with its reason: the receipt names those in force only.
    """

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="mandats")
    mandant = models.ForeignKey("comptes.Organisme", **PERSONNE)
    mandataire = models.ForeignKey("comptes.Organisme", **PERSONNE)
    signe_le = models.DateField("signé le")
    fichier = models.FileField("mandat signé", upload_to="candidatures/mandats/")
    nom = models.CharField("nom du fichier", max_length=160)
    mime = models.CharField("type", max_length=100)
    sha256 = models.CharField("empreinte", max_length=64)
    enregistre_par = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSONNE)
    enregistre_le = models.DateTimeField("enregistré le", auto_now_add=True)
    analyse = models.CharField(
        "analyse antivirus", max_length=20, choices=EtatAnalyse, default=EtatAnalyse.NON_ANALYSEE
    )
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)
    retire_par = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **PERSONNE)
    motif_retrait = models.TextField("motif du retrait", blank=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "mandat"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "mandant"],
                condition=Q(retire_le__isnull=True),
                name="mandat_unique",
                violation_error_message="Ce mandat est déjà enregistré.",
            ),
            models.CheckConstraint(
                name="mandat_entre_deux",
                condition=~Q(mandant=models.F("mandataire")),
                violation_error_message="Un organisme ne se donne pas mandat à lui-même.",
            ),
            models.CheckConstraint(
                name="mandat_retire_motive",
                condition=Q(retire_le__isnull=True) | ~Q(motif_retrait=""),
                violation_error_message="Un mandat se retire avec un motif.",
            ),
        ]

    def __str__(self):
        return f"{self.mandant} mandate {self.mandataire}"
