from django.apps import AppConfig


class CrispyDsfrConfig(AppConfig):
    name = "socle.interface.crispy_dsfr"
    label = "crispy_dsfr"
    verbose_name = "Formulaires DSFR"
