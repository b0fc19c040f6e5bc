"""The two tasks that verbs ask for; those of beat are in `tasks.py`."""

from celery import shared_task

from ateliers.agendas.choix import PASSAGERS
from ateliers.synchro.domaine import passage
from ateliers.synchro.domaine.concernes import agendas_de_la_seance
from ateliers.synchro.domaine.garde import EchecAgenda

ESSAIS = 3


@shared_task(bind=True, max_retries=ESSAIS)
def synchroniser_agenda(self, agenda_id: int) -> None:
    """Only what may pass by itself is tried again: the rest waits for its owner, or for beat."""
    try:
        passage.synchroniser(agenda_id)
    except passage.DejaEnCours as erreur:
        if self.request.retries < ESSAIS:
            raise self.retry(exc=erreur, countdown=60) from None
    except EchecAgenda as erreur:
        if erreur.echec in PASSAGERS and self.request.retries < ESSAIS:
            raise self.retry(exc=erreur, countdown=30 * 4**self.request.retries) from None


@shared_task
def synchroniser_seance(seance_id: int) -> int:
    """At once after a change: the diaries in which this séance is, or should be."""
    pks = agendas_de_la_seance(seance_id)
    for pk in pks:
        synchroniser_agenda.delay(pk)
    return len(pks)
