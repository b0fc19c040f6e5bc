"""Full-text search in French over what a dossier says; accents and case do not matter.

The words are folded by us on both sides (the `unaccent` extension is not available), then stemmed
by PostgreSQL's `french` configuration. One statement indexes one dossier or all of them: it is
called by the verbs of the deposit, of the identity and of the pieces, and every minute by beat for
the texts saved while typing, so that a key stroke never waits for it.
"""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    Func,
    OuterRef,
    Q,
    Subquery,
    When,
)

from candidatures.dossiers.models import Candidature, IndexRecherche
from socle.territoires.texte import developper, plier

DE = "àâäáãåçéèêëîïíìôöóõòùûüúÿýñ-–'’‘/.,;:«»()[]"
VERS = "aaaaaaceeeeiiiiooooouuuuyyn"
VERS += " " * (len(DE) - len(VERS))
# The index holds the names of the files without it.
_EXTENSION = re.compile(r"(?<=\w)\.(pdf|docx?|odt|xlsx?|ods|pptx?|odp|jpe?g|png|zip)$", re.I)
_EXPRESSION = re.compile(r'(-?)"([^"]+)"|(\S+)')

# {plie}(x): lower, ligatures, then one character for another.
PLIE = "translate(replace(replace(lower({}), 'œ', 'oe'), 'æ', 'ae'), %(de)s, %(vers)s)"

_SQL = """
INSERT INTO candidatures_indexrecherche (candidature_id, vecteur, indexee_le)
SELECT c.id,
  setweight(to_tsvector('french', {titre}), 'A')
  || setweight(to_tsvector('french', {lieux}), 'B')
  || setweight(to_tsvector('french', {textes}), 'C')
  || setweight(to_tsvector('french', {pieces}), 'D'),
  statement_timestamp()
FROM candidatures_candidature c
LEFT JOIN territoires_perimetre p ON p.id = c.perimetre_id
LEFT JOIN comptes_organisme sp ON sp.id = c.service_pilote_id
{ou}
ON CONFLICT (candidature_id)
DO UPDATE SET vecteur = EXCLUDED.vecteur, indexee_le = EXCLUDED.indexee_le
"""

_TITRE = "c.reference || ' ' || c.titre || ' ' || coalesce(p.nom, '')"
_LIEUX = """concat_ws(' ', sp.nom, sp.sigle,
 (SELECT string_agg(o.nom || ' ' || o.sigle, ' ') FROM candidatures_portage x
   JOIN comptes_organisme o ON o.id = x.organisme_id WHERE x.candidature_id = c.id),
 (SELECT string_agg(d.nom || ' ' || r.nom, ' ') FROM territoires_perimetre_departements x
   JOIN territoires_departement d ON d.code = x.departement_id
   JOIN territoires_region r ON r.code = d.region_id WHERE x.perimetre_id = p.id),
 (SELECT string_agg(k.nom || ' ' || k.nom_recherche, ' ') FROM territoires_perimetre_communes x
   JOIN territoires_commune k ON k.code = x.commune_id WHERE x.perimetre_id = p.id),
 (SELECT string_agg(e.nom, ' ') FROM territoires_perimetre_epcis x
   JOIN territoires_epci e ON e.code = x.epci_id WHERE x.perimetre_id = p.id),
 (SELECT string_agg(z.nom, ' ') FROM territoires_zonelibre z WHERE z.perimetre_id = p.id),
 (SELECT string_agg(t.libelle, ' ') FROM candidatures_candidature_themes x
   JOIN candidatures_theme t ON t.id = x.theme_id WHERE x.candidature_id = c.id))"""
_TEXTES = """concat_ws(' ', c.blocages, c.gouvernance,
 (SELECT string_agg(s.texte, ' ') FROM candidatures_sectionnote s WHERE s.candidature_id = c.id),
 (SELECT string_agg(r.texte, ' ') FROM candidatures_ressourcepropre r
   WHERE r.candidature_id = c.id),
 (SELECT string_agg(j.intitule || ' ' || j.porteur, ' ') FROM candidatures_projetencours j
   WHERE j.candidature_id = c.id),
 (SELECT string_agg(s.intitule, ' ') FROM candidatures_schemaplanification s
   WHERE s.candidature_id = c.id),
 (SELECT string_agg(a.nom || ' ' || a.attente, ' ') FROM candidatures_acteuramobiliser a
   WHERE a.candidature_id = c.id),
 (SELECT string_agg(r.valeur #>> '{}', ' ') FROM candidatures_reponse r
   WHERE r.candidature_id = c.id),
 (SELECT string_agg(v ->> 'valeur_lisible', ' ') FROM (
   SELECT n.contenu FROM candidatures_versionnote n WHERE n.candidature_id = c.id
   ORDER BY n.numero DESC LIMIT 1) derniere,
   jsonb_path_query(derniere.contenu, '$.reponses[*]') v))"""
_PIECES = """concat_ws(' ', (SELECT string_agg(
   regexp_replace(i.nom, '\\.[a-z0-9]+$', '') || ' ' || coalesce(q.libelle, ''), ' ')
   FROM candidatures_piece i LEFT JOIN candidatures_piecerequise q ON q.id = i.piece_requise_id
   WHERE i.candidature_id = c.id AND i.active))"""

# All of it at once, for whoever wants the words rather than the index.
TEXTES_DU_DOSSIER = f"concat_ws(' ', {_TITRE}, {_LIEUX}, {_TEXTES}, translate({_PIECES}, '_', ' '))"


def _ecrire(ou: str, parametres: dict) -> int:
    requete = _SQL.format(
        titre=PLIE.format(_TITRE),
        lieux=PLIE.format(_LIEUX),
        textes=PLIE.format(_TEXTES),
        pieces=PLIE.format(f"translate({_PIECES}, '_', ' ')"),
        ou=ou,
    )
    with connection.cursor() as curseur:
        curseur.execute(requete, {"de": DE, "vers": VERS, **parametres})
        return curseur.rowcount


def indexer(candidature: Candidature) -> None:
    """In the transaction of the verb that changed the dossier."""
    _ecrire("WHERE c.id = %(pk)s", {"pk": candidature.pk})


def reindexer() -> int:
    return _ecrire("", {})


def reindexer_perimees() -> int:
    """Those saved since they were indexed, and those that never were."""
    return _ecrire(
        "LEFT JOIN candidatures_indexrecherche i ON i.candidature_id = c.id"
        " WHERE i.indexee_le IS NULL OR i.indexee_le < c.modifiee_le",
        {},
    )


def requete(texte: str) -> SearchQuery | None:
    """What was typed → a query: "…" for a phrase, -word to leave out, a last word unfinished.

    A word of the territories may be abbreviated (« st etienne »). None when nothing is asked.
    """
    positifs, tout = [], None
    for moins, expression, mot in _EXPRESSION.findall(texte):
        exclu = bool(moins) or (mot.startswith("-") and len(mot) > 1)
        plie = developper(_EXTENSION.sub("", expression or mot))
        if not plie:
            continue
        partie = SearchQuery(plie, config="french", search_type="phrase" if expression else "plain")
        if not expression and not exclu:
            positifs.append(plie)
        partie = ~partie if exclu else partie
        tout = partie if tout is None else tout & partie
    if tout is None:
        return None
    simple = positifs and not set('"-') & set(texte)
    # A beginning holds the whole word too: asking for both hides from the planner how few match.
    return _inachevee(positifs) if simple else tout


def _inachevee(positifs: list[str]) -> SearchQuery:
    """The same words, the last one as a beginning: « doull » finds Doullens."""
    mots = " ".join(positifs).split()
    return SearchQuery(
        " & ".join([*mots[:-1], f"{mots[-1]}:*"]), config="french", search_type="raw"
    )


def condition(texte: str) -> Q:
    """Candidatures that hold these words, or whose reference is typed."""
    cherchee = requete(texte)
    if cherchee is None:
        return Q()
    trouvees = IndexRecherche.objects.filter(vecteur=cherchee).values("candidature_id")
    parmi = ExpressionWrapper(Q(pk__in=trouvees), output_field=BooleanField())
    sien = IndexRecherche.objects.filter(pk=OuterRef("pk"))
    dit = ExpressionWrapper(Q(vecteur=cherchee), output_field=BooleanField())
    # Rare words: their keys, read once. Words of many dossiers: each one asked in its turn, until
    # the page is full. Only the database knows which, before reading either.
    rares = Func(
        cherchee,
        template="(SELECT candidatures_mots_rares(%(expressions)s))",
        output_field=BooleanField(),
    )
    lue = Subquery(sien.values_list(dit))
    return Q(Case(When(rares, then=parmi), default=lue, output_field=BooleanField()))


def vide(texte: str) -> bool:
    return not plier(texte)
