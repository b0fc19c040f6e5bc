"""A recusal noted in the room, of somebody who may read the dossier, is one like the others.

Those of the sittings still open become so; a closed sitting is sealed, and stays as it was.
"""

from django.db import migrations, models

REPRENDRE = """
CREATE TEMPORARY TABLE deports_notes ON COMMIT DROP AS
    SELECT l.id AS lien, l.candidature_id, m.utilisateur_id, c.cree_par_id, c.tenu_le
    FROM candidatures_membrecomite_deporte_de l
    JOIN candidatures_membrecomite m ON m.id = l.membrecomite_id
    JOIN candidatures_comite c ON c.id = m.comite_id AND c.etat <> 'clos'
    JOIN comptes_utilisateur u ON u.id = m.utilisateur_id AND u.role IN ('evaluateur', 'dgaln');
INSERT INTO candidatures_deport
    (candidature_id, personne_id, origine, motif, le, par_id, motif_levee)
    SELECT DISTINCT ON (candidature_id, utilisateur_id) candidature_id, utilisateur_id, 'seance',
        'Noté en séance du comité du ' || to_char(tenu_le, 'DD/MM/YYYY') || '.', now(),
        cree_par_id, ''
    FROM deports_notes n WHERE NOT EXISTS (
        SELECT 1 FROM candidatures_deport d WHERE d.candidature_id = n.candidature_id
        AND d.personne_id = n.utilisateur_id AND d.leve_le IS NULL);
UPDATE candidatures_evaluation e SET ecartee_le = now(), ecartee_motif = 'Déport noté en séance.'
    FROM deports_notes n WHERE n.candidature_id = e.candidature_id
    AND n.utilisateur_id = e.evaluateur_id AND e.ecartee_le IS NULL;
DELETE FROM candidatures_membrecomite_deporte_de WHERE id IN (SELECT lien FROM deports_notes);
"""


class Migration(migrations.Migration):

    dependencies = [('candidatures', '0032_moyennes_exactes')]

    operations = [
        migrations.AlterField(
            model_name='deport',
            name='origine',
            field=models.CharField(choices=[('declare', 'Déclaré'), ('calcule', 'Calculé'), ('seance', 'Noté en séance')], max_length=10, verbose_name='origine'),
        ),
        migrations.RunSQL(REPRENDRE, migrations.RunSQL.noop),
    ]
