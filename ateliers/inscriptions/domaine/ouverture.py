"""The pilot sets the places and opens or closes."""

from __future__ import annotations

from django.db import transaction

from ateliers.inscriptions import journal
from ateliers.inscriptions.choix import OCCUPANTES, EtatInscription
from ateliers.inscriptions.domaine.places import promouvoir, verifier_capacite, verrouiller
from ateliers.inscriptions.droits import SEANCES_OUVRABLES, peut_regler
from ateliers.inscriptions.models import Inscription, Inscriptions, Quota
from ateliers.parcours.droits import exiger
from ateliers.seances.models import Seance
from socle.erreurs import ConflitDeVersion, ElementsManquants, Manque
from socle.journal.domaine import inscrire

CHAMPS = ("ouvertes", "capacite", "ferment_le", "delai_heures", "accueil")


def manques_ouvrir(seance) -> list[Manque]:
    manques = []
    if seance.etat not in SEANCES_OUVRABLES:
        manques.append(Manque("La séance n’est pas programmée."))
    if not seance.atelier.public:
        manques.append(Manque("La page publique de l’atelier est fermée."))
    return manques


@transaction.atomic
def regler(*, seance, par, revision: int, quotas: dict[str, int], **champs) -> Inscriptions:
    """`champs`: ouvertes, capacite, ferment_le, delai_heures, accueil."""
    seance = (
        Seance.objects.select_for_update(of=["self"]).select_related("atelier").get(pk=seance.pk)
    )
    exiger(peut_regler(par, seance.atelier))
    if champs["ouvertes"] and (manques := manques_ouvrir(seance)):
        raise ElementsManquants(manques)
    inscriptions, creees = Inscriptions.objects.get_or_create(
        seance=seance, defaults={"capacite": champs["capacite"]}
    )
    inscriptions = verrouiller(inscriptions)
    if not creees and inscriptions.revision != revision:
        raise ConflitDeVersion(inscriptions)
    verifier_capacite(inscriptions, champs["capacite"], quotas)
    for champ in CHAMPS:
        setattr(inscriptions, champ, champs[champ])
    inscriptions.revision += 1
    inscriptions.save(update_fields=[*CHAMPS, "revision"])
    inscriptions.quotas.all().delete()
    Quota.objects.bulk_create(
        Quota(inscriptions=inscriptions, college=college, places=places)
        for college, places in quotas.items()
    )
    etat = "ouvertes" if inscriptions.ouvertes else "fermées"
    inscrire(
        journal.REGLEES,
        objet=seance.atelier,
        par=par,
        seance=seance.titre,
        capacite=inscriptions.capacite,
        etat=etat,
    )
    promouvoir(inscriptions)
    return inscriptions


def bilan_inscriptions(inscriptions) -> dict:
    """The list by state, for the pilot: one query."""
    lignes = list(Inscription.objects.filter(inscriptions=inscriptions).order_by("rang", "pk"))
    return {
        "prises": sum(i.etat in OCCUPANTES for i in lignes),
        "occupantes": [i for i in lignes if i.etat in OCCUPANTES],
        "attente": [i for i in lignes if i.etat == EtatInscription.ATTENTE],
        "a_confirmer": sum(i.etat == EtatInscription.A_CONFIRMER for i in lignes),
    }
