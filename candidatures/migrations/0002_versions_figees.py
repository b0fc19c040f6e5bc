"""A frozen version of the note is never changed nor deleted, even from SQL."""

from django.db import migrations

POSER = """
CREATE FUNCTION candidatures_version_figee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'une version figée de la note ne se modifie pas';
END $$;
CREATE TRIGGER candidatures_version_figee BEFORE UPDATE OR DELETE ON candidatures_versionnote
FOR EACH ROW EXECUTE FUNCTION candidatures_version_figee();
"""
OTER = """
DROP TRIGGER candidatures_version_figee ON candidatures_versionnote;
DROP FUNCTION candidatures_version_figee();
"""


class Migration(migrations.Migration):
    dependencies = [("candidatures", "0001_initial")]

    operations = [migrations.RunSQL(POSER, OTER)]
