"""Addresses of the interface room (no namespace: they belong to every page)."""

from django.urls import path

from socle.interface.views.reprise import Abandonner, Reprendre

urlpatterns = [
    path("reprendre/", Reprendre.as_view(), name="reprendre"),
    path("reprendre/abandonner/", Abandonner.as_view(), name="reprendre_abandonner"),
]
