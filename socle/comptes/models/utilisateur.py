from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from socle.comptes.choix import Role


class GestionnaireUtilisateurs(BaseUserManager):
    def get_queryset(self):
        """With the organisme: the header shows it, and nearly every right asks for it."""
        return super().get_queryset().select_related("organisme")

    def create_user(self, email, password=None, **champs):
        utilisateur = self.model(email=self.normalize_email(email).lower(), **champs)
        utilisateur.set_password(password)
        utilisateur.save(using=self._db)
        return utilisateur

    def create_superuser(self, email, password=None, **champs):
        champs.setdefault("role", Role.DGALN)
        return self.create_user(email, password, is_staff=True, is_superuser=True, **champs)


class Utilisateur(AbstractBaseUser, PermissionsMixin):
    """A person with an account, who acts with one role for one organisme."""

    email = models.EmailField("adresse électronique", unique=True)
    prenom = models.CharField("prénom", max_length=80)
    nom = models.CharField("nom", max_length=80)
    fonction = models.CharField("fonction", max_length=120, blank=True)
    role = models.CharField("rôle", max_length=20, choices=Role)
    organisme = models.ForeignKey(
        "comptes.Organisme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField("actif", default=True)
    is_staff = models.BooleanField("accède à l’administration", default=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)

    objects = GestionnaireUtilisateurs()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["prenom", "nom"]

    class Meta:
        ordering = ["nom", "prenom"]
        verbose_name = "utilisateur"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="utilisateur_email_unique_sans_casse",
                violation_error_message="Un compte a déjà cette adresse électronique.",
            ),
            models.CheckConstraint(
                name="utilisateur_organisme_requis",
                condition=Q(organisme__isnull=False) | Q(is_superuser=True),
                violation_error_message="Rattachez cette personne à un organisme.",
            ),
        ]

    def __str__(self):
        return self.nom_complet

    @property
    def nom_complet(self):
        return f"{self.prenom} {self.nom}".strip() or self.email

    def a_le_role(self, *roles) -> bool:
        return self.is_active and self.role in roles
