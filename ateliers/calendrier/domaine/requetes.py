"""What the pages read."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from ateliers.calendrier.choix import EtatDemande
from ateliers.calendrier.domaine.assemblage import ateliers_de, exigences
from ateliers.calendrier.droits import peut_declarer
from ateliers.calendrier.models import DemandeCalendrier, PeriodeReserve
from ateliers.calendrier.solveur.recurrence import JOURS, jour, periode
from ateliers.participants.models import Participant
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import College


def a_programmer(atelier) -> list[Seance]:
    return list(
        Seance.objects.filter(atelier=atelier, etat=EtatSeance.A_PROGRAMMER).order_by("ordre")
    )


def participants_de(atelier) -> list[Participant]:
    return list(Participant.objects.filter(atelier=atelier))


def exigences_de(session) -> list[dict]:
    """What each pilot of the session asked last: shown before all are searched together."""
    ateliers = ateliers_de(DemandeCalendrier(session=session))
    dites = exigences(DemandeCalendrier(session=session), ateliers)
    return [
        {
            "atelier": atelier,
            "obligatoires": len(dites[atelier.pk]["obligatoires"]),
            "quorums": [
                f"{College(college).label} : {nombre}"
                for college, nombre in sorted(dites[atelier.pk]["quorums"].items())
            ],
        }
        for atelier in ateliers
    ]


def derniere(*, atelier=None, session=None):
    return DemandeCalendrier.objects.filter(atelier=atelier, session=session).first()


def initiales(demande, dispositif_mois: int) -> dict:
    """What was asked last time; else from in three weeks, for as long as the dispositif lasts."""
    if demande is None:
        debut = timezone.localdate() + timedelta(days=21)
        return {"debut": debut, "fin": debut + timedelta(days=31 * dispositif_mois)}
    valeurs = dict(demande.parametres)
    valeurs |= {f"quorum_{c}": n for c, n in valeurs.pop("quorums", {}).items()}
    return valeurs | {f"fixe_{pk}": d for pk, d in valeurs.pop("epingles", {}).items()}


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


def cartes(demande) -> list[dict]:
    """The proposals, dates in words on the clock of each site."""
    resultat = []
    for rang, carte in enumerate(demande.resultat.get("propositions", []), start=1):
        lignes = [d | {"quand": _quand(d)} for d in carte["dates"]]
        resultat.append(
            carte | {"numero": rang, "dates": lignes, "retenue": demande.retenue == rang}
        )
    return resultat


def recherches_pretes():
    """Those whose proposals still wait for a choice."""
    return DemandeCalendrier.objects.filter(etat=EtatDemande.PRET, retenue__isnull=True)


def creneaux_proposes(seance, resultat) -> list[str]:
    """What a search proposes for this séance, as the form of a poll reads it."""
    cartes = (resultat or {}).get("propositions", [])
    textes = []
    for carte in cartes:
        for ligne in carte["dates"]:
            if ligne["seance"] == str(seance.pk):
                bornes = ligne["plages"][0][0], ligne["plages"][-1][1]
                moments = [datetime.fromisoformat(b).astimezone(seance.zone) for b in bornes]
                textes.append(
                    "/".join(m.replace(tzinfo=None).isoformat(timespec="minutes") for m in moments)
                )
    return list(dict.fromkeys(textes))


def _quand(ligne) -> str:
    zone = ZoneInfo(ligne["fuseau"])
    debut = datetime.fromisoformat(ligne["plages"][0][0]).astimezone(zone)
    fin = datetime.fromisoformat(ligne["plages"][-1][1]).astimezone(zone)
    if debut.date() == fin.date():
        return periode(debut, fin)
    premier = f"{JOURS[debut.weekday()]} {debut.day}"
    if (debut.month, debut.year) != (fin.month, fin.year):
        premier = f"{JOURS[debut.weekday()]} {jour(debut.date())}"
    return f"du {premier} au {JOURS[fin.weekday()]} {jour(fin.date())}"
