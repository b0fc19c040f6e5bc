"""Save one field; keep every value and its author."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from candidatures.dossiers import droits, journal
from candidatures.dossiers.domaine import champs as catalogue
from candidatures.dossiers.domaine.champ_question import ChampQuestion
from candidatures.dossiers.domaine.champs import ChampSection, marquer_partie
from candidatures.dossiers.domaine.commun import exiger_champ_ouvert
from candidatures.dossiers.domaine.lignes_note import CelluleLigne
from candidatures.dossiers.models import Candidature, RevisionChamp
from socle.comptes import ayant_droit
from socle.erreurs import ActionInterdite, ConflitDeVersion
from socle.groupage import RequeteGardee
from socle.interface.saisie import ValeurEnVigueur
from socle.journal.domaine import inscrire

REPRISE = timedelta(minutes=30)
LUS = (
    "id",
    "reference",
    "etat",
    "champs_ouverts",
    "appel_id",
)  # the others, by the fields that need them
COLONNES = {"titre", "perimetre", "stade", "programmes", "blocages", "gouvernance"}


@transaction.atomic
def enregistrer_champ(
    *, candidature: Candidature, champ: str, valeur: str, revision: int, par
) -> int:
    """Save one field typed from `revision`; return its new revision.

    The same value again changes nothing. A newer value than the author's is never overwritten:
    ConflitDeVersion holds it. The lock on the candidature keeps two authors and a deposit apart.
    """
    ecrite = _verrouiller_modifiable(candidature.reference, par)
    if ecrite is None:
        raise ActionInterdite("Seuls les porteurs modifient le dossier, tant qu’il est ouvert.")
    cible = catalogue.trouver(champ)
    exiger_champ_ouvert(ecrite, _partie_demandee(cible))
    derniere = _derniere(ecrite, champ)
    stockee = derniere.valeur if derniere else cible.lire(ecrite)
    actuelle = derniere.revision if derniere else 0
    if stockee == valeur:
        return actuelle
    if actuelle != revision:
        raise ConflitDeVersion(
            derniere or ValeurEnVigueur(valeur=stockee, revision=0, par=None, le=None)
        )
    if derniere and isinstance(cible, ChampSection):
        _ecrire_section(ecrite, cible, actuelle + 1, valeur, par)
        _journaliser(ecrite, cible, derniere, par)
        return actuelle + 1
    cible.ecrire(ecrite, valeur, par)
    _marquer(ecrite, champ, cible, par)
    lignes = [_ligne(ecrite, champ, actuelle + 1, valeur, par)]
    if derniere is None and stockee:
        lignes.insert(0, _ligne(ecrite, champ, 0, stockee, None))
    RevisionChamp.objects.bulk_create(lignes)
    if not valeur and isinstance(cible, CelluleLigne):
        _marquer_vidage(ecrite, cible, par)
    _journaliser(ecrite, cible, derniere, par)
    return actuelle + 1


def deja_tenue(*, candidature: Candidature, champ: str, valeur: str, par) -> int | None:
    """The revision of this very text, for an author who sends it again once the field is closed:
    what their browser kept is saved already, and nothing is written.
    """
    lue = droits.visibles_par(par).filter(reference=candidature.reference).first()
    if lue is None or not droits.porte(par, lue):
        return None
    derniere = _derniere(lue, champ)
    stockee = derniere.valeur if derniere else catalogue.trouver(champ).lire(lue)
    if stockee != valeur:
        return None
    return derniere.revision if derniere else 0


def _marquer_vidage(candidature, cible: CelluleLigne, par) -> None:
    """The row has just gone: its other cells count it too.

    A colleague who fills one of them from before that gets both values, not half a row.
    """
    if cible.existe(candidature):
        return
    autres = [nom for nom in cible.voisines() if nom != cible.nom]
    noter(candidature, dict.fromkeys(autres, ("", "")), par, toujours=True)


def _modifiable(*forme, reference, **compte):
    """The right of `peut_modifier` and the lock, in one reading."""
    qui = ayant_droit.relire(*forme, **compte)
    lues = droits.modifiables_par(qui).filter(reference=reference).order_by()
    return lues.select_for_update(of=("self",)).only(*LUS)


def _revision(*, candidature, champ):
    lues = RevisionChamp.objects.filter(candidature_id=candidature, champ=champ)
    return lues.order_by("-revision").values_list("revision", "valeur", "par_id", "le")[:1]


# A pause in typing asks for both: Django writes their SQL once.
MODIFIABLE, REVISION = RequeteGardee(_modifiable), RequeteGardee(_revision)


def _verrouiller_modifiable(reference, par) -> Candidature | None:
    if not par.is_active:
        return None
    lues = MODIFIABLE.objets(
        *ayant_droit.forme(par), reference=reference, **ayant_droit.valeurs(par)
    )
    return lues[0] if lues else None


def _partie_demandee(cible) -> str:
    """The name that a request for compléments gives to the part of this field."""
    if isinstance(cible, ChampSection):
        return f"section:{cible.cle}"
    if isinstance(cible, ChampQuestion):
        return f"question:{cible.cle}"
    return f"rubrique:{cible.partie}"


def _derniere(candidature, champ) -> RevisionChamp | None:
    lues = REVISION.lire(candidature=candidature.pk, champ=champ)
    if not lues:
        return None
    revision, valeur, par, le = lues[0]
    return RevisionChamp(
        candidature_id=candidature.pk,
        champ=champ,
        revision=revision,
        valeur=valeur,
        par_id=par,
        le=le,
    )


def _ligne(candidature, champ, revision, valeur, par) -> RevisionChamp:
    return RevisionChamp(
        candidature_id=candidature.pk,
        champ=champ,
        revision=revision,
        valeur=valeur,
        par=par,
        le=timezone.now(),
    )


SECTION = """
WITH section AS (
  UPDATE candidatures_sectionnote SET texte = %(valeur)s, revision = revision + 1,
    modifiee_le = %(le)s, modifiee_par_id = %(par)s
  WHERE candidature_id = %(candidature)s AND cle = %(cle)s
), dossier AS (
  UPDATE candidatures_candidature SET modifiee_le = %(le)s WHERE id = %(candidature)s
)
INSERT INTO candidatures_revisionchamp (candidature_id, champ, revision, valeur, par_id, le)
VALUES (%(candidature)s, %(champ)s, %(revision)s, %(valeur)s, %(par)s, %(le)s)
"""


def _ecrire_section(candidature, cible, revision, valeur, par) -> None:
    """What `ecrire`, `_marquer` and `_ligne` do, at once: this is what a pause in typing costs."""
    with connection.cursor() as curseur:
        curseur.execute(
            SECTION,
            {
                "candidature": candidature.pk,
                "cle": cible.cle,
                "champ": f"section.{cible.cle}",
                "revision": revision,
                "valeur": valeur,
                "par": par.pk,
                "le": timezone.now(),
            },
        )


def _marquer(candidature, champ, cible, par) -> None:
    """The part's own revision grows too: a form sent without script then sees the change."""
    colonnes = {champ: getattr(candidature, champ)} if champ in COLONNES else {}
    Candidature.objects.filter(pk=candidature.pk).update(modifiee_le=timezone.now(), **colonnes)
    if not isinstance(cible, ChampSection | ChampQuestion):
        marquer_partie(candidature.rubriques.filter(cle=cible.partie), par)


def _journaliser(candidature, cible, derniere, par) -> None:
    """One line per author and sitting, not one per word typed."""
    recente = derniere and derniere.le > timezone.now() - REPRISE
    if not (recente and derniere.par_id == par.pk):
        question = isinstance(cible, ChampQuestion)
        partie = cible.nommer(candidature) if question else cible.libelle
        inscrire(journal.REDIGEE, objet=candidature, par=par, partie=partie)


def revisions_de(candidature: Candidature, prefixe: str = "") -> dict[str, int]:
    """Current revision of each field already saved once."""
    return dict(
        RevisionChamp.objects.filter(candidature_id=candidature.pk, champ__startswith=prefixe)
        .order_by("champ", "-revision")
        .distinct("champ")
        .values_list("champ", "revision")
    )


def parties_ecrites(candidature: Candidature, depuis) -> set[str]:
    """The parts saved since this moment, named as a request for compléments names them."""
    champs = candidature.revisions.filter(le__gt=depuis).values_list("champ", flat=True)
    return {_partie_demandee(catalogue.trouver(champ)) for champ in champs.distinct()}


def noter(candidature: Candidature, changements, par, toujours=False) -> None:
    """Keep what a whole form changed: {field: (before, after)}.

    Unchanged ones are left out, unless `toujours`: they belong to a row that went away.
    """
    changes = {nom: v for nom, v in changements.items() if toujours or v[0] != v[1]}
    if not changes:
        return
    connues = dict(
        RevisionChamp.objects.filter(candidature_id=candidature.pk, champ__in=list(changes))
        .order_by("champ", "-revision")
        .distinct("champ")
        .values_list("champ", "revision")
    )
    lignes = []
    for nom, (avant, apres) in changes.items():
        if nom not in connues and avant:
            lignes.append(_ligne(candidature, nom, 0, avant, None))
        lignes.append(_ligne(candidature, nom, connues.get(nom, 0) + 1, apres, par))
    RevisionChamp.objects.bulk_create(lignes)
