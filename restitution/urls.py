"""Addresses of the app: each room adds its own list here."""

from restitution.engagement.urls import urlpatterns as engagement
from restitution.feuilles.urls import urlpatterns as feuilles
from restitution.national.urls import urlpatterns as national
from restitution.suivi.urls import urlpatterns as suivi

app_name = "restitution"
urlpatterns: list = [*feuilles, *engagement, *suivi, *national]
