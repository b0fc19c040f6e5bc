from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courriels", "0004_resumes_relies")]

    operations = [
        migrations.AddField(
            model_name="piecejointe",
            name="source",
            field=models.CharField(blank=True, default="", editable=False, max_length=80),
            preserve_default=False,
        ),
    ]
