"""What the minutes say, frozen: the context of the document, and of its page."""

from socle.documents.declaration import ContexteFige


class MembrePV(ContexteFige):
    nom: str
    qualite: str
    voix: bool
    present: bool


class LignePV(ContexteFige):
    rang: str
    reference: str
    titre: str
    territoire: str
    note: str
    ex_aequo: bool
    evaluations: str = ""


class RapporteePV(ContexteFige):
    """An adopted deliberation that a later vote withdrew."""

    proposition: str
    precision: str
    pour: int
    contre: int
    abstention: int
    votes: list[str]
    motif: list[str]
    dissidence: list[str]


class RejetPV(ContexteFige):
    """A proposal refused before the one that was adopted, and what it withdrew if anything."""

    proposition: str
    precision: str
    presents: int
    quorum: int
    pour: int
    contre: int
    abstention: int
    presidence_contre: bool
    votes: list[str]
    motif: list[str]
    dissidence: list[str]
    rapportee: RapporteePV | None = None


class EcarteePV(ContexteFige):
    """An evaluation that a recusal set aside: it counts neither in the mean nor in the rank."""

    nom: str
    motif: str


class DeliberationPV(ContexteFige):
    reference: str
    titre: str
    rang: str = ""
    evaluations: str = ""
    proposition: str
    precision: str
    presents: int
    quorum: int
    deportes: list[str]
    ecartees: list[EcarteePV] = []
    nombre_deports: int | None = None
    pour: int
    contre: int
    abstention: int
    preponderante: bool
    votes: list[str]
    motif: list[str]
    dissidence: list[str]
    rejets: list[RejetPV] = []


class HorsPV(ContexteFige):
    """A dossier of the appel that was not ranked, and why."""

    reference: str
    titre: str
    raison: str


class ContextePV(ContexteFige):
    appel: str
    dispositif: str
    tenu_le: str
    lieu: str
    presidence: str
    quorum: int
    plafond: list[str]
    membres: list[MembrePV]
    classement: list[LignePV]
    deliberations: list[DeliberationPV]
    retenues: list[str]
    reserve: list[str]
    autres: list[str]
    reorientees: list[str]
    clos_le: str
    clos_par: str
    ouvert_le: str = ""
    prevu_le: str = ""
    hors_classement: list[HorsPV] = []
    reprises: list[str] = []
    # « 2 retenues pour 1 place »
    depassement: str = ""
    # The reserve by the rank that was voted; minutes sealed before have only `reserve`.
    reserve_rangee: list[str] = []
