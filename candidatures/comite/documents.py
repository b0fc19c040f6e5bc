"""The minutes of a committee, frozen when it closes."""

from django.db.models import Q
from django.utils import timezone

from candidatures.comite.calcul.deports import (
    Ecartee,
    evaluations_ecartees,
    membres_deportes,
)
from candidatures.comite.calcul.hors import hors_classement
from candidatures.comite.calcul.plafond import depassement, retenues
from candidatures.comite.calcul.pv import (
    ContextePV,
    DeliberationPV,
    EcarteePV,
    HorsPV,
    LignePV,
    MembrePV,
    RapporteePV,
    RejetPV,
)
from candidatures.comite.calcul.tableau import Rangee, tableau
from candidatures.comite.choix import Proposition, SensVote
from candidatures.comite.droits import visibles_par
from candidatures.comite.models import Comite
from candidatures.dossiers.droits import deports_actifs
from socle.documents.declaration import DeclarationDocument, declarer
from socle.documents.models import Document
from socle.interface.templatetags.interface import date_longue, pluriel

PV = "pv_comite"


def _plafond(comite) -> list[str]:
    textes = []
    if comite.plafond_places is not None:
        textes.append(pluriel(comite.plafond_places, "place"))
    if comite.plafond_budget is not None:
        somme = f"{comite.plafond_budget:,}".replace(",", "\u202f")
        textes.append(f"{somme}\u00a0€ HT")
    return textes


def _paragraphes(texte) -> list[str]:
    return [p.strip() for p in texte.splitlines() if p.strip()]


def _rangees(lu) -> list[Rangee]:
    """In ranking order; equals by reference, dossiers without a note last."""
    return sorted(
        [*lu.retenues, *lu.reserve, *lu.autres],
        key=lambda r: (r.rang is None, r.rang or 0, r.reference),
    )


def _classement(rangees: list[Rangee]) -> list[LignePV]:
    return [
        LignePV(
            rang=str(r.rang or "–"),
            reference=r.reference,
            titre=r.titre,
            territoire=r.territoire,
            note=str(r.moyenne).replace(".", ",") if r.moyenne is not None else "sans note",
            ex_aequo=r.ex_aequo,
            evaluations=f"{r.notes} sur {r.attendues}",
        )
        for r in rangees
    ]


def _votes(votes) -> list[str]:
    return [f"{nom} : {SensVote(sens).label.lower()}" for nom, sens in votes]


def _rapportee(dite: dict) -> RapporteePV | None:
    if not dite:
        return None
    vers = f"vers {dite['vers_dispositif']}" if dite["vers_dispositif"] else ""
    return RapporteePV(
        proposition=dite["proposition"],
        precision=f"rang {dite['rang_reserve']}" if dite["rang_reserve"] else vers,
        **{sens: dite[sens] for sens in SensVote.values},
        votes=_votes(dite["votes"]),
        motif=_paragraphes(dite["motif"]),
        dissidence=_paragraphes(dite["dissidence"]),
    )


def _rejet(rejet) -> RejetPV:
    return RejetPV(
        proposition=rejet.get_proposition_display(),
        precision=rejet.precision,
        presents=rejet.presents,
        quorum=rejet.quorum,
        pour=rejet.pour,
        contre=rejet.contre,
        abstention=rejet.abstention,
        presidence_contre=rejet.presidence_contre,
        votes=_votes(rejet.votes),
        motif=_paragraphes(rejet.motif),
        dissidence=_paragraphes(rejet.dissidence),
        rapportee=_rapportee(rejet.rapportee),
    )


def _deliberation(
    acte, rangee: Rangee, noms_deportes, ecartees: list[Ecartee], rejets
) -> DeliberationPV:
    precision = ""
    if acte.rang_reserve:
        precision = f"rang {acte.rang_reserve}"
    if acte.vers_dispositif_id:
        precision = f"vers {acte.vers_dispositif}"
    return DeliberationPV(
        reference=acte.candidature.reference,
        titre=acte.candidature.titre,
        rang=str(rangee.rang or ""),
        evaluations=rangee.detail,
        proposition=acte.get_proposition_display(),
        precision=precision,
        presents=acte.presents,
        quorum=acte.quorum,
        deportes=noms_deportes,
        ecartees=[EcarteePV(nom=e.nom, motif=e.motif) for e in ecartees],
        nombre_deports=rangee.deports,
        pour=acte.pour,
        contre=acte.contre,
        abstention=acte.abstention,
        preponderante=acte.preponderante,
        votes=[f"{v.membre.nom} : {v.get_sens_display().lower()}" for v in acte.votes.all()],
        motif=_paragraphes(acte.motif),
        dissidence=_paragraphes(acte.dissidence),
        rejets=[_rejet(r) for r in rejets],
    )


def _actes(comite, rangees: list[Rangee]):
    """In ranking order."""
    position = {r.cle: i for i, r in enumerate(rangees)}
    actes = comite.deliberations.select_related("candidature", "vers_dispositif")
    actes = actes.prefetch_related("votes__membre")
    return sorted(actes, key=lambda a: position[a.candidature_id])


def _reserve(actes) -> list[str]:
    """By the rank that was voted, which is not always the place in the list."""
    return [
        f"Rang {a.rang_reserve}\u00a0: {a.candidature.reference}, {a.candidature.titre}"
        for a in sorted(actes, key=lambda a: a.rang_reserve or 0)
        if a.proposition == Proposition.RESERVE
    ]


def contexte_pv(comite: Comite) -> ContextePV:
    membres, rangees = list(comite.membres.all()), _rangees(tableau(comite))
    actes, par_cle = _actes(comite, rangees), {r.cle: r for r in rangees}
    cles = [a.candidature_id for a in actes]
    deportes, ecartees = membres_deportes(comite, cles), evaluations_ecartees(cles)
    noms, rejets = {m.pk: m.nom for m in membres}, list(comite.rejets.order_by("pk"))

    def de(proposition):
        return [
            f"{a.candidature.reference}, {a.candidature.titre}"
            for a in sorted(actes, key=lambda a: a.rang_reserve or 0)
            if a.proposition == proposition
        ]

    return ContextePV(
        appel=comite.appel.titre,
        dispositif=comite.appel.dispositif.nom,
        tenu_le=date_longue(comite.seance_le),
        ouvert_le=date_longue(comite.ouvert_le or ""),
        prevu_le="" if comite.seance_le == comite.tenu_le else date_longue(comite.tenu_le),
        hors_classement=[
            HorsPV(reference=h.reference, titre=h.titre, raison=h.raison)
            for h in hors_classement(comite)
        ],
        reprises=[
            f"{r.candidature.reference}, {r.candidature.titre}\u00a0: {r.motif}"
            for r in comite.reprises.select_related("candidature").order_by(
                "candidature__reference"
            )
        ],
        lieu=comite.lieu,
        presidence=comite.presidence,
        quorum=comite.quorum,
        plafond=_plafond(comite),
        membres=[
            MembrePV(nom=m.nom, qualite=m.qualite, voix=m.votant, present=m.present)
            for m in membres
        ],
        classement=_classement(rangees),
        deliberations=[
            _deliberation(
                a,
                par_cle[a.candidature_id],
                sorted(noms[m] for m in deportes.get(a.candidature_id, ())),
                ecartees.get(a.candidature_id, []),
                [r for r in rejets if r.candidature_id == a.candidature_id],
            )
            for a in actes
        ],
        retenues=de(Proposition.RETENIR),
        reserve=de(Proposition.RESERVE),
        reserve_rangee=_reserve(actes),
        depassement=depassement(comite, retenues(actes)),
        autres=de(Proposition.NE_PAS_RETENIR),
        reorientees=de(Proposition.REORIENTER),
        clos_le=date_longue(comite.clos_le or timezone.now()),
        clos_par=comite.clos_par.nom_complet if comite.clos_par else "",
    )


def visible(utilisateur, comite: Comite) -> bool:
    """A recused agent does not read the minutes of the dossier that they left."""
    if not (
        utilisateur.is_authenticated and visibles_par(utilisateur).filter(pk=comite.pk).exists()
    ):
        return False
    cles = comite.deliberations.values_list("candidature_id", flat=True)
    dits = Document.objects.filter(cle=PV, contexte_sha256=comite.pv_sha256 or None)
    hors = [h["reference"] for c in dits.values_list("contexte", flat=True) for h in _hors_de(c)]
    fermes = deports_actifs(utilisateur).filter(
        Q(candidature__in=cles) | Q(candidature__reference__in=hors)
    )
    return not fermes.exists()


def _hors_de(contexte: dict) -> list[dict]:
    """Minutes sealed before these lists existed have none."""
    return contexte.get("hors_classement", [])


declarer(
    DeclarationDocument(
        cle=PV,
        titre="Procès-verbal du comité",
        gabarit="documents/pv_comite.html",
        modele=ContextePV,
        contexte=contexte_pv,
        visible=visible,
        charger=lambda identifiant: Comite.objects.select_related(
            "appel__dispositif", "clos_par"
        ).get(pk=identifiant),
        nom_fichier=lambda comite: f"pv-comite-{comite.seance_le:%Y-%m-%d}.pdf",
        feuilles_style=("documents/pv.css",),
    )
)
