"""The next act of the cadrage, in one place: espace, cadrage and market say the same."""

from __future__ import annotations

from django.urls import reverse

from ateliers.cadrage.choix import EtatCahier
from ateliers.cadrage.choix_declare import choix_declare
from ateliers.cadrage.domaine.cahier import manques_cahier
from ateliers.cadrage.models import Contrat, Equipe

Geste = tuple[str, str]
RIEN: Geste = ("", "")


def geste_du_cahier(cahier) -> str:
    """Until it is valid: write it, ask for the visas, follow them."""
    if cahier is not None and cahier.etat == EtatCahier.EN_VISA:
        return "Suivre les visas du cahier des charges"
    if cahier is None or manques_cahier(cahier):
        return "Compléter le cahier des charges"
    return "Demander les visas du cahier des charges"


def regler(atelier) -> Geste:
    """Nothing is kept here of the choice yet."""
    adresse = reverse("ateliers:marche_reglement", args=[atelier.slug])
    return "Écrire le règlement de la consultation", adresse


def geste_de_l_equipe(atelier, choix, designee: bool) -> Geste:
    """`choix`: what the consultation declares. Once the team is named: the letters, or nothing."""
    if choix is not None and (suite := choix.suite()) != RIEN:
        return suite
    if designee:
        return RIEN
    if atelier.dispositif.avec_appel_equipes:
        return regler(atelier)
    return "Désigner l’équipe", reverse("ateliers:equipe", args=[atelier.slug])


def geste_du_contrat(atelier, contrats: bool) -> Geste:
    if contrats:
        page = reverse("ateliers:cadrage", args=[atelier.slug])
        return "Notifier le contrat", f"{page}#contrats"
    return "Préparer le contrat", reverse("ateliers:contrat_nouveau", args=[atelier.slug])


def suite_du_cadrage(atelier, cahier) -> Geste:
    """(sentence, address) of the first act that is not done, for an atelier in cadrage."""
    if cahier is None or cahier.etat != EtatCahier.VALIDE:
        return geste_du_cahier(cahier), reverse("ateliers:cahier", args=[atelier.slug])
    return suite_apres_cahier(atelier)


def suite_apres_cahier(atelier) -> Geste:
    choix = choix_declare(atelier)
    designee = Equipe.objects.filter(atelier=atelier).exists() and not (choix and choix.manques)
    equipe = geste_de_l_equipe(atelier, choix, designee)
    if equipe != RIEN:
        return equipe
    return geste_du_contrat(atelier, Contrat.objects.filter(atelier=atelier).exists())
