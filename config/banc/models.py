"""The floor’s tables: 2,000 rows with two joins and an average, nothing of the product."""

from django.db import models


class Organisation(models.Model):
    nom = models.CharField(max_length=120)

    def __str__(self):
        return self.nom


class Fiche(models.Model):
    titre = models.CharField(max_length=200)
    etat = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    deposee_le = models.DateTimeField(db_index=True)
    compteur = models.PositiveIntegerField(default=0)
    texte = models.TextField(blank=True)

    def __str__(self):
        return self.titre


class Note(models.Model):
    fiche = models.ForeignKey(Fiche, on_delete=models.CASCADE, related_name="notes")
    valeur = models.PositiveSmallIntegerField()

    def __str__(self):
        return str(self.valeur)
