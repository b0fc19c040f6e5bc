"""Orders, milestones, service fait, other expenses. Chorus pays; only its reference is kept."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ateliers.budget import journal
from ateliers.budget.models import Depense, Jalon, OrdreService
from ateliers.cadrage.choix import NatureDepense
from ateliers.cadrage.domaine.contrat import CLOS
from ateliers.cadrage.models import Contrat
from ateliers.livrables.choix import EtatLivrable
from ateliers.livrables.models import Livrable
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from socle.erreurs import ElementsManquants, ErreurMetier, Manque, TransitionImpossible
from socle.journal.domaine import inscrire


def _contrat(contrat, par) -> Contrat:
    """The locked contract of an atelier that still lives."""
    atelier = verrouiller(contrat.atelier)
    exiger(peut_piloter(par, atelier))
    if atelier.etat in CLOS:
        raise TransitionImpossible("Cet atelier est terminé.")
    contrat = Contrat.objects.select_for_update().get(pk=contrat.pk)
    contrat.atelier = atelier
    return contrat


@transaction.atomic
def emettre_ordre(*, contrat, par, objet, effet_le, emis_le=None):
    """An order follows the notification; it is numbered and never rewritten."""
    contrat = _contrat(contrat, par)
    emis_le = emis_le or timezone.localdate()
    if not contrat.notifie_le or emis_le < contrat.notifie_le:
        raise ErreurMetier("Un ordre de service suit la notification du contrat.", champ="emis_le")
    if emis_le > timezone.localdate():
        raise ErreurMetier("L’émission ne peut pas être dans le futur.", champ="emis_le")
    ordre = OrdreService.objects.create(
        contrat=contrat,
        numero=OrdreService.objects.filter(contrat=contrat).count() + 1,
        objet=objet,
        effet_le=effet_le,
        emis_le=emis_le,
        par=par,
    )
    inscrire(journal.ORDRE, objet=contrat.atelier, par=par, numero=ordre.numero)
    return ordre


@transaction.atomic
def ecrire_echeancier(*, contrat, par, jalons):
    """Replace the milestones not done yet. `jalons`: libelle, montant_ht, livrable, prevu_le."""
    contrat = _contrat(contrat, par)
    faits = list(Jalon.objects.filter(contrat=contrat, fait_le__isnull=False))
    total = sum((j.montant_ht for j in faits), Decimal(0)) + sum(
        (j["montant_ht"] for j in jalons), Decimal(0)
    )
    if total > contrat.total_ht:
        raise ErreurMetier("Les jalons dépassent le montant du contrat, avenants compris.")
    permis = set(Livrable.objects.filter(atelier=contrat.atelier).values_list("pk", flat=True))
    if any(j.get("livrable") and j["livrable"].pk not in permis for j in jalons):
        raise ErreurMetier("Ce livrable n’est pas attendu de cet atelier.")
    Jalon.objects.filter(contrat=contrat, fait_le__isnull=True).delete()
    debut = max((j.ordre for j in faits), default=0)
    Jalon.objects.bulk_create(
        Jalon(
            contrat=contrat,
            ordre=debut + rang,
            libelle=jalon["libelle"],
            montant_ht=jalon["montant_ht"],
            livrable=jalon.get("livrable"),
            prevu_le=jalon.get("prevu_le"),
        )
        for rang, jalon in enumerate(jalons, start=1)
    )
    inscrire(journal.ECHEANCIER, objet=contrat.atelier, par=par, numero=contrat.numero)
    return contrat


def manques_service_fait(jalon) -> list[Manque]:
    """The contract is notified and the livrable accepted, with or without reservations."""
    manques = []
    if not jalon.contrat.notifie_le:
        manques.append(Manque("Le contrat n’est pas notifié."))
    if jalon.livrable and jalon.livrable.etat != EtatLivrable.ACCEPTE:
        adresse = reverse("ateliers:livrables", args=[jalon.contrat.atelier.slug])
        manques.append(
            Manque(
                f"Le livrable « {jalon.livrable} » n’est pas accepté.",
                f"{adresse}#livrable-{jalon.livrable_id}",
            )
        )
    return manques


@transaction.atomic
def constater_service_fait(*, jalon, par, fait_le=None, reference_chorus=""):
    """The pilot certifies; the amount becomes payable in Chorus."""
    contrat = _contrat(jalon.contrat, par)
    jalon = Jalon.objects.select_for_update(of=("self",)).get(pk=jalon.pk)
    jalon.contrat = contrat
    if jalon.fait_le:
        raise TransitionImpossible("Le service fait de ce jalon est déjà constaté.")
    if jalon.livrable_id:
        jalon.livrable = Livrable.objects.select_for_update().get(pk=jalon.livrable_id)
    if manques := manques_service_fait(jalon):
        raise ElementsManquants(manques)
    jour = fait_le or timezone.localdate()
    if jour > timezone.localdate() or jour < contrat.notifie_le:
        raise ErreurMetier(
            "Le service fait suit la notification et n’est pas dans le futur.", champ="fait_le"
        )
    jalon.fait_le, jalon.fait_par, jalon.reference_chorus = jour, par, reference_chorus
    jalon.save(update_fields=["fait_le", "fait_par", "reference_chorus"])
    inscrire(journal.SERVICE_FAIT, objet=contrat.atelier, par=par, libelle=jalon.libelle)
    return jalon


def _ligne_vivante(ligne, par):
    atelier = verrouiller(ligne.atelier)
    exiger(peut_piloter(par, atelier))
    if atelier.etat in CLOS:
        raise TransitionImpossible("Cet atelier est terminé.")
    return atelier


@transaction.atomic
def engager(*, ligne, par, objet, montant_ht, engagee_le=None, reference=""):
    """An expense on a line. The team's line is engaged by its contract, not by hand."""
    atelier = _ligne_vivante(ligne, par)
    if ligne.nature == NatureDepense.EQUIPE:
        raise ErreurMetier("L’équipe s’engage par son contrat : notifiez-le.")
    jour = engagee_le or timezone.localdate()
    if jour > timezone.localdate():
        raise ErreurMetier("L’engagement ne peut pas être dans le futur.", champ="engagee_le")
    depense = Depense.objects.create(
        ligne=ligne, objet=objet, reference=reference, montant_ht=montant_ht, engagee_le=jour
    )
    inscrire(journal.ENGAGEE, objet=atelier, par=par, libelle=objet)
    return depense


@transaction.atomic
def constater_depense(*, depense, par, montant_fait, faite_le=None):
    """What was really spent."""
    atelier = _ligne_vivante(depense.ligne, par)
    depense = Depense.objects.select_for_update().get(pk=depense.pk)
    if depense.faite_le:
        raise TransitionImpossible("Cette dépense est déjà constatée.")
    jour = faite_le or timezone.localdate()
    if jour > timezone.localdate() or jour < depense.engagee_le:
        raise ErreurMetier(
            "La dépense se fait après son engagement, et pas dans le futur.", champ="faite_le"
        )
    depense.montant_fait, depense.faite_le = montant_fait, jour
    depense.save(update_fields=["montant_fait", "faite_le"])
    inscrire(journal.FAITE, objet=atelier, par=par, libelle=depense.objet)
    return depense
