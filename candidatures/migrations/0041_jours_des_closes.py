"""A dossier closed without a decision has no days, even if a request for compléments was open."""

from importlib import import_module

from django.db import migrations

jours = import_module("candidatures.migrations.0030_jours_et_mots_rares")
mediane = import_module("candidatures.migrations.0031_mediane")
AVANT = mediane._apres(mediane.AVANT)
OUVERTE = "WHERE x.candidature_id = c.id AND x.repondue_le IS NULL)"
CLOSES = "AND c.etat NOT IN ('irrecevable', 'reorientee', 'retiree'))"


def _apres(texte: str) -> str:
    if texte.count(OUVERTE) != 1:
        raise ValueError(OUVERTE)
    return texte.replace(OUVERTE, f"{OUVERTE[:-1]} {CLOSES}")


class Migration(migrations.Migration):

    dependencies = [("candidatures", "0040_appel_revision")]

    operations = [
        migrations.RunSQL(_apres(AVANT) + jours.TOUT, AVANT + jours.TOUT),
    ]
