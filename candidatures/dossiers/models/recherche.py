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

    class Meta:
        verbose_name = "index de recherche"
        verbose_name_plural = "index de recherche"
        indexes = [GinIndex(fields=["vecteur"], name="index_recherche_mots")]

    def __str__(self):
        return f"Index de {self.candidature_id}"
