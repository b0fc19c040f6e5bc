"""« Territoire A » is given once, at the first deposit: no import, no completed dossier moves it."""

from django.conf import settings
from django.db import migrations, models


NUMEROTER = """
UPDATE candidatures_candidature c SET rang_aveugle = n.rang
FROM (SELECT id, row_number() OVER (PARTITION BY appel_id ORDER BY deposee_le, id) - 1 AS rang
    FROM candidatures_candidature WHERE deposee_le IS NOT NULL) n
WHERE n.id = c.id;
"""
POSER = """
CREATE FUNCTION candidatures_nommer_a_l_aveugle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.rang_aveugle IS NOT NULL AND NEW.appel_id = OLD.appel_id THEN
        NEW.rang_aveugle := OLD.rang_aveugle;
        RETURN NEW;
    END IF;
    NEW.rang_aveugle := NULL;
    IF NEW.deposee_le IS NOT NULL THEN
        -- Two deposits at once take their turn.
        PERFORM pg_advisory_xact_lock(44, NEW.appel_id::integer);
        SELECT coalesce(max(rang_aveugle) + 1, 0) INTO NEW.rang_aveugle
        FROM candidatures_candidature WHERE appel_id = NEW.appel_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nom_a_l_aveugle
BEFORE INSERT OR UPDATE OF deposee_le, appel_id, rang_aveugle ON candidatures_candidature
FOR EACH ROW EXECUTE FUNCTION candidatures_nommer_a_l_aveugle();
"""
OTER = """
DROP TRIGGER nom_a_l_aveugle ON candidatures_candidature;
DROP FUNCTION candidatures_nommer_a_l_aveugle();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0043_lots_publies'),
        ('comptes', '0004_email_sans_casse'),
        ('territoires', '0006_cadastre_par_arrondissement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='candidature',
            name='rang_aveugle',
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name='rang à l’aveugle'),
        ),
        migrations.AddConstraint(
            model_name='candidature',
            constraint=models.UniqueConstraint(fields=('appel', 'rang_aveugle'), name='candidature_rang_aveugle_unique', violation_error_message='Ce nom masqué est déjà celui d’un autre dossier.'),
        ),
        migrations.RunSQL(NUMEROTER, migrations.RunSQL.noop),
        migrations.RunSQL(POSER, OTER),
    ]
