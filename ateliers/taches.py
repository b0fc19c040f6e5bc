"""What waits on somebody in this app; the dashboard collects it."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage.domaine.visas import a_reprendre_ou_envoyer, attendus_de
from ateliers.carnet.domaine.parcours import parcours_de_plusieurs
from ateliers.livrables.choix import EtatLivrable
from ateliers.livrables.domaine.ouverture import a_ouvrir
from ateliers.livrables.models import Livrable
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import visibles_par
from ateliers.parcours.models import Atelier
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from socle.comptes.choix import Role
from socle.interface.taches import PLAFOND, Tache, plafonner, suite

VIVANTS = (EtatAtelier.CADRAGE, EtatAtelier.EN_COURS, EtatAtelier.RESTITUTION)
DATEES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)
HORIZON = timedelta(days=30)


def a_traiter(utilisateur) -> list[Tache]:
    return tout(utilisateur)[0]


def a_venir(utilisateur) -> list[Tache]:
    return tout(utilisateur)[1]


def tout(utilisateur) -> tuple[list[Tache], list[Tache]]:
    """For the pilot: openings, next steps, livrables to read; for the team: its livrables; then
    the séances of the next thirty days. The séances of both are read at once."""
    taches, pilotes = [], []
    if utilisateur.role in (Role.SERVICE_ETAT, Role.DGALN):
        taches += _visas(utilisateur)
    if utilisateur.role == Role.SERVICE_ETAT:
        taches += _cahiers(utilisateur) + _a_ouvrir(utilisateur)
        pilotes = _pilotes(utilisateur)
    vivants = [a for a in pilotes if a.etat in VIVANTS]
    seances = _seances(utilisateur, vivants)
    taches += _etapes(vivants, seances) + _livrables_deposes(pilotes)
    if utilisateur.role == Role.EQUIPE:
        taches += _livrables_refuses(utilisateur)
    return taches, _a_venir(seances)


def _a_ouvrir(utilisateur):
    candidatures = a_ouvrir().filter(service_pilote=utilisateur.organisme_id)
    url = reverse("ateliers:ouvrables")
    return plafonner(
        candidatures.only("titre").order_by("pk"),
        lambda c: Tache("Ouvrir l’atelier", c.titre, url),
        lambda nombre: Tache("Ouvrir un atelier", suite(nombre), url, nombre=nombre),
    )


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


def _pilotes(utilisateur) -> list[Atelier]:
    """The ateliers of this service, with the titles of the livrables that wait to be read."""
    deposes = Livrable.objects.filter(atelier=OuterRef("pk"), etat=EtatLivrable.DEPOSE)
    return list(
        visibles_par(utilisateur)
        .filter(service_pilote=utilisateur.organisme_id)
        .annotate(a_relire=ArraySubquery(deposes.order_by("pk").values("titre")))
        .order_by("pk")
    )


def _bientot() -> Q:
    maintenant = timezone.now()
    return Q(etat__in=DATEES, debut_prevu__gte=maintenant, debut_prevu__lte=maintenant + HORIZON)


def _seances(utilisateur, vivants) -> list[Seance]:
    """All those of the ateliers that one pilots, and those that come in what one works on."""
    siennes = Q(atelier__in=[a.pk for a in vivants])
    proches = _bientot() & Q(atelier__in=visibles_par(utilisateur).values("pk"))
    return list(
        Seance.objects.filter(siennes | proches).select_related("atelier").order_by("ordre", "pk")
    )


def _etapes(ateliers, seances):
    taches, lignes = [], parcours_de_plusieurs(ateliers, seances)
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


def _livrable(verbe, titre, atelier) -> Tache:
    return Tache(
        verbe, f"{titre} – {atelier.nom}", reverse("ateliers:livrables", args=[atelier.slug])
    )


def _livrables_deposes(ateliers):
    return [_livrable("Relire le livrable", t, a) for a in ateliers for t in a.a_relire]


def _livrables_refuses(utilisateur):
    lignes = Livrable.objects.filter(
        atelier__in=visibles_par(utilisateur), etat=EtatLivrable.REFUSE
    ).select_related("atelier")
    return [_livrable("Reprendre le livrable", x.titre, x.atelier) for x in lignes.order_by("pk")]


def _a_venir(seances) -> list[Tache]:
    """Séances of the next 30 days; beyond ten, the calendar says them better."""
    maintenant = timezone.now()
    proches = sorted(
        (
            s
            for s in seances
            if s.etat in DATEES
            and s.debut_prevu
            and maintenant <= s.debut_prevu <= maintenant + HORIZON
        ),
        key=lambda s: (s.debut_prevu, s.pk),
    )
    taches = [
        Tache(
            "Voir la séance",
            f"{seance.titre} – {seance.atelier.nom}",
            reverse("ateliers:seance", args=[seance.atelier.slug, seance.pk]),
            echeance=seance.debut.date(),
        )
        for seance in proches[:PLAFOND]
    ]
    if len(proches) > PLAFOND:
        taches.append(_autres_seances(len(proches) - PLAFOND, proches[PLAFOND]))
    return taches


def _autres_seances(nombre, premiere) -> Tache:
    accord = "s" if nombre > 1 else ""
    return Tache(
        "Voir le calendrier",
        f"{nombre} autre{accord} séance{accord}",
        f"{reverse('ateliers:calendrier')}?vue=liste",
        echeance=premiere.debut.date(),
        nombre=nombre,
    )
