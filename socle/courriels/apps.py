from django.apps import AppConfig


class CourrielsConfig(AppConfig):
    name = "socle.courriels"
    label = "courriels"
    verbose_name = "Courriels"
