"""Fill the database that the processes of the suite copy: `python -m tests.modele`."""

import gc
import os

import django


def remplir():
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    # Migrations make thousands of short-lived classes: walked less often, a fifth of the time.
    gc.freeze()
    gc.set_threshold(200_000, 50, 1_000)
    from django.core.management import call_command

    from tests.fixtures.distribution import installer

    call_command("migrate", verbosity=0, run_syncdb=True)
    installer()


if __name__ == "__main__":
    remplir()
