from django.urls import path, register_converter

from restitution.feuilles.views import redaction as v


class Sens:
    regex = "monter|descendre"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Sens, "sens")
BASE = "ateliers/<slug:slug>/espace/feuille-de-route/"
AXE = f"{BASE}axes/<int:axe_id>/"
ACTION = f"{BASE}actions/<int:action_id>/"

urlpatterns = [
    path(BASE, v.feuille, name="feuille"),
    path(f"{BASE}ouvrir/", v.Ouvrir.as_view(), name="feuille_ouvrir"),
    path(f"{BASE}vision/", v.Vision.as_view(), name="feuille_vision"),
    path(f"{BASE}axes/nouveau/", v.AxeNouveau.as_view(), name="axe_nouveau"),
    path(AXE, v.AxeModifier.as_view(), name="axe_modifier"),
    path(f"{AXE}supprimer/", v.AxeSupprimer.as_view(), name="axe_supprimer"),
    path(f"{AXE}<sens:sens>/", v.AxeDeplacer.as_view(), name="axe_deplacer"),
    path(f"{AXE}actions/nouvelle/", v.ActionNouvelle.as_view(), name="action_nouvelle"),
    path(ACTION, v.ActionModifier.as_view(), name="action_modifier"),
    path(f"{ACTION}supprimer/", v.ActionSupprimer.as_view(), name="action_supprimer"),
    path(f"{ACTION}<sens:sens>/", v.ActionDeplacer.as_view(), name="action_deplacer"),
]
