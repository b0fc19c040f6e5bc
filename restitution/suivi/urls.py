from django.urls import path

from restitution.feuilles.urls import ACTION, BASE
from restitution.suivi.views import suivi as v

urlpatterns = [
    path(f"{BASE}suivi/", v.suivi, name="suivi"),
    path(f"{ACTION}avancement/", v.Avancement.as_view(), name="avancement"),
    path(f"{BASE}suivi/points/<int:mois>/", v.PointEtape.as_view(), name="point_etape"),
    path(f"{BASE}suivi/suites/nouvelle/", v.SuiteNouvelle.as_view(), name="suite_nouvelle"),
]
