"""All that the page of a séance shows, in three times."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ateliers.calendrier.domaine.requetes import (
    adresse_du_sondage,
    calendriers_retenus,
)
from ateliers.contributions.models import Contribution
from ateliers.livrables.models import CompteRendu, Livrable
from ateliers.parcours.droits import visibles_par
from ateliers.parcours.models import Atelier
from ateliers.participants.domaine.dates import corrigeable_lue
from ateliers.participants.domaine.equilibre import avec_quorums
from ateliers.participants.domaine.equilibre import lire as lire_equilibre
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.conditions import OUVERTS, manques_programmer, manques_tenir
from ateliers.seances.domaine.preparation import fin_sequence
from ateliers.seances.models import Seance
from ateliers.sondages.choix import EtatSondage
from ateliers.sondages.domaine.sondages import SONDABLES
from ateliers.sondages.models import Sondage
from candidatures.dispositifs.choix import GenreSeance
from socle.groupage import Partie, remplir
from socle.territoires.models import Perimetre

PARTIES = (Partie("sequences"), Partie("glissements", avec=("par",)))
PREVUES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)


def _sequences(seance):
    lignes = list(seance.sequences.all())
    for ligne in lignes:
        ligne.fin = fin_sequence(ligne)
    return lignes


def trouver_seance(utilisateur, slug, pk):
    """The séance with all that its page counts, among those one may see: one query."""
    contributions = Contribution.objects.filter(seance=OuterRef("pk")).order_by()
    nombre = contributions.values("seance").annotate(n=Count("pk")).values("n")
    seances = Seance.objects.select_related(
        "atelier__dispositif",
        "atelier__perimetre",
        "atelier__service_pilote",
        "atelier__candidature",
        "salle",
    ).annotate(nombre_contributions=Coalesce(Subquery(nombre), 0))
    visibles = visibles_par(utilisateur).values("pk")
    seances = _avec_noms(_avec_sondage(avec_quorums(seances)))
    seance = get_object_or_404(seances, atelier__in=visibles, atelier__slug=slug, pk=pk)
    seance.atelier.departements_lus = seance.departements_lus
    remplir([seance], PARTIES)
    return seance


def _avec_noms(seances):
    """The carriers by name, the départements by code, the dates of the report: no query."""
    porteurs = Atelier.porteurs.through.objects.filter(atelier=OuterRef("atelier"))
    ecrits = CompteRendu.objects.filter(seance=OuterRef("pk"))
    liens = Perimetre.departements.through.objects.filter(perimetre=OuterRef("atelier__perimetre"))
    return seances.annotate(
        porteurs_lus=ArraySubquery(porteurs.order_by("organisme__nom").values("organisme__nom")),
        compte_rendu_lu=Subquery(ecrits.values("pk")),
        compte_rendu_publie_le=Subquery(ecrits.values("publie_le")),
        departements_lus=ArraySubquery(liens.order_by("departement").values("departement")),
    )


def _avec_sondage(seances):
    """The poll to read (the open one, else the last) and the calendar kept: no query."""
    # « ouvert », « clos », « annule »: the open one comes first in this order.
    sondages = Sondage.objects.filter(seance=OuterRef("pk")).order_by("-etat", "-pk")
    retenus = calendriers_retenus().filter(
        Q(atelier=OuterRef("atelier")) | Q(session=OuterRef("atelier__candidature__appel__session"))
    )
    retenus = retenus.order_by("-pk")
    return seances.annotate(
        sondage_lu=Subquery(sondages.values("pk")[:1]),
        sondage_etat=Subquery(sondages.values("etat")[:1]),
        calendrier_lu=Subquery(retenus.values("resultat")[:1]),
        calendrier_numero=Subquery(retenus.values("retenue")[:1]),
        calendrier_demande=Subquery(retenus.values("parametres")[:1]),
    )


def _sondage(seance, ouverte) -> dict:
    en_cours = seance.sondage_etat == EtatSondage.OUVERT
    sondable = ouverte and not en_cours and seance.etat in SONDABLES
    return {
        "sondage": seance.sondage_lu,
        "sondage_etat": EtatSondage(seance.sondage_etat).label if seance.sondage_etat else "",
        "sondable": sondable,
        "creneaux_proposes": adresse_du_sondage(
            seance, seance.calendrier_lu, seance.calendrier_demande, seance.calendrier_numero
        )
        if sondable and seance.calendrier_numero
        else "",
    }


def lire_seance(seance) -> dict:
    ouverte = seance.atelier.etat in OUVERTS
    prevue = seance.etat in PREVUES
    a_programmer = seance.etat == EtatSeance.A_PROGRAMMER
    manques = manques_tenir(seance) if prevue else []
    if a_programmer:
        manques = manques_programmer(seance)
    equilibre = lire_equilibre(seance)
    glissements = list(seance.glissements.all())
    for glissement in glissements:
        glissement.seance = seance
    return {
        "atelier": seance.atelier,
        "seance": seance,
        "sequences": _sequences(seance),
        "glissements": glissements,
        "equilibre": equilibre,
        "contributions": seance.nombre_contributions,
        "compte_rendu": seance.compte_rendu_lu and {"publie_le": seance.compte_rendu_publie_le},
        "relecteurs": [str(seance.atelier.service_pilote), *seance.porteurs_lus],
        "livrables": Livrable.objects.filter(seance=seance),
        "manques": manques if ouverte else [],
        "programmable": a_programmer and ouverte,
        **_sondage(seance, ouverte),
        "echue": prevue and seance.fin <= timezone.now(),
        "reportable": prevue and ouverte,
        "corrigeable": ouverte and corrigeable_lue(seance, glissements, equilibre.convoques),
        "sans_presence": prevue and not equilibre.pointes,
        "tenue": seance.etat == EtatSeance.TENUE,
        "modifiable": ouverte and seance.etat != EtatSeance.ANNULEE,
        "annulable": ouverte
        and (prevue or a_programmer)
        and seance.genre not in (GenreSeance.ATELIER, GenreSeance.RESTITUTION),
    }
