"""A contract that binds nobody yet: corrected, or removed."""

from __future__ import annotations

from django.db import transaction

from ateliers.cadrage import journal
from ateliers.cadrage.choix_declare import choix_declare
from ateliers.cadrage.domaine import accords
from ateliers.cadrage.domaine.contrat import natures_permises
from ateliers.cadrage.domaine.equipe import verifier_ouvert
from ateliers.cadrage.domaine.previsions import prevoir_equipe, total_des_contrats
from ateliers.cadrage.models import Contrat, Equipe
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.interface.templatetags.interface import montant
from socle.journal.domaine import inscrire


def _prepare(contrat, par) -> Contrat:
    """The locked contract, still in preparation."""
    atelier = verrouiller(contrat.atelier)
    exiger(peut_piloter(par, atelier))
    verifier_ouvert(atelier)
    contrat = Contrat.objects.select_for_update().get(pk=contrat.pk)
    contrat.atelier = atelier
    if contrat.notifie_le:
        raise TransitionImpossible("Ce contrat est notifié : il se modifie par un avenant.")
    return contrat


@transaction.atomic
def corriger_contrat(
    *, contrat, par, nature, numero, montant_ht, taux_tva, objet="", au_budget=True
):
    """Write it again; its holder is the mandataire of the team as it is now."""
    contrat = _prepare(contrat, par)
    atelier = contrat.atelier
    avant = total_des_contrats(atelier)
    if nature not in natures_permises(atelier.dispositif):
        raise ErreurMetier(
            f"Le dispositif « {atelier.dispositif} » ne passe pas par ce type de contrat."
        )
    autres = Contrat.objects.filter(atelier=atelier).exclude(pk=contrat.pk)
    if autres.filter(numero=numero).exists():
        raise ErreurMetier("Ce numéro de contrat existe déjà.", champ="numero")
    contrat.titulaire = Equipe.objects.select_related("mandataire").get(atelier=atelier).mandataire
    # What it ordered against its framework is given back before it is counted again.
    Contrat.objects.filter(pk=contrat.pk).update(accord_cadre=None)
    contrat.accord_cadre = accords.accord_pour(nature, contrat.titulaire, montant_ht)
    contrat.nature, contrat.numero, contrat.objet = nature, numero, objet
    contrat.montant_ht, contrat.taux_tva = montant_ht, taux_tva
    contrat.save()
    inscrire(journal.CONTRAT_CORRIGE, objet=atelier, par=par, numero=numero)
    if au_budget:
        prevoir_equipe(atelier, par, avant=avant)
    return contrat


@transaction.atomic
def retirer_contrat(*, contrat, par, motif):
    contrat = _prepare(contrat, par)
    numero, atelier = contrat.numero, contrat.atelier
    contrat.delete()
    inscrire(journal.CONTRAT_RETIRE, objet=atelier, par=par, motif=motif or "", numero=numero)


def ecart_avec_l_offre(atelier, contrats) -> str:
    """How the contracts differ from the price of the offer kept, or nothing."""
    choix = choix_declare(atelier)
    if choix is None or choix.prix_ht is None or not contrats:
        return ""
    ecart = sum(contrat.montant_ht for contrat in contrats) - choix.prix_ht
    if not ecart:
        return ""
    sens = "de plus que" if ecart > 0 else "de moins que"
    return f"{montant(abs(ecart))} {sens} l’offre retenue ({montant(choix.prix_ht)})."
