"""Settings of the suite: those of the product, made fast and strict."""

import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DEMO", "1")
os.environ["DEBUG"] = "0"
os.environ["EMAIL_HOST"] = ""
os.environ["ADRESSE_PUBLIQUE"] = "http://testserver"
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"

_processus = os.environ.get("PYTEST_XDIST_WORKER", "")
if _processus and "REDIS_URL" in os.environ:
    _racine, _, _base = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{_racine}/{int(_base or 0) + 1 + int(_processus[2:])}"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402
from tests.fixtures.gabarits import VariableInconnueRefusee  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(os.environ.get("ESSAIS_MEDIA_ROOT") or tempfile.mkdtemp(prefix="essais-media-"))
if "ESSAIS_MODELE" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["ESSAIS_MODELE"]}
    if "ESSAIS_MEDIA_ROOT" not in os.environ:  # the files that the copied rows name
        shutil.copytree(os.environ["ESSAIS_MEDIA_MODELE"], MEDIA_ROOT, dirs_exist_ok=True)
CELERY_TASK_ALWAYS_EAGER = os.environ.get("ESSAIS_WORKER") != "1"
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = (
    "django.core.mail.backends.filebased.EmailBackend"
    if os.environ.get("ESSAIS_WORKER") == "1"
    else "django.core.mail.backends.locmem.EmailBackend"
)
EMAIL_FILE_PATH = MEDIA_ROOT / "courriels"
ACCOUNT_RATE_LIMITS = False
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = VariableInconnueRefusee()
