from django.urls import path

from ateliers.marche.views import consultation as c
from ateliers.marche.views import offres as o
from ateliers.marche.views.lettres import PreparerLettres

M = "ateliers/<slug:slug>/espace/marche/"
OFFRE = f"{M}offres/<int:pk>/"
urlpatterns = [
    path(M, c.marche, name="marche"),
    path(f"{M}reglement/", c.Regler.as_view(), name="marche_reglement"),
    path(f"{M}reglement/fixer/", c.Fixer.as_view(), name="marche_fixer"),
    path(f"{M}reglement/rouvrir/", c.RouvrirReglement.as_view(), name="marche_rouvrir"),
    path(f"{M}analystes/", c.DesignerAnalystes.as_view(), name="marche_analystes"),
    path(f"{M}reporter/", c.Reporter.as_view(), name="marche_reporter"),
    path(f"{M}ouverture/", o.Ouvrir.as_view(), name="marche_ouvrir"),
    path(f"{M}lettres/", PreparerLettres.as_view(), name="marche_lettres"),
    path(f"{M}sans-suite/", c.Abandonner.as_view(), name="marche_sans_suite"),
    path(f"{M}offres/nouvelle/", o.Enregistrer.as_view(), name="offre_nouvelle"),
    path(f"{M}offres/fichiers/<int:pk>/", o.fichier, name="offre_fichier"),
    path(OFFRE, o.offre, name="offre"),
    path(f"{OFFRE}retirer/", o.Retirer.as_view(), name="offre_retirer"),
    path(f"{OFFRE}noter/", o.Noter.as_view(), name="offre_noter"),
    path(f"{OFFRE}consensus/", o.ArreterConsensus.as_view(), name="offre_consensus"),
    path(f"{OFFRE}ecarter/", o.Ecarter.as_view(), name="offre_ecarter"),
    path(f"{OFFRE}retenir/", o.Retenir.as_view(), name="offre_retenir"),
]
