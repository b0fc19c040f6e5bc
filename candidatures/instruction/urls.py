from django.urls import path

from candidatures.instruction.views import (
    complements,
    consultes,
    decisions,
    dgaln,
    evaluateur,
    grille,
    recommencer,
)

D = "candidatures/<str:reference>"

urlpatterns = [
    path("instruction/decisions/", decisions.decisions, name="decisions"),
    path(
        "instruction/decisions/publier/",
        decisions.VuePublier.as_view(),
        name="decisions_publier",
    ),
    path("instruction/decisions/<int:pk>/lettre/", decisions.apercu, name="decision_apercu"),
    path(
        "instruction/decisions/<int:pk>/abandonner/",
        decisions.VueAbandonner.as_view(),
        name="decision_abandonner",
    ),
    path("evaluations/", evaluateur.liste, name="evaluations"),
    path("avis/", consultes.liste_avis, name="avis"),
    path("avis/<int:pk>/", consultes.VueRendreAvis.as_view(), name="avis_rendre"),
    path(f"{D}/instruction/", dgaln.instruire, name="instruire"),
    path(f"{D}/recevable/", dgaln.VueRecevable.as_view(), name="declarer_recevable"),
    path(f"{D}/irrecevable/", dgaln.VueIrrecevable.as_view(), name="declarer_irrecevable"),
    path(
        f"{D}/complements/demander/",
        dgaln.VueDemanderComplements.as_view(),
        name="demander_complements",
    ),
    path("appels/<slug:slug>/grille/", grille.VueGrille.as_view(), name="grille"),
    path(f"{D}/complements/<int:pk>/", complements.comparer, name="complements_comparer"),
    path(f"{D}/complements/", consultes.VueComplements.as_view(), name="complements"),
    path(f"{D}/evaluateurs/", dgaln.VueConfier.as_view(), name="confier"),
    path(
        f"{D}/evaluateurs/<int:pk>/retirer/",
        dgaln.VueReprendreEvaluation.as_view(),
        name="evaluation_retirer",
    ),
    path(
        f"{D}/mettre-en-evaluation/",
        dgaln.VueMettreEnEvaluation.as_view(),
        name="mettre_en_evaluation",
    ),
    path(f"{D}/avis/demander/", dgaln.VueDemanderAvis.as_view(), name="demander_avis"),
    path(f"{D}/evaluer/", evaluateur.VueEvaluer.as_view(), name="evaluer"),
    path(
        f"{D}/evaluer/deposer/",
        evaluateur.VueDeposerEvaluation.as_view(),
        name="deposer_evaluation",
    ),
    path(f"{D}/decision/", decisions.publiee, name="decision_publiee"),
    path(f"{D}/decision/preparer/", dgaln.VuePreparerDecision.as_view(), name="preparer_decision"),
    path(f"{D}/reorienter/", dgaln.VueReorienter.as_view(), name="reorienter"),
    path(f"{D}/reprendre/", consultes.VueReprendre.as_view(), name="reprendre"),
    path(f"{D}/recommencer/", recommencer.VueRecommencer.as_view(), name="recommencer"),
]
