"""What waits on somebody in this app; the dashboard collects it, atelier by atelier."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage.domaine.visas import attendus_de
from ateliers.carnet.domaine import attentes as lues
from ateliers.carnet.domaine.parcours import parcours_de_plusieurs
from ateliers.livrables.domaine.ouverture import a_ouvrir
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
# What each kind asks of the State service, then of the team; the page where it is done.
VERBES = {
    lues.PLIS: ("Ouvrir les plis", "", "marche"),
    lues.NOTE: ("Noter l’offre", "", "offre"),
    lues.SERVICE_FAIT: ("Constater le service fait", "", "jalon_service_fait"),
    lues.REPONDRE: ("Répondre au sondage", "Répondre au sondage", "sondage_ma_reponse"),
    lues.DATE: ("Retenir une date", "", "sondage"),
    lues.RELANCER: ("Relancer, faute de délégué", "", "invitations"),
    lues.CR: ("Obtenir le compte rendu", "Écrire le compte rendu", "compte_rendu"),
    lues.CR_A_PUBLIER: ("Publier le compte rendu", "", "compte_rendu"),
    lues.RESERVES: ("Faire lever les réserves", "Lever les réserves", "livrables"),
    lues.CAHIER_A_ENVOYER: ("Envoyer le cahier des charges aux équipes", "", "cahier_version"),
    lues.CAHIER_A_REPRENDRE: ("Reprendre le cahier des charges", "", "cahier"),
    "livrable-depose": ("Relire le livrable", "", "livrables"),
    "livrable-refuse": ("", "Reprendre le livrable", "livrables"),
    "livrable-attendu": ("Obtenir le livrable", "Déposer le livrable", "livrables"),
}
# What the line of an atelier reads of its séances.
LUES = ("genre", "titre", "etat", "ordre", "etape_type", "estime_le", "debut_prevu", "fin_prevu")
LUES += ("debut_reel", "fin_reelle", "fuseau", "atelier__nom", "atelier__slug")
AVEC_NUMERO = (
    "offre",
    "invitations",
    "jalon_service_fait",
    "sondage",
    "sondage_ma_reponse",
    "compte_rendu",
    "cahier_version",
)
# Their day says since when they wait, not until when.
DEPUIS = (lues.CAHIER_A_ENVOYER, lues.CAHIER_A_REPRENDRE)


def a_traiter(utilisateur) -> list[Tache]:
    return tout(utilisateur)[0]


def a_venir(utilisateur) -> list[Tache]:
    return tout(utilisateur)[1]


def tout(utilisateur) -> tuple[list[Tache], list[Tache]]:
    """What waits on somebody, then what comes: the rooms are read once for both."""
    taches, vivants = [], []
    if utilisateur.role in (Role.SERVICE_ETAT, Role.DGALN):
        taches += _visas(utilisateur)
    if utilisateur.role == Role.SERVICE_ETAT and utilisateur.organisme_id:
        taches += _a_ouvrir(utilisateur)
        vivants = _vivants(utilisateur)
    attentes = lues.attentes(utilisateur)
    if utilisateur.role == Role.DGALN:  # reads the séances of all along with the rest
        proches = [a for a in attentes if a.genre == lues.SEANCE]
    else:
        seances = _seances(utilisateur, vivants)
        taches += _etapes(vivants, seances)
        proches = _proches(seances)
    venir, aujourd_hui = _a_venir(proches), timezone.localdate()
    for attente in attentes:
        if tache := _attente(attente, utilisateur):
            prochaine = attente.genre == "livrable-attendu" and attente.jour >= aujourd_hui
            (venir if prochaine else taches).append(tache)
    return taches, venir


def _attente(attente, utilisateur) -> Tache | None:
    """The task of one row, or nothing when it waits on the other side."""
    if attente.genre == lues.ENVOI:
        adresse = reverse("courriels:lot", args=[attente.cle])
        return Tache("Relire et envoyer", attente.objet, adresse, depuis=attente.jour)
    if attente.genre not in VERBES:
        return None
    du_service, de_l_equipe, page = VERBES[attente.genre]
    verbe = de_l_equipe if utilisateur.role == Role.EQUIPE else du_service
    if not verbe:
        return None
    numero = [attente.cle] if page in AVEC_NUMERO else []
    url = reverse(f"ateliers:{page}", args=[attente.slug, *numero])
    if page == "livrables":
        url += f"#livrable-{attente.cle}"
    depuis = attente.jour if attente.genre in DEPUIS else None
    # A text handed in is the reader's turn: its day was the team's.
    sans_terme = depuis or attente.genre == "livrable-depose"
    return Tache(
        verbe,
        attente.objet,
        url,
        depuis=depuis,
        echeance=None if sans_terme else attente.jour,
        groupe=attente.nom,
    )


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
            "Cahier des charges",
            reverse(
                "ateliers:cahier_version",
                args=[visa.version.cahier.atelier.slug, visa.version.numero],
            ),
            depuis=visa.demande_le,
            groupe=visa.version.cahier.atelier.nom,
        )
        for visa in attendus_de(utilisateur)
    ]


def _vivants(utilisateur) -> list[Atelier]:
    """The ateliers of this service that go on."""
    siens = Atelier.objects.filter(service_pilote=utilisateur.organisme_id, etat__in=VIVANTS)
    return list(siens.only("nom", "slug", "etat", "ouvert_le").order_by("pk"))


def _bientot() -> Q:
    maintenant = timezone.now()
    return Q(etat__in=DATEES, debut_prevu__gte=maintenant, debut_prevu__lte=maintenant + HORIZON)


def _seances(utilisateur, vivants) -> list[Seance]:
    """All those of the ateliers that one pilots, and those that come in what one works on."""
    siennes = Q(atelier__in=[a.pk for a in vivants])
    proches = _bientot() & Q(atelier__in=visibles_par(utilisateur).values("pk"))
    lues = Seance.objects.filter(siennes | proches).select_related("atelier")
    return list(lues.only(*LUES).order_by("ordre", "pk"))


def _etapes(ateliers, seances):
    taches, lignes = [], parcours_de_plusieurs(ateliers, seances)
    for atelier in ateliers:
        courante = lignes[atelier.pk].courante
        if courante is None:
            continue
        taches.append(
            Tache(
                _verbe(courante),
                courante.titre,
                courante.url or reverse("ateliers:espace", args=[atelier.slug]),
                echeance=courante.jour if courante.precis else None,
                depuis=None if courante.precis else atelier.ouvert_le,
                groupe=atelier.nom,
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


def _proches(seances) -> list[lues.Attente]:
    """Those of the next 30 days, among séances read already."""
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
    return [
        lues.Attente(lues.SEANCE, s.atelier.nom, s.atelier.slug, s.titre, s.pk, s.debut.date())
        for s in proches
    ]


def _a_venir(proches) -> list[Tache]:
    """Séances of the next 30 days; beyond ten, the calendar says them better."""
    taches = [
        Tache(
            "Voir la séance",
            seance.objet,
            reverse("ateliers:seance", args=[seance.slug, seance.cle]),
            echeance=seance.jour,
            groupe=seance.nom,
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
        echeance=premiere.jour,
        nombre=nombre,
        groupe="Autres ateliers",
    )
