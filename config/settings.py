"""Settings of the product. Values come from `config.environnement` only."""

import dj_database_url
from celery.schedules import crontab

from config.environnement import RACINE, hotes, lire

ENV = lire()
BASE_DIR = RACINE
DEBUG = ENV.DEBUG
DEMO = ENV.DEMO
SECRET_KEY = ENV.SECRET_KEY
VERSION = ENV.VERSION
ALLOWED_HOSTS = hotes(ENV.ALLOWED_HOSTS)
ADRESSE_PUBLIQUE = ENV.ADRESSE_PUBLIQUE.rstrip("/")
CSRF_TRUSTED_ORIGINS = [ADRESSE_PUBLIQUE]

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "restitution",
    "ateliers",
    "candidatures",
    "socle.exports",
    "socle.documents",
    "socle.courriels",
    "socle.journal",
    "socle.comptes",
    "socle.territoires",
    "socle.interface",
    "socle.interface.crispy_dsfr",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "widget_tweaks",
    "dsfr",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "socle.interface.typographie.PageInsecable",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "socle.comptes.middleware.ConnexionRequise",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "socle.interface.middleware.ErreursMetier",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "socle.interface.context_processors.interface",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": dj_database_url.parse(ENV.DATABASE_URL, conn_max_age=300)}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
# Disks without heads: an index is worth its reads; and no query here is worth compiling.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
    "options", "-c random_page_cost=1.1 -c jit=off"
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.REDIS_URL}
}

AUTH_USER_MODEL = "comptes.Utilisateur"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "socle.interface.views.reprise.jeton_perime"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "tableau_de_bord"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "socle.comptes.allauth.Adaptateur"
ACCOUNT_FORMS = {
    "login": "socle.comptes.forms.FormulaireConnexion",
    "change_password": "socle.comptes.forms.FormulaireMotDePasse",
    "reset_password": "socle.comptes.forms.FormulaireOubli",
    "reset_password_from_key": "socle.comptes.forms.FormulaireNouveauMotDePasse",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/5m/key"}
SESSION_COOKIE_AGE = ENV.DUREE_SESSION_H * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"

STATIC_URL = "/static/"
STATIC_ROOT = ENV.STATIC_ROOT
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = ENV.MEDIA_ROOT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if DEMO  # nobody waits for compression on one's own machine
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
TAILLE_MAX_PIECE = ENV.TAILLE_MAX_PIECE_MO * 1024 * 1024
CLAMD_URL = ENV.CLAMD_URL
CLES_SCELLEMENT = hotes(ENV.CLES_SCELLEMENT) or [SECRET_KEY]
FOND_DE_PLAN = ENV.FOND_DE_PLAN
FOND_DE_PLAN_CREDIT = ENV.FOND_DE_PLAN_CREDIT
PASSERELLE_SMS_URL = ENV.PASSERELLE_SMS_URL
PASSERELLE_SMS_JETON = ENV.PASSERELLE_SMS_JETON
PASSERELLE_SMS_EXPEDITEUR = ENV.PASSERELLE_SMS_EXPEDITEUR
AGENDAS_HOTES_INTERNES = frozenset(h.lower() for h in hotes(ENV.AGENDAS_HOTES_INTERNES))
ANNUAIRE_ENTREPRISES_URL = ENV.ANNUAIRE_ENTREPRISES_URL
DEMARCHES_SIMPLIFIEES_URL = ENV.DEMARCHES_SIMPLIFIEES_URL
DEMARCHES_SIMPLIFIEES_JETON = ENV.DEMARCHES_SIMPLIFIEES_JETON
FILE_UPLOAD_PERMISSIONS = 0o640

CRISPY_TEMPLATE_PACK = "dsfr"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["dsfr"]
CRISPY_FAIL_SILENTLY = False
DSFR_USE_INTEGRITY_CHECKSUMS = False
DSFR_MARK_OPTIONAL_FIELDS = True

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if ENV.EMAIL_HOST
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = ENV.EMAIL_HOST
EMAIL_PORT = ENV.EMAIL_PORT
EMAIL_HOST_USER = ENV.EMAIL_HOST_USER
EMAIL_HOST_PASSWORD = ENV.EMAIL_HOST_PASSWORD
EMAIL_USE_TLS = ENV.EMAIL_USE_TLS
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.COURRIEL_EXPEDITEUR
SERVER_EMAIL = ENV.COURRIEL_EXPEDITEUR
COURRIEL_AGENDA = ENV.COURRIEL_AGENDA

CELERY_BROKER_URL = ENV.REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 200_000  # kB: what a calendar or a PDF took is given back
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "battement": {"task": "config.tasks.battement", "schedule": 20},
    "courriels-en-souffrance": {
        "task": "socle.courriels.tasks.renvoyer_en_souffrance",
        "schedule": 300,
    },
    "documents-en-souffrance": {
        "task": "socle.documents.tasks.reprendre_en_souffrance",
        "schedule": 300,
    },
    "visas-relances": {
        "task": "ateliers.cadrage.tasks.relancer_visas",
        "schedule": crontab(hour=6, minute=45),
    },
    "recherche": {"task": "candidatures.dossiers.tasks.reindexer_perimees", "schedule": 60},
    "relances-complements": {
        "task": "candidatures.instruction.tasks.relancer_complements",
        "schedule": 3_600,
    },
    "analyses": {"task": "candidatures.dossiers.tasks.reprendre_analyses", "schedule": 1800},
    "deports-du-jour": {
        "task": "candidatures.instruction.tasks.recalculer_deports",
        "schedule": 86_400,
    },
    "resumes": {
        "task": "config.tasks.resumer_les_courriels",
        "schedule": crontab(hour=7, minute=0),
    },
    "avis-relances": {
        "task": "candidatures.instruction.tasks.relancer_avis",
        "schedule": crontab(hour=6, minute=30),
    },
    "sondages-rappels": {
        "task": "ateliers.sondages.tasks.relancer_sondages",
        "schedule": crontab(hour=8, minute=0),
    },
    "calendriers-perdus": {
        "task": "ateliers.calendrier.domaine.demandes.reprendre",
        "schedule": 120,
    },
    "livrables-echeances": {
        "task": "ateliers.livrables.tasks.alerter",
        "schedule": crontab(hour=6, minute=45),
    },
    "imports-oublies": {
        "task": "ateliers.participants.tasks.oublier_imports",
        "schedule": crontab(hour=3, minute=40),
    },
    "places-liberees": {"task": "ateliers.inscriptions.tasks.faire_expirer", "schedule": 900},
    "besoins-purges": {
        "task": "ateliers.participants.tasks.purger_besoins",
        "schedule": crontab(hour=3, minute=30),
    },
    "agendas": {"task": "ateliers.synchro.tasks.synchroniser_agendas", "schedule": 900},
    "agendas-purges": {
        "task": "ateliers.synchro.tasks.purger_agendas",
        "schedule": crontab(hour=3, minute=50),
    },
    "rappels-sms": {"task": "ateliers.participants.tasks.rappeler_par_sms", "schedule": 900},
    "rappels-purges": {
        "task": "ateliers.participants.tasks.purger_rappels",
        "schedule": crontab(hour=3, minute=35),
    },
    "exports-expires": {"task": "socle.exports.tasks.expirer", "schedule": 3600},
    "jetons-perimes": {"task": "socle.interface.tasks.purger_jetons", "schedule": 86_400},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENV.HTTPS and not DEBUG and not DEMO:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # It would quote what a diary answered, titles included.
    "loggers": {"caldav": {"level": "CRITICAL", "propagate": False}},
}
