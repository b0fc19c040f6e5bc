"""Addresses of the app: each room adds its own list here."""

app_name = "candidatures"
urlpatterns: list = []
