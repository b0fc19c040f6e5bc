"""One deliberation a dossier: quorum of that dossier, votes of the present, dissent in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from candidatures.comite import journal
from candidatures.comite.calcul.deliberes import du_comite
from candidatures.comite.calcul.deports import membres_deportes
from candidatures.comite.choix import EtatComite, Proposition, SensVote
from candidatures.comite.domaine.attentions import (
    confirmer_adoption,
    confirmer_rapport,
    contenu,
    depassement_par,
)
from candidatures.comite.domaine.commun import ouvrir
from candidatures.comite.domaine.presidence import departager
from candidatures.comite.models import (
    Comite,
    Deliberation,
    MembreComite,
    PropositionRejetee,
    Vote,
)
from socle.erreurs import (
    ConflitDeVersion,
    ElementsManquants,
    ErreurMetier,
    Manque,
    MotifRequis,
)
from socle.journal.domaine import inscrire

CONFLIT = (
    "Ce dossier a été mis aux voix depuis que vous avez ouvert cette page\u00a0: rien de ce qui "
    "est inscrit n’a changé. Comparez, puis choisissez."
)


@dataclass(frozen=True)
class Voix:
    """By member, or recorded totals when `par_membre` is empty."""

    pour: int = 0
    contre: int = 0
    abstention: int = 0
    par_membre: dict[int, str] = field(default_factory=dict)

    def totaux(self) -> dict[str, int]:
        if not self.par_membre:
            return {"pour": self.pour, "contre": self.contre, "abstention": self.abstention}
        sens = list(self.par_membre.values())
        return {cle: sens.count(cle) for cle in SensVote.values}

    @property
    def partagees(self) -> bool:
        totaux = self.totaux()
        return totaux["pour"] == totaux["contre"]


def votants(comite: Comite, candidature_id: int, deportes=None) -> list[MembreComite]:
    """Present, with a voice, and not recused from this dossier."""
    if deportes is None:
        deportes = membres_deportes(comite, [candidature_id])
    ecartes = deportes.get(candidature_id, set())
    return [m for m in comite.membres.all() if m.present and m.votant and m.pk not in ecartes]


def _adoptee(
    comite: Comite,
    voix: Voix,
    presents: list[MembreComite],
    preponderante: bool,
    presidence_contre: bool,
) -> bool:
    """Whether these voices adopt the proposal; refused when they cannot be counted."""
    permis = {m.pk for m in presents}
    if set(voix.par_membre) - permis:
        raise ErreurMetier("Un membre absent, sans voix ou déporté ne vote pas sur ce dossier.")
    if set(voix.par_membre.values()) - set(SensVote.values):
        raise ErreurMetier("Ce vote n’existe pas.")
    totaux = voix.totaux()
    if min(totaux.values()) < 0 or sum(totaux.values()) > len(presents):
        raise ErreurMetier(f"Il y a plus de voix que de présents ({len(presents)}).")
    if totaux["pour"] != totaux["contre"]:
        return totaux["pour"] > totaux["contre"]
    if preponderante and presidence_contre:
        raise ErreurMetier("La présidence a voté pour ou contre, pas les deux.")
    if presidence_contre or (preponderante and totaux["pour"]):
        departager(comite, voix.par_membre, presents, pour=preponderante)
        return preponderante
    raise ErreurMetier("Les voix sont partagées\u00a0: notez la voix de la présidence.")


def _adopter(acte: Deliberation, voix: Voix, presents, par, **dits) -> Deliberation:
    # The minutes name the voice of the presidency only where it broke a tie.
    dits["preponderante"] = dits["preponderante"] and voix.partagees
    champs = voix.totaux() | dits
    champs |= {
        "presents": len(presents),
        "quorum": acte.comite.quorum,
        "deliberee_le": timezone.now(),
        "par": par,
        "revision": acte.revision + 1,
    }
    for nom, valeur in champs.items():
        setattr(acte, nom, valeur)
    acte.save()
    acte.votes.all().delete()
    Vote.objects.bulk_create(
        Vote(deliberation=acte, membre_id=membre, sens=sens)
        for membre, sens in voix.par_membre.items()
    )
    return acte


def _rejeter(acte: Deliberation, voix: Voix, presents, par, *, vers_dispositif, **dits):
    """Keep the refused proposal, with what was adopted before this vote and is one no longer."""
    noms = {m.pk: m.nom for m in presents}
    dits["presidence_contre"] = dits["presidence_contre"] and voix.partagees
    rejet = PropositionRejetee.objects.create(
        comite=acte.comite,
        candidature=acte.candidature,
        precision=f"vers {vers_dispositif}" if vers_dispositif else "",
        votes=[[noms[membre], sens] for membre, sens in voix.par_membre.items()],
        presents=len(presents),
        quorum=acte.comite.quorum,
        rejetee_le=timezone.now(),
        par=par,
        rapportee=contenu(acte) if acte.deliberee_le else {},
        **voix.totaux(),
        **dits,
    )
    if acte.deliberee_le:
        acte.votes.all().delete()
        acte.deliberee_le, acte.preponderante = None, False
        acte.pour = acte.contre = acte.abstention = 0
    if acte.pk:
        acte.revision += 1
        acte.save()
    return rejet


def _acte(comite: Comite, candidature) -> Deliberation:
    """The row to write, whose revision counts the rejections as long as it is not stored."""
    acte = comite.deliberations.select_for_update().filter(candidature=candidature).first()
    if acte is None:
        acte = Deliberation(comite=comite, candidature=candidature)
        acte.revision = comite.rejets.filter(candidature=candidature).count()
    return acte


def revision_vue(comite: Comite, candidature, acte: Deliberation | None) -> int:
    """What the form carries: any vote of this dossier, adopted or not, changes it."""
    if acte is not None:
        return acte.revision
    return comite.rejets.filter(candidature=candidature).count()


def manques_deliberation(comite, candidature, proposition, vers_dispositif, presents):
    absents = []
    if len(presents) < comite.quorum:
        absents.append(
            Manque(
                f"Le quorum n’est pas atteint pour {candidature.reference}\u00a0: "
                f"{len(presents)} présents sur {comite.quorum} (les déportés ne comptent pas)."
            )
        )
    if proposition not in Proposition.values:
        absents.append(Manque("Choisissez une proposition.", "#id_proposition"))
    if proposition == Proposition.REORIENTER:
        if vers_dispositif is None:
            absents.append(Manque("Indiquez le dispositif proposé.", "#id_vers_dispositif"))
        elif vers_dispositif.pk == comite.appel.dispositif_id:
            absents.append(Manque("Proposez un autre dispositif que celui de l’appel."))
    return absents


def _rang_de_reserve(comite, candidature, rang: int | None) -> int:
    """The rank asked for, refused when taken; the next free one when none is given."""
    pris = dict(
        comite.deliberations.filter(deliberee_le__isnull=False, rang_reserve__isnull=False)
        .exclude(candidature=candidature)
        .values_list("rang_reserve", "candidature__reference")
    )
    suivant = max(pris, default=0) + 1
    if rang in pris:
        raise ErreurMetier(
            f"Le rang {rang} de la réserve est déjà celui de {pris[rang]}\u00a0: "
            f"le prochain rang libre est le {suivant}.",
            champ="rang_reserve",
        )
    return rang or suivant


@transaction.atomic
def deliberer(
    *,
    comite: Comite,
    candidature,
    proposition: str,
    voix: Voix,
    par,
    motif: str = "",
    dissidence: str = "",
    vers_dispositif=None,
    rang_reserve: int | None = None,
    preponderante: bool = False,
    presidence_contre: bool = False,
    revision: int | None = None,
    confirmes: frozenset | None = None,
) -> Deliberation | PropositionRejetee:
    """Write or rewrite the deliberation of one dossier while the sitting is open.

    A proposal without a majority is written too, as rejected: another one is then voted.
    `confirmes`: from the page, what was ticked; None asks nothing.
    """
    comite = ouvrir(comite, par, etats=(EtatComite.OUVERT,))
    if not du_comite(comite).filter(pk=candidature.pk).exists():
        raise ErreurMetier("Ce dossier n’est pas à l’ordre du jour de ce comité.")
    presents = votants(comite, candidature.pk)
    absents = manques_deliberation(comite, candidature, proposition, vers_dispositif, presents)
    if absents:
        raise ElementsManquants(absents)
    acte = _acte(comite, candidature)
    if revision is not None and acte.revision != revision:
        raise ConflitDeVersion(acte, CONFLIT)
    adoptee = _adoptee(comite, voix, presents, preponderante, presidence_contre)
    dits = {
        "proposition": proposition,
        "vers_dispositif": vers_dispositif if proposition == Proposition.REORIENTER else None,
        "motif": motif.strip(),
        "dissidence": dissidence.strip(),
    }
    remplacee = contenu(acte) if acte.deliberee_le else {}
    if adoptee:
        reserve = proposition == Proposition.RESERVE
        rang = _rang_de_reserve(comite, candidature, rang_reserve) if reserve else None
        dits["rang_reserve"] = rang
        if confirmes is not None:
            confirmer_adoption(comite, candidature, proposition, rang, confirmes)
        inscrit = _adopter(acte, voix, presents, par, preponderante=preponderante, **dits)
    else:
        if remplacee and confirmes is not None:
            confirmer_rapport(acte, confirmes)
        inscrit = _rejeter(acte, voix, presents, par, presidence_contre=presidence_contre, **dits)
    inscrire(
        journal.DELIBERE if adoptee else journal.REJETE,
        objet=comite,
        par=par,
        candidature=candidature.reference,
        proposition=proposition,
        **voix.totaux(),
        **({"remplacee": remplacee} if remplacee else {}),
    )
    return inscrit


@transaction.atomic
def retirer_rejet(*, rejet: PropositionRejetee, motif: str, par) -> None:
    """A rejection noted by mistake leaves the minutes; the journal keeps what it said, and why.

    What had been adopted before that vote does not come back by itself: it is voted again.
    """
    comite = ouvrir(rejet.comite, par, etats=(EtatComite.OUVERT,))
    rejet = comite.rejets.select_for_update(of=("self",)).filter(pk=rejet.pk).first()
    if rejet is None:
        raise ErreurMetier("Cette proposition rejetée est déjà retirée.")
    if not motif.strip():
        raise MotifRequis("Écrivez pourquoi cette proposition est retirée du procès-verbal.")
    dits = ("proposition", "precision", "pour", "contre", "abstention", "votes", "rapportee")
    inscrire(
        journal.REJET_RETIRE,
        objet=comite,
        par=par,
        motif=motif.strip(),
        candidature=rejet.candidature.reference,
        motif_propose=rejet.motif,
        dissidence=rejet.dissidence,
        rejetee_le=rejet.rejetee_le.isoformat(),
        inscrite_par=rejet.par_id,
        **{nom: getattr(rejet, nom) for nom in dits},
    )
    rejet.delete()


@transaction.atomic
def deliberer_en_bloc(*, comite: Comite, par) -> tuple[int, list[str]]:
    """The proposals not yet voted, adopted unanimously by those present for each.

    Returns how many, and why the others were left.
    """
    comite = ouvrir(comite, par, etats=(EtatComite.OUVERT,))
    attente = list(
        comite.deliberations.filter(deliberee_le__isnull=True)
        .select_related("candidature")
        .order_by("candidature__reference")
    )
    deportes = membres_deportes(comite, [d.candidature_id for d in attente])
    rejetes = set(comite.rejets.order_by().values_list("candidature_id", flat=True))
    faites, laissees = 0, []
    for acte in attente:
        if acte.candidature_id in rejetes:
            laissees.append(f"{acte.candidature.reference}\u00a0: une proposition y a été rejetée")
            continue
        presents = votants(comite, acte.candidature_id, deportes)
        if len(presents) < comite.quorum:
            laissees.append(f"{acte.candidature.reference}\u00a0: quorum non atteint")
            continue
        if acte.proposition == Proposition.REORIENTER:
            laissees.append(f"{acte.candidature.reference}\u00a0: réorientation à délibérer seule")
            continue
        if acte.proposition == Proposition.RETENIR and depassement_par(comite, acte.candidature):
            laissees.append(f"{acte.candidature.reference}\u00a0: au-delà du plafond")
            continue
        deliberer(
            comite=comite,
            candidature=acte.candidature,
            proposition=acte.proposition,
            voix=Voix(pour=len(presents)),
            rang_reserve=acte.rang_reserve,
            motif=acte.motif,
            par=par,
        )
        faites += 1
    return faites, laissees
