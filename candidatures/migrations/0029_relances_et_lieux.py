import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("candidatures", "0028_designations"),
        ("courriels", "0004_resumes_relies"),
    ]

    operations = [
        migrations.AddField(
            "relanceavis",
            "lot",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="courriels.lotcourriels",
                verbose_name="envoi groupé",
            ),
        ),
        migrations.AddIndex(
            "repere", models.Index(fields=["lieu", "candidature"], name="repere_lieu")
        ),
    ]
