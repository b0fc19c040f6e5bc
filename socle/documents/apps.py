from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "socle.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self):
        from socle.documents import journal  # noqa: F401
