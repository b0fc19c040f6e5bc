"""A form sent after the session ended waits in the anonymous session until sign-in."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.forms import ChoiceField, HiddenInput, ModelChoiceField
from django.urls import Resolver404, resolve
from django.utils import timezone

CLE = "saisie_perdue"
TAILLE_MAX = 300_000
IGNORES = ("csrfmiddlewaretoken",)
SECRETS = ("password", "mot_de_passe")


def garder(request) -> bool:
    """Store what was typed. False when there is nothing worth keeping, or too much."""
    champs = {
        nom: valeurs
        for nom, valeurs in request.POST.lists()
        if nom not in IGNORES and not any(mot in nom.lower() for mot in SECRETS)
    }
    poids = sum(len(nom) + sum(map(len, valeurs)) for nom, valeurs in champs.items())
    if not champs or poids > TAILLE_MAX:
        return False
    htmx = getattr(request, "htmx", None)
    request.session[CLE] = {
        "chemin": request.get_full_path(),
        "page": urlsplit((htmx and htmx.current_url) or request.headers.get("Referer", "")).path,
        "fragment": bool(htmx),
        "champs": champs,
        "fichiers": sorted(request.FILES),
        "quand": timezone.now().isoformat(),
    }
    return True


def lire(request) -> dict | None:
    return request.session.get(CLE)


def oublier(request) -> None:
    request.session.pop(CLE, None)


def oublier_si_envoyee(request) -> None:
    """The same address was accepted: nothing is left to offer."""
    saisie = getattr(request, "session", {}).get(CLE)
    if getattr(request, "csrf_refuse", False):
        return
    if saisie and saisie["chemin"] == request.get_full_path():
        oublier(request)


def champs_lisibles(saisie: dict) -> list[dict]:
    """Label and text of each field that a person typed."""
    etiquettes, caches, choix = _etiquettes(saisie["chemin"])
    return [
        {
            "libelle": etiquettes.get(nom, nom.replace("_", " ").capitalize()),
            "textes": [choix.get(nom, {}).get(t, t) for t in textes],
        }
        for nom, valeurs in saisie["champs"].items()
        if nom not in caches and (textes := [v for v in valeurs if v.strip()])
    ]


def _etiquettes(chemin: str) -> tuple[dict, set, dict]:
    """Labels, hidden names and choices of the form behind this address, as far as it tells."""
    caches = {"jeton", "revision", "envoyer"}
    try:
        vue = resolve(urlsplit(chemin).path).func
    except Resolver404:
        return {}, caches, {}
    form_class = getattr(getattr(vue, "view_class", None), "form_class", None)
    champs = getattr(form_class, "base_fields", {})
    caches |= {nom for nom, champ in champs.items() if isinstance(champ.widget, HiddenInput)}
    etiquettes = {nom: str(champ.label or nom.capitalize()) for nom, champ in champs.items()}
    choix = {
        nom: {str(valeur): str(libelle) for valeur, libelle in champ.choices}
        for nom, champ in champs.items()
        if isinstance(champ, ChoiceField) and not isinstance(champ, ModelChoiceField)
    }
    return etiquettes, caches, choix
