"""The narrow twin of a candidature: what lists filter, sort and count on, and who may read it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from candidatures.appels.models import Appel
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.models.candidature import Candidature


def _liste(champ, nom):
    return ArrayField(champ, default=list, editable=False, verbose_name=nom)


class Repere(models.Model):
    """Written by triggers only, in the statement that changes what it is made of (migrations 0025,
    0028, 0030, 0031).

    A candidature weighs a kilobyte and its rights stand in five other tables: counting a region
    read them all. Here they are a row of 200 bytes, that one index answers for. Nothing is granted
    by this row: it says where the dossier lies and who carries it, each reading computes the right.
    """

    candidature = models.OneToOneField(
        Candidature, on_delete=models.DO_NOTHING, primary_key=True, related_name="repere"
    )
    appel = models.ForeignKey(Appel, on_delete=models.DO_NOTHING, related_name="+")
    etat = models.CharField("état", max_length=20, choices=EtatCandidature)
    deposee_le = models.DateTimeField("déposée le", null=True)
    population = models.PositiveIntegerField("population", null=True)
    # The same codes, joined: what a map groups by costs three times less as one word.
    lieu = models.TextField("codes des départements")
    departements = _liste(models.CharField(max_length=3), "départements du périmètre")
    regions = _liste(models.CharField(max_length=3), "régions du périmètre")
    # Where the DREAL is the deduced one, and who answers elsewhere in its place.
    regions_deduites = _liste(models.CharField(max_length=3), "régions sans DREAL désignée")
    designes = _liste(models.BigIntegerField(), "DREAL désignées")
    organismes = _liste(models.BigIntegerField(), "service pilote, copilotes et porteurs")
    coauteurs = _liste(models.BigIntegerField(), "coauteurs qui ont accepté")
    consultes = _liste(models.BigIntegerField(), "organismes consultés")
    note_moyenne = models.DecimalField(
        "moyenne des évaluations comptées", max_digits=14, decimal_places=10, null=True
    )
    note_mediane = models.DecimalField(
        "médiane des évaluations comptées", max_digits=14, decimal_places=10, null=True
    )
    evaluations_deposees = models.PositiveIntegerField("évaluations déposées", null=True)
    avis_recus = models.PositiveIntegerField("avis reçus", null=True)
    # Days of instruction: counted from the first while they run, the second once they stopped.
    compte_depuis = models.DateField("ses jours se comptent depuis le", null=True)
    jours_arretes = models.IntegerField("ses jours, le compte arrêté", null=True)

    class Meta:
        verbose_name = "repère"
        indexes = [
            models.Index(fields=["-deposee_le", "-candidature"], name="repere_depot"),
            # Whatever sorts the list of what is instructed is read there, without the rows.
            models.Index(
                fields=["etat", "-deposee_le", "-candidature"],
                include=["note_mediane", "note_moyenne", "compte_depuis", "jours_arretes"],
                name="repere_etat",
            ),
            models.Index(fields=["population", "candidature"], name="repere_population"),
            models.Index(fields=["lieu", "candidature"], name="repere_lieu"),
            GinIndex(
                fields=[
                    "departements",
                    "regions",
                    "regions_deduites",
                    "designes",
                    "organismes",
                    "coauteurs",
                    "consultes",
                ],
                name="repere_acces",
            ),
        ]

    def __str__(self):
        return f"Repère de {self.candidature_id}"
