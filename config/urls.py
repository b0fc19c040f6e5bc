"""Addresses. Each app owns its own; config adds what sees them all."""

from django.contrib import admin
from django.urls import include, path

from config.views.sante import sante

urlpatterns = [
    path("sante/", sante, name="sante"),
    path("administration/", admin.site.urls),
    path("", include("socle.territoires.urls")),
    path("", include("config.views.urls")),
    path("", include("socle.interface.urls")),
    path("", include("socle.comptes.urls")),
    path("", include("socle.documents.urls")),
    path("", include("socle.courriels.urls")),
    path("", include("socle.exports.urls")),
    path("", include("candidatures.urls")),
    path("", include("ateliers.urls")),
    path("", include("restitution.urls")),
]
