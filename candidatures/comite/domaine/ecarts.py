"""A decision prepared otherwise than deliberated: aligned on the committee, or justified."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from candidatures.comite import journal
from candidatures.comite.calcul.ecarts import SENS, EcartComite, ecarts_du_comite
from candidatures.comite.choix import EtatComite, Proposition
from candidatures.comite.domaine.commun import ouvrir
from candidatures.comite.models import Comite
from candidatures.instruction.domaine.commun import ouvrir as ouvrir_candidature
from candidatures.instruction.domaine.decision import preparer_decision
from candidatures.instruction.droits import decisions_visibles_par
from candidatures.instruction.models import Decision
from socle.erreurs import ElementsManquants, Manque, MotifRequis, TransitionImpossible
from socle.journal.domaine import inscrire


def ecarts_lus(comite: Comite, utilisateur) -> list[EcartComite]:
    """Those that this person may read: a recused agent does not see the line."""
    if not comite.est_clos:
        return []
    deliberees = comite.deliberations.values("candidature_id")
    pendantes = (
        decisions_visibles_par(utilisateur)
        .filter(publication=None, candidature__in=deliberees)
        .select_related("candidature", "vers_dispositif", "signataire", "motif_type")
        .order_by("candidature__reference")
    )
    lus = ecarts_du_comite(pendantes)
    return [e for e in lus if e.deliberation.comite_id == comite.pk]


@transaction.atomic
def aligner_decisions(*, comite: Comite, par, annonce: int | None = None) -> int:
    """Rewrite as deliberated every pending decision that differs and has its motif.

    `annonce`: how many the page said; another number and nothing is done.
    """
    comite = ouvrir(comite, par, etats=(EtatComite.CLOS,))
    a_faire = [e for e in ecarts_lus(comite, par) if e.motif]
    if annonce is not None and annonce != len(a_faire):
        raise TransitionImpossible("Ces décisions ont changé\u00a0: relisez les écarts.")
    if not a_faire:
        raise ElementsManquants([Manque("Aucune décision n’est à aligner.")])
    for ecart in a_faire:
        decision, acte = ecart.decision, ecart.deliberation
        garde = not acte.motif
        preparer_decision(
            candidature=decision.candidature,
            sens=SENS[Proposition(acte.proposition)],
            motif=ecart.motif,
            motif_type=decision.motif_type if garde else None,
            vers_dispositif=acte.vers_dispositif,
            rang_reserve=acte.rang_reserve,
            signataire=decision.signataire,
            datee_du=decision.datee_du if decision.datee_du > timezone.localdate() else None,
            revision=decision.revision,
            par=par,
        )
    inscrire(journal.DECISIONS_ALIGNEES, objet=comite, par=par, nombre=len(a_faire))
    return len(a_faire)


@transaction.atomic
def justifier_ecart(*, decision: Decision, motif: str, par) -> Decision:
    """Say in writing why the decision is not the committee's: it may then be published."""
    ouvrir_candidature(decision.candidature, par)
    decision = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("candidature", "vers_dispositif")
        .get(pk=decision.pk)
    )
    if decision.publication_id or not ecarts_du_comite([decision]):
        raise TransitionImpossible("Cette décision suit la délibération du comité.")
    if not motif.strip():
        raise MotifRequis("Écrivez pourquoi la décision s’écarte de la délibération du comité.")
    decision.motif_ecart = motif.strip()
    decision.save(update_fields=["motif_ecart"])
    inscrire(
        journal.ECART_JUSTIFIE, objet=decision.candidature, par=par, motif=decision.motif_ecart
    )
    return decision
