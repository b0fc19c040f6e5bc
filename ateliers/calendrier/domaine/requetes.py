"""What the pages read."""

from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from ateliers.calendrier.choix import EtatDemande
from ateliers.calendrier.domaine.assemblage import FERMES, ateliers_de
from ateliers.calendrier.domaine.exigences import exigences
from ateliers.calendrier.domaine.souhaites import souhaites
from ateliers.calendrier.droits import peut_declarer
from ateliers.calendrier.models import DemandeCalendrier, PeriodeReserve
from ateliers.calendrier.solveur import comparaison
from ateliers.calendrier.solveur.probleme import Poids
from ateliers.calendrier.solveur.recurrence import JOURS, jour, periode
from ateliers.participants.models import Participant
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from candidatures.appels.models import SessionNationale
from candidatures.dispositifs.choix import College, GenreSeance


def a_programmer(atelier) -> list[Seance]:
    return list(
        Seance.objects.filter(atelier=atelier, etat=EtatSeance.A_PROGRAMMER).order_by("ordre")
    )


def a_reporter(atelier) -> list[Seance]:
    """Those whose date may still change, when none is left to place."""
    etats = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)
    return list(Seance.objects.filter(atelier=atelier, etat__in=etats).order_by("debut_prevu"))


def sessions() -> list[dict]:
    """Sessions that have open ateliers, with what remains to place."""
    ouvertes = Seance.objects.filter(atelier__candidature__appel__session__isnull=False)
    ouvertes = ouvertes.exclude(atelier__etat__in=FERMES).values(
        cle=F("atelier__candidature__appel__session")
    )
    a_placer = Count("pk", filter=Q(etat=EtatSeance.A_PROGRAMMER))
    comptes = ouvertes.annotate(ateliers=Count("atelier", distinct=True), a_placer=a_placer)
    lignes = {c["cle"]: c for c in comptes.order_by()}
    return [
        lignes[session.pk] | {"session": session}
        for session in SessionNationale.objects.filter(pk__in=lignes)
    ]


def a_programmer_de(session) -> list[Seance]:
    """Of all the ateliers of the session, atelier by atelier."""
    ateliers = ateliers_de(DemandeCalendrier(session=session))
    lignes = Seance.objects.filter(atelier__in=ateliers, etat=EtatSeance.A_PROGRAMMER)
    return list(lignes.select_related("atelier").order_by("atelier_id", "ordre", "pk"))


def participants_de(atelier) -> list[Participant]:
    return list(souhaites([atelier]))


def exigences_de(session) -> list[dict]:
    """What each atelier of the session is held to, and where it comes from: shown beforehand."""
    ateliers = ateliers_de(DemandeCalendrier(session=session))
    dites = exigences(DemandeCalendrier(session=session), ateliers)
    return [
        {
            "atelier": atelier,
            "demande": dites[atelier.pk].demande,
            "obligatoires": dites[atelier.pk].personnes,
            "quorums": _quorums(dites[atelier.pk]),
        }
        for atelier in ateliers
    ]


def _quorums(dites) -> list[str]:
    if dites.demande:
        return [_minimum(college, n) for college, n in sorted(dites.quorums.items())]
    return [
        f"{GenreSeance(genre).label} : "
        + ", ".join(_minimum(college, n) for college, n in sorted(quorums.items()))
        for genre, quorums in sorted(dites.par_genre.items())
    ]


def _minimum(college, nombre) -> str:
    return f"{College(college).label}, au moins {nombre}"


def sujets_de(atelier, organismes, utilisateur) -> list[tuple[str, str]]:
    """Whom this user may speak for."""
    sujets = [
        (f"o-{o.pk}", o.nom) for o in organismes if peut_declarer(utilisateur, atelier, organisme=o)
    ]
    if peut_declarer(utilisateur, atelier):
        sujets += [(f"p-{p.pk}", p.nom_complet) for p in participants_de(atelier)]
    return sujets


def reserves() -> list[PeriodeReserve]:
    periodes = list(PeriodeReserve.objects.prefetch_related("departements"))
    for ligne in periodes:
        noms = [d.nom for d in ligne.departements.all()]
        ligne.territoire = ", ".join(noms) or "Tout le pays"
    return periodes


RAISONS = 3


def cartes(demande) -> list[dict]:
    """The proposals, dates in words on the clock of each site."""
    resultat, propositions = [], demande.resultat.get("propositions", [])
    noms = _ateliers_des(propositions) if demande.session_id else {}
    for rang, carte in enumerate(propositions, start=1):
        raisons = carte["raisons"]
        resultat.append(
            carte
            | {
                "numero": rang,
                "groupes": _par_atelier(carte["dates"], noms),
                "retenue": demande.retenue == rang,
                "raisons": raisons[:RAISONS],
                "rang": carte.get("rang", ""),
                "suite": [*raisons[RAISONS:], *carte.get("details", [])],
                "fin": carte.get("fin", ""),
                "preuve": _preuve(carte["optimale"], rang, demande.vivante),
            }
        )
    return resultat


def _ateliers_des(propositions) -> dict[str, tuple[str, int]]:
    """(name, key) of the atelier of each séance that a search of a session places."""
    cles = {d["seance"] for carte in propositions for d in carte["dates"]}
    lignes = Seance.objects.filter(pk__in=[c for c in cles if c.isdecimal()])
    valeurs = lignes.values_list("pk", "atelier__nom", "atelier")
    return {str(pk): (nom, atelier) for pk, nom, atelier in valeurs}


def _par_atelier(dates, noms) -> list[dict]:
    """[{atelier, dates}], so that each pilot finds their own; one nameless group for one atelier.

    A title of a session ends with the name of its atelier, which the group says.
    """
    groupes = {}
    for ligne in dates:
        nom, cle = noms.get(ligne["seance"], ("", 0))
        titre = ligne["titre"].removesuffix(f", {nom}") if nom else ligne["titre"]
        ligne = ligne | {"quand": _quand(ligne), "titre": titre}
        groupes.setdefault((nom, cle), []).append(ligne)
    return [{"atelier": nom, "dates": groupes[nom, cle]} for nom, cle in sorted(groupes)]


def bareme() -> list[str]:
    """What each criterion weighs in the order of the proposals."""
    return comparaison.bareme(Poids())


def _preuve(optimale, rang, vivante) -> str:
    if optimale:
        tete = "Toutes les dates possibles ont été examinées\u00a0: "
        if rang == 1:
            return f"{tete}aucun calendrier n’est meilleur."
        return f"{tete}avec d’autres dates que les précédents, aucun n’est meilleur."
    if vivante:
        return "La recherche l’améliore encore."
    return (
        "La recherche s’est arrêtée avant d’avoir tout examiné\u00a0: "
        "un meilleur calendrier existe peut-être."
    )


def calendriers_retenus():
    """Searches of which one calendar was kept: the only dates that somebody decided."""
    return DemandeCalendrier.objects.filter(etat=EtatDemande.PRET, retenue__isnull=False)


def creneaux_proposes(seance, resultat, numero: int | None = None) -> list[str]:
    """What a search proposes for this séance, as the form of a poll reads it.

    `numero`: in this calendar only; a day already gone is never asked about.
    """
    cartes = (resultat or {}).get("propositions", [])
    if numero is not None:
        cartes = cartes[numero - 1 : numero]
    textes = []
    for carte in cartes:
        for ligne in carte["dates"]:
            if ligne["seance"] == str(seance.pk):
                bornes = ligne["plages"][0][0], ligne["plages"][-1][1]
                moments = [datetime.fromisoformat(b).astimezone(seance.zone) for b in bornes]
                if moments[0] <= timezone.now():
                    continue
                textes.append(
                    "/".join(m.replace(tzinfo=None).isoformat(timespec="minutes") for m in moments)
                )
    return list(dict.fromkeys(textes))


def indispensables_cherches(parametres) -> list[str]:
    """The people whom the search held as mandatory: the poll starts with them."""
    cles = (parametres or {}).get("obligatoires", [])
    return [cle.removeprefix("p-") for cle in cles if cle.startswith("p-")]


def adresse_du_sondage(seance, resultat, parametres, numero: int | None = None) -> str:
    """What the address of the poll's form adds: dates ready ticked, people held as mandatory."""
    creneaux = creneaux_proposes(seance, resultat, numero)
    if not creneaux:
        return ""
    cles = [("creneau", c) for c in creneaux]
    cles += [("indispensable", pk) for pk in indispensables_cherches(parametres)]
    return "?" + urlencode(cles if numero else [("recherche", "oui"), *cles])


def sondages_de(demande) -> list[tuple[Seance, str]]:
    """From the page of a search, and there only: each séance may be polled on its dates."""
    if demande.atelier_id is None or demande.etat != EtatDemande.PRET or demande.retenue:
        return []
    lignes = []
    for seance in a_programmer(demande.atelier):
        plus = adresse_du_sondage(seance, demande.resultat, demande.parametres)
        if plus:
            url = reverse("ateliers:sonder", args=[demande.atelier.slug, seance.pk])
            lignes.append((seance, url + plus))
    return lignes


def _quand(ligne) -> str:
    zone = ZoneInfo(ligne["fuseau"])
    debut = datetime.fromisoformat(ligne["plages"][0][0]).astimezone(zone)
    fin = datetime.fromisoformat(ligne["plages"][-1][1]).astimezone(zone)
    if debut.date() == fin.date():
        return periode(debut, fin)
    numero = "1er" if debut.day == 1 else str(debut.day)
    premier = f"{JOURS[debut.weekday()]} {numero}"
    if (debut.month, debut.year) != (fin.month, fin.year):
        premier = f"{JOURS[debut.weekday()]} {jour(debut.date())}"
    return f"du {premier} au {JOURS[fin.weekday()]} {jour(fin.date())}"
