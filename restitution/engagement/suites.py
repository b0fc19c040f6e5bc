"""The follow-up of an atelier waits for its feuille de route to be official."""

from django.urls import reverse

from ateliers.parcours.suivi import Prealable, declarer
from restitution.engagement.choix import Cote
from restitution.feuilles.choix import EtatFeuille
from restitution.feuilles.models import FeuilleDeRoute


@declarer
def avant_le_suivi(atelier) -> list[Prealable]:
    feuille = FeuilleDeRoute.objects.filter(atelier=atelier.pk).first()
    slug = [atelier.slug]
    if feuille is None:
        url = reverse("restitution:feuille", args=slug)
        return [Prealable("La feuille de route n’est pas ouverte", url, "Ouvrir la feuille")]
    if feuille.suivie:
        return []
    return [_acte(feuille, reverse("restitution:engagement", args=slug))]


def _acte(feuille, url) -> Prealable:
    if feuille.etat == EtatFeuille.BROUILLON:
        phrase = "La feuille de route n’est pas validée techniquement"
        return Prealable(phrase, url, "Valider la feuille de route")
    if feuille.etat == EtatFeuille.VALIDEE:
        phrase = "La délibération n’est pas enregistrée"
        return Prealable(phrase, url, "Enregistrer la délibération", "collectivité")
    cotes = set(feuille.signatures.values_list("cote", flat=True))
    if {Cote.ELU.value, Cote.ETAT.value} - cotes:
        phrase = "La feuille de route n’est pas signée des deux côtés"
        url = f"{url}#signatures"
        return Prealable(phrase, url, "Recueillir les signatures", "collectivité et État")
    phrase = "La feuille de route n’est pas officialisée"
    return Prealable(phrase, url, "Officialiser la feuille de route")
