from django.urls import path, register_converter

from restitution.engagement.views import engagement as v
from restitution.engagement.views import lecture
from restitution.feuilles.urls import BASE


class ConvertisseurCote:
    regex = "elu|etat"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class ConvertisseurActe(ConvertisseurCote):
    regex = "deliberations|signatures"


register_converter(ConvertisseurCote, "cote")
register_converter(ConvertisseurActe, "acte")

urlpatterns = [
    path(f"{BASE}lecture/", lecture.lecture, name="lecture"),
    path(f"{BASE}engagement/", v.engagement, name="engagement"),
    path(f"{BASE}valider/", v.Valider.as_view(), name="valider"),
    path(f"{BASE}rouvrir/", v.Rouvrir.as_view(), name="rouvrir"),
    path(f"{BASE}approuver/", v.Approuver.as_view(), name="approuver"),
    path(f"{BASE}signer/<cote:cote>/", v.Signer.as_view(), name="signer"),
    path(
        f"{BASE}signatures/<int:signature_id>/retirer/",
        v.SignatureRetirer.as_view(),
        name="signature_retirer",
    ),
    path(f"{BASE}officialiser/", v.Officialiser.as_view(), name="officialiser"),
    path(f"{BASE}publier/", v.Publier.as_view(), name="publier"),
    path(f"{BASE}pdf/", v.PreparerPdf.as_view(), name="feuille_pdf"),
    path(f"{BASE}<acte:genre>/<int:acte_id>/", v.acte_numerise, name="acte_numerise"),
    path("feuilles-de-route/", lecture.feuilles_publiques, name="feuilles_publiques"),
    path("feuilles-de-route/<slug:slug>/", lecture.feuille_publique, name="feuille_publique"),
    path(
        "feuilles-de-route/<slug:slug>/pdf/",
        lecture.feuille_publique_pdf,
        name="feuille_publique_pdf",
    ),
]
