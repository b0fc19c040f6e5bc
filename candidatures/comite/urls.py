from django.urls import path

from candidatures.comite.views import decisions, deliberer, ecran, seance

C = "instruction/comite/<int:pk>"
DELIBERER = f"{C}/deliberations/<str:reference>"

urlpatterns = [
    path("instruction/comites/", seance.liste, name="comites"),
    path(
        "instruction/comites/<slug:slug>/nouveau/",
        seance.VueNouveau.as_view(),
        name="comite_nouveau",
    ),
    path(f"{C}/", ecran.ecran, name="comite"),
    path(f"{C}/modifier/", seance.VueModifier.as_view(), name="comite_modifier"),
    path(f"{C}/supprimer/", seance.VueSupprimer.as_view(), name="comite_supprimer"),
    path(f"{C}/membres/", seance.VueMembres.as_view(), name="comite_membres"),
    path(
        f"{C}/membres/<int:membre>/retirer/",
        seance.VueRetirerMembre.as_view(),
        name="comite_membre_retirer",
    ),
    path(f"{C}/ouvrir/", seance.VueOuvrir.as_view(), name="comite_ouvrir"),
    path(f"{C}/clore/", seance.VueClore.as_view(), name="comite_clore"),
    path(f"{C}/decisions/", decisions.VuePreparerDecisions.as_view(), name="comite_decisions"),
    path(f"{C}/decisions/aligner/", decisions.VueAligner.as_view(), name="comite_aligner"),
    path(
        f"{C}/decisions/<str:reference>/ecart/",
        decisions.VueJustifier.as_view(),
        name="comite_justifier",
    ),
    path(f"{C}/pv/", seance.pv, name="comite_pv"),
    path(f"{C}/scenarios/garder/", ecran.VueGarder.as_view(), name="comite_garder"),
    path(
        f"{C}/scenarios/<int:scenario>/retenir/",
        ecran.VueRetenirScenario.as_view(),
        name="comite_retenir",
    ),
    path(f"{C}/deliberations/", deliberer.liste_deliberations, name="comite_deliberations"),
    path(
        f"{C}/rejets/<int:rejet>/retirer/",
        deliberer.VueRetirerRejet.as_view(),
        name="comite_rejet_retirer",
    ),
    path(f"{C}/en-bloc/", deliberer.VueEnBloc.as_view(), name="comite_en_bloc"),
    path(f"{DELIBERER}/", deliberer.VueDeliberer.as_view(), name="comite_deliberer"),
    path(f"{DELIBERER}/deport/", deliberer.VueDeport.as_view(), name="comite_deport"),
]
