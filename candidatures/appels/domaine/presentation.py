"""The form as a candidate reads it: headings, « Si … » in words, rules for the browser."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import slugify

from candidatures.appels.choix import CleSection
from candidatures.appels.domaine.comparaison import place
from candidatures.appels.domaine.conditions import Condition
from candidatures.appels.domaine.valeurs import condition_en_mots
from socle.interface.adresses import en_adresse


@dataclass(frozen=True)
class RubriqueQuestions:
    """One heading of the form; `slug` is in the address of its page."""

    slug: str
    titre: str
    questions: tuple


def repond_a(rubrique, slug: str) -> bool:
    """Also to the address it had when « œ » was dropped: links kept by mail stay good."""
    return slug in (rubrique.slug, slugify(rubrique.titre.replace("’", " ")))


def rubriques(questions) -> list[RubriqueQuestions]:
    """Sections of the note first, in the note's order, then the call's own headings."""
    groupes: dict[str, list] = {}
    for question in questions:
        groupes.setdefault(question.section or place(question), []).append(question)
    ordre = [cle.value for cle in CleSection if cle.value in groupes]
    ordre += [titre for titre in groupes if titre not in CleSection.values]
    trouvees, pris = [], set()
    for cle in ordre:
        titre = place(groupes[cle][0])
        slug = base = (
            cle.replace("_", "-")
            if cle in CleSection.values
            else en_adresse(titre.replace("’", " ")) or "appel"
        )
        rang = 1
        while slug in pris:
            rang += 1
            slug = f"{base}-{rang}"
        pris.add(slug)
        trouvees.append(RubriqueQuestions(slug, titre, tuple(groupes[cle])))
    return trouvees


def en_mots(questions) -> dict[str, str]:
    """« Si … » of each question that has a condition."""
    libelles = {q.cle: q.libelle for q in questions}
    types = {q.cle: q.type for q in questions}
    phrases = {
        q.cle: condition_en_mots(Condition.lire(q.condition), libelles, types) for q in questions
    }
    return {cle: phrase for cle, phrase in phrases.items() if phrase}


def regles_json(questions) -> list[dict]:
    """The same rules for the browser (static/js/conditions.js)."""
    return [{"cle": q.cle, "condition": q.condition or None} for q in questions]
