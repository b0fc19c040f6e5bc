"""The narrow twin of each candidature, and the triggers that keep it.

Whatever changes, the whole row is computed again from its sources: the order of the changes does
not matter. The row is locked first, in a statement of its own, so that the computation sees what
a concurrent transaction has just committed.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

CALCULER = """
CREATE FUNCTION candidatures_reperer(cles bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(cles) = 0 THEN
        RETURN;
    END IF;
    PERFORM 1 FROM candidatures_repere WHERE candidature_id = ANY(cles)
    ORDER BY candidature_id FOR NO KEY UPDATE;
    INSERT INTO candidatures_repere AS r (
        candidature_id, appel_id, etat, deposee_le, population, lieu, departements, regions,
        organismes, coauteurs, consultes, note_moyenne, evaluations_deposees, avis_recus)
    SELECT c.id, c.appel_id, c.etat, c.deposee_le, p.population,
        array_to_string(d.codes, ','), d.codes,
        ARRAY(SELECT DISTINCT d.region_id FROM territoires_perimetre_departements x
            JOIN territoires_departement d ON d.code = x.departement_id
            WHERE x.perimetre_id = c.perimetre_id ORDER BY 1),
        ARRAY(SELECT c.service_pilote_id WHERE c.service_pilote_id IS NOT NULL
            UNION SELECT x.organisme_id FROM candidatures_portage x WHERE x.candidature_id = c.id
            UNION SELECT x.organisme_id FROM candidatures_copilotage x
            WHERE x.candidature_id = c.id ORDER BY 1),
        ARRAY(SELECT DISTINCT x.utilisateur_id FROM candidatures_coauteur x
            WHERE x.candidature_id = c.id AND x.accepte_le IS NOT NULL
            AND x.revoque_le IS NULL ORDER BY 1),
        ARRAY(SELECT x.organisme_id FROM candidatures_candidature_consultes x
            WHERE x.candidature_id = c.id ORDER BY 1),
        e.moyenne, e.deposees, a.recus
    FROM candidatures_candidature c
    LEFT JOIN territoires_perimetre p ON p.id = c.perimetre_id
    CROSS JOIN LATERAL (
        SELECT ARRAY(SELECT x.departement_id FROM territoires_perimetre_departements x
            WHERE x.perimetre_id = c.perimetre_id ORDER BY 1) AS codes) d
    LEFT JOIN LATERAL (
        SELECT round(avg(x.moyenne), 10) AS moyenne,
            CASE WHEN count(*) > 0 THEN count(x.depose_le) END AS deposees
        FROM candidatures_evaluation x
        WHERE x.candidature_id = c.id AND x.ecartee_le IS NULL) e ON true
    LEFT JOIN LATERAL (
        SELECT CASE WHEN count(*) > 0 THEN count(x.rendu_le) END AS recus
        FROM candidatures_avis x WHERE x.candidature_id = c.id) a ON true
    WHERE c.id = ANY(cles)
    ON CONFLICT (candidature_id) DO UPDATE SET
        (appel_id, etat, deposee_le, population, lieu, departements, regions, organismes,
        coauteurs, consultes, note_moyenne, evaluations_deposees, avis_recus) =
        (EXCLUDED.appel_id, EXCLUDED.etat, EXCLUDED.deposee_le, EXCLUDED.population,
        EXCLUDED.lieu, EXCLUDED.departements, EXCLUDED.regions, EXCLUDED.organismes, EXCLUDED.coauteurs,
        EXCLUDED.consultes, EXCLUDED.note_moyenne, EXCLUDED.evaluations_deposees,
        EXCLUDED.avis_recus)
    WHERE r IS DISTINCT FROM EXCLUDED;
END $$;
"""
# What each function does with the rows that a statement added or took away (`lignes`).
CANDIDATURES = "SELECT DISTINCT candidature_id FROM lignes"
PERIMETRES = """SELECT DISTINCT c.id FROM lignes
        JOIN candidatures_candidature c ON c.perimetre_id = lignes.perimetre_id"""
LIGNES = {
    "candidatures_reperer_liees": f"PERFORM candidatures_reperer(ARRAY({CANDIDATURES}));",
    "candidatures_reperer_situees": f"PERFORM candidatures_reperer(ARRAY({PERIMETRES}));",
    "candidatures_reperer_nouvelles": "PERFORM candidatures_reperer(ARRAY(SELECT id FROM lignes));",
    "candidatures_reperer_disparues": (
        "DELETE FROM candidatures_repere WHERE candidature_id IN (SELECT id FROM lignes);"
    ),
    # One row updated: before and after it, the candidature may be another.
    "candidatures_reperer_changee": "PERFORM candidatures_reperer(ARRAY[NEW.id]);",
    "candidatures_reperer_deplacee": (
        "PERFORM candidatures_reperer(ARRAY[OLD.candidature_id, NEW.candidature_id]);"
    ),
    "candidatures_reperer_redessinee": """PERFORM candidatures_reperer(ARRAY(
        SELECT id FROM candidatures_candidature
        WHERE perimetre_id IN (OLD.perimetre_id, NEW.perimetre_id)));""",
    "candidatures_reperer_repeuplee": """PERFORM candidatures_reperer(ARRAY(
        SELECT id FROM candidatures_candidature WHERE perimetre_id = NEW.id));""",
    "candidatures_reperer_rattachee": """PERFORM candidatures_reperer(ARRAY(
        SELECT c.id FROM candidatures_candidature c
        JOIN territoires_perimetre_departements x ON x.perimetre_id = c.perimetre_id
        WHERE x.departement_id = NEW.code));""",
}
# table: (function for rows added or taken away, function for a row updated, columns that count)
LIEE, DEPLACEE = "candidatures_reperer_liees", "candidatures_reperer_deplacee"
SOURCES = {
    "candidatures_portage": (LIEE, DEPLACEE, ("candidature_id", "organisme_id")),
    "candidatures_copilotage": (LIEE, DEPLACEE, ("candidature_id", "organisme_id")),
    "candidatures_candidature_consultes": (LIEE, DEPLACEE, ("candidature_id", "organisme_id")),
    "candidatures_coauteur": (
        LIEE,
        DEPLACEE,
        ("candidature_id", "utilisateur_id", "accepte_le", "revoque_le"),
    ),
    "candidatures_evaluation": (
        LIEE,
        DEPLACEE,
        ("candidature_id", "moyenne", "depose_le", "ecartee_le"),
    ),
    "candidatures_avis": (LIEE, DEPLACEE, ("candidature_id", "rendu_le")),
    "territoires_perimetre_departements": (
        "candidatures_reperer_situees",
        "candidatures_reperer_redessinee",
        ("perimetre_id", "departement_id"),
    ),
    "candidatures_candidature": (
        None,
        "candidatures_reperer_changee",
        ("appel_id", "etat", "deposee_le", "perimetre_id", "service_pilote_id"),
    ),
    "territoires_perimetre": (None, "candidatures_reperer_repeuplee", ("population",)),
    "territoires_departement": (None, "candidatures_reperer_rattachee", ("region_id",)),
}
AJOUT = "AFTER INSERT ON {} REFERENCING NEW TABLE AS lignes"
RETRAIT = "AFTER DELETE ON {} REFERENCING OLD TABLE AS lignes"


def _declencheurs():
    """(name, table, when, function) of each trigger."""
    c = "candidatures_candidature"
    yield "repere_ajout", c, AJOUT, "candidatures_reperer_nouvelles"
    yield "repere_retrait", c, RETRAIT, "candidatures_reperer_disparues"
    for table, (lignes, ligne, colonnes) in SOURCES.items():
        if lignes:
            yield "repere_ajout", table, AJOUT, lignes
            yield "repere_retrait", table, RETRAIT, lignes
        ecarts = " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in colonnes)
        yield "repere_change", table, f"AFTER UPDATE ON {{}} FOR EACH ROW WHEN ({ecarts})", ligne


POSER = (
    CALCULER
    + "".join(
        f"CREATE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f"\nBEGIN\n    {corps}\n    RETURN NULL;\nEND $$;\n"
        for nom, corps in LIGNES.items()
    )
    + "".join(
        f"CREATE TRIGGER {nom} {quand.format(table)} EXECUTE FUNCTION {fonction}();\n"
        for nom, table, quand, fonction in _declencheurs()
    )
    + "SELECT candidatures_reperer(ARRAY(SELECT id FROM candidatures_candidature));"
)
OTER = (
    "".join(f"DROP TRIGGER {nom} ON {table};" for nom, table, _, _ in _declencheurs())
    + "".join(f"DROP FUNCTION {nom}();" for nom in LIGNES)
    + "DROP FUNCTION candidatures_reperer(bigint[]);"
)


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0024_blocs_repetables'),
        ('territoires', '0004_siren_des_communes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Repere',
            fields=[
                ('candidature', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='repere', serialize=False, to='candidatures.candidature')),
                ('etat', models.CharField(choices=[('brouillon', 'Brouillon'), ('deposee', 'Déposée'), ('a_completer', 'À compléter'), ('recevable', 'Recevable'), ('irrecevable', 'Irrecevable'), ('en_evaluation', 'En évaluation'), ('preselectionnee', 'Présélectionnée'), ('en_reserve', 'En liste de réserve'), ('retenue', 'Retenue'), ('non_retenue', 'Non retenue'), ('reorientee', 'Réorientée'), ('retiree', 'Retirée')], max_length=20, verbose_name='état')),
                ('deposee_le', models.DateTimeField(null=True, verbose_name='déposée le')),
                ('population', models.PositiveIntegerField(null=True, verbose_name='population')),
                ('lieu', models.TextField(verbose_name='codes des départements')),
                ('departements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=list, editable=False, size=None, verbose_name='départements du périmètre')),
                ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=list, editable=False, size=None, verbose_name='régions du périmètre')),
                ('organismes', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None, verbose_name='service pilote, copilotes et porteurs')),
                ('coauteurs', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None, verbose_name='coauteurs qui ont accepté')),
                ('consultes', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None, verbose_name='organismes consultés')),
                ('note_moyenne', models.DecimalField(decimal_places=10, max_digits=14, null=True, verbose_name='moyenne des évaluations comptées')),
                ('evaluations_deposees', models.PositiveIntegerField(null=True, verbose_name='évaluations déposées')),
                ('avis_recus', models.PositiveIntegerField(null=True, verbose_name='avis reçus')),
                ('appel', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='candidatures.appel')),
            ],
            options={
                'verbose_name': 'repère',
                'indexes': [models.Index(condition=models.Q(('deposee_le__isnull', False)), fields=['-deposee_le', '-candidature'], name='repere_depot'), models.Index(fields=['etat', '-deposee_le', '-candidature'], name='repere_etat'), models.Index(fields=['population', 'candidature'], name='repere_population'), django.contrib.postgres.indexes.GinIndex(fields=['departements', 'regions', 'organismes', 'coauteurs', 'consultes'], name='repere_acces')],
            },
        ),
        migrations.RunSQL(POSER, OTER),
    ]
