from django.urls import path

from ateliers.cadrage.views import budget as vb
from ateliers.cadrage.views import cahier as vc
from ateliers.cadrage.views import clauses as vl
from ateliers.cadrage.views import contrats as vk
from ateliers.cadrage.views import invitations as vi
from ateliers.cadrage.views import lecture as ve
from ateliers.cadrage.views import pilote as v
from ateliers.cadrage.views import visas as vv

C = "ateliers/<slug:slug>/espace/cadrage/"
S = f"{C}cahier/sections/<slug:cle>/"
V = f"{C}cahier/versions/<int:numero>/"
urlpatterns = [
    path("clauses/", vl.liste, name="clauses"),
    path("clauses/nouvelle/", vl.Creer.as_view(), name="clause_nouvelle"),
    path("clauses/<slug:cle>/", vl.clause, name="clause"),
    path("clauses/<slug:cle>/reviser/", vl.Publier.as_view(), name="clause_reviser"),
    path("clauses/<slug:cle>/retirer/", vl.Retirer.as_view(), name="clause_retirer"),
    path("clauses/<slug:cle>/remettre/", vl.Remettre.as_view(), name="clause_remettre"),
    path("visas/", vv.MesVisas.as_view(), name="visas"),
    path("visas/delegations/<int:pk>/finir/", vv.Revoquer.as_view(), name="delegation_finir"),
    path("visas/titulaires/designer/", vv.Designer.as_view(), name="titulaire_designer"),
    path(
        "visas/titulaires/<int:pk>/retirer/",
        vv.RetirerTitulaire.as_view(),
        name="titulaire_retirer",
    ),
    path(C, v.cadrage, name="cadrage"),
    path(f"{C}cahier/", vc.cahier, name="cahier"),
    path(f"{C}cahier/saisie/", vc.SaisirSection.as_view(), name="cahier_saisie"),
    path(f"{C}cahier/valider/", vv.Soumettre.as_view(), name="cahier_valider"),
    path(f"{C}cahier/rouvrir/", vv.Rouvrir.as_view(), name="cahier_rouvrir"),
    path(f"{C}cahier/comparer/", ve.comparer, name="cahier_comparer"),
    path(f"{C}cahier/lire/", ve.lire, name="cahier_lire"),
    path(f"{C}cahier/lire/docx/", ve.document_de_travail, name="cahier_travail"),
    path(f"{C}cahier/ajouter/", vc.Ajouter.as_view(), name="cahier_ajouter"),
    path(f"{C}cahier/facultatives/", vc.Facultatives.as_view(), name="cahier_facultatives"),
    path(f"{C}cahier/competences/", vc.Competences.as_view(), name="cahier_competences"),
    path(S, vc.EcrireSection.as_view(), name="cahier_section"),
    path(f"{S}deplacer/", vc.Deplacer.as_view(), name="cahier_deplacer"),
    path(f"{S}ecarter/", vc.Ecarter.as_view(), name="cahier_ecarter"),
    path(f"{S}retablir/", vc.Retablir.as_view(), name="cahier_retablir"),
    path(f"{S}regenerer/", vc.Regenerer.as_view(), name="cahier_regenerer"),
    path(V, vv.version, name="cahier_version"),
    path(f"{V}docx/", vv.telecharger_docx, name="cahier_docx"),
    path(f"{V}pdf/", vv.FabriquerPdf.as_view(), name="cahier_pdf"),
    path(f"{V}viser/", vv.Viser.as_view(), name="cahier_viser"),
    path(f"{V}refuser/", vv.Refuser.as_view(), name="cahier_refuser"),
    path(f"{V}envoyer/", vv.Envoyer.as_view(), name="cahier_envoyer"),
    path(f"{C}appel-aux-equipes/", v.ConsignerAppel.as_view(), name="appel_equipes"),
    path(f"{C}equipe/", v.ComposerEquipe.as_view(), name="equipe"),
    path(f"{C}equipe/inviter/", vi.Inviter.as_view(), name="equipe_inviter"),
    path(
        f"{C}equipe/invitations/<int:pk>/annuler/",
        vi.Annuler.as_view(),
        name="equipe_invitation_annuler",
    ),
    path("invitation-equipe/<str:jeton>/", vi.Rejoindre.as_view(), name="equipe_invitation"),
    path(f"{C}contrats/nouveau/", vk.PreparerContrat.as_view(), name="contrat_nouveau"),
    path(f"{C}contrats/<int:pk>/corriger/", vk.CorrigerContrat.as_view(), name="contrat_corriger"),
    path(f"{C}contrats/<int:pk>/retirer/", vk.RetirerContrat.as_view(), name="contrat_retirer"),
    path(f"{C}contrats/<int:pk>/notifier/", v.Notifier.as_view(), name="contrat_notifier"),
    path(f"{C}contrats/<int:pk>/avenant/", v.SignerAvenant.as_view(), name="contrat_avenant"),
    path(f"{C}budget/ajouter/", vb.InscrireAuBudget.as_view(), name="budget_ajouter"),
    path(f"{C}budget/<int:pk>/retirer/", vb.RetirerDuBudget.as_view(), name="budget_retirer"),
]
