"""The people of one coming séance: answers, a delegate, needs, tables, and a public sign-up."""

from django.utils import timezone

from ateliers.inscriptions.domaine import ouverture, places
from ateliers.participants.domaine import (
    besoins,
    delegations,
    invitations,
    lettres,
    participants,
    tables,
)
from ateliers.participants.models import Invitation, Participant, QuorumCollege
from ateliers.seances.models import Seance
from candidatures.dispositifs.models import Dispositif
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur

QUORUMS = (("elus", 2), ("habitants", 2), ("associations", 1))
PUBLIC = (
    ("Maëlle", "Guérin", "habitants", ""),
    ("Yanis", "Lebrun", "habitants", ""),
    ("Odile", "Fabre", "associations", "Jardins du bourg"),
    ("Hugo", "Marchand", "habitants", ""),
    ("Inès", "Colin", "habitants", ""),
    ("Bastien", "Roy", "socio_economiques", "Menuiserie Roy"),
)
CONDITIONS = {
    "ouvertes": True,
    "capacite": 4,
    "ferment_le": None,
    "delai_heures": 48,
    "accueil": "La soirée est ouverte à toutes et à tous. Venez avec vos souvenirs du bourg.",
    "revision": 0,
}


def jouer() -> None:
    _quorums()
    seance = (
        Seance.objects.filter(
            etat="convoquee", debut_prevu__gt=timezone.now(), atelier__public=True
        )
        .select_related("atelier__service_pilote")
        .order_by("debut_prevu", "pk")
        .first()
    )
    if seance is None:
        return
    pilote = Utilisateur.objects.filter(
        organisme=seance.atelier.service_pilote, role=Role.SERVICE_ETAT
    ).first()
    _repondre(seance, pilote)
    _ouvrir(seance, pilote)
    tables.tirer_tables(seance=seance, nombre=3, par=pilote)
    lettres.ecrire_textes(
        seance=seance,
        par=pilote,
        signataire="Hélène Vasseur",
        qualite="Pour le préfet, la directrice départementale des territoires",
        textes={
            "": "J’ai le plaisir de vous convier à cette séance de travail.\nVotre connaissance "
            "du territoire y est attendue.",
            "habitants": "Vous habitez ou fréquentez ces lieux : votre regard compte autant que "
            "celui des professionnels.\nAucune préparation n’est nécessaire.",
        },
    )


def _quorums() -> None:
    for dispositif in Dispositif.objects.all():
        for college, minimum in QUORUMS:
            QuorumCollege.objects.get_or_create(
                dispositif=dispositif,
                genre="atelier",
                college=college,
                defaults={"minimum": minimum},
            )


def _repondre(seance, pilote) -> None:
    invites = list(Invitation.objects.filter(seance=seance).exclude(participant__courriel=""))
    for rang, invitation in enumerate(invites[:-1]):
        if rang == 1:
            delegations.deleguer(
                invitation,
                genre="suppleant",
                prenom="Solène",
                nom="Barbier",
                courriel="solene.barbier@habitants.example",
            )
        else:
            reponse = "decline" if rang == 4 else "accepte"
            invitations.repondre(invitation, reponse=reponse)
    if invites:
        delegations.marquer_obligatoire(invites[0], obligatoire=True, par=pilote)
        besoins.preparer_venue(
            invites[0], acces="Accès sans marche", repas="Végétarien", accords=["image"]
        )
    premier = Participant.objects.filter(atelier=seance.atelier, college="elus").first()
    if premier:  # the same person, typed again without address nor organisation: a double is told
        double = participants.ajouter_participant(
            atelier=seance.atelier,
            par=pilote,
            prenom=premier.prenom,
            nom=premier.nom.upper(),
            college="elus",
        )
        invitations.inviter(seance=seance, participants=[double], par=pilote)


def _ouvrir(seance, pilote) -> None:
    inscriptions = ouverture.regler(
        seance=seance, par=pilote, quotas={"habitants": 3}, **CONDITIONS
    )
    for rang, (prenom, nom, college, organisation) in enumerate(PUBLIC):
        inscription = places.demander(
            inscriptions=inscriptions,
            prenom=prenom,
            nom=nom,
            courriel=f"public.{rang}@habitants.example",
            college=college,
            organisation=organisation,
        )
        places.confirmer(inscription)
