"""Which requests of a batch are possible; for each of the others, the true reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from candidatures.dossiers.domaine import pilotage
from candidatures.dossiers.droits import a_l_aveugle, organismes_porteurs
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine.avis import ETATS_AVIS
from candidatures.instruction.models import Deport
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.erreurs import ConfirmationRequise, ElementsManquants, Manque

DREAL, DDT = "dreal", "ddt"
SERVICES = {DREAL: "La DREAL", DDT: "La DDT(M)"}
ECARTS = "ecarts"
ETAT, PORTEUR, PREPARE, DEMANDE, RENDU, SANS_SERVICE, SANS_COMPTE, EMPECHES = (
    "dossier dans un état qui ne permet pas de demander d’avis",
    "l’organisme porte la candidature",
    "demande déjà préparée, pas encore envoyée",
    "avis déjà demandé",
    "avis déjà rendu",
    "aucun service connu pour ce territoire",
    "aucun compte actif, et aucune adresse où écrire",
    "tous ses agents sont déportés, ou évaluent à l’aveugle",
)


@dataclass(frozen=True)
class Ecart:
    """One candidature, one organisation (or the service that nobody knows), and why not."""

    candidature: Candidature
    organisme: str
    raison: str
    precision: str = ""


@dataclass(frozen=True)
class Tri:
    possibles: list[tuple[Candidature, Organisme]]
    ecarts: list[Ecart]

    @property
    def raisons(self) -> list[tuple[str, int]]:
        return Counter(e.raison for e in self.ecarts).most_common()


class DemandesEcartees(ConfirmationRequise):
    """Some are possible, some are not: read which ones, then confirm."""

    def __init__(self, tri: Tri):
        self.tri = tri
        faites, non = len(tri.possibles), len(tri.ecarts)
        super().__init__(
            f"Demandes possibles\u00a0: {faites}. Impossibles\u00a0: {non}, chacune avec sa raison "
            "en haut de la page.",
            cle=ECARTS,
        )


class AucuneDemande(ElementsManquants):
    def __init__(self, tri: Tri):
        self.tri = tri
        super().__init__([Manque("Aucune demande n’est possible\u00a0: voyez pourquoi ci-dessus.")])


def _demandes(candidature: Candidature, organismes, competents):
    """Every pair that was asked for, once: (organisation, its name), None when it is not known."""
    vus = {}
    if competents:
        services = pilotage.services(candidature)
        echelles = {DDT: services.departements, DREAL: services.regions}
        for echelle in (e for e in SERVICES if e in competents):
            if not echelles[echelle]:
                yield None, SERVICES[echelle]
            for lieu in echelles[echelle]:
                if service := lieu.competent:
                    vus[service.pk] = service
                else:
                    yield None, f"{SERVICES[echelle]} ({lieu.nom})"
    vus |= {o.pk: o for o in organismes}
    yield from ((o, o.nom) for o in vus.values())


class _Repondants:
    """Who could answer, for a whole batch in three queries (`droits.repondants` for one)."""

    def __init__(self, candidatures):
        self.agents = defaultdict(list)
        for agent in Utilisateur.objects.filter(is_active=True, organisme__isnull=False):
            self.agents[agent.organisme_id].append(agent)
        siennes = Candidature.objects.filter(pk__in=[c.pk for c in candidatures])
        self.aveugles = set(a_l_aveugle(siennes).values_list("pk", flat=True))
        actifs = Deport.objects.filter(candidature__in=siennes, leve_le__isnull=True).order_by()
        self.deports = set(actifs.values_list("candidature_id", "personne_id"))

    def manque(self, candidature: Candidature, organisme: Organisme) -> str:
        agents = self.agents[organisme.pk]
        if not agents:
            return "" if organisme.courriel else SANS_COMPTE
        libres = (a for a in agents if (candidature.pk, a.pk) not in self.deports)
        if candidature.pk in self.aveugles:
            libres = (a for a in libres if a.role != Role.EVALUATEUR)
        return "" if any(libres) else EMPECHES


def _raison(candidature, organisme, repondants: _Repondants) -> tuple[str, str]:
    if candidature.etat not in ETATS_AVIS:
        return ETAT, f"dossier «\u00a0{candidature.get_etat_display().lower()}\u00a0»"
    if organisme is None:
        return SANS_SERVICE, ""
    if organisme.pk in organismes_porteurs(candidature):
        return PORTEUR, ""
    for avis in candidature.avis.all():
        if avis.organisme_id == organisme.pk:
            return (PREPARE if avis.retenu else RENDU if avis.rendu_le else DEMANDE), ""
    return repondants.manque(candidature, organisme), ""


def trier(candidatures, organismes, competents) -> Tri:
    """`candidatures`: with portages, copilotages and avis. Every pair ends on one side."""
    repondants, possibles, ecarts = _Repondants(candidatures), [], []
    for candidature in candidatures:
        for organisme, nom in _demandes(candidature, organismes, competents):
            raison, precision = _raison(candidature, organisme, repondants)
            if raison:
                ecarts.append(Ecart(candidature, nom, raison, precision or raison))
            else:
                possibles.append((candidature, organisme))
    return Tri(possibles, ecarts)
