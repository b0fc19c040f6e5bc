"""The order of a list, for the page where one instructs its dossiers one after the other."""

from django.http import QueryDict

from candidatures.dossiers.droits import reperes_visibles_par
from candidatures.listes.domaine import etat, lecture


def ordre(utilisateur, requete: str) -> list[str]:
    """One query: the references, filtered and sorted as the page `/instruction/` shows them."""
    lu = etat.lire(QueryDict(requete[:2000]), instructeur=True)
    base = lecture.a_instruire(reperes_visibles_par(utilisateur), lu)
    base = lecture.sans_avis_dus(base, lu, utilisateur)
    filtrees = lecture.filtrees(base, lu, instructeur=True)
    lues = lecture.triees(filtrees, lu, instructeur=True)
    return list(lues.values_list("candidature__reference", flat=True)[: lecture.PORTEE])
