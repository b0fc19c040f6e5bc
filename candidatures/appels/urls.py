from django.urls import path

from candidatures.appels.views import dgaln, formulaire, public

F = "appels/<slug:slug>/formulaire"

urlpatterns = [
    path("appels/", public.appels, name="appels"),
    path("appels/nouveau/", dgaln.VueNouvelAppel.as_view(), name="appel_nouveau"),
    path("appels/sessions/nouvelle/", dgaln.VueNouvelleSession.as_view(), name="session_nouvelle"),
    path("appels/<slug:slug>/", public.appel, name="appel"),
    path("appels/<slug:slug>/publier/", dgaln.VuePublier.as_view(), name="appel_publier"),
    path("appels/<slug:slug>/clore/", dgaln.VueClore.as_view(), name="appel_clore"),
    path("appels/<slug:slug>/rouvrir/", dgaln.VueRouvrir.as_view(), name="appel_rouvrir"),
    path(f"{F}/", formulaire.editeur, name="formulaire"),
    path(f"{F}/apercu/", formulaire.apercu, name="formulaire_apercu"),
    path(f"{F}/ouvrir/", formulaire.VueOuvrirRevision.as_view(), name="formulaire_ouvrir"),
    path(
        f"{F}/abandonner/", formulaire.VueAbandonnerRevision.as_view(), name="formulaire_abandonner"
    ),
    path(f"{F}/reglages/", formulaire.VueReglages.as_view(), name="formulaire_reglages"),
    path(
        f"{F}/questions/ajouter/", formulaire.VueAjouterQuestion.as_view(), name="question_ajouter"
    ),
    path(
        f"{F}/questions/<int:pk>/",
        formulaire.VueModifierQuestion.as_view(),
        name="question_modifier",
    ),
    path(
        f"{F}/questions/<int:pk>/retirer/",
        formulaire.VueRetirerQuestion.as_view(),
        name="question_retirer",
    ),
    path(
        f"{F}/questions/<int:pk>/<slug:sens>/",
        formulaire.VueDeplacerQuestion.as_view(),
        name="question_deplacer",
    ),
]
