"""Reads across participants and invitations, for this room and those above."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Max, Q, Subquery, When

from ateliers.participants.choix import NE_VIENNENT_PAS, Presence, Reponse
from ateliers.participants.models import Invitation, Participant
from candidatures.dispositifs.choix import College

NOMS_DITS = 6


@dataclass(frozen=True)
class LigneBilan:
    college: str
    libelle: str
    invites: int
    viennent: int
    presents: int
    convoques: int = 0
    pointes: int = 0


def invitations_de(seance):
    """Invitations of a séance with their participant, by name."""
    return Invitation.objects.filter(seance=seance).select_related("participant__organisme")


def bilan(seance) -> list[LigneBilan]:
    """Balance of the colleges: invited, coming, present. One query; colleges with nobody stay."""
    return compter(invitations_de(seance).order_by())


def compter(invitations) -> list[LigneBilan]:
    """The same, from invitations already read with their participant.

    Heads are counted: somebody represented and their representative are one person in the room,
    in the college of the one who is there.
    """
    invitations = list(invitations)
    comptes = {valeur: Counter() for valeur in College.values}
    for i in invitations:
        comptes[i.participant.college].update(
            invites=1,
            viennent=int(i.reponse == Reponse.ACCEPTE),
            convoques=int(i.convoque_le is not None),
            pointes=int(i.presence != ""),
        )
    for tete in tetes(invitations):
        comptes[tete.participant.college]["presents"] += 1
    champs = ("invites", "viennent", "presents", "convoques", "pointes")
    return [
        LigneBilan(
            college=valeur, libelle=libelle, **{champ: comptes[valeur][champ] for champ in champs}
        )
        for valeur, libelle in College.choices
    ]


def tetes(invitations) -> list[Invitation]:
    """Who sits in the room, each once: by number, else by the name written on the sheet."""
    par_cle = {i.pk: i for i in invitations}
    par_nom = {i.participant.nom_complet.casefold(): i for i in invitations}
    la = {}
    for i in invitations:
        if i.presence == Presence.PRESENT:
            la[i.pk] = i
        elif i.presence == Presence.REPRESENTE:
            qui = par_cle.get(i.delegue_id) or par_nom.get(i.represente_par.strip().casefold(), i)
            la[qui.pk] = qui
    return list(la.values())


def nombre_de_presents(seance) -> int:
    return len(tetes(list(invitations_de(seance).order_by())))


def par_college(atelier) -> list[tuple[str, str, int]]:
    """(value, label, number of participants) for each college."""
    comptes = Counter(
        Participant.objects.filter(atelier=atelier).order_by().values_list("college", flat=True)
    )
    return [(valeur, libelle, comptes[valeur]) for valeur, libelle in College.choices]


def dernier_report(seance):
    """When the séance was last moved: whoever was convoked before must be again."""
    return seance.glissements.aggregate(quand=Max("le"))["quand"]


def perimes(seance) -> Q:
    """Those who hold a convocation that no longer says what will happen."""
    reports = seance.glissements.order_by("-le").values("le")[:1]
    perime = Q(sequence_recue__lt=seance.sequence_contenu) | Q(convoque_le__lt=Subquery(reports))
    return Q(convoque_le__isnull=False) & perime


def invitations_lues(seance):
    """The same, each telling whether its diary is late (`perime`)."""
    perime = Case(When(perimes(seance), then=True), default=False, output_field=BooleanField())
    return invitations_de(seance).annotate(perime=perime)


def a_prevenir(seance):
    """The convoked people with an address whose diary is late on the séance."""
    return invitations_de(seance).filter(perimes(seance)).exclude(participant__courriel="")


def a_convoquer(seance):
    """Invited people with an address who don't know what now holds, or nothing at all."""
    sans_nouvelle = Q(convoque_le__isnull=True) | perimes(seance)
    return invitations_de(seance).filter(sans_nouvelle).exclude(participant__courriel="")


def attend_sa_lettre(invitation) -> bool:
    """The rule of `a_ecrire`, for invitations that a page has read (`invitations_lues`)."""
    i = invitation
    convoquee = bool(i.convoque_le and not i.perime and i.participant.courriel)
    return convoquee and i.lettre_le is None and i.reponse not in NE_VIENNENT_PAS


def a_ecrire(seance):
    """Those whom a plain mail convoked, up to date, still without the letter of the State."""
    sues = invitations_lues(seance).filter(
        perime=False, convoque_le__isnull=False, lettre_le__isnull=True
    )
    return sues.exclude(participant__courriel="").exclude(reponse__in=NE_VIENNENT_PAS)


def sans_adresse(seance):
    """Invited people who must be told some other way."""
    return invitations_de(seance).filter(participant__courriel="")


def a_joindre_autrement(seance):
    """Those whom no mail reaches, and who don't know what now holds: by letter, or by telephone."""
    sans_nouvelle = Q(convoque_le__isnull=True) | perimes(seance)
    return sans_adresse(seance).filter(sans_nouvelle).exclude(reponse__in=NE_VIENNENT_PAS)


def enumerer(noms) -> str:
    """« A, B et C »; beyond a few, how many more."""
    noms = list(noms)
    if len(noms) > NOMS_DITS:
        noms = [*noms[: NOMS_DITS - 1], f"{len(noms) - NOMS_DITS + 1}\u00a0autres"]
    *debut, dernier = noms
    return f"{', '.join(debut)} et {dernier}" if debut else dernier


def phrase_sans_courriel(invitations, quoi: str = "une lettre de convocation") -> str:
    """What is left to do for them, after a sending; nothing when everybody was written to."""
    noms = [i.participant.nom_complet for i in invitations]
    if not noms:
        return ""
    return (
        f" Sans adresse électronique, donc pas encore au courant\u00a0: {enumerer(noms)}. "
        f"Postez {quoi} depuis «\u00a0Lettres de convocation\u00a0», ou téléphonez."
    )


def presence_notee(seance) -> bool:
    """True once somebody was noted as present, represented or absent."""
    return invitations_de(seance).exclude(presence="").exists()
