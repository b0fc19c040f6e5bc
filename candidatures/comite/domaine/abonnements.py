"""What the committee tells the rooms below."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from candidatures.comite.calcul.deliberes import a_decider, deliberees
from candidatures.comite.calcul.ecarts import ecarts_du_comite, rang_delibere
from candidatures.dossiers.droits import est_instructeur
from candidatures.dossiers.liens import declarer_annotations
from candidatures.dossiers.suites import Suite, declarer_suite
from candidatures.instruction.gardes import declarer_deliberees, declarer_garde, declarer_rang

declarer_garde(ecarts_du_comite)
declarer_rang(rang_delibere)
declarer_deliberees(deliberees)


@declarer_annotations
def seance_qui_a_delibere(utilisateur) -> dict:
    if not est_instructeur(utilisateur):
        return {}
    actes = a_decider().filter(candidature=OuterRef("pk")).order_by("-comite__clos_le")
    return {"delibere_par": Subquery(actes.values("comite_id")[:1])}


@declarer_suite
def decision_a_preparer(candidature, utilisateur) -> Suite | None:
    """Deliberated, the dossier waits for its decision, not for evaluations."""
    comite = getattr(candidature, "delibere_par", None)
    if comite is None:
        return None
    url = reverse("candidatures:comite_decisions", args=[comite])
    return Suite("Préparer la décision que le comité a délibérée", "la DGALN", url)
