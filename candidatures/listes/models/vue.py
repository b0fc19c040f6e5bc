from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from candidatures.listes.choix import PageListe, Partage


class VueEnregistree(models.Model):
    """A list as its address says it: filters, sort, columns. One may be its owner's default."""

    page = models.CharField("page", max_length=20, choices=PageListe)
    nom = models.CharField("nom", max_length=80)
    requete = models.CharField("état de la liste", max_length=2000, blank=True)
    proprietaire = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    partage = models.CharField(
        "partagée avec", max_length=10, choices=Partage, default=Partage.PRIVE
    )
    par_defaut = models.BooleanField("ouverte par défaut", default=False)
    enregistree_le = models.DateTimeField("enregistrée le", auto_now=True)

    class Meta:
        ordering = ["nom", "pk"]
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        constraints = [
            models.UniqueConstraint(
                fields=["proprietaire", "page", "nom"],
                name="vue_nom_unique",
                violation_error_message="Vous avez déjà une vue de ce nom.",
            ),
            models.UniqueConstraint(
                fields=["proprietaire", "page"],
                condition=Q(par_defaut=True),
                name="vue_une_par_defaut",
                violation_error_message="Une seule vue s’ouvre par défaut.",
            ),
            models.CheckConstraint(
                name="vue_nommee",
                condition=Q(nom__regex=r"\S"),
                violation_error_message="Donnez un nom à la vue.",
            ),
        ]

    def __str__(self):
        return self.nom

    def get_absolute_url(self):
        nom = "liste" if self.page == PageListe.CANDIDATURES else "instruction"
        return f"{reverse(f'candidatures:{nom}')}?{self.requete or 'vue=' + str(self.pk)}"
