"""The mean of an evaluation is kept unrounded: rounding comes once, where it is read."""

from django.db import migrations, models

OTER = "DROP TRIGGER repere_change ON candidatures_evaluation;"
# As migration 0025 wrote it: a column that a trigger looks at cannot change its type.
POSER = """
CREATE TRIGGER repere_change AFTER UPDATE ON candidatures_evaluation FOR EACH ROW WHEN (
    OLD.candidature_id IS DISTINCT FROM NEW.candidature_id
    OR OLD.moyenne IS DISTINCT FROM NEW.moyenne
    OR OLD.depose_le IS DISTINCT FROM NEW.depose_le
    OR OLD.ecartee_le IS DISTINCT FROM NEW.ecartee_le
) EXECUTE FUNCTION candidatures_reperer_deplacee();
"""
RECALCULER = """
UPDATE candidatures_evaluation e SET moyenne = m.moyenne FROM (
    SELECT n.evaluation_id,
        round(sum(n.note * c.poids)::numeric(40, 20) / nullif(sum(c.poids), 0), {decimales})
            AS moyenne
    FROM candidatures_notecritere n JOIN candidatures_critere c ON c.id = n.critere_id
    WHERE n.note IS NOT NULL GROUP BY n.evaluation_id) m
WHERE m.evaluation_id = e.id AND e.depose_le IS NOT NULL;
"""
REPERER = "SELECT candidatures_reperer(ARRAY(SELECT id FROM candidatures_candidature));"


class Migration(migrations.Migration):

    dependencies = [('candidatures', '0031_mediane')]

    operations = [
        migrations.RunSQL(OTER, POSER + REPERER),
        migrations.AlterField(
            model_name='evaluation',
            name='moyenne',
            field=models.DecimalField(decimal_places=20, editable=False, max_digits=21, null=True, verbose_name='moyenne pondérée'),
        ),
        migrations.RunSQL(RECALCULER.format(decimales=20), RECALCULER.format(decimales=2)),
        migrations.RunSQL(POSER + REPERER, OTER),
    ]
