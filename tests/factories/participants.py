"""A séance of an atelier, and people to invite to it.

Atelier and séance belong to lower rooms: they are laid directly in the wanted state. Participants
and invitations come from the verbs.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from ateliers.parcours.models import Atelier
from ateliers.participants.domaine import invitations, participants
from ateliers.seances.models import Seance
from candidatures.appels.models import Appel
from candidatures.dispositifs.models import Dispositif
from candidatures.dossiers.models import Candidature
from socle.comptes.models import Utilisateur
from socle.territoires.domaine import creer_perimetre
from socle.territoires.models import Commune

_RANG = count(1)
DEBUT = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
PERSONNES = [
    ("Jeanne", "Martin", "jeanne.martin@exemple.fr", "elus", "Commune de Doullens", "Maire"),
    ("Karim", "Benali", "karim.benali@exemple.fr", "associations", "Les Amis de l’Authie", ""),
    ("Lucie", "Petit", "", "habitants", "", ""),
]


def faire_atelier(distribution) -> Atelier:
    rang = next(_RANG)
    dispositif = Dispositif.objects.get(code="local")
    appel = Appel.objects.create(
        dispositif=dispositif,
        titre=f"Appel {rang}",
        slug=f"appel-participants-{rang}",
        presentation="Au fil de l’eau.",
        ouvre_le=datetime(2026, 1, 1, tzinfo=UTC),
        etat="publie",
    )
    doullens = Commune.objects.get(code="80253")
    perimetre = creer_perimetre(nom="Doullens", communes=[doullens])
    candidature = Candidature.objects.create(
        reference=f"CAN-P-{rang:04d}",
        appel=appel,
        titre="Revitaliser Doullens",
        perimetre=perimetre,
        service_pilote=distribution.ddt.organisme,
        cree_par=distribution.ddt,
    )
    atelier = Atelier.objects.create(
        reference=f"AT-P-{rang:03d}",
        nom="Doullens, la vallée retrouvée",
        slug=f"doullens-{rang}",
        candidature=candidature,
        dispositif=dispositif,
        perimetre=perimetre,
        service_pilote=distribution.ddt.organisme,
        etat="en_cours",
        ouvert_le=date(2026, 2, 1),
    )
    atelier.porteurs.add(distribution.collectivite.organisme)
    atelier.intervenants.add(distribution.equipe.organisme)
    return atelier


def faire_seance(distribution, *, etat="programmee", atelier=None, **champs) -> Seance:
    atelier = atelier or faire_atelier(distribution)
    dates = {"debut_prevu": DEBUT, "fin_prevu": DEBUT + timedelta(hours=8)}
    if etat == "tenue":
        dates |= {"debut_reel": DEBUT, "fin_reelle": DEBUT + timedelta(hours=8)}
    if etat == "a_programmer":
        dates = {}
    defauts = {"genre": "atelier", "rang": 1, "titre": "Atelier 1", "lieu": "Salle des fêtes"}
    return Seance.objects.create(atelier=atelier, etat=etat, **(dates | defauts | champs))


def faire_participants(distribution, atelier, nombre=3) -> list:
    cles = participants.CHAMPS
    return [
        participants.ajouter_participant(
            atelier=atelier, par=distribution.ddt, **dict(zip(cles, personne, strict=True))
        )
        for personne in PERSONNES[:nombre]
    ]


def faire_compte(courriel: str, organisme, *, prenom="Ada", nom="Roux", role="service_etat"):
    return Utilisateur.objects.create_user(
        courriel, None, prenom=prenom, nom=nom, role=role, organisme=organisme
    )


def elue_de_meme_nom(distribution):
    """(account of the pilot service, participant of its name and organisme without an address)."""
    compte = faire_compte("ada.roux@etat.example", distribution.ddt.organisme)
    elue = participants.ajouter_participant(
        atelier=faire_atelier(distribution),
        par=distribution.ddt,
        prenom="ROUX",
        nom="Ada",
        college="elus",
        organisation=compte.organisme.nom,
    )
    return compte, elue


def faire_invites(distribution, *, etat="programmee", nombre=3, **champs):
    """(séance, invitations), the séance still open when they were invited."""
    seance = faire_seance(distribution, **champs)
    gens = faire_participants(distribution, seance.atelier, nombre)
    invitations.inviter(seance=seance, participants=gens, par=distribution.ddt)
    if etat != "programmee":
        dates = {}
        if etat == "tenue":
            dates = {"debut_reel": seance.debut_prevu, "fin_reelle": seance.fin_prevu}
        Seance.objects.filter(pk=seance.pk).update(etat=etat, **dates)
        seance.refresh_from_db()
    return seance, list(invitations.invitations_de(seance))
