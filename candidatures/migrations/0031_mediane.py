"""The twin row keeps the median of the notes too: the list shows it, and sorts by it."""

from importlib import import_module

from django.db import migrations, models

jours = import_module("candidatures.migrations.0030_jours_et_mots_rares")
AVANT = jours._apres(jours.AVANT)
MOYENNE = "round(avg(x.moyenne), 10) AS moyenne,"
MEDIANE = """
            round((percentile_cont(0.5) WITHIN GROUP (ORDER BY x.moyenne))::numeric, 10)
            AS mediane,"""


def _apres(texte: str) -> str:
    """The function of 0030, with the median; its columns are named twice."""
    for avant, apres, fois in (
        ("note_moyenne, evaluations", "note_moyenne, note_mediane, evaluations", 2),
        ("e.moyenne, e.deposees", "e.moyenne, e.mediane, e.deposees", 1),
        (MOYENNE, MOYENNE + MEDIANE, 1),
        ("EXCLUDED.note_moyenne,", "EXCLUDED.note_moyenne, EXCLUDED.note_mediane,", 1),
    ):
        if texte.count(avant) != fois:
            raise ValueError(avant)
        texte = texte.replace(avant, apres)
    return texte


class Migration(migrations.Migration):

    dependencies = [("candidatures", "0030_jours_et_mots_rares")]

    operations = [
        migrations.AddField(
            "repere",
            "note_mediane",
            models.DecimalField(
                decimal_places=10,
                max_digits=14,
                null=True,
                verbose_name="médiane des évaluations comptées",
            ),
        ),
        migrations.RunSQL(_apres(AVANT) + jours.TOUT, AVANT),
        migrations.RemoveIndex("repere", "repere_etat"),
        migrations.AddIndex(
            "repere",
            models.Index(
                fields=["etat", "-deposee_le", "-candidature"],
                include=("note_mediane", "note_moyenne", "compte_depuis", "jours_arretes"),
                name="repere_etat",
            ),
        ),
    ]
