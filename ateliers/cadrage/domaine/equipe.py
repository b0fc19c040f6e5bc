"""Call to teams and choice of the team."""

from django.db import transaction

from ateliers.cadrage import journal
from ateliers.cadrage.models import AppelEquipes, Contrat, Equipe, MembreEquipe
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from socle.comptes.choix import NatureOrganisme
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

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
    *, atelier, par, reference_place, publie_le, cloture_le=None, offres_recues=None
):
    """Record the consultation run on PLACE. Forbidden where the dispositif has no such call."""
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    verifier_ouvert(atelier)
    if not atelier.dispositif.avec_appel_equipes:
        raise ErreurMetier(
            f"Le dispositif « {atelier.dispositif} » se passe d’appel aux équipes : "
            "un ou deux bons de commande suffisent."
        )
    if cloture_le and cloture_le < publie_le:
        raise ErreurMetier("La remise des offres suit la publication.")
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


@transaction.atomic
def composer_equipe(*, atelier, par, mandataire, discipline, membres=(), jours=None):
    """Name the mandataire and the members; they gain access to the atelier.

    `membres`: dicts with `nom`, `discipline`, and optionally `role`, `jours` and `organisme`.
    """
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    verifier_ouvert(atelier)
    if atelier.dispositif.avec_appel_equipes and not _appel_connu(atelier):
        raise ErreurMetier("Consignez d’abord l’appel aux équipes passé sur PLACE.")
    if mandataire.nature in ETATIQUES or mandataire.pk in set(
        atelier.porteurs.values_list("pk", flat=True)
    ):
        raise ErreurMetier("Un service de l’État ou un porteur ne peut pas être mandataire.")
    _verifier_contrats(atelier, mandataire)
    equipe, _ = Equipe.objects.update_or_create(
        atelier=atelier,
        defaults={"mandataire": mandataire, "discipline": discipline, "jours": jours},
    )
    equipe.membres.all().delete()
    MembreEquipe.objects.bulk_create(MembreEquipe(equipe=equipe, **membre) for membre in membres)
    organismes = {mandataire.pk} | {m["organisme"].pk for m in membres if m.get("organisme")}
    atelier.intervenants.set(organismes)
    inscrire(journal.EQUIPE, objet=atelier, par=par, equipe=mandataire.nom)
    return equipe


def _appel_connu(atelier) -> bool:
    return AppelEquipes.objects.filter(atelier=atelier).exists()


def _verifier_contrats(atelier, mandataire) -> None:
    """The holder of a notified contract stays the mandataire."""
    autre = Contrat.objects.filter(atelier=atelier, notifie_le__isnull=False).exclude(
        titulaire=mandataire
    )
    if autre.exists():
        raise TransitionImpossible("Le contrat est notifié : le mandataire ne change plus.")
