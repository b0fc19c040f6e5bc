"""Checklists of the parcours: what each step asks, done or not, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from ateliers.cadrage.choix import EtatCahier
from ateliers.cadrage.choix_declare import choix_declare
from ateliers.cadrage.domaine.cahier import manques_cahier
from ateliers.cadrage.domaine.suite import (
    geste_de_l_equipe,
    geste_du_cahier,
    geste_du_contrat,
)
from ateliers.cadrage.models import AppelEquipes, CahierDesCharges, Contrat, Equipe
from ateliers.livrables.choix import EtatLivrable
from ateliers.livrables.models import CompteRendu, Livrable
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.suivi import prealables
from ateliers.participants.choix import Reponse
from ateliers.participants.models import Invitation
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.conditions import manques_programmer, manques_tenir
from socle.interface.francais import de_cite
from socle.interface.templatetags.interface import date_longue

SUR_PLACE = "La consultation se passe sur PLACE ; on note ici son règlement et son résultat."
PAR_QUI = {
    "service pilote": "le service pilote",
    "équipe": "l’équipe",
    "équipe et service pilote": "l’équipe et le service pilote",
    "collectivité": "la collectivité",
    "collectivité et État": "la collectivité et l’État",
}


@dataclass(frozen=True)
class Point:
    """One line of the checklist. `action` is the verb of its link; `precision` tells more.

    `reserve`: the page of its link is closed to the collectivité and to the team.
    """

    phrase: str
    fait: bool
    url: str = ""
    action: str = ""
    precision: str = ""
    qui: str = "service pilote"
    reserve: bool = False

    @property
    def par_qui(self) -> str:
        """« qui » with its article, to be read after « par »."""
        return PAR_QUI.get(self.qui, self.qui)


def _adresse(nom, *arguments) -> str:
    """Address of a page that another room offers, or nothing."""
    try:
        return reverse(nom, args=arguments)
    except NoReverseMatch:
        return ""


def points(atelier, etape) -> list[Point]:
    if etape.cle == "cadrage":
        return _cadrage(atelier)
    if etape.seance is not None:
        return _seance(atelier, etape.seance)
    return _suivi(atelier)


def _cadrage(atelier) -> list[Point]:
    cahier = CahierDesCharges.objects.filter(atelier=atelier).first()
    valide = cahier is not None and cahier.etat == EtatCahier.VALIDE
    contrats = list(Contrat.objects.filter(atelier=atelier))
    prepare, adresse = geste_du_contrat(atelier, contrats=False)
    notifie, contrat = geste_du_contrat(atelier, contrats=True)
    return [
        Point(
            "Le cahier des charges est validé",
            valide,
            reverse("ateliers:cahier", args=[atelier.slug]),
            "" if valide else geste_du_cahier(cahier),
            _reste_cahier(cahier),
        ),
        *_equipe(atelier),
        Point("Le contrat est préparé", bool(contrats), adresse, prepare),
        Point(
            "Le contrat est notifié",
            any(c.notifie_le for c in contrats),
            contrat,
            notifie,
            "La notification fait démarrer l’atelier.",
        ),
    ]


def _equipe(atelier) -> list[Point]:
    """Chosen among the offers, or simply named where there is no call."""
    choix = choix_declare(atelier)
    designee = Equipe.objects.filter(atelier=atelier).exists() and not (choix and choix.manques)
    geste, url = geste_de_l_equipe(atelier, choix, designee)
    if not atelier.dispositif.avec_appel_equipes:
        return [Point("L’équipe est désignée", designee, url, geste)]
    consigne = designee or AppelEquipes.objects.filter(atelier=atelier).exists()
    faits = {
        "L’appel aux équipes est consigné": consigne,
        "L’équipe est choisie": designee,
    }
    if choix is not None:
        faits["Les candidats sont informés"] = designee and not geste
    a_faire = next((phrase for phrase, fait in faits.items() if not fait), None)
    ici = {"url": url, "action": geste, "precision": "" if consigne else SUR_PLACE}
    ensuite = {"url": reverse("ateliers:marche", args=[atelier.slug]), "action": "Voir le marché"}
    return [
        Point(phrase, fait, reserve=True, **(ici if phrase == a_faire else ensuite))
        for phrase, fait in faits.items()
    ]


def _reste_cahier(cahier) -> str:
    if cahier is None or cahier.etat == EtatCahier.VALIDE:
        return ""
    if cahier.etat == EtatCahier.EN_VISA:
        return "Il est figé : les visas sont attendus."
    vides = len(manques_cahier(cahier))
    if not vides:
        return "Toutes les sections sont écrites : il reste à demander les visas."
    return "Une section est encore vide." if vides == 1 else f"{vides} sections sont encore vides."


def _seance(atelier, seance) -> list[Point]:
    datee = seance.etat != EtatSeance.A_PROGRAMMER
    echue = seance.fin is not None and seance.fin <= timezone.now()
    lignes = _preparation(atelier, seance, datee)
    if echue:  # what was not prepared can no longer be
        lignes = [point for point in lignes if point.fait]
    conditions = manques_tenir(seance) if datee else manques_programmer(seance)
    lignes += [Point(m.phrase, False, m.url, "Y remédier") for m in conditions]
    return [*lignes, _tenue(atelier, seance, echue)]


def _preparation(atelier, seance, datee: bool) -> list[Point]:
    page = reverse("ateliers:seance", args=[atelier.slug, seance.pk])
    convocation = _convocation(atelier, seance, page)
    return [
        Point(
            "La date est fixée",
            datee,
            reverse("ateliers:seance_programmer", args=[atelier.slug, seance.pk]),
            "Programmer la séance",
            _jour(seance),
        ),
        Point(
            "Le lieu est connu",
            bool(seance.lieu),
            reverse("ateliers:seance_decrire", args=[atelier.slug, seance.pk]),
            "Indiquer le lieu",
            seance.lieu,
        ),
        Point(
            "Le déroulé est écrit",
            seance.sequences.exists(),
            reverse("ateliers:programme", args=[atelier.slug, seance.pk]),
            "Écrire le déroulé",
            qui="équipe et service pilote",
        ),
        convocation,
    ]


def _convocation(atelier, seance, page) -> Point:
    """Done once everybody invited was reached, those without an e-mail included."""
    phrase = "Les participants sont convoqués"
    attendus = Q(convoque_le__isnull=True, reponse=Reponse.ATTENDUE)
    comptes = Invitation.objects.filter(seance=seance).aggregate(
        invites=Count("pk"), reste=Count("pk", filter=attendus)
    )
    invites, reste = comptes["invites"], comptes["reste"]
    if seance.etat == EtatSeance.CONVOQUEE and reste:
        qui = f"{reste} personnes invitées ne le sont" if reste > 1 else "Une personne ne l’est"
        liste = _adresse("ateliers:invitations", atelier.slug, seance.pk) or page
        return Point(phrase, False, liste, "Joindre qui reste", f"{qui} pas encore.")
    return Point(
        phrase,
        seance.etat == EtatSeance.CONVOQUEE,
        _adresse("ateliers:participants", atelier.slug) or page,
        "Convoquer les participants" if invites else "Inviter les participants",
        f"{invites} personnes invitées" if invites > 1 else "",
    )


def _jour(seance) -> str:
    return date_longue(seance.debut.astimezone(seance.zone).date()) if seance.debut else ""


def _tenue(atelier, seance, echue: bool) -> Point:
    """Nobody declares a séance held before its end: until then there is only its date."""
    phrase = "La séance est tenue"
    if echue:
        page = reverse("ateliers:seance", args=[atelier.slug, seance.pk])
        return Point(phrase, False, f"{page}#pendant", "Déclarer la séance tenue")
    if seance.debut is None:
        return Point(phrase, False, action="Attendre la séance", qui="")
    if seance.debut <= timezone.now():
        return Point(phrase, False, action="Séance en cours", qui="")
    return Point(phrase, False, action=f"Séance le {_jour(seance)}", qui="")


def _suivi(atelier) -> list[Point]:
    feuille = _adresse("restitution:feuille", atelier.slug)
    page = reverse("ateliers:espace", args=[atelier.slug])
    avant = prealables(atelier) if atelier.etat == EtatAtelier.RESTITUTION else []
    return [
        *(Point(p.phrase, False, p.url, p.action, qui=p.qui) for p in avant),
        Point(
            "Le suivi est ouvert",
            atelier.etat in (EtatAtelier.SUIVI, EtatAtelier.CLOS),
            f"{page}#suivi" if atelier.etat == EtatAtelier.RESTITUTION else feuille,
            "Ouvrir le suivi",
        ),
        Point(
            "Les actions de la feuille de route avancent",
            atelier.etat == EtatAtelier.CLOS,
            feuille,
            "Voir la feuille de route",
            qui="collectivité et État",
        ),
    ]


def rattrapages(atelier, seances) -> list[Point]:
    """What held séances still owe: comptes rendus and livrables."""
    tenues = [s for s in seances if s.etat == EtatSeance.TENUE]
    publies = set(
        CompteRendu.objects.filter(
            seance__in=[s.pk for s in tenues], publie_le__isnull=False
        ).values_list("seance_id", flat=True)
    )
    lignes = [
        Point(
            f"Compte rendu {de_cite(s.titre)}",
            False,
            reverse("ateliers:compte_rendu", args=[atelier.slug, s.pk]),
            "Écrire le compte rendu",
            qui="équipe",
        )
        for s in tenues
        if s.pk not in publies
    ]
    dus = Livrable.objects.filter(atelier=atelier, seance__in=[s.pk for s in tenues]).exclude(
        etat=EtatLivrable.ACCEPTE
    )
    page = reverse("ateliers:livrables", args=[atelier.slug])
    for livrable in dus:
        depose = livrable.etat == EtatLivrable.DEPOSE
        lignes.append(
            Point(
                livrable.titre,
                False,
                f"{page}#livrable-{livrable.pk}",
                "Relire" if depose else "Déposer",
                livrable.get_etat_display(),
                "service pilote" if depose else "équipe",
            )
        )
    return lignes
