"""Which mail at which event of an invitation."""

from ateliers.participants.calendrier import MIME, ics
from ateliers.participants.lien import chemin
from socle.courriels.domaine import deposer, lien


def _contexte(invitation) -> dict:
    seance = invitation.seance
    return {
        "participant": invitation.participant,
        "seance": seance,
        "atelier": seance.atelier,
        "service": seance.atelier.service_pilote,
        "debut": seance.moment_debut,
        "fin": seance.moment_fin,
        "memes_jours": seance.debut.date() == seance.fin.date(),
        "lieu": ", ".join(t for t in (seance.lieu, seance.adresse) if t),
        "sequences": list(seance.sequences.all()),
        "heure_locale": seance.fuseau != "Europe/Paris",
        "lien": lien(chemin(invitation)),
    }


def convocation(invitation, *, par, nouvelle_date: bool):
    contexte = _contexte(invitation) | {"nouvelle_date": nouvelle_date}
    fichier = ics(invitation.seance, lien=contexte["lien"])
    return deposer(
        "convocation",
        a=[invitation.participant.courriel],
        contexte=contexte,
        objet=invitation.seance,
        par=par,
        pieces_jointes=[("seance.ics", f"{MIME}; method=REQUEST", fichier)],
    )


def annulation(invitation, *, par, motif: str):
    contexte = _contexte(invitation) | {"motif": motif}
    return deposer(
        "annulation_seance",
        a=[invitation.participant.courriel],
        contexte=contexte,
        objet=invitation.seance,
        par=par,
        pieces_jointes=[
            ("seance.ics", f"{MIME}; method=CANCEL", ics(invitation.seance, annulee=True))
        ],
    )
