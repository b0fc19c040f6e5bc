from django.urls import path

from ateliers.synchro.views import agendas as v

A = "calendrier/agenda/"
urlpatterns = [
    path(A, v.agenda, name="agenda_distant"),
    path(f"{A}brancher/", v.Brancher.as_view(), name="agenda_brancher"),
    path(f"{A}calendriers/", v.Choisir.as_view(), name="agenda_choisir"),
    path(f"{A}synchroniser/", v.Synchroniser.as_view(), name="agenda_synchroniser"),
    path(f"{A}suspendre/", v.Suspendre.as_view(), name="agenda_suspendre"),
    path(f"{A}reprendre/", v.Reprendre.as_view(), name="agenda_reprendre"),
    path(f"{A}debrancher/", v.Debrancher.as_view(), name="agenda_debrancher"),
    path(f"{A}rendez-vous/<int:pk>/retablir/", v.Retablir.as_view(), name="agenda_retablir"),
]
