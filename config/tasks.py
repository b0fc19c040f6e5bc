from celery import shared_task

from config.battement import battre


@shared_task(ignore_result=True, expires=60)
def battement():
    """Sent by beat, run by a worker: the proof that both are alive."""
    battre()


@shared_task
def resumer_les_courriels():
    """Beat, every morning: the digests."""
    from socle.courriels.resume import resumer_tout

    resumer_tout()
