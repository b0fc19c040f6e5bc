"""The people whom the directory knows already, each linked to the account of their address."""

from django.db import migrations

RATTRAPER = """
UPDATE ateliers_personne p SET utilisateur_id = u.id
FROM comptes_utilisateur u
WHERE p.atelier_id IS NULL AND p.utilisateur_id IS NULL
    AND p.courriel <> '' AND lower(p.courriel) = lower(u.email);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("ateliers", "0030_compte_des_personnes")]

    operations = [migrations.RunSQL(RATTRAPER, migrations.RunSQL.noop)]
