"""What waits on somebody about a feuille de route, for the dashboard. Constant query count."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import GenreSeance
from restitution.engagement.choix import Cote
from restitution.feuilles.choix import EtatFeuille
from restitution.feuilles.models import FeuilleDeRoute
from restitution.suivi.domaine.requetes import echeances
from socle.comptes.choix import Role
from socle.groupage import Partie, remplir
from socle.interface.taches import Tache

PARTIES = (Partie("signatures"), Partie("points_etape"))
FILTRES = {
    Role.SERVICE_ETAT: "atelier__service_pilote",
    Role.COLLECTIVITE: "atelier__porteurs",
    Role.EQUIPE: "atelier__intervenants",
}


def _feuilles(utilisateur) -> list[FeuilleDeRoute]:
    chemin = FILTRES.get(utilisateur.role)
    if chemin is None or utilisateur.organisme_id is None:
        return []
    feuilles = list(
        FeuilleDeRoute.objects.filter(**{chemin: utilisateur.organisme_id}).select_related(
            "atelier"
        )
    )
    if feuilles:
        remplir(feuilles, PARTIES)
    return feuilles


def a_traiter(utilisateur) -> list[Tache]:
    return _a_traiter(_feuilles(utilisateur), utilisateur)


def a_venir(utilisateur) -> list[Tache]:
    return _a_venir(_feuilles(utilisateur), utilisateur)


def tout(utilisateur) -> tuple[list[Tache], list[Tache]]:
    """Both, for the dashboard: the feuilles are read once."""
    feuilles = _feuilles(utilisateur)
    return _a_traiter(feuilles, utilisateur), _a_venir(feuilles, utilisateur)


def _a_traiter(feuilles, utilisateur) -> list[Tache]:
    if not feuilles:
        return []
    seances = _seances(feuilles)
    taches = []
    for feuille in feuilles:
        taches += _taches(feuille, utilisateur, seances.get(feuille.atelier_id, []))
        taches += [t for t in _points(feuille, utilisateur) if t.en_retard]
    return taches


def _a_venir(feuilles, utilisateur) -> list[Tache]:
    limite = timezone.localdate() + timedelta(days=30)
    return [
        tache
        for feuille in feuilles
        for tache in _points(feuille, utilisateur)
        if not tache.en_retard and tache.echeance <= limite
    ]


def _seances(feuilles) -> dict[int, list[Seance]]:
    genres = Q(genre=GenreSeance.ATELIER) | Q(genre=GenreSeance.RESTITUTION)
    groupes: dict[int, list[Seance]] = {}
    for seance in Seance.objects.filter(genres, atelier__in=[f.atelier_id for f in feuilles]):
        groupes.setdefault(seance.atelier_id, []).append(seance)
    return groupes


def _tenues(seances, genre) -> bool:
    etats = [s.etat for s in seances if s.genre == genre and s.etat != "annulee"]
    return bool(etats) and all(etat == "tenue" for etat in etats)


def _taches(feuille, utilisateur, seances) -> list[Tache]:
    role = utilisateur.role
    verbe, depuis = None, None
    if feuille.etat == EtatFeuille.BROUILLON and _tenues(seances, GenreSeance.ATELIER):
        verbe = {
            Role.SERVICE_ETAT: "Valider techniquement la feuille de route",
            Role.EQUIPE: "Achever la feuille de route",
        }.get(role)
    elif feuille.etat == EtatFeuille.VALIDEE and role == Role.COLLECTIVITE:
        verbe, depuis = "Enregistrer la délibération", feuille.validee_le
    elif feuille.etat == EtatFeuille.APPROUVEE:
        verbe, depuis = _apres_approbation(feuille, role, seances), feuille.approuvee_le
    elif feuille.etat == EtatFeuille.OFFICIALISEE and role == Role.SERVICE_ETAT:
        verbe, depuis = "Publier la feuille de route", feuille.officialisee_le
    if verbe is None:
        return []
    nom = "feuille" if role == Role.EQUIPE else "engagement"
    url = reverse(f"restitution:{nom}", args=[feuille.atelier.slug])
    return [
        Tache(
            verbe=verbe,
            objet=feuille.atelier.nom,
            url=url,
            depuis=depuis,
            groupe=feuille.atelier.nom,
        )
    ]


def _apres_approbation(feuille, role, seances) -> str | None:
    cotes = {signature.cote for signature in feuille.signatures.all()}
    if role == Role.COLLECTIVITE and Cote.ELU not in cotes:
        return "Recueillir les signatures des élus"
    if role == Role.SERVICE_ETAT and Cote.ETAT not in cotes:
        return "Recueillir les signatures de l’État"
    pret = cotes >= {Cote.ELU.value, Cote.ETAT.value} and _tenues(seances, GenreSeance.RESTITUTION)
    return "Officialiser la feuille de route" if pret and role != Role.EQUIPE else None


def _points(feuille, utilisateur) -> list[Tache]:
    if not feuille.suivie or utilisateur.role not in (Role.SERVICE_ETAT, Role.COLLECTIVITE):
        return []
    url = reverse("restitution:suivi", args=[feuille.atelier.slug])
    return [
        Tache(
            verbe=f"Tenir le point d’étape {e.libelle.lower()}",
            objet=feuille.atelier.nom,
            url=url,
            echeance=e.prevue_le,
            groupe=feuille.atelier.nom,
        )
        for e in echeances(feuille)
        if e.point is None
    ]
