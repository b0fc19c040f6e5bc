"""Autosave, field by field: the server side of `static/js/saisie.js`.

A form with `data-saisie="<url>"` POSTs `champ`, `valeur`, `revision` (that field's) and
`utilisateur` (whose page it is). Without script the same form is a normal `VueFormulaire`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import View

from socle.erreurs import ActionInterdite, ConflitDeVersion, ErreurMetier
from socle.interface import contraintes
from socle.interface.templatetags.interface import date_longue, heure
from socle.interface.typographie import insecables

LONGUEUR_MAX = 100_000


@dataclass(frozen=True)
class ValeurEnVigueur:
    """What `ConflitDeVersion.actuel` must look like: any object with these attributes serves."""

    valeur: str
    revision: int
    par: Any = None
    le: datetime | None = None


def normaliser(texte: str) -> str:
    """The same text, whatever the browser did to its line ends."""
    return texte.replace("\r\n", "\n").replace("\r", "\n").strip()


def attributs(url: str, champs: dict[str, str], revisions: dict[str, int], **plus) -> dict:
    """Attributes of the <form>: `champs` gives the field behind each input name.

    `plus`: `suite` (where « Enregistrer et continuer » leads), `acte` (its button is an act that
    goes to the server once all is saved) and `lignes` (the name of its repeatable rows, whose
    inputs are `lignes-<rang>-<colonne>`).
    """
    par_nom = {n: {"champ": c, "revision": revisions.get(c, 0)} for n, c in champs.items()}
    donnees = {"data-saisie": url, "data-saisie-champs": json.dumps(par_nom)}
    donnees |= {f"data-saisie-{cle}": valeur for cle, valeur in plus.items() if valeur}
    return donnees | {"autocomplete": "off"}


@method_decorator(login_not_required, name="dispatch")
class VueSaisie(View):
    """POST only. Subclasses give `charger()` and `enregistrer(objet, champ, valeur, revision)`.

    `enregistrer` returns the new revision, or raises: ConflitDeVersion → 409 with both texts,
    ActionInterdite → 403, another ErreurMetier → 422 beside the field.
    A lost session answers 401: the browser keeps the text and offers to sign in again.
    """

    http_method_names = ["post", "options"]

    def charger(self):
        raise NotImplementedError

    def enregistrer(self, objet, champ: str, valeur: str, revision: int) -> int:
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        if refus := self._session_refusee(request):
            return refus
        champ, valeur = request.POST.get("champ", ""), normaliser(request.POST.get("valeur", ""))
        revision = request.POST.get("revision", "")
        if not champ or not revision.isascii() or not revision.isdigit() or len(revision) > 9:
            return _reponse(422, "refus", message="Cette saisie est incomplète.")
        if len(valeur) > LONGUEUR_MAX or "\x00" in valeur:
            return _reponse(422, "refus", message="Ce texte est trop long pour ce champ.")
        objet = self.charger()
        try:
            nouvelle = self.enregistrer(objet, champ, valeur, int(revision))
        except ActionInterdite as erreur:
            return _reponse(403, "interdit", message=erreur.message)
        except ConflitDeVersion as erreur:
            if normaliser(erreur.actuel.valeur) != valeur:
                return _conflit(erreur.actuel, request.user)
            nouvelle = erreur.actuel.revision  # Sent again after a lost answer: it is held already.
        except ErreurMetier as erreur:
            return _reponse(422, "refus", message=erreur.message)
        except DatabaseError as erreur:
            if (refus := contraintes.refus(erreur)) is None:
                raise
            return _reponse(422, "refus", message=refus.message)
        return _reponse(200, "enregistre", revision=nouvelle, heure=heure(timezone.now()))

    @staticmethod
    def _session_refusee(request):
        """Nobody is signed in, or somebody else than the author of the page is."""
        if not request.user.is_authenticated:
            return _reponse(401, "session", message="Votre session a expiré.")
        auteur = request.POST.get("utilisateur", "")
        if auteur and auteur != str(request.user.pk):
            return _reponse(
                401, "session", message="Un autre compte est ouvert dans ce navigateur."
            )
        return None


def _reponse(statut: int, etat: str, **donnees) -> JsonResponse:
    if "message" in donnees:
        donnees["message"] = insecables(donnees["message"])
    return JsonResponse({"etat": etat, **donnees}, status=statut)


def _conflit(actuel, utilisateur) -> JsonResponse:
    par = actuel.par
    return _reponse(
        409,
        "conflit",
        actuel=actuel.valeur,
        revision=actuel.revision,
        par=par.nom_complet if par else "",
        moi=bool(par and par.pk == utilisateur.pk),
        le=date_longue(actuel.le) if actuel.le else "",
    )
