"""What waits on somebody in this app; the dashboard collects it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage.domaine.visas import a_reprendre_ou_envoyer, attendus_de
from ateliers.carnet.domaine.parcours import parcours_de_plusieurs
from ateliers.livrables.choix import EtatLivrable
from ateliers.livrables.domaine.ouverture import a_ouvrir
from ateliers.livrables.models import Livrable
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import visibles_par
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from socle.comptes.choix import Role
from socle.interface.taches import Tache

VIVANTS = (EtatAtelier.CADRAGE, EtatAtelier.EN_COURS, EtatAtelier.RESTITUTION)
HORIZON = timedelta(days=30)


def a_traiter(utilisateur) -> list[Tache]:
    """For the pilot: openings, next steps, livrables to read. For the team: its livrables."""
    taches = []
    if utilisateur.role in (Role.SERVICE_ETAT, Role.DGALN):
        taches += _visas(utilisateur)
    if utilisateur.role == Role.SERVICE_ETAT:
        taches += _cahiers(utilisateur)
        taches += _a_ouvrir(utilisateur) + _etapes(utilisateur) + _livrables(utilisateur, "depose")
    if utilisateur.role == Role.EQUIPE:
        taches += _livrables(utilisateur, "attendu")
    return taches


def _a_ouvrir(utilisateur):
    candidatures = a_ouvrir().filter(service_pilote=utilisateur.organisme_id)
    url = reverse("ateliers:ouvrables")
    return [Tache("Ouvrir l’atelier", c.titre, url) for c in candidatures.order_by("pk")]


def _visas(utilisateur):
    """The cahiers des charges that wait for this person's visa."""
    return [
        Tache(
            "Donner le visa",
            f"Cahier des charges – {visa.version.cahier.atelier.nom}",
            reverse(
                "ateliers:cahier_version",
                args=[visa.version.cahier.atelier.slug, visa.version.numero],
            ),
            depuis=visa.demande_le,
        )
        for visa in attendus_de(utilisateur)
    ]


def _cahiers(utilisateur):
    """For the pilot: a text to mend after a refusal, a version ready to leave."""
    return [
        Tache(
            "Envoyer le cahier des charges aux équipes"
            if version.caduque_le is None
            else "Reprendre le cahier des charges",
            version.cahier.atelier.nom,
            reverse("ateliers:cahier_version", args=[version.cahier.atelier.slug, version.numero])
            if version.caduque_le is None
            else reverse("ateliers:cahier", args=[version.cahier.atelier.slug]),
            depuis=version.caduque_le or version.cahier.valide_le,
        )
        for version in a_reprendre_ou_envoyer(utilisateur.organisme_id)
    ]


def _etapes(utilisateur):
    ateliers = list(
        visibles_par(utilisateur)
        .filter(service_pilote=utilisateur.organisme_id, etat__in=VIVANTS)
        .order_by("pk")
    )
    taches, lignes = [], parcours_de_plusieurs(ateliers)
    for atelier in ateliers:
        courante = lignes[atelier.pk].courante
        if courante is None:
            continue
        taches.append(
            Tache(
                _verbe(courante),
                f"{courante.titre} – {atelier.nom}",
                reverse("ateliers:espace", args=[atelier.slug]),
                echeance=courante.jour if courante.precis else None,
                depuis=None if courante.precis else atelier.ouvert_le,
            )
        )
    return taches


def _verbe(etape) -> str:
    if etape.seance is None:
        return "Mener l’étape"
    if etape.seance.etat == EtatSeance.A_PROGRAMMER:
        return "Programmer la séance"
    passee = etape.seance.fin and etape.seance.fin < timezone.now()
    return "Déclarer la séance tenue" if passee else "Préparer la séance"


def _livrables(utilisateur, etat):
    etats = [EtatLivrable.DEPOSE] if etat == "depose" else [EtatLivrable.REFUSE]
    verbe = "Relire le livrable" if etat == "depose" else "Reprendre le livrable"
    lignes = Livrable.objects.filter(
        atelier__in=visibles_par(utilisateur), etat__in=etats
    ).select_related("atelier")
    if etat == "depose":
        lignes = lignes.filter(atelier__service_pilote=utilisateur.organisme_id)
    return [
        Tache(
            verbe,
            f"{livrable.titre} – {livrable.atelier.nom}",
            reverse("ateliers:livrables", args=[livrable.atelier.slug]),
        )
        for livrable in lignes.order_by("pk")
    ]


def a_venir(utilisateur) -> list[Tache]:
    """Séances of the next 30 days in the ateliers that one works on."""
    maintenant = timezone.now()
    seances = (
        Seance.objects.filter(
            atelier__in=visibles_par(utilisateur),
            etat__in=[EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE],
            debut_prevu__gte=maintenant,
            debut_prevu__lte=maintenant + HORIZON,
        )
        .select_related("atelier")
        .order_by("debut_prevu", "pk")
    )
    return [
        Tache(
            "Voir la séance",
            f"{seance.titre} – {seance.atelier.nom}",
            reverse("ateliers:seance", args=[seance.atelier.slug, seance.pk]),
            echeance=seance.debut.date(),
        )
        for seance in seances
    ]
