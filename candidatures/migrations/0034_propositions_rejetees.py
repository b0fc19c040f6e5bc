"""A proposal that the committee refused is kept, sealed with the rest when the sitting closes."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


SCELLER = """
CREATE TRIGGER candidatures_propositionrejetee_scelle BEFORE INSERT OR UPDATE OR DELETE
ON candidatures_propositionrejetee FOR EACH ROW EXECUTE FUNCTION candidatures_comite_scelle();
"""
DESCELLER = (
    "DROP TRIGGER candidatures_propositionrejetee_scelle ON candidatures_propositionrejetee;"
)


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0033_deports_en_seance'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PropositionRejetee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposition', models.CharField(choices=[('retenir', 'Retenir'), ('reserve', 'Inscrire en réserve'), ('ne_pas_retenir', 'Ne pas retenir'), ('reorienter', 'Réorienter')], max_length=20, verbose_name='proposition')),
                ('precision', models.CharField(blank=True, max_length=200, verbose_name='précision')),
                ('motif', models.TextField(blank=True, verbose_name='motif')),
                ('dissidence', models.TextField(blank=True, verbose_name='opinion dissidente')),
                ('pour', models.PositiveSmallIntegerField(default=0, verbose_name='pour')),
                ('contre', models.PositiveSmallIntegerField(default=0, verbose_name='contre')),
                ('abstention', models.PositiveSmallIntegerField(default=0, verbose_name='abstention')),
                ('presidence_contre', models.BooleanField(default=False, verbose_name='présidence contre, voix partagées')),
                ('votes', models.JSONField(blank=True, default=list, verbose_name='votes nominatifs')),
                ('presents', models.PositiveSmallIntegerField(verbose_name='présents votants')),
                ('quorum', models.PositiveSmallIntegerField(verbose_name='quorum')),
                ('rejetee_le', models.DateTimeField(verbose_name='rejetée le')),
                ('candidature', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='candidatures.candidature')),
                ('comite', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejets', to='candidatures.comite')),
                ('par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'proposition rejetée',
                'verbose_name_plural': 'propositions rejetées',
                'ordering': ['comite', 'candidature', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('presents__gte', models.F('quorum')), ('quorum__gte', 1)), name='rejet_quorum', violation_error_message='Pas de vote sans quorum.'), models.CheckConstraint(condition=models.Q(('presents__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('pour'), '+', models.F('contre')), '+', models.F('abstention')))), name='rejet_voix_des_presents', violation_error_message='Il y a plus de voix que de présents.'), models.CheckConstraint(condition=models.Q(('pour__lt', models.F('contre')), models.Q(('pour', models.F('contre')), ('presidence_contre', True)), _connector='OR'), name='rejet_sans_majorite', violation_error_message='Cette proposition a recueilli la majorité.')],
            },
        ),
        migrations.RunSQL(SCELLER, DESCELLER),
    ]
