"""All that the reading screen shows of one dossier to one person, in few queries."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.droits import confiees_a, est_instructeur, visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine.aveugle import etiquettes, lit_a_l_aveugle, masque_de
from candidatures.instruction.domaine.grille import CritereLu, criteres_de
from candidatures.instruction.domaine.presentation import DossierLu, presenter
from candidatures.instruction.domaine.progression import estimation, voisins
from candidatures.instruction.domaine.requetes import A_INSTRUIRE, pile, voisinage
from candidatures.instruction.domaine.synthese import Synthese, synthese
from candidatures.instruction.droits import evaluation_de, peut_lire_notes
from candidatures.instruction.gardes import dire_deliberee
from candidatures.instruction.models import Evaluation
from socle.comptes import ayant_droit
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.groupage import Partie, RequeteGardee, remplir


def lisibles_par(utilisateur):
    """What one sees, and what is entrusted to them (blind readings included)."""
    if est_instructeur(utilisateur):
        return visibles_par(utilisateur)  # what is entrusted to them was deposited: they see it
    celle_ci = {"pk": OuterRef("pk")}
    return Candidature.objects.filter(
        Q(Exists(visibles_par(utilisateur).filter(**celle_ci)))
        | Q(Exists(confiees_a(utilisateur).filter(**celle_ci)))
    )


PARTIES = (
    Partie("appel__phases"),
    Partie("appel__grille__criteres"),
    Partie("evaluations", avec=("evaluateur",)),
    Partie("evaluations__notes", avec=("critere",)),
    Partie("versions"),
    Partie("pieces", avec=("piece_requise",), ou="t.active"),
    Partie("deports"),
)


def _entieres(candidatures):
    lues = candidatures.select_related(
        "appel__dispositif", "appel__grille", "perimetre", "noms_masques"
    )
    return dire_deliberee(lues, "pk")


def pour_lecture(candidatures):
    """One dossier or three: three queries."""
    return _entieres(candidatures).grouper(*PARTIES)


def _lisible(*forme, reference, **compte):
    lisibles = lisibles_par(ayant_droit.relire(*forme, **compte))
    return _entieres(lisibles).filter(reference=reference)


LISIBLE = RequeteGardee(_lisible)


def trouver(utilisateur, reference) -> Candidature | None:
    """The dossier that this person may read, with all its parts."""
    lues = utilisateur.is_active and LISIBLE.objets(
        *ayant_droit.forme(utilisateur), reference=reference, **ayant_droit.valeurs(utilisateur)
    )
    if lues:
        remplir(lues, PARTIES)
    return lues[0] if lues else None


@dataclass(frozen=True)
class Lecture:
    candidature: Candidature
    dossier: DossierLu
    evaluation: Evaluation | None
    criteres: list[CritereLu] = field(default_factory=list)

    @property
    def ouverte(self) -> bool:
        """The grid is to fill: not filed, and no committee has deliberated meanwhile."""
        a_remplir = self.evaluation is not None and not self.evaluation.depose_le
        return a_remplir and not self.candidature.deliberee


def contenu_lu(candidature: Candidature) -> dict:
    """The last frozen version: what was deposited is what is read."""
    versions = sorted(candidature.versions.all(), key=lambda v: v.numero)
    return versions[-1].contenu if versions else {}


def lire(utilisateur, candidature: Candidature) -> Lecture:
    """`candidature` comes from `pour_lecture(lisibles_par(utilisateur))`."""
    evaluation = evaluation_de(utilisateur, candidature)
    if evaluation is not None:
        evaluation.candidature = candidature
    contenu, nom, masquer = contenu_lu(candidature), "", None
    if lit_a_l_aveugle(utilisateur, candidature):
        nom = etiquettes([candidature.pk])[candidature.pk]
        masquer = masque_de(candidature, contenu, nom)
    return Lecture(
        candidature=candidature,
        dossier=presenter(candidature, contenu, masquer=masquer, nom=nom),
        evaluation=evaluation if candidature.etat in EN_DECISION else None,
        criteres=criteres_de(candidature.appel),
    )


def synthese_lue(utilisateur, lecture: Lecture) -> Synthese | None:
    """The others’ notes and words, for who may read them; the notes alone for a blind reader."""
    if not peut_lire_notes(utilisateur, lecture.candidature):
        return None
    lue = synthese(lecture.candidature)
    return lue.sans_mots() if lecture.dossier.aveugle else lue


@dataclass(frozen=True)
class Progression:
    """Where one is among the dossiers to read."""

    precedente: str | None
    suivante: str | None
    rang: int
    total: int
    deposees: int
    a_deposer: bool
    reste: str = ""


def _pile_lue(*, personne, appel):
    """Of one’s pile, what is of this appel: former sessions are neither read nor counted."""
    siennes = pile(Utilisateur(pk=personne, role=Role.EVALUATEUR))
    return (
        siennes.filter(candidature__appel=appel)
        .order_by("candidature__reference")
        .values_list("candidature__reference", "candidature__repere__etat", "depose_le")
    )


def _ailleurs(*, personne, appel):
    siennes = pile(Utilisateur(pk=personne, role=Role.EVALUATEUR))
    a_lire = siennes.filter(depose_le__isnull=True).exclude(candidature__appel=appel)
    return a_lire.values_list("candidature__reference")[:1]


PILE_LUE, AILLEURS = RequeteGardee(_pile_lue), RequeteGardee(_ailleurs)


def progression(utilisateur, lecture: Lecture) -> Progression:
    """One’s own pile for who evaluates, the appel’s dossiers for who instructs."""
    candidature = lecture.candidature
    if lecture.evaluation is None:
        ouvertes = visibles_par(utilisateur).filter(appel=candidature.appel, etat__in=A_INSTRUIRE)
        return Progression(*voisinage(ouvertes, candidature), 0, a_deposer=False)
    qui = {"personne": utilisateur.pk, "appel": candidature.appel_id}
    siennes = PILE_LUE.lire(**qui)
    ouvertes = [(r, le is not None) for r, etat, le in siennes if etat in EN_DECISION]
    avant, apres = voisins(ouvertes, candidature.reference)
    if all(deposee or r == candidature.reference for r, deposee in ouvertes):
        ailleurs = AILLEURS.lire(**qui)  # this appel is read: on to another one, if any waits
        apres = ailleurs[0][0] if ailleurs else apres
    depots = [le for *_, le in siennes if le]
    restants = len(siennes) - len(depots)
    return Progression(
        avant, apres, 0, len(siennes), len(depots), True, estimation(depots, restants)
    )


def comparables(utilisateur, choisies: list[str]) -> list[dict]:
    """What may be put side by side; a blind reader chooses by the name that hides the place."""
    lisibles = lisibles_par(utilisateur).filter(etat__in=A_INSTRUIRE).order_by("reference")
    lues = list(lisibles.select_related("appel").prefetch_related("appel__phases")[:200])
    masquees = [c.pk for c in lues if lit_a_l_aveugle(utilisateur, c)]
    noms = etiquettes(masquees) if masquees else {}
    return [
        {
            "reference": c.reference,
            "nom": noms.get(c.pk, c.titre),
            "aveugle": c.pk in noms,
            "choisie": c.reference in choisies,
        }
        for c in lues
    ]
