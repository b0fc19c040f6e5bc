"""A form sent after the session ended waits in the anonymous session until sign-in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.forms import ChoiceField, HiddenInput, ModelChoiceField
from django.urls import Resolver404, resolve
from django.utils import timezone

CLE = "saisie_perdue"
TAILLE_MAX = 300_000
IGNORES = ("csrfmiddlewaretoken",)
SECRETS = ("password", "mot_de_passe")
SANS_NOM = "Texte saisi"  # What a person wrote in a field whose label cannot be known here.
CLE_INTERNE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def garder(request) -> bool:
    """Store what was typed. False when there is nothing worth keeping, or too much. A file cannot
    be kept: where nothing readable came with it, there is nothing to take up again.
    """
    champs = {
        nom: valeurs
        for nom, valeurs in request.POST.lists()
        if nom not in IGNORES and not any(mot in nom.lower() for mot in SECRETS)
    }
    poids = sum(len(nom) + sum(map(len, valeurs)) for nom, valeurs in champs.items())
    if not champs or poids > TAILLE_MAX:
        return False
    htmx = getattr(request, "htmx", None)
    saisie = {
        "chemin": request.get_full_path(),
        "page": urlsplit((htmx and htmx.current_url) or request.headers.get("Referer", "")).path,
        "fragment": bool(htmx),
        "champs": champs,
        "fichiers": sorted(request.FILES),
        "quand": timezone.now().isoformat(),
    }
    if request.FILES and not champs_lisibles(saisie):
        return False
    request.session[CLE] = saisie
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
            "libelle": etiquettes.get(nom, SANS_NOM),
            "textes": textes,
        }
        for nom, valeurs in saisie["champs"].items()
        if nom not in caches and (textes := _textes(valeurs, choix.get(nom)))
    ]


def _textes(valeurs, choix: dict | None) -> list[str]:
    """What was typed, and the words of what was chosen; never the key of a choice."""
    if choix is not None:
        return [choix[v] for v in valeurs if choix.get(v)]
    return [v for v in valeurs if v.strip() and not CLE_INTERNE.fullmatch(v)]


def _etiquettes(chemin: str) -> tuple[dict, set, dict]:
    """Labels, hidden names and choices of the form behind this address, as far as it tells."""
    caches = {"jeton", "base", "revision", "envoyer"}
    try:
        trouvee = resolve(urlsplit(chemin).path)
    except Resolver404:
        return {}, caches, {}
    vue = trouvee.func
    if hasattr(vue, "vue_pour"):  # One address for several views (the steps of a dossier).
        vue = vue.vue_pour(**trouvee.kwargs)
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
