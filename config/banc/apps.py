from django.apps import AppConfig


class BancConfig(AppConfig):
    name = "config.banc"
    label = "banc"
