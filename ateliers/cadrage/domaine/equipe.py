"""Call to teams and choice of the team."""

from django.db import transaction
from django.utils import timezone

from ateliers.cadrage import journal
from ateliers.cadrage.choix_declare import choix_declare
from ateliers.cadrage.domaine.membres import ecrire_membres
from ateliers.cadrage.models import AppelEquipes, CahierDesCharges, Contrat, Equipe
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from socle.comptes.choix import NatureOrganisme
from socle.erreurs import (
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
    confirmer,
)
from socle.interface.francais import de
from socle.interface.templatetags.interface import date_courte
from socle.journal.domaine import inscrire

AVANT_LE_CAHIER = "appel_avant_cahier"
OUVERTS = (EtatAtelier.CADRAGE, EtatAtelier.EN_COURS)
ETATIQUES = (
    NatureOrganisme.ADMINISTRATION_CENTRALE,
    NatureOrganisme.DDT,
    NatureOrganisme.DREAL,
    NatureOrganisme.DEAL,
    NatureOrganisme.DTAM,
    NatureOrganisme.PREFECTURE,
)


def verifier_ouvert(atelier) -> None:
    if atelier.etat not in OUVERTS:
        raise TransitionImpossible("Le cadrage de cet atelier est terminé.")


@transaction.atomic
def consigner_appel(
    *,
    atelier,
    par,
    reference_place,
    publie_le,
    cloture_le=None,
    offres_recues=None,
    confirmes: frozenset[str] = frozenset(),
):
    """Record the consultation run on PLACE. Forbidden where the dispositif has no such call.

    It consults on the cahier des charges: published before its last visa, it asks to confirm.
    """
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    verifier_ouvert(atelier)
    if not atelier.dispositif.avec_appel_equipes:
        raise ErreurMetier(
            f"Le dispositif « {atelier.dispositif} » se passe d’appel aux équipes : "
            "un ou deux bons de commande suffisent."
        )
    if cloture_le and cloture_le < publie_le:
        raise ErreurMetier("La remise des offres suit la publication.", champ="cloture_le")
    if phrase := avant_le_cahier(atelier, publie_le):
        confirmer(AVANT_LE_CAHIER, phrase, confirmes)
    appel, _ = AppelEquipes.objects.update_or_create(
        atelier=atelier,
        defaults={
            "reference_place": reference_place,
            "publie_le": publie_le,
            "cloture_le": cloture_le,
            "offres_recues": offres_recues,
        },
    )
    inscrire(journal.APPEL, objet=atelier, par=par, reference=reference_place)
    return appel


def avant_le_cahier(atelier, publie_le) -> str:
    """Why this day is too early for a consultation on this cahier des charges, or nothing."""
    cahier = CahierDesCharges.objects.filter(atelier=atelier).first()
    if cahier is None or not cahier.valide_le:
        return ""
    valide_le = timezone.localdate(cahier.valide_le)
    if publie_le >= valide_le:
        return ""
    return (
        f"Le cahier des charges a été validé le {date_courte(valide_le)}, après cette publication :"
        " corrigez la date, ou confirmez que la consultation a commencé avant sa validation."
    )


@transaction.atomic
def composer_equipe(
    *, atelier, par, mandataire, discipline, membres=(), jours=None, reference_place="", motif=""
):
    """Name the mandataire and the members; they gain access to the atelier.

    `membres`: dicts with `nom`, `discipline`, and optionally `role`, `jours`, `organisme`,
    `suppleant_de` (a name) and `membre` (the row that is corrected).
    """
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    verifier_ouvert(atelier)
    if mandataire.nature in ETATIQUES or mandataire.pk in set(
        atelier.porteurs.values_list("pk", flat=True)
    ):
        raise ErreurMetier("Un service de l’État ou un porteur ne peut pas être mandataire.")
    _verifier_contrats(atelier, mandataire)
    valeurs = {"mandataire": mandataire, "discipline": discipline, "jours": jours}
    valeurs |= _provenance(atelier, mandataire, reference_place, motif)
    equipe, _ = Equipe.objects.update_or_create(atelier=atelier, defaults=valeurs)
    ecrire_membres(equipe, membres)
    organismes = equipe.membres.exclude(organisme=None).values_list("organisme", flat=True)
    atelier.intervenants.set({mandataire.pk, *organismes})
    inscrire(
        journal.EQUIPE,
        objet=atelier,
        par=par,
        motif=valeurs.get("motif", ""),
        equipe=mandataire.nom,
    )
    return equipe


def manques_choix(atelier) -> list[Manque]:
    """What the consultation kept here still waits for before a team may be named."""
    choix = choix_declare(atelier)
    return choix.manques if choix else []


def _provenance(atelier, mandataire, reference_place, motif) -> dict:
    """The team is that of the offer kept; without a consultation here, PLACE and the reason."""
    choix = choix_declare(atelier)
    if choix is not None:
        if choix.manques:
            raise ElementsManquants(choix.manques)
        if not choix.designe(mandataire):
            raise ErreurMetier(
                f"L’offre retenue est celle {de(choix.mandataire)} : aucune autre équipe ne se "
                "désigne.",
                champ="mandataire",
            )
        return {"reference_place": "", "motif": ""}
    if not atelier.dispositif.avec_appel_equipes:
        return {}
    appel = AppelEquipes.objects.filter(atelier=atelier).first()
    reference = reference_place.strip() or (appel.reference_place if appel else "")
    if not reference:
        raise ErreurMetier(
            "Donnez la référence de la consultation passée sur PLACE.", champ="reference_place"
        )
    if not motif.strip():
        raise ErreurMetier("Dites pourquoi cette équipe est choisie.", champ="motif")
    return {"reference_place": reference, "motif": motif.strip()}


def _verifier_contrats(atelier, mandataire) -> None:
    """The holder of a notified contract stays the mandataire."""
    autre = Contrat.objects.filter(atelier=atelier, notifie_le__isnull=False).exclude(
        titulaire=mandataire
    )
    if autre.exists():
        raise TransitionImpossible("Le contrat est notifié : le mandataire ne change plus.")
