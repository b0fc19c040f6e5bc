from django.urls import path

from restitution.national.views import dgaln as v
from restitution.national.views import public

PUBLICATION = "national/publications/<int:pk>/"
CHAPITRE = f"{PUBLICATION}chapitres/<int:chapitre_id>/"

urlpatterns = [
    path("publications/", public.publications, name="publications"),
    path("publications/<slug:slug>/", public.publication, name="publication"),
    path("national/", v.national, name="national"),
    path("national/rencontres/nouvelle/", v.Rencontre.as_view(), name="rencontre_nouvelle"),
    path("national/rencontres/<int:pk>/", v.Rencontre.as_view(), name="rencontre_modifier"),
    path(
        "national/enseignements/nouveau/", v.VueEnseignement.as_view(), name="enseignement_nouveau"
    ),
    path(
        "national/enseignements/<int:pk>/",
        v.VueEnseignement.as_view(),
        name="enseignement_modifier",
    ),
    path(
        "national/publications/nouvelle/", v.VuePublication.as_view(), name="publication_nouvelle"
    ),
    path(PUBLICATION, v.composer, name="publication_composer"),
    path(f"{PUBLICATION}modifier/", v.VuePublication.as_view(), name="publication_modifier"),
    path(f"{PUBLICATION}chapitres/", v.ChapitreAjouter.as_view(), name="chapitre_ajouter"),
    path(f"{CHAPITRE}retirer/", v.ChapitreRetirer.as_view(), name="chapitre_retirer"),
    path(f"{CHAPITRE}<sens:sens>/", v.ChapitreDeplacer.as_view(), name="chapitre_deplacer"),
    path(f"{PUBLICATION}publier/", v.Publier.as_view(), name="publication_publier"),
    path(f"{PUBLICATION}depublier/", v.Depublier.as_view(), name="publication_depublier"),
    path(f"{PUBLICATION}pdf/", v.PreparerPdf.as_view(), name="publication_pdf"),
]
