"""What a list may be filtered on. A criterion turns the values of the address into a condition.

Conditions are asked of `Repere`, the narrow twin of a candidature: its columns, or subqueries on
primary keys, never joins that repeat rows, so that « and » and « or » mean the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast
from django.utils import timezone

from candidatures.appels.choix import EtatAppel
from candidatures.appels.models import Appel
from candidatures.dispositifs.models import Dispositif, Theme
from candidatures.dossiers.choix import EtatCandidature, Programme
from candidatures.dossiers.domaine import recherche
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine.avis import ETATS_AVIS
from candidatures.instruction.models import Avis, Decision, Etiquette, Evaluation, PoseEtiquette
from candidatures.listes.domaine import saisies
from candidatures.listes.domaine.saisies import Saisie
from socle.comptes.domaine.competence import REGIONAUX, services_de_la_region
from socle.comptes.models import Organisme
from socle.territoires.models import Region
from socle.territoires.texte import plier

TEXTE, CHOIX, NOMBRE, JOUR = "texte", "choix", "nombre", "jour"
AVIS = (
    ("recus", "Tous reçus"),
    ("attente", "En attente"),
    ("retard", "En retard"),
    ("aucun", "Aucun demandé"),
)
EVALUATIONS = (
    ("completes", "Toutes déposées"),
    ("incompletes", "À recevoir"),
    ("aucune", "Aucune confiée"),
)
CLE_MAX = 9  # digits of a key: a longer number is none
CODE_MAX = 3  # of a région or of a département: nothing longer is one
DEMI_CENTIEME = Decimal("0.005")
DECISION = (("preparee", "Préparée"), ("sans", "Pas encore préparée"))


@dataclass(frozen=True)
class Critere:
    """`options`: fixed choices; empty for a choice read from the database (`options_en_base`)."""

    cle: str
    libelle: str
    genre: str
    condition: Callable[[list[str]], Q]
    options: tuple = ()
    instruction: bool = False

    def lire(self, valeurs: tuple[str, ...]) -> Saisie:
        """What was typed, as `condition` takes it, or a sentence."""
        if self.cle == "departement":
            return saisies.lire_departements(valeurs)
        lecteur = {NOMBRE: saisies.lire_nombre, JOUR: saisies.lire_jour}.get(self.genre)
        return lecteur(valeurs) if lecteur else Saisie(valeurs)


def _nombres(valeurs) -> list[float]:
    return [n for n in map(saisies.nombre, valeurs) if n is not None]


def _jours(valeurs) -> list[date]:
    return [j for j in map(saisies.jour, valeurs) if j is not None]


def _compare(chemin: str, lire=_nombres) -> Callable:
    """A value that cannot be read asks for nothing."""

    def condition(valeurs):
        lues = lire(valeurs)
        return Q(**{chemin: lues[0]}) if lues else Q()

    return condition


def _population(comparaison: str) -> Callable:
    def condition(valeurs):
        bornes = _nombres(valeurs)
        return Q(**{f"population__{comparaison}": bornes[0]}) if bornes else Q()

    return condition


def _texte(valeurs) -> Q:
    return recherche.condition(valeurs[0])


def _territoires(champ: str) -> Callable:
    def condition(valeurs):
        codes = [c.strip().upper() for v in valeurs for c in v.split(",") if c.strip()]
        connus = [c for c in codes if len(c) <= CODE_MAX]
        return Q(**{f"{champ}__overlap": connus}) if codes else Q()

    return condition


def _dreal(valeurs) -> Q:
    """Those that were designated, or that a region gives where nobody was: as the column says."""
    pks = [int(v) for v in valeurs if v.isdecimal() and len(v) <= CLE_MAX]
    deduite = Subquery(services_de_la_region(OuterRef("pk")).values("pk")[:1])
    siennes = Region.objects.annotate(deduite=deduite).filter(deduite__in=pks)
    return Q(designes__overlap=pks) | Q(regions_deduites__overlap=siennes.order_by().values("pk"))


def _themes(valeurs) -> Q:
    connus = [v for v in valeurs if v.isdecimal()]
    liees = Candidature.themes.through.objects.filter(theme_id__in=connus)
    return Q(pk__in=liees.values("candidature_id"))


def _etiquettes(valeurs) -> Q:
    posees = PoseEtiquette.objects.filter(etiquette_id__in=[v for v in valeurs if v.isdecimal()])
    return Q(pk__in=posees.values("candidature_id"))


def _parmi(conditions: dict[str, Callable[[], Q]]) -> Callable:
    def condition(valeurs):
        somme = Q(pk__in=[])
        for valeur in valeurs:
            if valeur in conditions:
                somme |= conditions[valeur]()
        return somme

    return condition


def _avec(modele, **filtres) -> Q:
    return Q(Exists(modele.objects.filter(candidature=OuterRef("pk"), **filtres)))


def _evaluee(**filtres) -> Q:
    return _avec(Evaluation, ecartee_le__isnull=True, **filtres)


def _en_retard() -> Q:
    """As those that are reminded: where the dossier still waits for them."""
    tardifs = _avec(Avis, rendu_le__isnull=True, retenu=False, echeance__lt=timezone.localdate())
    return Q(etat__in=ETATS_AVIS) & tardifs


def _note(comparaison: str) -> Callable:
    """As it is read: 3.6667, shown as 3.67, is « au moins 3,67 »."""
    vers = {"gte": ("gte", -DEMI_CENTIEME), "lte": ("lt", DEMI_CENTIEME)}

    def condition(valeurs):
        bornes, (operateur, marge) = _nombres(valeurs), vers[comparaison]
        if not bornes:
            return Q()
        return Q(**{f"note_moyenne__{operateur}": Decimal(str(bornes[0])) + marge})

    return condition


def _depuis_jours(valeurs) -> Q:
    jours = [n for n in _nombres(valeurs) if 0 <= n < 20_000]
    return Q(deposee_le__lte=timezone.now() - timedelta(days=jours[0])) if jours else Q()


CRITERES = (
    Critere("texte", "Mots du dossier", TEXTE, _texte),
    Critere("appel", "Appel", CHOIX, lambda v: Q(appel__slug__in=v)),
    Critere("etat", "État", CHOIX, lambda v: Q(etat__in=v), options=tuple(EtatCandidature.choices)),
    Critere("region", "Région", CHOIX, _territoires("regions")),
    Critere("departement", "Départements", TEXTE, _territoires("departements")),
    Critere("dreal", "DREAL compétente", CHOIX, _dreal),
    Critere("dispositif", "Dispositif", CHOIX, lambda v: Q(appel__dispositif_id__in=v)),
    Critere("theme", "Thème", CHOIX, _themes),
    Critere(
        "programme",
        "Programme",
        CHOIX,
        lambda v: Q(candidature__programmes__overlap=list(v)),
        options=tuple(Programme.choices),
    ),
    Critere("population_min", "Habitants, au moins", NOMBRE, _population("gte")),
    Critere("population_max", "Habitants, au plus", NOMBRE, _population("lte")),
    Critere("depuis", "Déposée à partir du", JOUR, _compare("deposee_le__date__gte", _jours)),
    Critere("jusqua", "Déposée jusqu’au", JOUR, _compare("deposee_le__date__lte", _jours)),
    Critere("etiquette", "Étiquette", CHOIX, _etiquettes, instruction=True),
    Critere(
        "avis",
        "Avis",
        CHOIX,
        _parmi(
            {
                "recus": lambda: _avec(Avis) & ~_avec(Avis, rendu_le__isnull=True),
                "attente": lambda: _avec(Avis, rendu_le__isnull=True),
                "retard": _en_retard,
                "aucun": lambda: ~_avec(Avis),
            }
        ),
        options=AVIS,
        instruction=True,
    ),
    Critere(
        "evaluations",
        "Évaluations",
        CHOIX,
        _parmi(
            {
                "completes": lambda: _evaluee() & ~_evaluee(depose_le__isnull=True),
                "incompletes": lambda: _evaluee(depose_le__isnull=True),
                "aucune": lambda: ~_evaluee(),
            }
        ),
        options=EVALUATIONS,
        instruction=True,
    ),
    Critere(
        "decision",
        "Décision",
        CHOIX,
        _parmi(
            {
                "preparee": lambda: _avec(Decision, publication__isnull=True),
                "sans": lambda: ~_avec(Decision, publication__isnull=True),
            }
        ),
        options=DECISION,
        instruction=True,
    ),
    Critere("note_min", "Note moyenne d’au moins", NOMBRE, _note("gte"), instruction=True),
    Critere("note_max", "Note moyenne d’au plus", NOMBRE, _note("lte"), instruction=True),
    Critere(
        "jours_min", "Jours depuis le dépôt, au moins", NOMBRE, _depuis_jours, instruction=True
    ),
)


def criteres(*, instructeur: bool) -> tuple[Critere, ...]:
    return tuple(c for c in CRITERES if instructeur or not c.instruction)


def _libelles(genre: str, objets, cle, nom: str):
    return objets.order_by().values_list(
        Value(genre, output_field=CharField()), Cast(cle, CharField()), Cast(nom, CharField())
    )


def options_en_base(*, instructeur: bool) -> dict[str, list[tuple[str, str]]]:
    """All the choices that the database holds, in one query."""
    sources = [
        _libelles("appel", Appel.objects.exclude(etat=EtatAppel.BROUILLON), F("slug"), "titre"),
        _libelles("dispositif", Dispositif.objects.all(), F("pk"), "nom"),
        _libelles("region", Region.objects.all(), F("pk"), "nom"),
        _libelles("dreal", Organisme.objects.filter(nature__in=REGIONAUX), F("pk"), "nom"),
        _libelles("theme", Theme.objects.all(), F("pk"), "libelle"),
    ]
    if instructeur:
        sources.append(_libelles("etiquette", Etiquette.objects.all(), F("pk"), "nom"))
    options: dict[str, list] = {}
    lus = sources[0].union(*sources[1:], all=True)
    for genre, cle, nom in sorted(lus, key=lambda lu: plier(lu[2])):
        options.setdefault(genre, []).append((cle, nom))
    return options
