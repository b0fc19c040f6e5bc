from django.urls import path

from ateliers.sites.views import acteurs as v

E = "ateliers/<slug:slug>/espace/"
H = f"{E}hypotheses/"
S = f"{E}sites/"
urlpatterns = [
    path(S, v.sites, name="sites"),
    path(f"{H}nouvelle/", v.EmettreHypothese.as_view(), name="hypothese_nouvelle"),
    path(f"{H}<int:pk>/", v.ReecrireHypothese.as_view(), name="hypothese_modifier"),
    path(f"{H}<int:pk>/<slug:verbe>/", v.VerbeHypothese.as_view(), name="hypothese_verbe"),
    path(f"{S}nouveau/", v.DesignerSite.as_view(), name="site_nouveau"),
    path(f"{S}<int:pk>/", v.site, name="site"),
    path(f"{S}<int:pk>/modifier/", v.CompleterFiche.as_view(), name="site_modifier"),
]
