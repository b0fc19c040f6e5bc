from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    name = "socle.interface"
    label = "interface"
    verbose_name = "Interface"
