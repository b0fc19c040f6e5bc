"""Saved views of the instruction: one for oneself, one for the whole DGALN."""

from __future__ import annotations

from urllib.parse import urlencode

from candidatures.appels.models import Appel
from candidatures.listes.choix import PageListe, Partage
from candidatures.listes.domaine.vues import enregistrer_vue
from config.demo import distribution, horloge


def jouer(session: Appel) -> None:
    dgaln = distribution.installer_distribution()["dgaln@demo.example"]
    a_decider = [
        ("appel", session.slug),
        ("etat", "en_evaluation"),
        ("etat", "preselectionnee"),
        ("tri", "-moyenne"),
        ("colonnes", "titre,territoire,etat,avis,evaluations,notes,dispersion,etiquettes"),
    ]
    retards = [("avis", "retard")]
    with horloge.le(horloge.jour(-20)):
        for nom, paires, partage in (
            ("Mes sessions à décider", a_decider, Partage.DGALN),
            ("Avis qui tardent", retards, Partage.PRIVE),
        ):
            enregistrer_vue(
                page=PageListe.INSTRUCTION,
                nom=nom,
                requete=urlencode(paires),
                partage=partage,
                par_defaut=False,
                par=dgaln,
            )
