"""Who is in the room: the balance of the colleges, the quorum, the voices that are missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from ateliers.participants.choix import Reponse
from ateliers.participants.domaine.requetes import (
    LigneBilan,
    compter,
    invitations_de,
    invitations_lues,
)
from ateliers.participants.models import QuorumCollege
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.conflits import PREVUES
from candidatures.dispositifs.choix import College

GROUPES = (
    ("elus", "Élus", (College.ELUS,)),
    ("etat", "État", (College.TECHNICIENS_ETAT,)),
    ("technique", "Techniciens", (College.TECHNICIENS_COLLECTIVITES,)),
    ("socio_eco", "Socio-économiques", (College.SOCIO_ECONOMIQUES,)),
    ("associations", "Associations", (College.ASSOCIATIONS,)),
    ("habitants", "Habitants", (College.HABITANTS,)),
    ("chercheurs", "Chercheurs", (College.CHERCHEURS,)),
    ("equipe", "Équipe", (College.EQUIPE,)),
)
INDISPENSABLES = {
    "associations": ("Aucune association", "invitée", "présente"),
    "habitants": ("Aucun habitant", "invité", "présent"),
}
SINGULIERS = {
    College.ELUS: ("élu", "élus"),
    College.TECHNICIENS_ETAT: ("technicien de l’État", "techniciens de l’État"),
    College.TECHNICIENS_COLLECTIVITES: (
        "technicien de collectivité",
        "techniciens de collectivité",
    ),
    College.SOCIO_ECONOMIQUES: ("acteur socio-économique", "acteurs socio-économiques"),
    College.ASSOCIATIONS: ("membre d’association", "membres d’association"),
    College.HABITANTS: ("habitant", "habitants"),
    College.CHERCHEURS: ("chercheur", "chercheurs"),
    College.EQUIPE: ("membre de l’équipe", "membres de l’équipe"),
}


@dataclass(frozen=True)
class Groupe:
    cle: str
    libelle: str
    invites: int
    viennent: int
    presents: int
    compte: int


@dataclass(frozen=True)
class Equilibre:
    """What is invited and what comes, always side by side; then who is there.

    `mesure` says what the bar shows, `fondement` what the alerts are read from; `personnes`: the
    alerts about those whom nobody may miss.
    """

    groupes: list[Groupe]
    mesure: str
    fondement: str
    alertes: list[str]
    personnes: list[str]
    quorum: str
    quorum_atteint: bool
    convoques: int = 0
    pointes: int = 0

    def _somme(self, mesure: str) -> int:
        return sum(getattr(groupe, mesure) for groupe in self.groupes)

    @property
    def invites(self) -> int:
        return self._somme("invites")

    @property
    def viennent(self) -> int:
        return self._somme("viennent")

    @property
    def presents(self) -> int:
        return self._somme("presents")

    @property
    def parts(self) -> list[Groupe]:
        return [groupe for groupe in self.groupes if groupe.compte]


MESURES = {
    "presents": "les personnes présentes",
    "viennent": "les réponses positives",
    "invites": "les invités",
}


def _mesure(lignes: list[LigneBilan]) -> str:
    for mesure in ("presents", "viennent"):
        if any(getattr(ligne, mesure) for ligne in lignes):
            return mesure
    return "invites"


def _groupes(lignes: list[LigneBilan], mesure: str) -> list[Groupe]:
    groupes = []
    for cle, libelle, colleges in GROUPES:
        siennes = [ligne for ligne in lignes if ligne.college in colleges]
        sommes = {
            m: sum(getattr(ligne, m) for ligne in siennes)
            for m in ("invites", "viennent", "presents")
        }
        groupes.append(Groupe(cle, libelle, **sommes, compte=sommes[mesure]))
    return groupes


def _annoncee(lignes: list[LigneBilan]) -> bool:
    """Until the convocations are sent, nobody could say yes: nothing is missing yet."""
    return any(ligne.convoques or ligne.pointes for ligne in lignes)


def _alertes(seance, groupes: list[Groupe], mesure: str, annoncee: bool) -> list[str]:
    """From the list of guests on, then by the answers, then by who came.

    A séance that was cancelled has nothing to mend; nor has a list not begun.
    """
    if seance.etat == EtatSeance.ANNULEE or not any(g.invites or g.presents for g in groupes):
        return []
    lues = [(g, *INDISPENSABLES[g.cle]) for g in groupes if g.cle in INDISPENSABLES]
    if mesure == "presents":
        return [f"{qui} n’est {la}." for g, qui, _, la in lues if not g.presents]
    return [
        f"{qui} ne vient." if g.invites else f"{qui} n’est {conviee}."
        for g, qui, conviee, _ in lues
        if not g.invites or annoncee and not g.viennent
    ]


def phrase_quorum(manques: list[tuple[str, int]]) -> str:
    """« Quorum atteint » or « il manque 1 élu et 2 habitants »."""
    mots = [
        f"{nombre}\u00a0{SINGULIERS[College(college)][nombre > 1]}" for college, nombre in manques
    ]
    if not mots:
        return "Quorum atteint"
    suite = " et ".join([", ".join(mots[:-1]), mots[-1]]) if len(mots) > 1 else mots[0]
    return f"Quorum : il manque {suite}"


def avec_quorums(seances):
    """Séances that bring their `quorums` along, for pages that read much else."""
    siens = QuorumCollege.objects.filter(
        dispositif=OuterRef("atelier__dispositif"), genre=OuterRef("genre")
    )
    valeurs = siens.values(ligne=JSONObject(college="college", minimum="minimum"))
    return seances.annotate(quorums=ArraySubquery(valeurs))


def manques_quorum(seance, lignes: list[LigneBilan], mesure: str) -> list[tuple[str, int]] | None:
    """(college, how many are missing); None when the dispositif asks for nothing."""
    regles = getattr(seance, "quorums", None)
    if regles is None:
        regles = QuorumCollege.objects.filter(
            dispositif=seance.atelier.dispositif_id, genre=seance.genre
        ).values("college", "minimum")
    minimums = {regle["college"]: regle["minimum"] for regle in regles}
    if not minimums:
        return None
    compte = "presents" if mesure == "presents" else "viennent"
    venus = {ligne.college: getattr(ligne, compte) for ligne in lignes}
    return [(c, m - venus.get(c, 0)) for c, m in minimums.items() if venus.get(c, 0) < m]


def lire(seance, invitations=None) -> Equilibre:
    """Two queries, whatever the number of people; one when the page has read the invitations."""
    if invitations is None:
        invitations = list(invitations_de(seance).order_by())
    lignes = compter(invitations)
    mesure = _mesure(lignes)
    groupes = _groupes(lignes, mesure)
    annoncee = _annoncee(lignes)
    manques = manques_quorum(seance, lignes, mesure) if annoncee else None
    fondement = "la liste des invités"
    if mesure == "presents":
        fondement = "la feuille de présence"
    elif annoncee:
        fondement = "la liste des invités et les réponses positives"
    return Equilibre(
        groupes=groupes,
        mesure=MESURES[mesure],
        fondement=fondement,
        alertes=_alertes(seance, groupes, mesure, annoncee),
        personnes=_alertes_indispensables(seance, invitations),
        quorum="" if manques is None else phrase_quorum(manques),
        quorum_atteint=manques == [],
        convoques=sum(ligne.convoques for ligne in lignes),
        pointes=sum(ligne.pointes for ligne in lignes),
    )


def _alertes_indispensables(seance, invitations) -> list[str]:
    """Those without whom the séance has no point: they said no, or whoever they sent did."""
    if seance.etat not in PREVUES:
        return []
    siennes = sorted((i for i in invitations if i.obligatoire), key=lambda i: i.pk)
    refus = [i.participant.nom_complet for i in siennes if i.reponse == Reponse.DECLINE]
    seuls = [i.participant.nom_complet for i in siennes if i.a_relancer]
    return [
        *(f"{nom} ne vient pas\u00a0: sa présence est indispensable." for nom in refus),
        *(
            f"{nom}, indispensable, n’a plus personne pour venir à sa place\u00a0: à relancer."
            for nom in seuls
        ),
    ]


def avec_delegues(seance) -> list:
    """The invitations with their delegate and, in `represente`, who sent them: one query."""
    liees = ("delegue__participant", "participant__personne")
    invitations = list(invitations_lues(seance).select_related(*liees))
    for invitation in invitations:
        invitation.represente = [
            autre.participant.nom_complet
            for autre in invitations
            if autre.delegue_id == invitation.pk
        ]
    return invitations
