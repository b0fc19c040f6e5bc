from django.apps import AppConfig


class TerritoiresConfig(AppConfig):
    name = "socle.territoires"
    label = "territoires"
    verbose_name = "Territoires"

    def ready(self):
        from socle.territoires import verifications  # noqa: F401
