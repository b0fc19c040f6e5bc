"""What every verb of the room does first."""

from ateliers.cadrage.domaine.equipe import verifier_ouvert
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.cycle_de_vie import CYCLE_CONSULTATION
from ateliers.marche.models import Consultation
from ateliers.parcours.domaine.cycle import verrouiller as verrouiller_atelier
from ateliers.parcours.droits import exiger, peut_piloter
from socle.erreurs import ErreurMetier


def refuser_sans_appel(dispositif) -> None:
    """Flash: bons de commande to the accord-cadre's holder, no call, hence no offers."""
    if not dispositif.avec_appel_equipes:
        raise ErreurMetier(
            f"Le dispositif « {dispositif} » se passe d’appel aux équipes : "
            "un ou deux bons de commande suffisent."
        )


def en_cours(atelier) -> Consultation | None:
    """The one that is not without result; a new one may follow a failed one."""
    return (
        Consultation.objects.filter(atelier=atelier)
        .exclude(etat=EtatConsultation.SANS_SUITE)
        .first()
    )


def preparer(atelier, par, verbe, *, motif=None) -> Consultation:
    """The locked consultation of this atelier, ready for `verbe`; made the first time."""
    atelier = verrouiller_atelier(atelier)
    exiger(peut_piloter(par, atelier))
    verifier_ouvert(atelier)
    refuser_sans_appel(atelier.dispositif)
    consultation = en_cours(atelier) or Consultation.objects.create(atelier=atelier)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    consultation.atelier = atelier
    CYCLE_CONSULTATION.verifier(consultation, verbe, motif=motif)
    return consultation


def verrouiller(consultation, verbe) -> Consultation:
    """The locked row, in a state where `verbe` exists, whoever acts."""
    verrouillee = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("atelier__dispositif")
        .get(pk=consultation.pk)
    )
    CYCLE_CONSULTATION.verifier(verrouillee, verbe)
    return verrouillee
