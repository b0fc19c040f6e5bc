"""The DREAL that the DGALN designates, and what the twin row keeps of it."""

from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

AVANT = import_module("candidatures.migrations.0025_reperes").CALCULER.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
# The regions of the perimeter, then those left to their own DREAL and who answers elsewhere.
REGIONS = """ARRAY(SELECT DISTINCT d.region_id FROM territoires_perimetre_departements x
            JOIN territoires_departement d ON d.code = x.departement_id
            WHERE x.perimetre_id = c.perimetre_id ORDER BY 1),
        """
DESIGNATIONS = """ARRAY(SELECT DISTINCT d.region_id FROM territoires_perimetre_departements x
            JOIN territoires_departement d ON d.code = x.departement_id
            WHERE x.perimetre_id = c.perimetre_id AND NOT EXISTS (
                SELECT FROM candidatures_designation g
                WHERE g.candidature_id = c.id AND g.region_id = d.region_id) ORDER BY 1),
        ARRAY(SELECT DISTINCT g.organisme_id FROM candidatures_designation g
            JOIN territoires_departement d ON d.region_id = g.region_id
            JOIN territoires_perimetre_departements x ON x.departement_id = d.code
            WHERE g.candidature_id = c.id AND x.perimetre_id = c.perimetre_id ORDER BY 1),
        """


def _apres(texte: str) -> str:
    """The function of 0025, with the two lists."""
    for avant, apres in (
        (REGIONS, REGIONS + DESIGNATIONS),
        ("regions,\n        organismes", "regions,\n        regions_deduites, designes, organismes"),
        ("regions, organismes,", "regions, regions_deduites, designes, organismes,"),
        ("EXCLUDED.regions,", "EXCLUDED.regions, EXCLUDED.regions_deduites, EXCLUDED.designes,"),
    ):
        if texte.count(avant) != 1:
            raise ValueError(avant)
        texte = texte.replace(avant, apres)
    return texte


POSER = (
    _apres(AVANT)
    + """
CREATE TRIGGER repere_ajout AFTER INSERT ON candidatures_designation
    REFERENCING NEW TABLE AS lignes EXECUTE FUNCTION candidatures_reperer_liees();
CREATE TRIGGER repere_retrait AFTER DELETE ON candidatures_designation
    REFERENCING OLD TABLE AS lignes EXECUTE FUNCTION candidatures_reperer_liees();
CREATE TRIGGER repere_change AFTER UPDATE ON candidatures_designation FOR EACH ROW
    WHEN (OLD.candidature_id IS DISTINCT FROM NEW.candidature_id
        OR OLD.region_id IS DISTINCT FROM NEW.region_id
        OR OLD.organisme_id IS DISTINCT FROM NEW.organisme_id)
    EXECUTE FUNCTION candidatures_reperer_deplacee();
SELECT candidatures_reperer(ARRAY(SELECT id FROM candidatures_candidature));
"""
)
OTER = (
    "DROP TRIGGER repere_ajout ON candidatures_designation;"
    "DROP TRIGGER repere_retrait ON candidatures_designation;"
    "DROP TRIGGER repere_change ON candidatures_designation;" + AVANT
)


def _liste(champ, nom):
    return django.contrib.postgres.fields.ArrayField(
        base_field=champ, default=list, editable=False, size=None, verbose_name=nom
    )


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0027_visas_et_pieces'),
        ('comptes', '__first__'),
        ('territoires', '0004_siren_des_communes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Designation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('motif', models.CharField(max_length=300, verbose_name='motif')),
                ('designee_le', models.DateTimeField(auto_now=True, verbose_name='désignée le')),
                ('candidature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='designations', to='candidatures.candidature')),
                ('designee_par', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='comptes.organisme')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territoires.region')),
            ],
            options={
                'verbose_name': 'désignation d’une DREAL',
                'verbose_name_plural': 'désignations de DREAL',
                'ordering': ['candidature', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('candidature', 'region'), name='designation_une_par_region', violation_error_message='Une DREAL est déjà désignée pour cette région.')],
            },
        ),
        migrations.AddField('repere', 'regions_deduites', _liste(models.CharField(max_length=3), 'régions sans DREAL désignée')),
        migrations.AddField('repere', 'designes', _liste(models.BigIntegerField(), 'DREAL désignées')),
        migrations.RemoveIndex('repere', 'repere_acces'),
        migrations.AddIndex('repere', django.contrib.postgres.indexes.GinIndex(fields=['departements', 'regions', 'regions_deduites', 'designes', 'organismes', 'coauteurs', 'consultes'], name='repere_acces')),
        migrations.RunSQL(POSER, OTER),
    ]
