import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("exports", "0001_initial")]

    operations = [
        migrations.AddField(
            "modeleexport",
            "options",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                default=list,
                size=None,
                verbose_name="ajouts",
            ),
        ),
        migrations.AlterField(
            "export",
            "etat",
            models.CharField(
                choices=[
                    ("demande", "En préparation"),
                    ("en_cours", "En préparation"),
                    ("pret", "Prêt"),
                    ("echec", "Échec"),
                    ("expire", "Expiré"),
                ],
                default="demande",
                max_length=10,
                verbose_name="état",
            ),
        ),
    ]
