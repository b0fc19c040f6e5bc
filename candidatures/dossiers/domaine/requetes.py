"""Reads of the candidatures: lists, one dossier, its pieces."""

from __future__ import annotations

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.domaine.fenetre import ne_se_depose_plus
from candidatures.dossiers.models import Candidature, Portage
from socle.groupage import Partie
from socle.territoires.models import Millesime

SUITES = {
    E.BROUILLON: ("Compléter le dossier, puis le déposer", "les porteurs"),
    E.DEPOSEE: ("Examiner la recevabilité", "la DGALN"),
    E.A_COMPLETER: ("Transmettre les compléments demandés", "les porteurs"),
    E.RECEVABLE: ("Mettre en évaluation", "la DGALN"),
    E.EN_EVALUATION: ("Recueillir les avis et les évaluations", "la DGALN"),
    E.PRESELECTIONNEE: ("Décider", "la DGALN"),
    E.EN_RESERVE: ("Attendre un désistement", "la DGALN"),
    E.RETENUE: ("Ouvrir l’atelier", "le service pilote"),
}


def suite(candidature: Candidature) -> tuple[str, str]:
    """The next step, and who must take it (empty when the road ends)."""
    if ne_se_depose_plus(candidature):
        return ("Recommencer dans un autre appel\u00a0: celui-ci est clos", "les porteurs")
    return SUITES.get(candidature.etat, ("", ""))


def pour_liste(candidatures):
    """With all that a row shows, in a fixed number of queries."""
    return candidatures.select_related(
        "appel__dispositif", "perimetre", "service_pilote"
    ).prefetch_related(
        "perimetre__departements",
        Prefetch("portages", queryset=Portage.objects.select_related("organisme")),
    )


PARTIES = (
    Partie("perimetre__departements", avec=("region",)),
    Partie("perimetre__communes"),
    Partie("perimetre__epcis"),
    Partie("perimetre__zones"),
    Partie("perimetre__etats"),
    Partie("emprises"),
    Partie("portages", avec=("organisme",)),
    Partie("coauteurs"),
    Partie("copilotages", avec=("organisme",)),
    Partie("designations", avec=("organisme",)),
    Partie("deports"),
    Partie("sections"),
    Partie("rubriques"),
    Partie("ressources"),
    Partie("projets"),
    Partie("schemas"),
    Partie("acteurs"),
    Partie("themes"),
    Partie("appel__dispositif__pieces"),
    Partie("versions", sans=("contenu",)),
    Partie("reponses"),
    Partie("formulaire__questions"),
    Partie("formulaire__pieces"),
    Partie("pieces", avec=("piece_requise",), ou="t.active"),
)


def ligne_du_dossier(candidatures):
    """What is only one of, for the page of a dossier."""
    millesime = Millesime.objects.filter(pk=OuterRef("perimetre__millesime")).order_by()
    return candidatures.select_related(
        "appel__dispositif", "perimetre", "service_pilote", "formulaire", "repere"
    ).annotate(source_millesime=Subquery(millesime.values("source")))


def pour_dossier(candidatures):
    """With all that the page of a dossier shows, in two queries."""
    return ligne_du_dossier(candidatures).grouper(*PARTIES)


def par_reference(candidatures, reference: str):
    return candidatures.filter(reference=reference)


def organismes_invitables(candidature: Candidature):
    """State services and collectivités that do not carry it yet."""
    from candidatures.dossiers.domaine.creation import COLLECTIVITES, SERVICES_ETAT
    from socle.comptes.models import Organisme

    deja = [p.organisme_id for p in candidature.portages.all()]
    return (
        Organisme.objects.filter(nature__in=(*SERVICES_ETAT, *COLLECTIVITES))
        .exclude(pk__in=[*deja, candidature.service_pilote_id or 0])
        .order_by("nom")
    )


def organismes(cles: set[int]):
    from socle.comptes.models import Organisme

    return list(Organisme.objects.filter(pk__in=cles).order_by("nom"))


def sans_compte(organismes: set[int]):
    """Those of these organisations where nobody has an open account."""
    from socle.comptes.models import Organisme, Utilisateur

    actifs = Utilisateur.objects.filter(is_active=True).values("organisme_id")
    return list(Organisme.objects.filter(pk__in=organismes).exclude(pk__in=actifs).order_by("nom"))


def coauteurs(candidature: Candidature):
    """Those invited and not removed, with where they stand."""
    return (
        candidature.coauteurs.filter(revoque_le__isnull=True)
        .select_related("utilisateur__organisme", "organisme", "invite_par")
        .annotate(expiree=Q(accepte_le__isnull=True, expire_le__lte=timezone.now()))
    )


def visas(candidature: Candidature):
    return candidature.visas.select_related("organisme", "par")


def auteurs(candidature: Candidature):
    """Every account that may write it, to choose who deposits."""
    from candidatures.dossiers.droits import membres
    from socle.comptes.models import Utilisateur

    ecrivains = [personne.pk for personne in membres(candidature)]
    return Utilisateur.objects.filter(pk__in=ecrivains).select_related("organisme")
