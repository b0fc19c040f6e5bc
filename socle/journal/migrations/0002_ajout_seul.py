"""The journal is append-only: PostgreSQL itself refuses to change or delete an entry."""

from django.db import migrations

POSER = """
CREATE FUNCTION journal_ajout_seul() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Le journal ne se modifie pas : % refusé', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER journal_ajout_seul BEFORE UPDATE OR DELETE ON journal_entree
    FOR EACH ROW EXECUTE FUNCTION journal_ajout_seul();
"""
RETIRER = """
DROP TRIGGER journal_ajout_seul ON journal_entree;
DROP FUNCTION journal_ajout_seul();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(POSER, RETIRER)]
