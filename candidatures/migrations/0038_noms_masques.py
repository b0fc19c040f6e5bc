"""Names that only people know, hidden too in a blind reading."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0037_dossiers_repris'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NomsMasques',
            fields=[
                ('candidature', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='noms_masques', serialize=False, to='candidatures.candidature')),
                ('noms', models.TextField(blank=True, verbose_name='autres noms à masquer')),
                ('le', models.DateTimeField(auto_now=True, verbose_name='le')),
                ('par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'noms à masquer',
                'verbose_name_plural': 'noms à masquer',
            },
        ),
    ]
