"""Reviewers invited by mail, by a signed link."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0035_brouillons_avis'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InvitationEvaluateur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('courriel', models.EmailField(max_length=254, verbose_name='adresse électronique')),
                ('prenom', models.CharField(max_length=80, verbose_name='prénom')),
                ('nom', models.CharField(max_length=80, verbose_name='nom')),
                ('organisme', models.CharField(blank=True, max_length=200, verbose_name='organisme')),
                ('invite_le', models.DateTimeField(verbose_name='invité le')),
                ('expire_le', models.DateTimeField(verbose_name='expire le')),
                ('accepte_le', models.DateTimeField(blank=True, null=True, verbose_name='accepté le')),
                ('revoque_le', models.DateTimeField(blank=True, null=True, verbose_name='révoqué le')),
                ('invite_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('utilisateur', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation à évaluer',
                'verbose_name_plural': 'invitations à évaluer',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoque_le__isnull', True)), fields=('courriel',), name='invitation_evaluateur_unique', violation_error_message='Cette personne est déjà invitée.'), models.CheckConstraint(condition=models.Q(models.Q(('accepte_le__isnull', True), ('utilisateur__isnull', True)), models.Q(('accepte_le__isnull', False), ('utilisateur__isnull', False)), _connector='OR'), name='invitation_evaluateur_acceptee', violation_error_message='Une invitation acceptée désigne un compte.')],
            },
        ),
    ]
