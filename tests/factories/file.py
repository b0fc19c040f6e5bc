"""The queue of tasks, as the factories need it."""

from contextlib import contextmanager

from celery import current_app


@contextmanager
def sans_worker():
    """What is asked meanwhile is queued in Redis and nobody takes it: a PDF costs half a second."""
    reglages = current_app.conf
    aussitot, reglages.task_always_eager = reglages.task_always_eager, False
    try:
        yield
    finally:
        reglages.task_always_eager = aussitot
