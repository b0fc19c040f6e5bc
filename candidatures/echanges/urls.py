from django.urls import path

from candidatures.echanges.views import fils

D = "candidatures/<str:reference>/echanges"

urlpatterns = [
    path(f"{D}/pieces/<int:pk>/", fils.piece, name="echanges_piece"),
    path(f"{D}/<slug:fil>/", fils.VueFil.as_view(), name="echanges"),
    path(f"{D}/<slug:fil>/lu/", fils.VueLu.as_view(), name="echanges_lu"),
    path(f"{D}/<slug:fil>/exporter/", fils.exporter, name="echanges_exporter"),
]
