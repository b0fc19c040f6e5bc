"""Dossiers that a new committee takes again, sealed with it when it closes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0036_invitations_evaluateurs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DossierRepris',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('motif', models.TextField(verbose_name='motif de la reprise')),
                ('le', models.DateTimeField(verbose_name='le')),
                ('candidature', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='candidatures.candidature')),
                ('comite', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reprises', to='candidatures.comite')),
                ('par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'dossier repris',
                'verbose_name_plural': 'dossiers repris',
                'ordering': ['comite', 'candidature'],
                'constraints': [
                    models.UniqueConstraint(fields=('comite', 'candidature'), name='dossier_repris_unique', violation_error_message='Ce dossier est déjà repris par ce comité.'),
                    models.CheckConstraint(condition=models.Q(('motif__regex', '\\S')), name='dossier_repris_motive', violation_error_message='Dites pourquoi ces dossiers sont repris.'),
                ],
            },
        ),
        migrations.RunSQL(
            'CREATE TRIGGER candidatures_dossierrepris_scelle BEFORE INSERT OR UPDATE OR DELETE '
            'ON candidatures_dossierrepris FOR EACH ROW EXECUTE FUNCTION candidatures_comite_scelle();',
            'DROP TRIGGER candidatures_dossierrepris_scelle ON candidatures_dossierrepris;',
        ),
    ]
