from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("exports", "0002_modele_avec_ajouts")]

    operations = [
        migrations.AddField(
            "export",
            "portee",
            models.CharField(
                blank=True, default="", max_length=300, verbose_name="liste et filtres, en mots"
            ),
            preserve_default=False,
        ),
    ]
