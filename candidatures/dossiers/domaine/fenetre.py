"""The window of a call as it applies to one dossier; a deposit that began in time; an extension."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from candidatures.appels import journal
from candidatures.appels.choix import EtatAppel
from candidatures.appels.cycle_de_vie import CYCLE_APPEL
from candidatures.appels.domaine import fenetres
from candidatures.appels.domaine.appels import changements_publies, modifier
from candidatures.appels.droits import peut_gerer
from candidatures.appels.models import Appel
from candidatures.dossiers import notifications
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.models import Candidature
from socle.erreurs import ActionInterdite, ErreurMetier, Manque, MotifRequis
from socle.journal.domaine import inscrire

SEL = "candidatures.depot"


def fuseaux(candidature: Candidature) -> list[str]:
    """Time zones of the départements that the project touches."""
    if candidature.perimetre_id is None:
        return []
    return [d.fuseau for d in candidature.perimetre.departements.all()]


def fermeture(candidature: Candidature) -> datetime | None:
    """When this dossier can no longer be deposited: the date, or the moment DGALN closed."""
    appel = candidature.appel
    prevue = fenetres.fermeture(
        appel.ferme_le, heure_locale=appel.heure_locale, fuseaux=fuseaux(candidature)
    )
    bornes = [b for b in (prevue, appel.clos_le) if b is not None]
    return min(bornes, default=None)


def ne_se_depose_plus(candidature: Candidature) -> bool:
    """A brouillon whose call has closed: still read and written, never due."""
    if candidature.etat != EtatCandidature.BROUILLON:
        return False
    ferme = fermeture(candidature)
    clos = candidature.appel.etat == EtatAppel.CLOS
    return clos or (ferme is not None and ferme <= timezone.now())


UN_JOUR = timedelta(days=1)  # more than any time zone is from Paris


def q_fermes(maintenant: datetime, veille: datetime) -> Q:
    """The same for a list; where the hour is the local one, once the day after has come."""
    locale = Q(appel__heure_locale=True, appel__ferme_le__lte=veille)
    paris = Q(appel__heure_locale=False, appel__ferme_le__lte=maintenant)
    return Q(etat=EtatCandidature.BROUILLON) & (Q(appel__etat=EtatAppel.CLOS) | locale | paris)


def fermeture_dite(candidature: Candidature) -> str:
    """« a été clos le … », « a fermé le … »."""
    appel = candidature.appel
    if appel.clos_le and fermeture(candidature) == appel.clos_le:
        return f"a été clos le {fenetres.dire(appel.clos_le)}"
    return f"a fermé le {fermeture_en_mots(candidature)}" if appel.ferme_le else "est clos"


def fermeture_en_mots(candidature: Candidature) -> str:
    appel = candidature.appel
    zones = fuseaux(candidature) if appel.heure_locale else ()
    return fenetres.dire(appel.ferme_le, heure_locale=appel.heure_locale, fuseaux=zones)


def manques_fenetre(candidature: Candidature, commences=()) -> list[Manque]:
    """Why a brouillon cannot be deposited now, as far as dates go."""
    if candidature.etat != EtatCandidature.BROUILLON:
        return []
    appel, maintenant = candidature.appel, timezone.now()
    clos_sans_date = appel.etat == EtatAppel.CLOS and appel.clos_le is None
    if appel.etat == EtatAppel.BROUILLON or clos_sans_date or appel.ouvre_le > maintenant:
        return [Manque("L’appel n’est pas ouvert aux candidatures.")]
    ferme = fermeture(candidature)
    if fenetres.depot_recu(ferme, maintenant, commences):
        return []
    return [Manque(f"L’appel {fermeture_dite(candidature)}.")]


def intention(candidature: Candidature, utilisateur) -> str:
    """Signed proof that the page « Vérifier et déposer » was opened now, by this person."""
    ouverte = int(timezone.now().timestamp())
    return signing.dumps([candidature.pk, utilisateur.pk, ouverte], salt=SEL, compress=False)


def lire_intention(jeton: str, candidature: Candidature, utilisateur) -> datetime | None:
    """The moment of that page; None when the proof is absent, forged or someone else’s."""
    try:
        dossier, personne, ouverte = signing.loads(jeton or "", salt=SEL)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if (dossier, personne) != (candidature.pk, utilisateur.pk):
        return None
    return datetime.fromtimestamp(ouverte, tz=UTC)


@transaction.atomic
def prolonger(*, appel: Appel, ferme_le: datetime, motif: str, par) -> Appel:
    """A later closing, with its reason; those who write a draft are told."""
    if not peut_gerer(par):
        raise ActionInterdite("Seule la DGALN prépare et publie les appels.")
    if not motif.strip():
        raise MotifRequis()
    appel = Appel.objects.select_for_update(of=("self",)).get(pk=appel.pk)
    CYCLE_APPEL.verifier(appel, "clore")
    if appel.ferme_le is None:
        raise ErreurMetier("Cet appel est ouvert au fil de l’eau : il n’a pas de date à repousser.")
    if ferme_le <= max(appel.ferme_le, timezone.now()):
        raise ErreurMetier("La nouvelle date doit suivre l’ancienne, et être à venir.")
    avant = fenetres.dire(appel.ferme_le, heure_locale=appel.heure_locale)
    appel.ferme_le = ferme_le
    appel.save(update_fields=["ferme_le"])
    apres = fenetres.dire(ferme_le, heure_locale=appel.heure_locale)
    inscrire(journal.PROLONGE, objet=appel, par=par, motif=motif.strip(), avant=avant, apres=apres)
    for candidature in brouillons(appel).select_related("appel__dispositif").order_by("pk"):
        notifications.appel_prolonge(candidature, motif.strip(), apres, par)
    return appel


@transaction.atomic
def modifier_appel(*, appel: Appel, par, motif: str = "", **champs) -> Appel:
    """Change a call; the authors of drafts are told what binds them, before and after."""
    # The form has already written on the instance that it was given: the stored one is compared.
    dits = changements_publies(Appel.objects.get(pk=appel.pk), champs)
    modifie = modifier(appel=appel, par=par, motif=motif, **champs)
    if dits:
        for candidature in brouillons(appel).select_related("appel__dispositif").order_by("pk"):
            notifications.appel_modifie(candidature, motif.strip(), dits, par)
    return modifie


def brouillons(appel: Appel):
    """The candidatures that a change of the call concerns."""
    return Candidature.objects.filter(appel=appel, etat=EtatCandidature.BROUILLON)


def prevenues(appel: Appel) -> str:
    """How many of them have just been told: none is said too."""
    nombre = brouillons(appel).count()
    if not nombre:
        return "Aucune candidature n’est en cours de rédaction : personne n’avait à être prévenu."
    if nombre == 1:
        return "Les auteurs de la candidature en cours de rédaction sont prévenus."
    return f"Les auteurs des {nombre} candidatures en cours de rédaction sont prévenus."
