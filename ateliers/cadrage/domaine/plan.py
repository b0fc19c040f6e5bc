"""The plan of the cahier des charges: order, additions, sections set aside, clauses chosen."""

from __future__ import annotations

from django.db import transaction

from ateliers.cadrage import journal
from ateliers.cadrage.choix import OrigineSection
from ateliers.cadrage.domaine.cahier import ecrire, verrouiller_pour_ecrire
from ateliers.cadrage.domaine.composition import (
    PAS,
    RANG_PARTIE,
    clauses_en_vigueur,
    de_clause,
    nouveautes,
)
from ateliers.cadrage.domaine.composition import section as composer
from ateliers.cadrage.domaine.valeurs import valeurs
from ateliers.cadrage.models import SectionCahier
from socle.erreurs import ConflitDeVersion, ErreurMetier
from socle.interface.adresses import en_adresse
from socle.journal.domaine import inscrire


def _ordonner(sections) -> None:
    """Number the sections again, part by part, in the order of the list."""
    ranges = sorted(sections, key=lambda s: RANG_PARTIE[s.partie])
    for rang, ligne in enumerate(ranges, start=1):
        ligne.ordre = rang * PAS
    SectionCahier.objects.bulk_update(ranges, ["ordre"])


@transaction.atomic
def deplacer(*, section, par, sens):
    """One step up or down, inside its part."""
    cahier = verrouiller_pour_ecrire(section.cahier.atelier, par)
    toutes = list(cahier.sections.all())
    voisines = [s for s in toutes if s.partie == section.partie and not s.ecartee]
    rang = next((r for r, s in enumerate(voisines) if s.pk == section.pk), None)
    cible = None if rang is None else rang + (-1 if sens == "haut" else 1)
    if cible is None or not 0 <= cible < len(voisines):
        raise ErreurMetier("Cette section est déjà au bout de sa partie.")
    a, b = toutes.index(voisines[rang]), toutes.index(voisines[cible])
    toutes[a], toutes[b] = toutes[b], toutes[a]
    _ordonner(toutes)
    inscrire(journal.PLAN, objet=cahier.atelier, par=par, geste="déplacé", section=section.titre)


@transaction.atomic
def ecarter(*, section, par, ecartee):
    """Take a section out of the document, or put it back: its text is kept."""
    cahier = verrouiller_pour_ecrire(section.cahier.atelier, par)
    ligne = cahier.sections.get(pk=section.pk)
    ligne.ecartee = ecartee
    ligne.save(update_fields=["ecartee"])
    geste = "écarté" if ecartee else "rétabli"
    inscrire(journal.PLAN, objet=cahier.atelier, par=par, geste=geste, section=ligne.titre)
    return ligne


def _cle_libre(cahier, titre) -> str:
    base = f"ajout-{en_adresse(titre)[:40]}".rstrip("-")
    prises = set(cahier.sections.values_list("cle", flat=True))
    cle, suffixe = base, 2
    while cle in prises:
        cle, suffixe = f"{base}-{suffixe}", suffixe + 1
    return cle


@transaction.atomic
def ajouter(*, atelier, par, titre, partie, texte=""):
    """A section that neither the note nor the library has, at the end of its part."""
    cahier = verrouiller_pour_ecrire(atelier, par)
    nouvelle = SectionCahier.objects.create(
        cahier=cahier,
        cle=_cle_libre(cahier, titre),
        titre=titre,
        texte=texte,
        partie=partie,
        origine=OrigineSection.LIBRE,
        modifiee_par=par,
        ordre=PAS * 1000,
    )
    _ordonner(list(cahier.sections.all()))
    inscrire(journal.PLAN, objet=cahier.atelier, par=par, geste="ajouté", section=titre)
    return nouvelle


@transaction.atomic
def choisir_clauses(*, atelier, par, cles):
    """Tick and untick the optional clauses; an unticked one is set aside, its text kept."""
    cahier = verrouiller_pour_ecrire(atelier, par)
    connues = {s.cle: s for s in cahier.sections.all()}
    mots, gestes = valeurs(cahier.atelier), []
    for clause in clauses_en_vigueur(cahier.atelier.dispositif_id, facultatives=True):
        voulue, ligne = clause.cle in cles, connues.get(f"clause-{clause.cle}")
        if voulue and ligne is None:
            ligne = composer(cahier, de_clause(clause, mots), PAS * 1000)
            ligne.save()
            gestes.append(("ajouté", ligne.titre))
        elif ligne is not None and ligne.ecartee == voulue:
            ligne.ecartee = not voulue
            ligne.save(update_fields=["ecartee"])
            gestes.append(("rétabli" if voulue else "écarté", ligne.titre))
    _ordonner(list(cahier.sections.all()))
    for geste, titre in gestes:
        inscrire(journal.PLAN, objet=cahier.atelier, par=par, geste=geste, section=titre)
    return cahier


def facultatives(cahier) -> list[tuple[str, str, str, bool]]:
    """[(key, title, text, ticked)] of the optional clauses of the dispositif."""
    prises = {s.cle for s in cahier.sections.all() if not s.ecartee}
    mots = valeurs(cahier.atelier)
    lignes = []
    for clause in clauses_en_vigueur(cahier.atelier.dispositif_id, facultatives=True):
        propose = de_clause(clause, mots)
        lignes.append((clause.cle, propose.titre, propose.texte, propose.cle in prises))
    return lignes


@transaction.atomic
def regenerer(*, section, par, texte, revision):
    """Take the text that the person kept of both, and mark the section as up to date."""
    cahier = verrouiller_pour_ecrire(section.cahier.atelier, par)
    ligne = SectionCahier.objects.select_for_update().get(pk=section.pk)
    if ligne.revision != int(revision):
        raise ConflitDeVersion(ligne)
    ligne.cahier = cahier
    propose = nouveautes(cahier, [ligne]).get(ligne.pk)
    if propose is None:
        raise ErreurMetier("Ni la note ni la clause ne disent autre chose : rien à reprendre.")
    champs = {"texte_origine": propose.texte, "titre": propose.titre}
    if propose.version is not None:
        champs["clause_version"] = propose.version
    return ecrire(ligne, par, texte=texte, **champs)
