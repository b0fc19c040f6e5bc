"""How gunicorn serves the product: `gunicorn -c python:config.gunicorn config.wsgi:application`."""

import gc

from django.urls import get_resolver


def post_worker_init(worker):
    """Spare the requests the collector’s walks over what never goes (docs/decisions/0030)."""
    _ = get_resolver().url_patterns  # views, forms and models, else read at the first request
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
