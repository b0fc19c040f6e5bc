from django.apps import AppConfig


class CourrielsConfig(AppConfig):
    name = "socle.courriels"
    label = "courriels"
    verbose_name = "Courriels"

    def ready(self):
        from socle.courriels import journal  # noqa: F401
