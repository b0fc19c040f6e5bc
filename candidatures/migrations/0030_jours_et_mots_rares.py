"""The days of instruction in the narrow twin, and how many dossiers a search may find."""

import importlib

from django.db import migrations, models

reperes = importlib.import_module("candidatures.migrations.0025_reperes")
designations = importlib.import_module("candidatures.migrations.0028_designations")
AVANT = designations._apres(designations.AVANT)

# A day starts at midnight in Paris, as for `instruction.domaine.delais`.
JOUR = "({} AT TIME ZONE 'Europe/Paris')::date"
# The clock stops on the day of the last published decision; else on that of the request for
# compléments which waits for its answer. `attente` is what was spent waiting before.
DECOMPTE = f"""
    LEFT JOIN LATERAL (
        SELECT {JOUR.format("c.deposee_le")} AS depot, coalesce(
            (SELECT {JOUR.format("max(y.publiee_le)")} FROM candidatures_decision x
            JOIN candidatures_publicationdecisions y ON y.id = x.publication_id
            WHERE x.candidature_id = c.id),
            (SELECT {JOUR.format("x.demandee_le")} FROM candidatures_demandecomplement x
            WHERE x.candidature_id = c.id AND x.repondue_le IS NULL)) AS arret) h ON true
    LEFT JOIN LATERAL (
        SELECT coalesce(sum(upper(z.duree) - lower(z.duree)), 0)::int AS attente
        FROM unnest((SELECT range_agg(daterange(greatest(y.debut, h.depot), y.fin))
            FROM candidatures_demandecomplement x CROSS JOIN LATERAL (
                SELECT {JOUR.format("x.demandee_le")} AS debut,
                    least({JOUR.format("x.repondue_le")}, h.arret) AS fin) y
            WHERE x.candidature_id = c.id AND greatest(y.debut, h.depot) < y.fin)) z(duree)
        ) s ON true
    WHERE c.id = ANY(cles)"""
VALEURS = """e.moyenne, e.deposees, a.recus,
        CASE WHEN h.arret IS NULL THEN h.depot + s.attente END,
        CASE WHEN h.depot IS NOT NULL AND h.arret IS NOT NULL
            THEN greatest(h.arret - h.depot - s.attente, 0) END
    FROM"""
COLONNES = "evaluations_deposees, avis_recus"
AJOUTEES = f"{COLONNES}, compte_depuis, jours_arretes"


def _apres(texte: str) -> str:
    """The function of 0028, with the two columns."""
    for avant, apres in (
        (f"{COLONNES})\n    SELECT", f"{AJOUTEES})\n    SELECT"),
        ("e.moyenne, e.deposees, a.recus\n    FROM", VALEURS),
        ("\n    WHERE c.id = ANY(cles)", DECOMPTE),
        (f"{COLONNES}) =", f"{AJOUTEES}) ="),
        (
            "EXCLUDED.avis_recus)",
            "EXCLUDED.avis_recus, EXCLUDED.compte_depuis, EXCLUDED.jours_arretes)",
        ),
    ):
        if texte.count(avant) != 1:
            raise ValueError(avant)
        texte = texte.replace(avant, apres)
    return texte


TOUT = "SELECT candidatures_reperer(ARRAY(SELECT id FROM candidatures_candidature));"
PUBLIEE = """CREATE FUNCTION candidatures_reperer_publiee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM candidatures_reperer(ARRAY(
        SELECT DISTINCT candidature_id FROM candidatures_decision WHERE publication_id = NEW.id));
    RETURN NULL;
END $$;
"""
CHANGE = "AFTER UPDATE ON {} FOR EACH ROW WHEN ({})"
SOURCES = {
    "candidatures_demandecomplement": ("candidature_id", "demandee_le", "repondue_le"),
    "candidatures_decision": ("candidature_id", "publication_id"),
}


def _declencheurs():
    """(name, table, when, function) of each trigger."""
    for table, colonnes in SOURCES.items():
        yield "repere_ajout", table, reperes.AJOUT.format(table), reperes.LIEE
        yield "repere_retrait", table, reperes.RETRAIT.format(table), reperes.LIEE
        ecarts = " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in colonnes)
        yield "repere_change", table, CHANGE.format(table, ecarts), reperes.DEPLACEE
    table = "candidatures_publicationdecisions"
    ecart = "OLD.publiee_le IS DISTINCT FROM NEW.publiee_le"
    yield "repere_change", table, CHANGE.format(table, ecart), "candidatures_reperer_publiee"


POSER = (
    _apres(AVANT)
    + PUBLIEE
    + "".join(
        f"CREATE TRIGGER {nom} {quand} EXECUTE FUNCTION {fonction}();\n"
        for nom, _, quand, fonction in _declencheurs()
    )
    + TOUT
)
OTER = (
    "".join(f"DROP TRIGGER {nom} ON {table};" for nom, table, _, _ in _declencheurs())
    + "DROP FUNCTION candidatures_reperer_publiee();"
    + AVANT
)
# What the planner expects, without reading: few enough for their keys to be read first.
RARES = """
CREATE FUNCTION candidatures_mots_rares(cherches tsquery) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    attendu json;
BEGIN
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT 1 FROM candidatures_indexrecherche'
        ' WHERE vecteur @@ %L::tsquery', cherches) INTO attendu;
    RETURN attendu->0->'Plan'->>'Node Type' <> 'Seq Scan'
        AND (attendu->0->'Plan'->>'Plan Rows')::float <= 5000;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0029_relances_et_lieux'),
    ]

    operations = [
        migrations.AddField(
            model_name='repere',
            name='compte_depuis',
            field=models.DateField(null=True, verbose_name='ses jours se comptent depuis le'),
        ),
        migrations.AddField(
            model_name='repere',
            name='jours_arretes',
            field=models.IntegerField(null=True, verbose_name='ses jours, le compte arrêté'),
        ),
        migrations.RunSQL(POSER, OTER),
        migrations.RemoveIndex(model_name='repere', name='repere_depot'),
        migrations.AddIndex(
            model_name='repere',
            index=models.Index(fields=['-deposee_le', '-candidature'], name='repere_depot'),
        ),
        migrations.RemoveIndex(model_name='repere', name='repere_etat'),
        migrations.AddIndex(
            model_name='repere',
            index=models.Index(fields=['etat', '-deposee_le', '-candidature'], include=('note_moyenne', 'compte_depuis', 'jours_arretes'), name='repere_etat'),
        ),
        migrations.RunSQL(RARES, "DROP FUNCTION candidatures_mots_rares(tsquery);"),
    ]
