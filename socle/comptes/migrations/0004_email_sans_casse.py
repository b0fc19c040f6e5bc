from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("comptes", "0003_communes_elidees")]

    operations = [
        migrations.AddConstraint(
            model_name="utilisateur",
            constraint=models.UniqueConstraint(
                Lower("email"),
                name="utilisateur_email_unique_sans_casse",
                violation_error_message="Un compte a déjà cette adresse électronique.",
            ),
        ),
    ]
