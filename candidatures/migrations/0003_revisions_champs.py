"""Revisions by field; rows of the note get a key."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LIGNES = {"projetencours": "projet", "schemaplanification": "schema", "acteuramobiliser": "acteur"}
CLES = [
    f"UPDATE candidatures_{modele} SET cle = gen_random_uuid()"
    for modele in LIGNES
]


class Migration(migrations.Migration):
    dependencies = [
        ("candidatures", "0002_versions_figees"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RevisionChamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("champ", models.CharField(max_length=80, verbose_name="champ")),
                ("revision", models.PositiveIntegerField(verbose_name="révision")),
                ("valeur", models.TextField(blank=True, verbose_name="valeur")),
                ("le", models.DateTimeField(verbose_name="le")),
                (
                    "candidature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="candidatures.candidature",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
            ],
            options={
                "verbose_name": "révision d’un champ",
                "verbose_name_plural": "révisions des champs",
                "ordering": ["candidature", "champ", "-revision"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("candidature", "champ", "revision"), name="revision_champ_unique"
                    )
                ],
            },
        ),
        *(
            migrations.AddField(
                modele,
                "cle",
                models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="clé"),
            )
            for modele in LIGNES
        ),
        migrations.RunSQL(CLES, migrations.RunSQL.noop),
        migrations.AlterField(
            "projetencours",
            "intitule",
            models.CharField(blank=True, max_length=200, verbose_name="intitulé"),
        ),
        migrations.AlterField(
            "schemaplanification",
            "intitule",
            models.CharField(blank=True, max_length=200, verbose_name="intitulé"),
        ),
        migrations.AlterField(
            "acteuramobiliser",
            "nom",
            models.CharField(blank=True, max_length=200, verbose_name="nom ou organisation"),
        ),
        *(
            migrations.AddConstraint(
                modele,
                models.UniqueConstraint(fields=("candidature", "cle"), name=f"{nom}_cle_unique"),
            )
            for modele, nom in LIGNES.items()
        ),
    ]
