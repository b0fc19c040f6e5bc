from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("candidatures", "0044_rangs_a_l_aveugle"),
    ]

    operations = [
        migrations.AlterField(
            model_name="acteuramobiliser",
            name="college",
            field=models.CharField(
                blank=True,
                choices=[
                    ("elus", "Élus"),
                    ("techniciens_etat", "Techniciens de l’État"),
                    ("techniciens_collectivites", "Techniciens des collectivités"),
                    ("socio_economiques", "Acteurs socio-économiques"),
                    ("associations", "Associations"),
                    ("habitants", "Habitants et usagers"),
                    ("chercheurs", "Chercheurs"),
                    ("equipe", "Équipe d’assistance"),
                ],
                max_length=30,
                verbose_name="collège",
            ),
        ),
        # A session whose end came before its start says one year.
        migrations.RunSQL(
            "UPDATE candidatures_sessionnationale SET annee_fin = annee_debut "
            "WHERE annee_fin < annee_debut",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="sessionnationale",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("annee_fin__isnull", True),
                    ("annee_fin__gte", models.F("annee_debut")),
                    _connector="OR",
                ),
                name="session_annees_ordonnees",
                violation_error_message="La session se termine avant de commencer.",
            ),
        ),
    ]
