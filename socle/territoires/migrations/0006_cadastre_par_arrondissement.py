"""A cadastre bears the code of its parcels: an arrondissement’s in Paris, Lyon and Marseille."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = 'territoires_cadastrecommune'
CLE = f'{TABLE}_pkey'
POSER = [
    f'UPDATE {TABLE} SET code = commune_id',
    f'ALTER TABLE {TABLE} DROP CONSTRAINT {CLE}',
    f'ALTER TABLE {TABLE} ADD CONSTRAINT {CLE} PRIMARY KEY (code)',
    f'CREATE INDEX {TABLE}_commune ON {TABLE} (commune_id)',
]
OTER = [
    f'DROP INDEX {TABLE}_commune',
    f'ALTER TABLE {TABLE} DROP CONSTRAINT {CLE}',
    f'ALTER TABLE {TABLE} ADD CONSTRAINT {CLE} PRIMARY KEY (commune_id)',
]


class Migration(migrations.Migration):

    dependencies = [('territoires', '0005_contours_et_cadastre')]

    operations = [
        # The parcels let go of the key of the cadastres, the time for it to change.
        migrations.AlterField('parcellecadastrale', 'cadastre', models.CharField(max_length=5, db_column='cadastre_id')),
        migrations.AddField('cadastrecommune', 'code', models.CharField(max_length=5, default='', verbose_name='code'), preserve_default=False),
        migrations.RunSQL(POSER, OTER, state_operations=[
            migrations.AlterField('cadastrecommune', 'code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='code')),
            migrations.AlterField('cadastrecommune', 'commune', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cadastres', to='territoires.commune')),
        ]),
        migrations.AlterField('parcellecadastrale', 'cadastre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lignes', to='territoires.cadastrecommune')),
        migrations.AlterModelOptions('cadastrecommune', {'ordering': ['code'], 'verbose_name': 'cadastre de commune', 'verbose_name_plural': 'cadastres de communes'}),
    ]
