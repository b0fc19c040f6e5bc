"""From 5,000 to 50,000: every candidature and all that hangs on it, copied by SQL."""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models, transaction

from candidatures.appels.models import Appel
from candidatures.dossiers.models import Candidature
from config.banc.semis import remettre_les_sequences
from socle.journal.models import Entree
from socle.territoires.models import Perimetre

RACINES = (Perimetre, Appel, Candidature)


def _copiables() -> set:
    """The roots and every table whose rows belong to them, through-tables included.

    The ateliers stay sixty: what grows is what is instructed.
    """
    tous = [
        m
        for m in apps.get_models(include_auto_created=True)
        if m._meta.managed and m._meta.app_label not in ("ateliers", "restitution")
    ]
    copies, avant = set(RACINES), 0
    while len(copies) != avant:
        avant = len(copies)
        copies |= {
            m
            for m in tous
            if any(f.many_to_one or f.one_to_one for f in m._meta.concrete_fields if f.is_relation)
            and any(f.is_relation and f.related_model in copies for f in m._meta.concrete_fields)
        }
    return copies


def _pas(modele) -> int:
    """What separates a key from its copy’s."""
    with connection.cursor() as curseur:
        curseur.execute(f'select max("{modele._meta.pk.column}") from "{modele._meta.db_table}"')
        return curseur.fetchone()[0] or 0


def _racine(champ):
    """The model whose key the column holds, through one-to-one primary keys."""
    modele = champ.related_model if champ.is_relation else champ.model
    cle = modele._meta.pk
    return _racine(cle) if cle.is_relation else modele


def _expression(champ, pas) -> str:
    colonne = f'"{champ.column}"'
    if champ.is_relation or champ.primary_key:
        racine = _racine(champ)
        if isinstance(racine._meta.pk, models.UUIDField):
            return "gen_random_uuid()" if champ.primary_key else colonne
        return f"{colonne} + k * {pas[racine]}" if racine in pas else colonne
    if champ.model is Appel and champ.name == "titre":
        return f"{colonne} || ', ' || k"
    if champ.unique and isinstance(champ, models.CharField):
        return f"{colonne} || '-' || k"
    if champ.unique and isinstance(champ, models.UUIDField):
        return "gen_random_uuid()"
    return colonne


def _siennes(modele, pas) -> str:
    """Rows that belong to something copied: a rule of every appel is copied with none."""
    if modele in (*RACINES, Entree):
        return "true"
    liens = [c for c in modele._meta.concrete_fields if c.is_relation and _racine(c) in pas]
    return " or ".join(f'"{c.column}" is not null' for c in liens)


def _copier(curseur, modele, pas, fois) -> None:
    """All the copies of one table, in one statement over the rows that it holds now."""
    champs = [c for c in modele._meta.concrete_fields if not getattr(c, "generated", False)]
    noms = ", ".join(f'"{c.column}"' for c in champs)
    valeurs = ", ".join(_expression(c, pas) for c in champs)
    if modele is Entree:
        valeurs = valeurs.replace(
            '"objet_id"', f"(objet_id::bigint + k * {pas[Candidature]})::text"
        )
    curseur.execute(
        f'insert into "{modele._meta.db_table}" ({noms}) '
        f'select {valeurs} from "{modele._meta.db_table}", generate_series(1, {fois - 1}) as k'
        f" where {_siennes(modele, pas)}"
    )


@transaction.atomic
def multiplier(fois: int) -> None:
    """The appels are copied too: each keeps its size. Triggers sleep, the copies are consistent."""
    copies = [*sorted(_copiables(), key=lambda m: m._meta.label), Entree]
    pas = {
        m: _pas(m)
        for m in copies
        if not m._meta.pk.is_relation and not isinstance(m._meta.pk, models.UUIDField)
    }
    with connection.cursor() as curseur:
        curseur.execute("set local session_replication_role = replica")
        for modele in copies:
            _copier(curseur, modele, pas, fois)
    remettre_les_sequences()
