"""What weighs is loaded by the task that needs it, not by every process."""

import subprocess
import sys

LOURDS = ("numpy", "ortools", "pandas", "pikepdf", "shapely", "weasyprint")
PROGRAMME = f"""
import sys
import django
django.setup()
from django.urls import get_resolver
from config.celery import app
app.loader.import_default_modules()
get_resolver().url_patterns
print(sorted(set({LOURDS!r}) & set(sys.modules)))
"""


def test_ni_le_site_ni_les_taches_ne_chargent_ce_qui_pese():
    sortie = subprocess.run(
        [sys.executable, "-c", PROGRAMME], capture_output=True, text=True, check=True
    )
    assert sortie.stdout.strip() == "[]"
