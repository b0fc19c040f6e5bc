"""Addresses. Each app owns its own; config adds what sees them all."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("administration/", admin.site.urls),
    path("", include("candidatures.urls")),
    path("", include("ateliers.urls")),
    path("", include("restitution.urls")),
]
