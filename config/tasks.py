from celery import shared_task

from config.battement import battre


@shared_task(ignore_result=True, expires=60)
def battement():
    """Sent by beat, run by a worker: the proof that both are alive."""
    battre()
