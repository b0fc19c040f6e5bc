"""What is typed of an avis before it is rendered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0034_propositions_rejetees'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BrouillonAvis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sens', models.CharField(blank=True, choices=[('favorable', 'Favorable'), ('reserve', 'Réservé'), ('defavorable', 'Défavorable')], max_length=20, verbose_name='sens')),
                ('texte', models.TextField(blank=True, verbose_name='avis')),
                ('revision_sens', models.PositiveIntegerField(default=0)),
                ('revision_texte', models.PositiveIntegerField(default=0)),
                ('modifie_le', models.DateTimeField(verbose_name='enregistré le')),
                ('avis', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='brouillon', to='candidatures.avis')),
                ('par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'brouillon d’avis',
                'verbose_name_plural': 'brouillons d’avis',
                'ordering': ['avis'],
                'constraints': [models.CheckConstraint(condition=models.Q(('sens', ''), ('sens__in', ['favorable', 'reserve', 'defavorable']), _connector='OR'), name='brouillon_avis_sens_connu', violation_error_message='Ce sens d’avis n’existe pas.')],
            },
        ),
    ]
