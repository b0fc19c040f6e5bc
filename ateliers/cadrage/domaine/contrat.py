"""Contracts with the team, avenants, budget."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max, ProtectedError, Sum
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage import journal
from ateliers.cadrage.choix import EtatCahier, NatureContrat, NatureDepense
from ateliers.cadrage.choix_declare import choix_declare, engagees
from ateliers.cadrage.domaine import accords, suspension
from ateliers.cadrage.domaine.equipe import manques_choix, verifier_ouvert
from ateliers.cadrage.domaine.previsions import prevoir_equipe
from ateliers.cadrage.domaine.visas import manques_visas
from ateliers.cadrage.models import Avenant, CahierDesCharges, Contrat, Equipe, LigneBudget
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.domaine.cycle import demarrer, verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from socle.comptes.choix import NatureOrganisme
from socle.erreurs import (
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
    confirmations_reunies,
)
from socle.interface.francais import de
from socle.journal.domaine import inscrire

BONS_AU_PLUS = 2
ENGAGEE = "Une dépense est engagée sur cette ligne : elle reste."
SOUS_CONTRAT = "Un contrat notifié engage cette ligne : elle reste."
TOUS_SES_CONTRATS = "Cet atelier a déjà tous ses contrats\u00a0: passez par un avenant."
TOUS_SES_BONS = (
    "Cet atelier a déjà ses deux bons de commande\u00a0: le dispositif n’en prévoit pas d’autre, "
    "modifiez l’un des deux."
)
CLOS = (EtatAtelier.CLOS, EtatAtelier.ABANDONNE)


def natures_permises(dispositif) -> list[str]:
    """Without a call to teams: bons de commande; a session has markets; else accord-cadre."""
    if not dispositif.avec_appel_equipes:
        return [NatureContrat.BON_DE_COMMANDE]
    if dispositif.avec_session:
        return [NatureContrat.MARCHE, NatureContrat.MARCHE_SUBSEQUENT]
    return [NatureContrat.MARCHE_SUBSEQUENT, NatureContrat.MARCHE]


def plus_de_place(dispositif) -> str:
    """Why no other contract may be prepared, in the words of the dispositif."""
    bons = natures_permises(dispositif) == [NatureContrat.BON_DE_COMMANDE]
    return TOUS_SES_BONS if bons else TOUS_SES_CONTRATS


def place_pour_un_contrat(atelier) -> bool:
    """Two bons de commande without a call to teams, one contract otherwise."""
    plafond = 1 if atelier.dispositif.avec_appel_equipes else BONS_AU_PLUS
    return Contrat.objects.filter(atelier=atelier).count() < plafond


def manques_contrat(atelier) -> list[Manque]:
    """What a contract waits for: the team, whose mandataire is its holder."""
    if manques := manques_choix(atelier):
        return manques
    if Equipe.objects.filter(atelier=atelier).exists():
        return []
    page = "ateliers:marche" if atelier.dispositif.avec_appel_equipes else "ateliers:equipe"
    url = reverse(page, args=[atelier.slug])
    return [Manque("Désignez d’abord l’équipe : son mandataire est le titulaire.", url)]


@transaction.atomic
def preparer_contrat(
    *,
    atelier,
    par,
    nature,
    numero,
    montant_ht,
    taux_tva=Decimal(20),
    objet="",
    au_budget=True,
):
    """Write the contract down; it binds nobody before its notification.

    `au_budget`: the team's line of the budget is written, or raised, in the same act.
    """
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    verifier_ouvert(atelier)
    if manques := manques_contrat(atelier):
        raise ElementsManquants(manques)
    equipe = Equipe.objects.get(atelier=atelier)
    if nature not in natures_permises(atelier.dispositif):
        raise ErreurMetier(
            f"Le dispositif « {atelier.dispositif} » ne passe pas par ce type de contrat."
        )
    existants = Contrat.objects.filter(atelier=atelier)
    if not place_pour_un_contrat(atelier):
        raise ErreurMetier(plus_de_place(atelier.dispositif))
    if existants.filter(numero=numero).exists():
        raise ErreurMetier("Ce numéro de contrat existe déjà.")
    contrat = Contrat.objects.create(
        atelier=atelier,
        nature=nature,
        numero=numero,
        objet=objet,
        titulaire_id=equipe.mandataire_id,
        accord_cadre=accords.accord_pour(nature, equipe.mandataire, montant_ht),
        montant_ht=montant_ht,
        taux_tva=taux_tva,
    )
    inscrire(journal.CONTRAT, objet=atelier, par=par, numero=numero)
    if au_budget:
        prevoir_equipe(atelier, par)
    return contrat


def manques_notification(atelier) -> list[Manque]:
    """What must be done before a contract may be notified: every visa, on the version in force."""
    if manques := manques_choix(atelier):
        return manques
    if manques := manques_visas(atelier):
        return manques
    cahier = CahierDesCharges.objects.filter(atelier=atelier).first()
    if cahier is None or cahier.etat != EtatCahier.VALIDE:
        url = reverse("ateliers:cadrage", args=[atelier.slug])
        return [Manque("Le cahier des charges n’est pas validé.", f"{url}#cahier")]
    return []


@transaction.atomic
def notifier_contrat(
    *, contrat, par, notifie_le=None, au_budget=True, confirmes: frozenset[str] = frozenset()
):
    """Notify; the first notification starts the atelier.

    After a call, a short standstill or an acte that is not here asks for a confirmation.
    """
    atelier = verrouiller(contrat.atelier)
    contrat = Contrat.objects.select_for_update().get(pk=contrat.pk)
    exiger(peut_piloter(par, atelier))
    verifier_ouvert(atelier)
    if contrat.notifie_le:
        raise TransitionImpossible("Ce contrat est déjà notifié.")
    if manques := manques_notification(atelier):
        raise ElementsManquants(manques)
    choix = choix_declare(atelier)
    if choix and not choix.designe(contrat.titulaire):
        raise ErreurMetier(
            f"L’offre retenue est celle {de(choix.mandataire)} : ce contrat ne se notifie pas."
        )
    jour = notifie_le or timezone.localdate()
    if jour > timezone.localdate():
        raise ErreurMetier("La notification ne peut pas être dans le futur.", champ="notifie_le")
    contrat.atelier = atelier
    with confirmations_reunies():
        suspension.verifier(contrat, jour, confirmes)
    contrat.notifie_le = jour
    contrat.save(update_fields=["notifie_le"])
    if au_budget:
        prevoir_equipe(atelier, par)
    inscrire(journal.NOTIFIE, objet=atelier, par=par, numero=contrat.numero)
    if atelier.etat == EtatAtelier.CADRAGE:
        demarrer(atelier=atelier, par=par)
    return contrat


@transaction.atomic
def signer_avenant(*, contrat, par, objet, signe_le, montant_ht=Decimal(0), au_budget=True):
    """Change a notified contract; its amount stays positive, and the budget follows."""
    atelier = verrouiller(contrat.atelier)
    contrat = Contrat.objects.select_for_update().get(pk=contrat.pk)
    exiger(peut_piloter(par, atelier))
    if atelier.etat in CLOS:
        raise TransitionImpossible("Cet atelier est terminé.")
    if not contrat.notifie_le or signe_le < contrat.notifie_le:
        raise ErreurMetier("Un avenant suit la notification du contrat.", champ="signe_le")
    if signe_le > timezone.localdate():
        raise ErreurMetier("La signature ne peut pas être dans le futur.", champ="signe_le")
    dernier = contrat.avenants.aggregate(le=Max("signe_le"))["le"]
    if dernier and signe_le < dernier:
        raise ErreurMetier("Un avenant suit les avenants déjà signés.", champ="signe_le")
    if contrat.total_ht + montant_ht <= 0:
        raise ErreurMetier("Le montant du contrat doit rester positif.")
    accords.verifier_plafond(contrat.accord_cadre, montant_ht)
    avenant = Avenant.objects.create(
        contrat=contrat,
        numero=contrat.avenants.count() + 1,
        objet=objet,
        montant_ht=montant_ht,
        signe_le=signe_le,
    )
    inscrire(journal.AVENANT, objet=atelier, par=par, numero=avenant.numero)
    if au_budget:
        prevoir_equipe(atelier, par)
    return avenant


@transaction.atomic
def inscrire_au_budget(*, atelier, par, libelle, nature, payeur, montant_ht):
    """One line: what, who pays, how much."""
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    if atelier.etat in CLOS:
        raise TransitionImpossible("Cet atelier est terminé.")
    if nature == NatureDepense.EQUIPE and payeur.nature != NatureOrganisme.ADMINISTRATION_CENTRALE:
        raise ErreurMetier("L’équipe est payée en totalité par la DGALN.", champ="payeur")
    ligne = LigneBudget.objects.create(
        atelier=atelier, libelle=libelle, nature=nature, payeur=payeur, montant_ht=montant_ht
    )
    inscrire(journal.BUDGET, objet=atelier, par=par, libelle=libelle)
    return ligne


def lignes_du_budget(atelier, *, notifie: bool) -> list[LigneBudget]:
    """Each with `garde`: why it can't be taken away, or nothing. `notifie`: a contract binds."""
    lignes = list(LigneBudget.objects.filter(atelier=atelier).select_related("payeur"))
    equipe = [ligne.pk for ligne in lignes if ligne.nature == NatureDepense.EQUIPE]
    depenses = engagees([ligne.pk for ligne in lignes])
    for ligne in lignes:
        ligne.garde = ENGAGEE if ligne.pk in depenses else ""
        if notifie and equipe == [ligne.pk]:
            ligne.garde = SOUS_CONTRAT
    return lignes


@transaction.atomic
def retirer_du_budget(*, ligne, par):
    atelier = verrouiller(ligne.atelier)
    exiger(peut_piloter(par, atelier))
    if atelier.etat in CLOS:
        raise TransitionImpossible("Cet atelier est terminé.")
    notifie = Contrat.objects.filter(atelier=atelier, notifie_le__isnull=False).exists()
    if garde := {x.pk: x.garde for x in lignes_du_budget(atelier, notifie=notifie)}.get(ligne.pk):
        raise ErreurMetier(garde)
    inscrire(journal.BUDGET_RETIRE, objet=atelier, par=par, libelle=ligne.libelle)
    try:
        with transaction.atomic():
            ligne.delete()
    except ProtectedError as erreur:
        raise ErreurMetier(ENGAGEE) from erreur


def totaux_budget(atelier) -> tuple[list, Decimal]:
    """Amount of each payer, then the whole."""
    lignes = list(
        LigneBudget.objects.filter(atelier=atelier)
        .values("payeur__nom")
        .annotate(total=Sum("montant_ht"))
        .order_by("payeur__nom")
    )
    return lignes, sum((ligne["total"] for ligne in lignes), Decimal(0))
