from django.urls import path

from ateliers.cadrage.views import cahier as vc
from ateliers.cadrage.views import pilote as v

C = "ateliers/<slug:slug>/espace/cadrage/"
urlpatterns = [
    path(C, v.cadrage, name="cadrage"),
    path(f"{C}cahier/valider/", v.ValiderCahier.as_view(), name="cahier_valider"),
    path(f"{C}cahier/rouvrir/", v.RouvrirCahier.as_view(), name="cahier_rouvrir"),
    path(f"{C}cahier/sections/<slug:cle>/", v.EcrireSection.as_view(), name="cahier_section"),
    path(f"{C}cahier/competences/", vc.Competences.as_view(), name="cahier_competences"),
    path(f"{C}appel-aux-equipes/", v.ConsignerAppel.as_view(), name="appel_equipes"),
    path(f"{C}equipe/", v.ComposerEquipe.as_view(), name="equipe"),
    path(f"{C}contrats/nouveau/", v.PreparerContrat.as_view(), name="contrat_nouveau"),
    path(f"{C}contrats/<int:pk>/notifier/", v.Notifier.as_view(), name="contrat_notifier"),
    path(f"{C}contrats/<int:pk>/avenant/", v.SignerAvenant.as_view(), name="contrat_avenant"),
    path(f"{C}budget/ajouter/", v.InscrireAuBudget.as_view(), name="budget_ajouter"),
    path(f"{C}budget/<int:pk>/retirer/", v.RetirerDuBudget.as_view(), name="budget_retirer"),
]
