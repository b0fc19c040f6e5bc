from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "socle.exports"
    label = "exports"
    verbose_name = "Exports"
