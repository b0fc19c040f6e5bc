"""A séance with people convoked and three séquences."""

from datetime import time, timedelta

from ateliers.participants.domaine import invitations
from ateliers.programme.domaine import sequences
from ateliers.seances.models import Seance, Sequence
from tests.factories.participants import DEBUT, faire_invites

LIGNES = (
    ("Accueil", time(9), 30, "pleniere", "invites", ""),
    ("Visite du site", time(9, 45), 120, "visite", "invites", "guide@exemple.fr"),
    ("Bilan des élus", time(12), 60, "pleniere", "restreint", "elu@exemple.fr"),
)


def faire_programme(distribution):
    """(séance, its séquences): two guests were convoked, and told of nothing else yet."""
    seance, _ = faire_invites(distribution)
    Seance.objects.filter(pk=seance.pk).update(debut_prevu=DEBUT - timedelta(hours=1))
    seance.refresh_from_db()
    for titre, debut, duree, format_, public, courriel in LIGNES:
        sequences.ajouter(
            seance=seance,
            par=distribution.equipe,
            titre=titre,
            debut=debut,
            duree_min=duree,
            format=format_,
            public=public,
            animateur=courriel.partition("@")[0],
            animateur_courriel=courriel,
        )
    invitations.convoquer(seance=seance, par=distribution.ddt)
    seance.refresh_from_db()
    return seance, list(Sequence.objects.filter(seance=seance).order_by("ordre"))
