"""A due date exists only once the séance is dated, and never falls on a day off.

As for any term counted in days under the CCAG: a Saturday, a Sunday or a public holiday gives
way to the next working day. The same rule as `livrables.domaine.echeances`; a test compares both.
"""

from django.db import migrations

REGLE = """
CREATE FUNCTION ateliers_est_ferie(jour date) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    an int := extract(year FROM jour);
    a int; b int; c int; h int; l int; m int;
    paques date;
BEGIN
    a := an % 19; b := an / 100; c := an % 100;
    h := (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    l := (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    m := h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    paques := make_date(an, m / 31, m % 31 + 1);
    RETURN to_char(jour, 'MM-DD') IN (
            '01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'
        ) OR jour - paques IN (1, 39, 50);
END $$;

CREATE FUNCTION ateliers_jour_ouvre(jour date) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    WHILE extract(isodow FROM jour) > 5 OR ateliers_est_ferie(jour) LOOP
        jour := jour + 1;
    END LOOP;
    RETURN jour;
END $$;

CREATE OR REPLACE FUNCTION ateliers_echeances_suivent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ateliers_livrable
    SET attendu_le = ateliers_jour_ouvre(
            (COALESCE(NEW.fin_reelle, NEW.fin_prevu) AT TIME ZONE NEW.fuseau)::date
            + decalage_jours
        )
    WHERE seance_id = NEW.id AND NOT echeance_fixee AND etat <> 'accepte';
    RETURN NULL;
END $$;

-- An alert already sent keeps counting for the same due date.
UPDATE ateliers_alertelivrable alerte SET echeance = ateliers_jour_ouvre(alerte.echeance)
FROM ateliers_livrable livrable
WHERE livrable.id = alerte.livrable_id AND livrable.seance_id IS NOT NULL
    AND NOT livrable.echeance_fixee AND livrable.etat <> 'accepte'
    AND alerte.echeance = livrable.attendu_le;
UPDATE ateliers_livrable livrable
SET attendu_le = ateliers_jour_ouvre(
        (COALESCE(seance.fin_reelle, seance.fin_prevu) AT TIME ZONE seance.fuseau)::date
        + livrable.decalage_jours
    )
FROM ateliers_seance seance
WHERE seance.id = livrable.seance_id
    AND NOT livrable.echeance_fixee AND livrable.etat <> 'accepte';
SET CONSTRAINTS ALL IMMEDIATE;
"""
AVANT = """
CREATE OR REPLACE FUNCTION ateliers_echeances_suivent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ateliers_livrable
    SET attendu_le = COALESCE(
            (COALESCE(NEW.fin_reelle, NEW.fin_prevu) AT TIME ZONE NEW.fuseau)::date, NEW.estime_le
        ) + decalage_jours
    WHERE seance_id = NEW.id AND NOT echeance_fixee AND etat <> 'accepte';
    RETURN NULL;
END $$;
DROP FUNCTION ateliers_jour_ouvre(date);
DROP FUNCTION ateliers_est_ferie(date);
"""


class Migration(migrations.Migration):
    dependencies = [("ateliers", "0031_personnes_liees")]

    operations = [migrations.RunSQL(REGLE, AVANT)]
