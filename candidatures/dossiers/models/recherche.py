from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from candidatures.dossiers.models.candidature import Candidature


class IndexRecherche(models.Model):
    """The words of a dossier, folded and stemmed. Derived: `reindexer` writes it all again."""

    candidature = models.OneToOneField(
        Candidature, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    vecteur = SearchVectorField("mots")
    indexee_le = models.DateTimeField("indexée le")
    mots_le = models.DateTimeField("mots relevés le", null=True)

    class Meta:
        verbose_name = "index de recherche"
        verbose_name_plural = "index de recherche"
        indexes = [GinIndex(fields=["vecteur"], name="index_recherche_mots")]

    def __str__(self):
        return f"Index de {self.candidature_id}"


class MotRecherche(models.Model):
    """A word written in some dossier, with its trigrams: what a misspelt search is compared to."""

    mot = models.CharField("mot", max_length=30, primary_key=True)
    trigrammes = ArrayField(models.CharField(max_length=3), verbose_name="trigrammes")

    class Meta:
        verbose_name = "mot de la recherche"
        verbose_name_plural = "mots de la recherche"
        indexes = [GinIndex(fields=["trigrammes"], name="mot_recherche_trigrammes")]

    def __str__(self):
        return self.mot
