"""One mail at each step of a request."""

from ateliers.inscriptions.lien import chemin
from ateliers.participants.calendrier import MIME, ics, lieu_dit
from ateliers.participants.lien import chemin as chemin_invitation
from socle.courriels.domaine import deposer, lien

ETAPES = ("a_confirmer", "inscrite", "attente", "proposee", "expiree", "retiree")


def _contexte(inscription) -> dict:
    seance = inscription.inscriptions.seance
    limite = inscription.expire_le
    return {
        "inscription": inscription,
        "seance": seance,
        "atelier": seance.atelier,
        "service": seance.atelier.service_pilote,
        "debut": seance.moment_debut,
        "fin": seance.moment_fin,
        "lieu": lieu_dit(seance),
        "limite": limite.astimezone(seance.zone).replace(tzinfo=None) if limite else None,
        "lien": lien(chemin(inscription)),
        "lien_invitation": "",
    }


def etape(inscription, etape: str, pieces=()):
    """`etape` is the state that the request has reached; `pieces`: what goes with it."""
    assert etape in ETAPES
    contexte, pieces = _contexte(inscription) | {"agenda": bool(pieces)}, list(pieces)
    if etape == "inscrite":
        invitation = inscription.invitation
        contexte["lien_invitation"] = lien(chemin_invitation(invitation))
        fichier = ics(contexte["seance"], invitation=invitation, lien=contexte["lien_invitation"])
        pieces = [("seance.ics", f"{MIME}; method=REQUEST", fichier)]
    return deposer(
        f"inscription_{etape}",
        a=[inscription.courriel],
        contexte=contexte,
        objet=contexte["seance"],
        pieces_jointes=pieces,
    )


def deja_invite(invitation, courriel):
    """To the address that asked, and to nobody else: the page says the same to everybody."""
    seance = invitation.seance
    return deposer(
        "inscription_deja_invite",
        a=[courriel],
        contexte={
            "participant": invitation.participant,
            "seance": seance,
            "atelier": seance.atelier,
            "service": seance.atelier.service_pilote,
            "debut": seance.moment_debut,
            "fin": seance.moment_fin,
            "lien": lien(chemin_invitation(invitation)),
        },
        objet=seance,
    )
