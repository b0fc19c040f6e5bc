"""A near spelling for a search that finds nothing: « amenagment » → « aménagement ».

`pg_trgm` is not available: the trigrams of each word are kept in an indexed array. The words come
from every dossier, so that nothing may be offered before `recherche.condition` has found it among
those that the reader sees (the list does it): a word alone would tell what a hidden dossier says.
"""

from __future__ import annotations

import re
from itertools import islice, product

from django.db import connection

from candidatures.dossiers.domaine.recherche import (
    DE,
    PLIE,
    TEXTES_DU_DOSSIER,
    VERS,
)
from socle.territoires.texte import plier

LONGUEUR_MIN, LONGUEUR_MAX = 4, 30
SEUIL = 0.35  # share of common trigrams: two letters swapped in a word of eight keep 0.4
PAR_MOT, ESSAIS = 3, 4
_MOT = re.compile(r"[^\W\d_]+")

# Two spaces in front, one behind, as pg_trgm does: the beginning of a word weighs more.
_TRIGRAMMES = """(SELECT array_agg(DISTINCT substr(t.p, i, 3)) FROM
  (SELECT '  ' || {plie} || ' ' p) t, generate_series(1, length(t.p) - 2) i)"""

_RELEVER = """
WITH lues AS (
  SELECT x.candidature_id FROM candidatures_indexrecherche x
  WHERE x.mots_le IS NULL OR x.mots_le < x.indexee_le
  ORDER BY x.candidature_id LIMIT %(limite)s
), marquees AS (
  UPDATE candidatures_indexrecherche x SET mots_le = statement_timestamp()
  FROM lues WHERE x.candidature_id = lues.candidature_id RETURNING x.candidature_id
), mots AS (
  SELECT DISTINCT m.mot FROM candidatures_candidature c
  JOIN lues ON lues.candidature_id = c.id
  LEFT JOIN territoires_perimetre p ON p.id = c.perimetre_id
  LEFT JOIN comptes_organisme sp ON sp.id = c.service_pilote_id,
  LATERAL regexp_split_to_table(lower({textes}), '[^[:alpha:]]+') m(mot)
  WHERE length(m.mot) BETWEEN %(min)s AND %(max)s
), ecrits AS (
  INSERT INTO candidatures_motrecherche (mot, trigrammes)
  SELECT mots.mot, {trigrammes} FROM mots ORDER BY mots.mot
  ON CONFLICT (mot) DO NOTHING
)
SELECT count(*) FROM marquees
"""

_PROCHES = """
SELECT a.rang, m.mot, round(c.n::numeric / (cardinality(m.trigrammes) + a.taille - c.n), 3) s
FROM (
  SELECT rang, t::varchar[] t, cardinality(t) taille
  FROM unnest(%(mots)s::text[]) WITH ORDINALITY q(mot, rang), LATERAL {trigrammes} x(t)
) a
JOIN candidatures_motrecherche m ON m.trigrammes && a.t
CROSS JOIN LATERAL (
  SELECT count(*) n FROM unnest(m.trigrammes) u WHERE u = ANY (a.t)
) c
WHERE c.n >= %(seuil)s * (cardinality(m.trigrammes) + a.taille - c.n)
ORDER BY a.rang, s DESC, m.mot
"""


def relever(limite: int = 500) -> int:
    """Keep the words of the dossiers indexed since they were last read; return how many."""
    requete = _RELEVER.format(
        textes=TEXTES_DU_DOSSIER, trigrammes=_TRIGRAMMES.format(plie=PLIE.format("mots.mot"))
    )
    parametres = {"de": DE, "vers": VERS, "min": LONGUEUR_MIN, "max": LONGUEUR_MAX}
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres | {"limite": limite})
        return curseur.fetchone()[0]


def relever_tout() -> None:
    """Forget the words of dossiers that are gone, and read all the others again."""
    with connection.cursor() as curseur:
        curseur.execute("DELETE FROM candidatures_motrecherche")
        curseur.execute("UPDATE candidatures_indexrecherche SET mots_le = NULL")
    while relever():
        pass


def propositions(texte: str) -> list[str]:
    """Near spellings of the whole text, the nearest first; none for a phrase or an exclusion.

    A word that is known, or too short to be judged, is kept as it was typed.
    """
    mots = _MOT.findall(texte)
    if '"' in texte or re.search(r"(^|\s)-\S", texte) or not 0 < len(mots) <= 6:
        return []
    proches = _proches(mots)
    if any(p is None for p in proches):
        return []
    sortes = sorted(product(*proches), key=lambda choix: -_ressemblance(choix))
    textes = (_remplacer(texte, [mot for mot, _ in choix]) for choix in sortes)
    return list(islice((t for t in textes if plier(t) != plier(texte)), ESSAIS))


def _ressemblance(choix) -> float:
    total = 1.0
    for _, ressemblance in choix:
        total *= float(ressemblance)
    return total


def _proches(mots: list[str]) -> list[list[tuple[str, float]] | None]:
    """For each word, its near spellings; itself when nothing has to change; None when none is."""
    trouves: list[list] = [[] for _ in mots]
    with connection.cursor() as curseur:
        curseur.execute(
            _PROCHES.format(trigrammes=_TRIGRAMMES.format(plie=PLIE.format("q.mot"))),
            {"mots": [m.lower() for m in mots], "seuil": SEUIL, "de": DE, "vers": VERS},
        )
        for rang, mot, ressemblance in curseur.fetchall():
            trouves[rang - 1].append((mot, ressemblance))
    proches = []
    for mot, siens in zip(mots, trouves, strict=True):
        connu = len(mot) < LONGUEUR_MIN or any(plier(m) == plier(mot) for m, _ in siens)
        proches.append([(mot, 1.0)] if connu else siens[:PAR_MOT] or None)
    return proches


def _remplacer(texte: str, mots: list[str]) -> str:
    suite = iter(mots)
    return _MOT.sub(lambda _: next(suite), texte)
