"""Fill the database that the processes of the suite copy: `python -m tests.modele`."""

import os

import django


def remplir():
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.core.management import call_command

    from tests.fixtures.distribution import installer

    call_command("migrate", verbosity=0, run_syncdb=True)
    installer()


if __name__ == "__main__":
    remplir()
