"""The library of clauses: publish a version, withdraw, put back, try on a real atelier."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import Count, Max, OuterRef, Subquery
from django.utils import timezone

from ateliers.cadrage import journal
from ateliers.cadrage.domaine.valeurs import REPERES, remplir, valeurs
from ateliers.cadrage.droits import peut_tenir_clauses
from ateliers.cadrage.models import Clause, VersionClause
from ateliers.parcours.droits import exiger
from socle.erreurs import ConflitDeVersion, ErreurMetier, MotifRequis, TransitionImpossible
from socle.journal.domaine import inscrire

REFUS = "La bibliothèque de clauses revient à la DGALN."
ACCOLADES = re.compile(r"\{[^{}]*\}|[{}]")


def verifier_reperes(texte: str) -> None:
    """Refuse a name that no atelier can fill, or a brace left open, and say which ones exist."""
    connus = {f"{{{nom}}}" for nom in REPERES}
    inconnus = [trouve for trouve in ACCOLADES.findall(texte) if trouve not in connus]
    if not inconnus:
        return
    raise ErreurMetier(
        f"Repère inconnu : {', '.join(dict.fromkeys(inconnus))}. "
        f"Les repères possibles sont {', '.join(sorted(connus))}.",
        champ="texte",
    )


def bibliotheque(*, dispositif="", retirees=False):
    """Clauses with the number, title and date of their newest version."""
    derniere = VersionClause.objects.filter(clause=OuterRef("pk")).order_by("-numero")
    clauses = Clause.objects.filter(retiree_le__isnull=not retirees)
    if dispositif:
        clauses = clauses.filter(dispositifs=dispositif)
    return clauses.annotate(
        numero=Max("versions__numero"),
        combien=Count("versions", distinct=True),
        titre=Subquery(derniere.values("titre")[:1]),
        texte=Subquery(derniere.values("texte")[:1]),
        publiee_le=Subquery(derniere.values("publiee_le")[:1]),
    ).prefetch_related("dispositifs")


@transaction.atomic
def creer(*, par, cle, partie, dispositifs, titre, texte, facultative=False, tableau=""):
    """A new clause, with its first version."""
    exiger(peut_tenir_clauses(par), REFUS)
    verifier_reperes(texte)
    if Clause.objects.filter(cle=cle).exists():
        raise ErreurMetier("Cette clé est déjà prise.", champ="cle")
    ordre = (Clause.objects.aggregate(m=Max("ordre"))["m"] or 0) + 10
    clause = Clause.objects.create(
        cle=cle, partie=partie, facultative=facultative, tableau=tableau, ordre=ordre
    )
    clause.dispositifs.set(dispositifs)
    VersionClause.objects.create(
        clause=clause,
        numero=1,
        titre=titre,
        texte=texte,
        publiee_le=timezone.now(),
        publiee_par=par,
    )
    inscrire(journal.CLAUSE, objet=clause, par=par, numero=1, titre=titre)
    return clause


@transaction.atomic
def publier(*, clause, par, titre, texte, motif, revision):
    """A new version. Documents already written keep theirs until somebody takes the new one."""
    exiger(peut_tenir_clauses(par), REFUS)
    clause = Clause.objects.select_for_update().get(pk=clause.pk)
    verifier_reperes(texte)
    derniere = clause.versions.order_by("-numero").first()
    if revision is None or derniere.numero != int(revision):
        derniere.revision = derniere.numero
        raise ConflitDeVersion(derniere)
    if clause.retiree_le:
        raise TransitionImpossible("Cette clause est retirée : remettez-la d’abord en usage.")
    if not motif.strip():
        raise MotifRequis("Dites ce qui change dans cette version.")
    if (titre, texte) == (derniere.titre, derniere.texte):
        raise ErreurMetier("Rien ne change : la version en vigueur dit déjà cela.", champ="texte")
    version = VersionClause.objects.create(
        clause=clause,
        numero=derniere.numero + 1,
        titre=titre,
        texte=texte,
        motif=motif.strip(),
        publiee_le=timezone.now(),
        publiee_par=par,
    )
    inscrire(journal.CLAUSE, objet=clause, par=par, motif=motif, numero=version.numero, titre=titre)
    return version


def _titre(clause) -> str:
    return clause.versions.order_by("-numero").values_list("titre", flat=True).first()


@transaction.atomic
def retirer(*, clause, par, motif):
    """New documents do without it; those that hold it keep it."""
    exiger(peut_tenir_clauses(par), REFUS)
    clause = Clause.objects.select_for_update().get(pk=clause.pk)
    if clause.retiree_le:
        raise TransitionImpossible("Cette clause est déjà retirée.")
    if not motif.strip():
        raise MotifRequis()
    clause.retiree_le, clause.retiree_par, clause.motif_retrait = timezone.now(), par, motif
    clause.save(update_fields=["retiree_le", "retiree_par", "motif_retrait"])
    inscrire(journal.CLAUSE_RETIREE, objet=clause, par=par, motif=motif, titre=_titre(clause))
    return clause


@transaction.atomic
def remettre(*, clause, par):
    exiger(peut_tenir_clauses(par), REFUS)
    clause = Clause.objects.select_for_update().get(pk=clause.pk)
    if not clause.retiree_le:
        raise TransitionImpossible("Cette clause est déjà en usage.")
    clause.retiree_le, clause.retiree_par, clause.motif_retrait = None, None, ""
    clause.save(update_fields=["retiree_le", "retiree_par", "motif_retrait"])
    inscrire(journal.CLAUSE_REMISE, objet=clause, par=par, titre=_titre(clause))
    return clause


def apercu(version, atelier) -> str:
    """The clause as it would read in the cahier des charges of this atelier."""
    return remplir(version.texte, valeurs(atelier))
