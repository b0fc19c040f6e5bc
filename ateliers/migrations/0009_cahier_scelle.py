"""Published clauses, frozen versions and visas are sealed, even from SQL.

No version leaves for the teams, and no cahier des charges is « valide », without all its visas.
"""

from django.db import migrations

SCELLER = """
CREATE FUNCTION ateliers_version_clause_figee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Une version de clause publiée ne change plus : publiez-en une nouvelle.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ateliers_version_clause_figee BEFORE UPDATE OR DELETE ON ateliers_versionclause
FOR EACH ROW EXECUTE FUNCTION ateliers_version_clause_figee();

CREATE FUNCTION ateliers_visas_complets(vise bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM ateliers_visacahier WHERE version_id = vise)
       AND NOT EXISTS (
            SELECT 1 FROM ateliers_visacahier WHERE version_id = vise AND etat <> 'donne');
$$;

CREATE FUNCTION ateliers_version_cahier_figee() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mobiles text[] := ARRAY['caduque_le', 'caduque_motif', 'envoyee_le', 'envoyee_par_id',
                            'destinataires'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.envoyee_le IS NOT NULL OR NEW.caduque_le IS NOT NULL THEN
            RAISE EXCEPTION 'Une version du cahier des charges naît sans envoi ni reprise.'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - mobiles IS DISTINCT FROM to_jsonb(NEW) - mobiles
       OR (OLD.caduque_le IS NOT NULL AND (OLD.caduque_le, OLD.caduque_motif)
           IS DISTINCT FROM (NEW.caduque_le, NEW.caduque_motif))
       OR (OLD.envoyee_le IS NOT NULL AND (OLD.envoyee_le, OLD.envoyee_par_id, OLD.destinataires)
           IS DISTINCT FROM (NEW.envoyee_le, NEW.envoyee_par_id, NEW.destinataires)) THEN
        RAISE EXCEPTION 'Une version figée du cahier des charges ne change plus.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.envoyee_le IS NULL AND NEW.envoyee_le IS NOT NULL
       AND (OLD.caduque_le IS NOT NULL OR NOT ateliers_visas_complets(NEW.id)) THEN
        RAISE EXCEPTION 'Une version ne part aux équipes qu’avec tous ses visas.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ateliers_version_cahier_figee BEFORE INSERT OR UPDATE OR DELETE
ON ateliers_versioncahier FOR EACH ROW EXECUTE FUNCTION ateliers_version_cahier_figee();

CREATE FUNCTION ateliers_visa_scelle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version ateliers_versioncahier%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Un visa ne s’efface pas.' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO version FROM ateliers_versioncahier WHERE id = NEW.version_id;
    IF TG_OP = 'INSERT' THEN
        IF NEW.etat <> 'attendu' OR version.envoyee_le IS NOT NULL
           OR version.caduque_le IS NOT NULL THEN
            RAISE EXCEPTION 'Un visa se demande avant l’envoi, et se donne ensuite.'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.etat <> 'attendu' OR (OLD.version_id, OLD.ordre, OLD.niveau, OLD.organisme_id)
       IS DISTINCT FROM (NEW.version_id, NEW.ordre, NEW.niveau, NEW.organisme_id) THEN
        RAISE EXCEPTION 'Un visa donné ou refusé ne change plus.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.etat <> 'attendu' AND (version.caduque_le IS NOT NULL OR EXISTS (
        SELECT 1 FROM ateliers_visacahier
        WHERE version_id = NEW.version_id AND ordre < NEW.ordre AND etat <> 'donne')) THEN
        RAISE EXCEPTION 'Ce visa attend le précédent, sur une version en vigueur.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ateliers_visa_scelle BEFORE INSERT OR UPDATE OR DELETE ON ateliers_visacahier
FOR EACH ROW EXECUTE FUNCTION ateliers_visa_scelle();

CREATE FUNCTION ateliers_cahier_valide() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM ateliers_versioncahier v
        WHERE v.cahier_id = NEW.id AND v.caduque_le IS NULL AND ateliers_visas_complets(v.id)
    ) THEN
        RAISE EXCEPTION 'Un cahier des charges est validé par tous ses visas.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ateliers_cahier_valide BEFORE UPDATE OF etat ON ateliers_cahierdescharges
FOR EACH ROW WHEN (NEW.etat = 'valide' AND OLD.etat <> 'valide')
EXECUTE FUNCTION ateliers_cahier_valide();
"""
DESCELLER = """
DROP TRIGGER ateliers_cahier_valide ON ateliers_cahierdescharges;
DROP FUNCTION ateliers_cahier_valide();
DROP TRIGGER ateliers_visa_scelle ON ateliers_visacahier;
DROP FUNCTION ateliers_visa_scelle();
DROP TRIGGER ateliers_version_cahier_figee ON ateliers_versioncahier;
DROP FUNCTION ateliers_version_cahier_figee();
DROP FUNCTION ateliers_visas_complets(bigint);
DROP TRIGGER ateliers_version_clause_figee ON ateliers_versionclause;
DROP FUNCTION ateliers_version_clause_figee();
"""
# Sections written before the library: what came from the note says so.
ORIGINES = """
UPDATE ateliers_sectioncahier
SET origine = 'note', source = replace(cle, '-', '_'), texte_origine = texte,
    partie = CASE WHEN cle IN ('objet', 'objectifs') THEN 'mission' ELSE 'territoire' END
WHERE cle <> 'attendus'
"""


class Migration(migrations.Migration):
    dependencies = [("ateliers", "0008_cahier_versions_visas")]

    operations = [
        migrations.RunSQL(SCELLER, DESCELLER),
        migrations.RunSQL(ORIGINES, migrations.RunSQL.noop),
    ]
