from django.urls import path

from ateliers.budget.views import atelier as a
from ateliers.budget.views import jours as j
from ateliers.budget.views import pieces as pc
from ateliers.budget.views import programme as p

B = "ateliers/<slug:slug>/espace/budget/"
urlpatterns = [
    path("ateliers/<slug:slug>/espace/equipe/", j.fiche, name="equipe_fiche"),
    path(
        "ateliers/<slug:slug>/espace/equipe/seances/<int:pk>/",
        j.NoterJours.as_view(),
        name="equipe_jours",
    ),
    path("budget/", p.budget_programme, name="budget_programme"),
    path("budget/accords-cadres/nouveau/", p.InscrireAccord.as_view(), name="accord_nouveau"),
    path(B, a.budget, name="budget"),
    path(f"{B}contrats/<int:pk>/ordre/", a.EmettreOrdre.as_view(), name="contrat_ordre"),
    path(
        f"{B}contrats/<int:pk>/echeancier/", a.EcrireEcheancier.as_view(), name="contrat_echeancier"
    ),
    path(
        f"{B}contrats/<int:pk>/pieces/<slug:genre>/<int:rang>/",
        pc.Joindre.as_view(),
        name="piece_joindre",
    ),
    path(
        f"{B}contrats/<int:pk>/pieces/<slug:genre>/<int:rang>/projet/",
        pc.PreparerProjet.as_view(),
        name="piece_projet",
    ),
    path(f"{B}pieces/<int:pk>/notifier/", pc.Notifier.as_view(), name="piece_notifier"),
    path(f"{B}pieces/<int:pk>/fichier/", pc.telecharger, name="piece_fichier"),
    path(f"{B}jalons/<int:pk>/", a.ConstaterServiceFait.as_view(), name="jalon_service_fait"),
    path(f"{B}lignes/<int:pk>/engager/", a.Engager.as_view(), name="budget_engager"),
    path(f"{B}depenses/<int:pk>/", a.ConstaterDepense.as_view(), name="depense_constater"),
]
