"""What the calendar reads: ateliers that one may see, their séances, their slips. Few queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import OuterRef, Subquery

from ateliers.cadrage.models import Contrat
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import visibles_par
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.phases import MILIEU
from ateliers.seances.models import Glissement, Seance
from socle.comptes import ayant_droit
from socle.groupage import Partie, RequeteGardee, remplir

# Clocks of the sites, and séances held at other dates than planned: read wide, keep exactly.
MARGE = timedelta(days=40)
MONTREES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE, EtatSeance.TENUE)
LUS = (
    "nom",
    "slug",
    "reference",
    "ouvert_le",
    "clos_le",
    "etat",
    "dispositif__code",
    "dispositif__nom",
    "perimetre__nom",
    "candidature__reference",
    "candidature__appel__slug",
    "candidature__appel__session__nom",
)
PARTIES = (
    Partie("perimetre__departements"),
    Partie("intervenants", sans=("adresse", "courriel", "siret")),
)
LUES = (
    "atelier",
    "genre",
    "rang",
    "ordre",
    "etape_type",
    "titre",
    "debut_prevu",
    "fin_prevu",
    "debut_reel",
    "fin_reelle",
    "lieu",
    "fuseau",
    "etat",
)
CRITERES = ("session", "departement", "dispositif", "equipe")


@dataclass(frozen=True)
class Criteres:
    """The filters, as they stand in the address."""

    session: str = ""
    departement: str = ""
    dispositif: str = ""
    equipe: str = ""

    @classmethod
    def lire(cls, parametres) -> Criteres:
        return cls(**{cle: parametres.get(cle, "").strip() for cle in CRITERES})

    def retient(self, atelier) -> bool:
        return all(
            not voulu or voulu in atelier.cles[cle] for cle in CRITERES if (voulu := self[cle])
        )

    def __getitem__(self, cle) -> str:
        return getattr(self, cle)


@dataclass
class Calendrier:
    ateliers: list
    seances: list = field(default_factory=list)
    options: dict = field(default_factory=dict)


def _ateliers(visibles):
    notifies = Contrat.objects.filter(atelier=OuterRef("pk"), notifie_le__isnull=False)
    notifies = notifies.order_by("notifie_le")
    return (
        visibles.select_related("dispositif", "perimetre", "candidature__appel__session")
        .only(*LUS)
        .annotate(demarre_le=Subquery(notifies.values("notifie_le")[:1]))
        .order_by("nom", "pk")
    )


def _vivants(*forme, **compte):
    visibles = visibles_par(ayant_droit.relire(*forme, **compte))
    return _ateliers(visibles.exclude(etat=EtatAtelier.ABANDONNE))


VIVANTS = RequeteGardee(_vivants)


def ateliers_de(utilisateur, *, pk: int | None = None) -> list:
    """All those that one works on (or one), with what filters compare, in two queries."""
    if pk:
        ateliers = list(_ateliers(visibles_par(utilisateur).filter(pk=pk)))
    else:
        forme, valeurs = ayant_droit.forme(utilisateur), ayant_droit.valeurs(utilisateur)
        ateliers = VIVANTS.objets(*forme, **valeurs)
    if ateliers:
        remplir(ateliers, PARTIES)
    for atelier in ateliers:
        atelier.departements = sorted(atelier.perimetre.departements.all(), key=lambda d: d.code)
        atelier.equipes = list(atelier.intervenants.all())
        session = atelier.candidature.appel.session
        atelier.cles = {
            "session": {str(session.pk): session.nom} if session else {},
            "departement": {d.code: f"{d.code} – {d.nom}" for d in atelier.departements},
            "dispositif": {atelier.dispositif.code: atelier.dispositif.nom},
            "equipe": {str(o.pk): o.nom for o in atelier.equipes},
        }
    return ateliers


def options_de(ateliers) -> dict[str, list]:
    """What each filter offers: only what leads somewhere."""
    trouvees: dict[str, dict] = {cle: {} for cle in CRITERES}
    for atelier in ateliers:
        for cle in CRITERES:
            trouvees[cle] |= atelier.cles[cle]
    return {cle: sorted(v.items(), key=lambda o: o[1]) for cle, v in trouvees.items()}


def _instant(jour: date) -> datetime:
    return datetime.combine(jour, time(), tzinfo=UTC)


def seances_de(ateliers, *, du: date | None = None, au: date | None = None) -> list[Seance]:
    """Dated séances in order; `du`, `au`: local days, read wide then exactly."""
    par_cle = {a.pk: a for a in ateliers}
    lignes = Seance.objects.filter(
        atelier__in=par_cle, etat__in=MONTREES, debut_prevu__isnull=False
    )
    if du is not None:
        lignes = lignes.filter(fin_prevu__gte=_instant(du) - MARGE)
    if au is not None:
        lignes = lignes.filter(debut_prevu__lte=_instant(au) + MARGE)
    retenues = []
    for seance in lignes.only(*LUES).order_by("debut_prevu", "pk"):
        seance.atelier = par_cle[seance.atelier_id]
        seance.local = seance.moment_debut
        seance.du, seance.au = seance.local.date(), seance.fin.date()
        seance.estimee = False
        if (au is None or seance.du <= au) and (du is None or seance.au >= du):
            retenues.append(seance)
    return retenues


def estimees_de(ateliers) -> list[Seance]:
    """Those without a date, around the middle of the month that the dispositif foresees."""
    par_cle = {a.pk: a for a in ateliers}
    lignes = Seance.objects.filter(
        atelier__in=par_cle, etat=EtatSeance.A_PROGRAMMER, estime_le__isnull=False
    )
    trouvees = list(lignes.only(*LUES, "estime_le").order_by("estime_le", "ordre", "pk"))
    for seance in trouvees:
        seance.atelier = par_cle[seance.atelier_id]
        seance.du = seance.au = seance.estime_le.replace(day=MILIEU)
        seance.estimee = True
    return trouvees


def glissements_de(ateliers) -> list[Glissement]:
    return list(
        Glissement.objects.filter(seance__atelier__in=[a.pk for a in ateliers])
        .select_related("seance", "par")
        .order_by("le", "pk")
    )


def lire(utilisateur, criteres: Criteres, **bornes) -> Calendrier:
    tous = ateliers_de(utilisateur)
    choisis = [a for a in tous if criteres.retient(a)]
    return Calendrier(choisis, seances_de(choisis, **bornes), options_de(tous))
