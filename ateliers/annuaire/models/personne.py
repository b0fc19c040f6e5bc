from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from ateliers.annuaire.choix import Civilite
from ateliers.annuaire.models.organisme import OrganismeAnnuaire
from candidatures.dispositifs.choix import College
from socle.territoires.texte import plier


class Personne(models.Model):
    """Somebody who takes part in ateliers, stored once. An inhabitant belongs to one `atelier`.

    `utilisateur`: their account. Triggers set it by the address (migration 0030), whoever writes.
    """

    civilite = models.CharField("civilité", max_length=10, choices=Civilite, blank=True)
    prenom = models.CharField("prénom", max_length=80)
    nom = models.CharField("nom", max_length=80)
    courriel = models.EmailField("adresse électronique", blank=True)
    telephone = models.CharField("téléphone", max_length=30, blank=True)
    adresse = models.TextField("adresse postale", max_length=300, blank=True)
    atelier = models.ForeignKey(
        "ateliers.Atelier", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="compte",
    )
    # Folded names and organisations: what the search of the directory reads.
    recherche = models.CharField(max_length=1000, blank=True, editable=False)
    creee_le = models.DateTimeField("connue depuis", auto_now_add=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["nom", "prenom", "pk"]
        verbose_name = "personne"
        constraints = [
            models.UniqueConstraint(
                Lower("courriel"),
                condition=~Q(courriel="") & Q(atelier__isnull=True),
                name="personne_courriel_unique",
                violation_error_message="Une personne de l’annuaire a déjà cette adresse.",
            ),
            models.UniqueConstraint(
                "atelier",
                Lower("courriel"),
                condition=~Q(courriel="") & Q(atelier__isnull=False),
                name="personne_reservee_courriel_unique",
                violation_error_message="Un habitant de cet atelier a déjà cette adresse.",
            ),
            models.UniqueConstraint(
                fields=["utilisateur"],
                name="personne_compte_unique",
                violation_error_message="Une autre fiche de l’annuaire est déjà celle de ce "
                "compte : fusionnez les deux fiches.",
            ),
            models.CheckConstraint(
                name="personne_reservee_sans_compte",
                condition=Q(atelier__isnull=True) | Q(utilisateur__isnull=True),
                violation_error_message="La fiche d’un habitant reste dans son atelier : elle "
                "n’est liée à aucun compte.",
            ),
        ]

    def __str__(self):
        return self.nom_complet

    @property
    def nom_complet(self):
        return f"{self.prenom} {self.nom}".strip()

    def texte_cherche(self, mandats) -> str:
        """`mandats`: theirs, read with their organisme."""
        mots = [self.prenom, self.nom, self.courriel]
        for mandat in mandats:
            mots += [mandat.organisation, mandat.fonction]
            mots += [mandat.organisme.sigle] if mandat.organisme else []
        return plier(" ".join(mots))[:1000]


class Mandat(models.Model):
    """In which quality a person speaks, for which organisation, from when to when."""

    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="mandats")
    organisme = models.ForeignKey(
        OrganismeAnnuaire,
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="mandats",
        verbose_name="organisme",
    )
    fonction = models.CharField("fonction", max_length=120, blank=True)
    college = models.CharField("collège", max_length=30, choices=College)
    du = models.DateField("depuis le", null=True, blank=True)
    au = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        ordering = ["au", "pk"]
        verbose_name = "mandat"
        constraints = [
            models.CheckConstraint(
                name="mandat_ordonne",
                condition=Q(du__isnull=True) | Q(au__isnull=True) | Q(au__gte=F("du")),
                violation_error_message="Un mandat ne peut pas finir avant d’avoir commencé.",
            )
        ]

    def __str__(self):
        return self.qualite or self.get_college_display()

    @property
    def termine(self) -> bool:
        return self.au is not None

    @property
    def organisation(self) -> str:
        return self.organisme.nom if self.organisme else ""

    @property
    def qualite(self):
        return ", ".join(t for t in (self.fonction, self.organisation) if t)
