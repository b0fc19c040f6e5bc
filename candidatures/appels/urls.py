from django.urls import path

from candidatures.appels.views import dgaln, public

urlpatterns = [
    path("appels/", public.appels, name="appels"),
    path("appels/nouveau/", dgaln.VueNouvelAppel.as_view(), name="appel_nouveau"),
    path("appels/sessions/nouvelle/", dgaln.VueNouvelleSession.as_view(), name="session_nouvelle"),
    path("appels/<slug:slug>/", public.appel, name="appel"),
    path("appels/<slug:slug>/modifier/", dgaln.VueModifierAppel.as_view(), name="appel_modifier"),
    path("appels/<slug:slug>/publier/", dgaln.VuePublier.as_view(), name="appel_publier"),
    path("appels/<slug:slug>/clore/", dgaln.VueClore.as_view(), name="appel_clore"),
    path("appels/<slug:slug>/rouvrir/", dgaln.VueRouvrir.as_view(), name="appel_rouvrir"),
]
