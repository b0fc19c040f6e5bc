"""Windows by time zone, grids that freeze, compléments bound to any part of the dossier."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


FIGER = """
CREATE FUNCTION candidatures_grille_evaluee(visee bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM candidatures_appel a
        JOIN candidatures_candidature c ON c.appel_id = a.id
        JOIN candidatures_evaluation e ON e.candidature_id = c.id
        WHERE a.grille_id = visee AND e.depose_le IS NOT NULL)
$$;
CREATE FUNCTION candidatures_grille_figee() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    visee bigint;
BEGIN
    IF TG_TABLE_NAME = 'candidatures_appel' THEN
        IF NEW.grille_id IS NOT DISTINCT FROM OLD.grille_id THEN RETURN NEW; END IF;
        IF EXISTS (SELECT 1 FROM candidatures_candidature c
                   JOIN candidatures_evaluation e ON e.candidature_id = c.id
                   WHERE c.appel_id = OLD.id AND e.depose_le IS NOT NULL) THEN
            RAISE EXCEPTION 'la grille est figée : une évaluation est déposée';
        END IF;
        RETURN NEW;
    END IF;
    visee := CASE WHEN TG_OP = 'INSERT' THEN NEW.grille_id ELSE OLD.grille_id END;
    IF candidatures_grille_evaluee(visee) THEN
        RAISE EXCEPTION 'la grille est figée : une évaluation est déposée';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER candidatures_critere_fige BEFORE INSERT OR UPDATE OR DELETE
ON candidatures_critere FOR EACH ROW EXECUTE FUNCTION candidatures_grille_figee();
CREATE TRIGGER candidatures_appel_grille_figee BEFORE UPDATE OF grille_id
ON candidatures_appel FOR EACH ROW EXECUTE FUNCTION candidatures_grille_figee();
"""
ROUVRIR = """
UPDATE candidatures_candidature SET champs_ouverts = ARRAY['*'] WHERE etat = 'a_completer';
"""
DEFIGER = """
DROP TRIGGER candidatures_critere_fige ON candidatures_critere;
DROP TRIGGER candidatures_appel_grille_figee ON candidatures_appel;
DROP FUNCTION candidatures_grille_figee();
DROP FUNCTION candidatures_grille_evaluee(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0007_coauteurs_visas_mandats'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='elementcomplement',
            name='element_complement_rattache',
        ),
        migrations.AddField(
            model_name='appel',
            name='clos_le',
            field=models.DateTimeField(blank=True, null=True, verbose_name='clos le'),
        ),
        migrations.AddField(
            model_name='appel',
            name='delai_instruction_jours',
            field=models.PositiveSmallIntegerField(default=60, verbose_name='délai d’instruction (jours)'),
        ),
        migrations.AddField(
            model_name='appel',
            name='heure_locale',
            field=models.BooleanField(default=False, verbose_name='clôture à l’heure locale de chaque territoire'),
        ),
        migrations.AddField(
            model_name='critere',
            name='ancres',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='niveaux de 0 à 5, en mots'),
        ),
        migrations.AddField(
            model_name='demandecomplement',
            name='relances',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='rappels envoyés'),
        ),
        migrations.AddField(
            model_name='elementcomplement',
            name='question',
            field=models.CharField(blank=True, default='', max_length=60, verbose_name='question de l’appel'),
        ),
        migrations.AddField(
            model_name='elementcomplement',
            name='question_libelle',
            field=models.CharField(blank=True, default='', max_length=300, verbose_name='intitulé'),
        ),
        migrations.AddField(
            model_name='elementcomplement',
            name='rubrique',
            field=models.CharField(blank=True, choices=[('identite', 'Porteurs et périmètre'), ('ressources', 'Ressources propres'), ('projets', 'Projets en cours'), ('schemas', 'Schémas et documents d’urbanisme'), ('themes', 'Thèmes et gouvernance'), ('acteurs', 'Acteurs à mobiliser')], default='', max_length=20, verbose_name='rubrique'),
        ),
        migrations.AddField(
            model_name='grille',
            name='numero',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='grille',
            name='precedente',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='candidatures.grille'),
        ),
        migrations.AddConstraint(
            model_name='appel',
            constraint=models.CheckConstraint(condition=models.Q(('delai_instruction_jours__gte', 1)), name='appel_delai_positif', violation_error_message='Le délai d’instruction vaut au moins un jour.'),
        ),
        migrations.AddConstraint(
            model_name='critere',
            constraint=models.CheckConstraint(condition=models.Q(('ancres', []), ('ancres__len', 6), _connector='OR'), name='critere_ancres_completes', violation_error_message='Un critère dit ses six niveaux, ou aucun.'),
        ),
        migrations.AddConstraint(
            model_name='elementcomplement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('piece_requise__isnull', True), ('question', ''), ('section', '')), models.Q(('piece_requise__isnull', True), ('rubrique', ''), ('section', '')), models.Q(('question', ''), ('rubrique', ''), ('section', '')), models.Q(('piece_requise__isnull', True), ('question', ''), ('rubrique', '')), _connector='OR'), name='element_complement_rattache', violation_error_message='Un élément porte sur un seul endroit du dossier.'),
        ),
        migrations.RunSQL(ROUVRIR, migrations.RunSQL.noop),
        migrations.RunSQL(FIGER, DEFIGER),
    ]
