"""Reads of the candidatures: lists, one dossier, its pieces."""

from __future__ import annotations

from django.db.models import F, Func, Prefetch, Q, Value
from django.db.models.functions import Lower

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.models import Candidature, Copilotage, Piece, Portage
from socle.territoires.texte import developper, plier

ACCENTS = ("àâäáãçéèêëîïíôöóõùûüúÿñ-'’", "aaaaaceeeeiiioooouuuuyn   ")
SUITES = {
    E.BROUILLON: ("Compléter le dossier, puis le déposer", "les porteurs"),
    E.DEPOSEE: ("Examiner la recevabilité", "la DGALN"),
    E.A_COMPLETER: ("Transmettre les compléments demandés", "les porteurs"),
    E.RECEVABLE: ("Mettre en évaluation", "la DGALN"),
    E.EN_EVALUATION: ("Recueillir les avis et les évaluations", "la DGALN"),
    E.PRESELECTIONNEE: ("Décider", "la DGALN"),
    E.RETENUE: ("Ouvrir l’atelier", "le service pilote"),
}


def suite(candidature: Candidature) -> tuple[str, str]:
    """The next step, and who must take it (empty when the road ends)."""
    return SUITES.get(candidature.etat, ("", ""))


def pour_liste(candidatures):
    """With all that a row shows, in a fixed number of queries."""
    return candidatures.select_related(
        "appel__dispositif", "perimetre", "service_pilote"
    ).prefetch_related(
        "perimetre__departements",
        Prefetch("portages", queryset=Portage.objects.select_related("organisme")),
    )


def pour_dossier(candidatures):
    """With all that the page of a dossier shows."""
    return pour_liste(candidatures).prefetch_related(
        "perimetre__communes",
        "perimetre__epcis",
        "perimetre__zones",
        "sections",
        "rubriques",
        "ressources",
        "projets",
        "schemas",
        "acteurs",
        "themes",
        "appel__dispositif__pieces",
        "versions",
        "reponses",
        "formulaire__questions",
        "formulaire__pieces",
        Prefetch("copilotages", queryset=Copilotage.objects.select_related("organisme")),
        Prefetch(
            "pieces",
            queryset=Piece.objects.filter(active=True).select_related("piece_requise"),
        ),
    )


class SansAccent(Func):
    """`translate(lower(x), …)`: the contrib extension is not available."""

    function = "translate"

    def __init__(self, expression):
        super().__init__(Lower(expression), Value(ACCENTS[0]), Value(ACCENTS[1]))


def chercher(candidatures, texte: str):
    """Reference, title, carriers, communes or EPCI; accents and case do not matter."""
    plie = plier(texte)
    if not plie:
        return candidatures
    developpe = developper(texte)
    portages = (
        Portage.objects.annotate(nom_plie=SansAccent(F("organisme__nom")))
        .filter(nom_plie__contains=plie)
        .values("candidature_id")
    )
    territoires = Candidature.objects.filter(
        Q(perimetre__communes__nom_recherche__contains=developpe)
        | Q(perimetre__epcis__nom_recherche__contains=developpe)
    ).values("pk")
    return candidatures.annotate(titre_plie=SansAccent(F("titre"))).filter(
        Q(titre_plie__contains=plie)
        | Q(reference__icontains=texte.strip())
        | Q(pk__in=portages)
        | Q(pk__in=territoires)
    )


def de_la_region(candidatures, region):
    touchees = Candidature.objects.filter(perimetre__departements__region=region).values("pk")
    return candidatures.filter(pk__in=touchees)


def du_theme(candidatures, theme):
    liees = Candidature.themes.through.objects.filter(theme=theme).values("candidature_id")
    return candidatures.filter(pk__in=liees)


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
