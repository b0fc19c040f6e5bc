"""Verbs of a call: creer, modifier, publier, clore, rouvrir."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from candidatures.appels import journal
from candidatures.appels.choix import EtatAppel, EtatSession, RegleVisas
from candidatures.appels.cycle_de_vie import CYCLE_APPEL
from candidatures.appels.domaine import fenetres
from candidatures.appels.domaine.formulaires import (
    figer_revision,
    manques_publication,
    ouvrir_revision,
)
from candidatures.appels.domaine.versions import changements, en_preparation, publiee
from candidatures.appels.droits import peut_gerer
from candidatures.appels.models import Appel, SessionNationale
from socle.erreurs import (
    ActionInterdite,
    ConflitDeVersion,
    ElementsManquants,
    ErreurMetier,
    Manque,
    confirmer,
)
from socle.interface.adresses import en_adresse
from socle.journal.domaine import inscrire

SLUGS_RESERVES = {"nouveau", "sessions", ""}
CHAMPS = (
    "titre",
    "presentation",
    "ouvre_le",
    "ferme_le",
    "heure_locale",
    "delai_instruction_jours",
    "session",
    "grille",
    "visas",
)


def _verifier_droit(par) -> None:
    if not peut_gerer(par):
        raise ActionInterdite("Seule la DGALN prépare et publie les appels.")


def _verrouiller(appel: Appel) -> Appel:
    return Appel.objects.select_for_update().get(pk=appel.pk)


def slug_libre(titre: str) -> str:
    base = en_adresse(titre)[:110]
    if base in SLUGS_RESERVES:
        base = f"appel-{base}".rstrip("-")
    slug, rang = base, 1
    while Appel.objects.filter(slug=slug).exists():
        rang += 1
        slug = f"{base}-{rang}"
    return slug


@transaction.atomic
def creer_session(
    *, nom, thematique, problematique="", annee_debut, annee_fin=None, par
) -> SessionNationale:
    _verifier_droit(par)
    session = SessionNationale.objects.create(
        nom=nom,
        thematique=thematique,
        problematique=problematique,
        annee_debut=annee_debut,
        annee_fin=annee_fin,
    )
    inscrire(journal.SESSION_CREEE, objet=session, par=par)
    return session


SANS_FIN = 2  # years that a session lasts when nobody said


def _verifier_session(session, ouvre_le, confirmes) -> None:
    """A session that is over takes a new call only on purpose. None: nobody is asked."""
    if session is None or confirmes is None:
        return
    fin = session.annee_fin or session.annee_debut + SANS_FIN
    if fin < timezone.localtime(ouvre_le).year:
        confirmer(
            "session_passee",
            f"La session «\u00a0{session}\u00a0» s’est terminée en {fin}, et l’appel ouvre le "
            f"{fenetres.dire(ouvre_le)}. Est-ce bien la session de cet appel\u00a0?",
            confirmes,
            champ="session",
        )


@transaction.atomic
def creer(
    *,
    dispositif,
    titre,
    presentation,
    ouvre_le,
    ferme_le=None,
    heure_locale=False,
    delai_instruction_jours=60,
    session=None,
    grille=None,
    visas=RegleVisas.NON,
    par,
    confirmes=None,
) -> Appel:
    _verifier_droit(par)
    _verifier_session(session, ouvre_le, confirmes)
    appel = Appel(
        dispositif=dispositif,
        titre=titre,
        slug=slug_libre(titre),
        presentation=presentation,
        ouvre_le=ouvre_le,
        ferme_le=ferme_le,
        heure_locale=heure_locale,
        delai_instruction_jours=delai_instruction_jours,
        session=session,
        grille=grille,
        visas=visas,
    )
    appel.save()
    inscrire(journal.CREE, objet=appel, par=par)
    return appel


def _ouverture(moment) -> str:
    return fenetres.dire(moment)


def changements_publies(appel: Appel, champs: dict) -> list[tuple[str, str, str]]:
    """(what, before, after) of what a published call may not change without saying why."""
    if appel.etat == EtatAppel.BROUILLON:
        return []
    regles = {
        "ouvre_le": ("ouverture", _ouverture),
        "visas": ("visas", lambda v: str(RegleVisas(v).label)),
        "delai_instruction_jours": ("délai d’instruction", lambda v: f"{v}\u00a0jours"),
    }
    changes = []
    for nom, (libelle, dire) in regles.items():
        avant, apres = getattr(appel, nom), champs.get(nom, getattr(appel, nom))
        if dire(avant) != dire(apres):
            changes.append((libelle, dire(avant), dire(apres)))
    return changes


@transaction.atomic
def modifier(
    *,
    appel: Appel,
    par,
    motif: str = "",
    revision: int | None = None,
    confirmes=None,
    **champs,
) -> Appel:
    """Change the text or the dates, as long as the call is not closed. What binds the candidates
    changes with a reason, once the call is published. `revision`: the one that the page showed.
    """
    appel = _verrouiller(appel)
    _verifier_droit(par)
    if revision is not None and appel.revision != revision:
        raise ConflitDeVersion(appel)
    if appel.etat == EtatAppel.CLOS:
        raise ActionInterdite("Un appel clos ne se modifie plus : rouvrez-le d’abord.")
    if (session := champs.get("session")) and session.pk != appel.session_id:
        _verifier_session(session, champs.get("ouvre_le", appel.ouvre_le), confirmes)
    dits = changements_publies(appel, champs)
    if dits and not motif.strip():
        raise ErreurMetier(
            "Dites pourquoi : les auteurs des candidatures en cours le liront.", champ="motif"
        )
    for champ in CHAMPS:
        if champ in champs:
            setattr(appel, champ, champs[champ])
    appel.revision += 1
    appel.save(update_fields=[*CHAMPS, "revision"])
    inscrire(journal.MODIFIE, objet=appel, par=par, motif=motif.strip())
    for quoi, avant, apres in dits:
        inscrire(journal.REGLE_CHANGEE, objet=appel, par=par, quoi=quoi, avant=avant, apres=apres)
    return appel


def manques(appel: Appel) -> list[Manque]:
    """What prevents the publication."""
    url = reverse("candidatures:appel_modifier", args=[appel.slug])
    absents = []
    if appel.dispositif.avec_session and appel.session_id is None:
        absents.append(Manque("Rattachez l’appel à une session nationale.", f"{url}#id_session"))
    if appel.dispositif.avec_session and appel.ferme_le is None:
        absents.append(Manque("Une session nationale a une date de clôture.", f"{url}#id_ferme_le"))
    if not appel.dispositif.avec_session and appel.session_id is not None:
        absents.append(
            Manque("Ce dispositif ne relève pas d’une session nationale.", f"{url}#id_session")
        )
    if not appel.presentation.strip():
        absents.append(Manque("Rédigez la présentation de l’appel.", f"{url}#id_presentation"))
    if appel.grille_id is None:
        absents.append(Manque("Choisissez la grille d’évaluation.", f"{url}#id_grille"))
    if brouillon := en_preparation(appel):
        absents += manques_publication(brouillon)
    return absents


@transaction.atomic
def publier(*, appel: Appel, par) -> Appel:
    appel = _verrouiller(appel)
    _verifier_droit(par)
    CYCLE_APPEL.verifier(appel, "publier")
    if absents := manques(appel):
        raise ElementsManquants(absents)
    CYCLE_APPEL.appliquer(appel, "publier")
    appel.save(update_fields=["etat"])
    if appel.session_id:
        SessionNationale.objects.filter(pk=appel.session_id, etat=EtatSession.PREPARATION).update(
            etat=EtatSession.OUVERTE
        )
    if brouillon := en_preparation(appel):
        if changements(brouillon):
            figer_revision(version=brouillon, par=par)
        else:
            brouillon.delete()
    inscrire(journal.PUBLIE, objet=appel, par=par)
    return appel


@transaction.atomic
def clore(*, appel: Appel, par, motif: str = "") -> Appel:
    appel = _verrouiller(appel)
    _verifier_droit(par)
    CYCLE_APPEL.appliquer(appel, "clore", motif=motif)
    appel.clos_le = timezone.now()
    appel.save(update_fields=["etat", "clos_le"])
    inscrire(journal.CLOS, objet=appel, par=par, motif=motif)
    return appel


@transaction.atomic
def rouvrir(*, appel: Appel, par, motif: str) -> Appel:
    appel = _verrouiller(appel)
    _verifier_droit(par)
    CYCLE_APPEL.appliquer(appel, "rouvrir", motif=motif)
    appel.clos_le = None
    appel.save(update_fields=["etat", "clos_le"])
    inscrire(journal.ROUVERT, objet=appel, par=par, motif=motif)
    return appel


@transaction.atomic
def dupliquer(
    *,
    appel: Appel,
    titre: str,
    ouvre_le,
    ferme_le=None,
    session=None,
    presentation="",
    par,
    confirmes=None,
) -> Appel:
    """A new call in preparation: same text, form, grid and settings, under new dates."""
    nouveau = creer(
        dispositif=appel.dispositif,
        titre=titre,
        presentation=presentation or appel.presentation,
        ouvre_le=ouvre_le,
        ferme_le=ferme_le,
        heure_locale=appel.heure_locale,
        delai_instruction_jours=appel.delai_instruction_jours,
        session=session,
        grille=appel.grille,
        visas=appel.visas,
        par=par,
        confirmes=confirmes,
    )
    if source := publiee(appel) or en_preparation(appel):
        ouvrir_revision(appel=nouveau, source=source, par=par)
    inscrire(journal.DUPLIQUE, objet=nouveau, par=par, modele=appel.titre)
    return nouveau


@transaction.atomic
def regler_correspondances(*, appel: Appel, correspondances: dict[str, str], par) -> Appel:
    """The label, on Démarches simplifiées, of each field of a candidature."""
    _verifier_droit(par)
    appel = _verrouiller(appel)
    appel.correspondances = correspondances
    appel.save(update_fields=["correspondances"])
    inscrire(journal.CORRESPONDANCES, objet=appel, par=par)
    return appel
