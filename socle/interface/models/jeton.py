from django.db import models


class Jeton(models.Model):
    """A form that was already saved: the same form sent twice is recognised, not run twice."""

    cle = models.UUIDField("clé", primary_key=True)
    pose_le = models.DateTimeField("posé le", auto_now_add=True)
    url_retour = models.CharField("adresse de retour", max_length=500, blank=True)

    class Meta:
        verbose_name = "jeton de formulaire"
        verbose_name_plural = "jetons de formulaire"
        indexes = [models.Index(fields=["pose_le"], name="jeton_pose_le")]

    def __str__(self):
        return str(self.cle)
