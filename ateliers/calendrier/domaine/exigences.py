"""Who must be there, and how many of each college: what a search holds each atelier to.

The pilot says it in the form of their atelier. A session has no list of its own: it takes the last
search of each pilot, the presences that the invitations call mandatory, and, where nobody searched
yet, the quorums of the dispositif.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from ateliers.calendrier.domaine.souhaites import souhaites
from ateliers.calendrier.models import DemandeCalendrier
from ateliers.participants.models import Invitation, QuorumCollege


@dataclass
class Exigences:
    """`demande`: the search that says it; None: by default. Quorums by kind of séance, or one."""

    demande: DemandeCalendrier | None = None
    obligatoires: set[str] = field(default_factory=set)
    par_seance: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    quorums: dict[str, int] = field(default_factory=dict)
    par_genre: dict[str, dict[str, int]] = field(default_factory=dict)

    def exigees(self, ligne) -> set[str]:
        return self.obligatoires | self.par_seance.get(str(ligne.pk), set())

    def quorums_de(self, ligne) -> tuple[tuple[str, int], ...]:
        quorums = self.quorums if self.demande else self.par_genre.get(ligne.genre, {})
        return tuple(sorted(quorums.items()))

    @property
    def personnes(self) -> int:
        """How many people are mandatory, at each séance or at some."""
        return len(self.obligatoires.union(*self.par_seance.values()))


def exigences(demande, ateliers) -> dict[int, Exigences]:
    """By atelier."""
    if demande.atelier_id:
        return {demande.atelier_id: _dites(demande)}
    dernieres = DemandeCalendrier.objects.filter(atelier__in=ateliers).select_related("par")
    dernieres = dernieres.order_by("atelier_id", "-pk").distinct("atelier_id")
    toutes = {d.atelier_id: _dites(d) for d in dernieres}
    sans = [a for a in ateliers if a.pk not in toutes]
    toutes |= {a.pk: Exigences(par_genre=quorums) for a, quorums in _par_defaut(sans)}
    indispensables = Invitation.objects.filter(obligatoire=True, seance__atelier__in=ateliers)
    lignes = indispensables.order_by().values_list("seance__atelier", "seance", "participant")
    for atelier, seance, participant in lignes:
        toutes[atelier].par_seance[str(seance)].add(f"p-{participant}")
    return toutes


def _dites(demande) -> Exigences:
    dites = demande.parametres
    par_seance = defaultdict(set)
    for cle, liste in dites.get("obligatoires_seance", {}).items():
        par_seance[cle] = set(liste)
    return Exigences(
        demande=demande,
        obligatoires=set(dites.get("obligatoires", ())),
        par_seance=par_seance,
        quorums=dites.get("quorums", {}),
    )


def _par_defaut(ateliers):
    """The quorums of the dispositif, never more people than the atelier has in a college."""
    participants = souhaites(ateliers).order_by()
    presents = Counter(participants.values_list("atelier", "college")) if ateliers else {}
    dispositifs = {a.dispositif_id for a in ateliers}
    lignes = QuorumCollege.objects.filter(dispositif__in=dispositifs) if ateliers else ()
    for atelier in ateliers:
        quorums = defaultdict(dict)
        for ligne in lignes:
            nombre = min(ligne.minimum, presents[atelier.pk, ligne.college])
            if ligne.dispositif_id == atelier.dispositif_id and nombre:
                quorums[ligne.genre][ligne.college] = nombre
        yield atelier, dict(quorums)
