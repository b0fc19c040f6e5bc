"""Which mail at which event of an invitation."""

from zoneinfo import ZoneInfo

from django.urls import reverse

from ateliers.parcours.domaine.comptes import comptes_au_travail
from ateliers.participants.calendrier import MIME, ics, lieu_dit
from ateliers.participants.choix import Delegation, Reponse
from ateliers.participants.lien import chemin
from ateliers.programme.domaine.annonces import sequences_annoncees
from socle.comptes.choix import Role
from socle.courriels.domaine import deposer, lien
from socle.courriels.pieces import promettre
from socle.interface.templatetags.interface import periode

PARIS = ZoneInfo("Europe/Paris")
FICHIER = "seance.ics"
LETTRE_JOINTE = ("convocation.pdf", "application/pdf")
# What a published déroulé does to the diary of a guest.
AGENDA_JOINT, AGENDA_INCHANGE, AGENDA_SUIT = "joint", "inchange", "suit"


def _a_paris(instant):
    return instant.astimezone(PARIS).replace(tzinfo=None)


def _heures(seance) -> dict:
    """Both clocks, when they differ on that day."""
    locales = (seance.moment_debut, seance.moment_fin)
    paris = (_a_paris(seance.debut), _a_paris(seance.fin))
    return {
        "debut": locales[0],
        "fin": locales[1],
        "heure_locale": locales != paris,
        "a_paris": periode(*paris),
    }


def _contexte(invitation) -> dict:
    seance = invitation.seance
    return _heures(seance) | {
        "participant": invitation.participant,
        "seance": seance,
        "atelier": seance.atelier,
        "service": seance.atelier.service_pilote,
        "lieu": lieu_dit(seance),
        "sequences": sequences_annoncees(seance),
        "lien": lien(chemin(invitation)),
    }


def _report(seance, premier, dernier) -> dict:
    """The date they hold is that before the first slip; the reason is that of the last one."""
    abandonnee = premier.ancien_debut.astimezone(seance.zone).replace(tzinfo=None)
    return {
        "abandonnee": abandonnee,
        "meme_jour": abandonnee.date() == seance.moment_debut.date(),
        "motif": dernier.motif,
    }


def convocation(
    invitation, *, par, reports=(), mise_a_jour: bool = False, acquise: bool = False, lettre=None
):
    """A REQUEST: the first one, a new date, or a change of what the diary shows.

    `lettre`: the source of the letter that goes with it, once it is made.
    """
    contexte = _contexte(invitation)
    contexte |= {"nouvelle_date": bool(reports), "mise_a_jour": mise_a_jour, "acquise": acquise}
    contexte["lettre"] = lettre
    if reports:
        contexte |= _report(invitation.seance, reports[0], reports[-1])
    contexte["participant_peut_etre"] = invitation.reponse == Reponse.PEUT_ETRE
    fichier = ics(invitation.seance, invitation=invitation, lien=contexte["lien"])
    courriels = deposer(
        "convocation",
        a=[invitation.participant.courriel],
        contexte=contexte,
        objet=invitation.seance,
        par=par,
        pieces_jointes=[(FICHIER, f"{MIME}; method=REQUEST", fichier)],
    )
    for courriel in courriels if lettre else ():
        promettre(courriel, *LETTRE_JOINTE, lettre)
    return courriels


def report(seance, glissement, comptes, *, par):
    """To accounts, who answer nothing: the new date, with an entry for who keeps their own."""
    return deposer(
        "report_seance",
        a=comptes,
        contexte=_heures(seance)
        | _report(seance, glissement, glissement)
        | {
            "seance": seance,
            "atelier": seance.atelier,
            "service": seance.atelier.service_pilote,
            "lieu": lieu_dit(seance),
            "lien": lien(reverse("ateliers:seance", args=[seance.atelier.slug, seance.pk])),
        },
        objet=seance,
        par=par,
        pieces_jointes=[rendez_vous_publie(seance)],
    )


def report_dit(seance, glissement) -> dict:
    """The date given up and why, for a mail that another room writes."""
    return _heures(seance) | _report(seance, glissement, glissement)


def rendez_vous_publie(seance) -> tuple[str, str, bytes]:
    """The diary entry of somebody who is not asked to answer."""
    return FICHIER, f"{MIME}; method=PUBLISH", ics(seance, publie=True)


def rendez_vous_retire(invitation) -> tuple[str, str, bytes]:
    """What takes the séance out of one diary, to join to a mail."""
    fichier = ics(invitation.seance, invitation=invitation, annulee=True)
    return FICHIER, f"{MIME}; method=CANCEL", fichier


def _annuler(cle, invitation, *, par, **contexte):
    return deposer(
        cle,
        a=[invitation.participant.courriel],
        contexte=_contexte(invitation) | contexte,
        objet=invitation.seance,
        par=par,
        pieces_jointes=[rendez_vous_retire(invitation)],
    )


def annulation(invitation, *, par, motif: str):
    return _annuler("annulation_seance", invitation, par=par, motif=motif)


def retrait(invitation, *, par):
    """One person is no longer invited; the séance goes on for the others."""
    return _annuler("retrait_seance", invitation, par=par)


def delegation(invitation, *, mandant):
    """To the delegate: whom they stand for, and the link that is theirs."""
    contexte = _contexte(invitation) if invitation.seance.debut else _sans_date(invitation)
    contexte |= {
        "mandant": mandant.participant,
        "pouvoir": mandant.delegation == Delegation.POUVOIR,
    }
    pieces = []
    if invitation.seance.debut:
        fichier = ics(invitation.seance, invitation=invitation, lien=contexte["lien"])
        pieces = [(FICHIER, f"{MIME}; method=REQUEST", fichier)]
    return deposer(
        "delegation",
        a=[invitation.participant.courriel],
        contexte=contexte,
        objet=invitation.seance,
        pieces_jointes=pieces,
    )


def _sans_date(invitation) -> dict:
    seance = invitation.seance
    return {
        "participant": invitation.participant,
        "seance": seance,
        "atelier": seance.atelier,
        "service": seance.atelier.service_pilote,
        "lien": lien(chemin(invitation)),
        "debut": None,
        "lieu": lieu_dit(seance),
    }


def delegation_levee(invitation, *, par):
    return deposer(
        "delegation_levee",
        a=[invitation.participant.courriel],
        contexte=_sans_date(invitation),
        objet=invitation.seance,
        par=par,
    )


def delegue_empeche(invitation, *, delegue, genre, par=None):
    """To whoever had named them, and, when nobody may miss them, to the pilot service."""
    contexte = _sans_date(invitation) | {"delegue": delegue.participant, "genre": genre}
    contexte["debut"] = invitation.seance.moment_debut
    if invitation.participant.courriel:
        deposer(
            "delegue_empeche",
            a=[invitation.participant.courriel],
            contexte=contexte,
            objet=invitation.seance,
            par=par,
        )
    atelier = invitation.seance.atelier
    pilotes = comptes_au_travail(atelier).filter(role=Role.SERVICE_ETAT)
    pilotes = list(pilotes.exclude(pk=par.pk if par else None)) if invitation.obligatoire else []
    if pilotes:
        page = reverse("ateliers:invitations", args=[atelier.slug, invitation.seance.pk])
        deposer(
            "delegue_empeche_pilote",
            a=pilotes,
            contexte=contexte | {"lien": lien(page)},
            objet=invitation.seance,
            par=par,
        )


def rendez_vous(invitation) -> tuple[str, str, bytes]:
    """The diary entry to join to a mail."""
    adresse = lien(chemin(invitation))
    fichier = ics(invitation.seance, invitation=invitation, lien=adresse)
    return FICHIER, f"{MIME}; method=REQUEST", fichier


def lettre(invitation, *, par, lot, deja=False):
    """Held in the outbox; the letter and the diary entry are joined when the lot leaves."""
    return deposer(
        "convocation_lettre",
        a=[invitation.participant.courriel],
        contexte=_contexte(invitation) | {"deja": deja},
        objet=invitation,
        par=par,
        lot=lot,
        exclusif=f"convocation-{invitation.seance_id}",
    )


def _programme(version, phrases) -> dict:
    return {
        "seance": version.seance,
        "atelier": version.seance.atelier,
        "service": version.seance.atelier.service_pilote,
        "version": version,
        "phrases": phrases,
    }


def programme_invite(invitation, version, phrases, *, par):
    return _programme_a(
        invitation.participant.courriel,
        _programme(version, phrases) | {"nom": invitation.participant.nom_complet},
        invitation,
        par,
    )


def programme_animateur(courriel, version, phrases, *, par, invitation=None):
    """`invitation`: that of a facilitator who is a guest too."""
    salut = invitation.participant.nom_complet if invitation else ""
    contexte = _programme(version, phrases) | {"nom": "", "salut": salut}
    return _programme_a(courriel, contexte, invitation, par)


def _programme_a(courriel, contexte, invitation, par):
    agenda = invitation.agenda if invitation else ""
    # A facilitator's mail is not a guest's: no link of theirs in it.
    contexte.setdefault("salut", contexte["nom"])
    contexte |= {"lien": lien(chemin(invitation)) if contexte["nom"] else "", "agenda": agenda}
    return deposer(
        "programme_publie",
        a=[courriel],
        contexte=contexte,
        objet=contexte["seance"],
        par=par,
        pieces_jointes=[rendez_vous(invitation)] if agenda == AGENDA_JOINT else [],
    )
