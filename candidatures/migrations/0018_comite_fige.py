"""A closed committee and a published decision are sealed, even from SQL."""

from django.conf import settings
from django.db import migrations, models


TABLES = ("deliberation", "vote", "membrecomite", "membrecomite_deporte_de", "scenario")
SCELLER = """
CREATE FUNCTION candidatures_comite_scelle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ligne jsonb;
    vise bigint;
BEGIN
    FOREACH ligne IN ARRAY ARRAY[to_jsonb(OLD), to_jsonb(NEW)] LOOP
        CONTINUE WHEN ligne IS NULL;
        IF TG_TABLE_NAME = 'candidatures_vote' THEN
            SELECT comite_id INTO vise FROM candidatures_deliberation
            WHERE id = (ligne ->> 'deliberation_id')::bigint;
        ELSIF TG_TABLE_NAME = 'candidatures_membrecomite_deporte_de' THEN
            SELECT comite_id INTO vise FROM candidatures_membrecomite
            WHERE id = (ligne ->> 'membrecomite_id')::bigint;
        ELSE
            vise := (ligne ->> 'comite_id')::bigint;
        END IF;
        IF EXISTS (SELECT 1 FROM candidatures_comite WHERE id = vise AND etat = 'clos') THEN
            RAISE EXCEPTION 'Le comité est clos : membres, votes et délibérations sont scellés.'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE FUNCTION candidatures_comite_clos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Un comité clos ne change plus : son procès-verbal est scellé.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER candidatures_comite_clos BEFORE UPDATE OR DELETE ON candidatures_comite
FOR EACH ROW WHEN (OLD.etat = 'clos') EXECUTE FUNCTION candidatures_comite_clos();
CREATE FUNCTION candidatures_decision_publiee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Une décision publiée ne change plus, son rang de réserve compris.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER candidatures_decision_publiee BEFORE UPDATE OR DELETE ON candidatures_decision
FOR EACH ROW WHEN (OLD.publication_id IS NOT NULL)
EXECUTE FUNCTION candidatures_decision_publiee();
""" + "".join(
    f"CREATE TRIGGER candidatures_{t}_scelle BEFORE INSERT OR UPDATE OR DELETE "
    f"ON candidatures_{t} FOR EACH ROW EXECUTE FUNCTION candidatures_comite_scelle();"
    for t in TABLES
)
DESCELLER = """
DROP TRIGGER candidatures_decision_publiee ON candidatures_decision;
DROP FUNCTION candidatures_decision_publiee();
DROP TRIGGER candidatures_comite_clos ON candidatures_comite;
DROP FUNCTION candidatures_comite_clos();
""" + "".join(
    f"DROP TRIGGER candidatures_{t}_scelle ON candidatures_{t};" for t in TABLES
) + "DROP FUNCTION candidatures_comite_scelle();"


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0017_rang_de_reserve_unique'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='motif_ecart',
            field=models.TextField(blank=True, default='', verbose_name='motif de l’écart avec le comité'),
        ),
        migrations.AddConstraint(
            model_name='profilevaluateur',
            constraint=models.CheckConstraint(condition=models.Q(('charge_max__isnull', True), ('charge_max__gte', 1), _connector='OR'), name='profil_evaluateur_charge_positive', violation_error_message='Un évaluateur prend au moins un dossier.'),
        ),
        migrations.RunSQL(SCELLER, DESCELLER),
    ]
