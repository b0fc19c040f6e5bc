"""A request for compléments may be taken back, with its reason."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0045_session_annees_college'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='demandecomplement',
            name='motif_retrait',
            field=models.TextField(blank=True, verbose_name='motif du retrait'),
        ),
        migrations.AddField(
            model_name='demandecomplement',
            name='retiree_le',
            field=models.DateTimeField(blank=True, null=True, verbose_name='retirée le'),
        ),
        migrations.AddConstraint(
            model_name='demandecomplement',
            constraint=models.CheckConstraint(condition=models.Q(('retiree_le__isnull', True), models.Q(('motif_retrait__regex', '\\S'), ('repondue_le__isnull', False)), _connector='OR'), name='complement_retrait_motive', violation_error_message='Une demande retirée porte son motif.'),
        ),
    ]
