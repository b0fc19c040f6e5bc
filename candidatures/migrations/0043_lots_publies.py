"""A batch is applied when it is published; those made before were applied at once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0042_deliberations_rapportees'),
    ]

    operations = [
        migrations.AddField(
            model_name='lot',
            name='applique',
            field=models.BooleanField(default=False, verbose_name='appliqué avant publication'),
        ),
        migrations.RunSQL(
            "UPDATE candidatures_lot SET applique = true WHERE genre <> 'decisions'",
            migrations.RunSQL.noop,
        ),
    ]
