"""The outbox: mails are written in the caller's transaction and leave after its commit."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from socle.courriels import journal
from socle.courriels.choix import EN_ATTENTE_OU_RETENUS, EtatCourriel, Rythme
from socle.courriels.cycle_de_vie import CYCLE
from socle.courriels.droits import peut_decider
from socle.courriels.models import Courriel, PieceJointe, PreferenceCourriels
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire


def lien(chemin: str) -> str:
    """Absolute address of a path of the site, for the body of a mail."""
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def rediger(cle: str, contexte: dict) -> tuple[str, str]:
    """Render templates/courriels/<cle>.txt: first line is the subject, then the body."""
    gabarit = get_template(f"courriels/{cle}.txt").template
    texte = gabarit.render(
        Context({"adresse_publique": settings.ADRESSE_PUBLIQUE, **contexte}, autoescape=False)
    ).strip()
    sujet, _, corps = texte.partition("\n")
    if not sujet.strip() or not corps.strip():
        raise ValueError(f"courriels/{cle}.txt : une ligne d'objet puis un texte sont attendus")
    return " ".join(sujet.split()), corps.strip() + "\n"


def _adresse(personne) -> tuple[str, str]:
    if isinstance(personne, str):
        return personne.strip(), ""
    return personne.email, personne.nom_complet


def _verifier_exclusif(adresse: str, exclusif: str) -> None:
    """The database refuses it too: two contradictory mails never wait together."""
    if (
        exclusif
        and Courriel.objects.filter(
            destinataire=adresse, exclusif=exclusif, etat__in=EN_ATTENTE_OU_RETENUS
        ).exists()
    ):
        raise ErreurMetier(
            f"Une lettre précédente à {adresse} attend encore dans la boîte d’envoi\u00a0: "
            "attendez son départ ou annulez-la avant d’envoyer la suivante."
        )


def _au_resume(personnes) -> set[int]:
    """Those of these users who asked for a digest."""
    pks = [p.pk for p in personnes if not isinstance(p, str)]
    choisis = PreferenceCourriels.objects.filter(utilisateur__in=pks)
    return set(choisis.exclude(rythme=Rythme.IMMEDIAT).values_list("utilisateur_id", flat=True))


def _etat_initial(retenu: bool, personne, groupables: set[int]) -> str:
    if retenu:
        return EtatCourriel.RETENU
    if not isinstance(personne, str) and personne.pk in groupables:
        return EtatCourriel.A_GROUPER
    return EtatCourriel.EN_ATTENTE


@transaction.atomic
def deposer(
    cle: str,
    *,
    a: list,
    contexte: dict,
    objet=None,
    par=None,
    retenu: bool = False,
    pieces_jointes=(),
    exclusif: str = "",
    lot=None,
    urgent: bool = False,
) -> list[Courriel]:
    """Write one mail per recipient (an address or a user). Withheld ones wait for `liberer`.

    The context receives `destinataire` (name or "") too. The same address is written to once.
    `lot` holds them together until it is sent. Whoever prefers a digest gets theirs in the next
    one, unless it is `urgent` or bears a file.
    """
    courriels, vus = [], set()
    retenu = retenu or lot is not None
    groupables = set() if urgent or retenu or pieces_jointes else _au_resume(a)
    groupe = str(contexte.get("candidature") or contexte.get("atelier") or "")[:160]
    for personne in a:
        adresse, nom = _adresse(personne)
        if not adresse or adresse.lower() in vus:
            continue
        vus.add(adresse.lower())
        sujet, corps = rediger(cle, {"destinataire": nom, **contexte})
        _verifier_exclusif(adresse, exclusif)
        courriel = Courriel.objects.create(
            exclusif=exclusif,
            cle=cle,
            destinataire=adresse,
            destinataire_nom=nom,
            sujet=sujet[:250],
            corps=corps,
            etat=_etat_initial(retenu, personne, groupables),
            lot=lot,
            groupe=groupe,
            objet_type=objet._meta.label_lower if objet is not None else "",
            objet_id=str(objet.pk) if objet is not None else "",
            depose_par=par,
            a_envoyer_depuis=None if retenu else timezone.now(),
        )
        PieceJointe.objects.bulk_create(
            PieceJointe(courriel=courriel, nom=nom_piece, mime=mime, contenu=contenu)
            for nom_piece, mime, contenu in pieces_jointes
        )
        courriels.append(courriel)
        if courriel.etat == EtatCourriel.EN_ATTENTE:
            envoyer_apres_commit(courriel)
    return courriels


def envoyer_apres_commit(courriel: Courriel) -> None:
    from socle.courriels.tasks import envoyer

    transaction.on_commit(lambda: envoyer.delay(courriel.pk), robust=True)


def _verrouiller(courriel: Courriel, par) -> Courriel:
    courriel = Courriel.objects.select_for_update().get(pk=courriel.pk)
    if not peut_decider(par, courriel):
        raise ActionInterdite("Seuls l’auteur du courriel et la DGALN décident de son envoi.")
    return courriel


@transaction.atomic
def liberer(courriel: Courriel, *, par) -> Courriel:
    """Send a withheld mail, once somebody has read it."""
    courriel = _verrouiller(courriel, par)
    if courriel.lot_id:
        raise TransitionImpossible("Ce courriel part avec son envoi groupé.")
    CYCLE.appliquer(courriel, "liberer")
    courriel.a_envoyer_depuis = timezone.now()
    courriel.save(update_fields=["etat", "a_envoyer_depuis"])
    inscrire(journal.LIBERE, objet=courriel, par=par)
    envoyer_apres_commit(courriel)
    return courriel


@transaction.atomic
def annuler(courriel: Courriel, *, par, motif: str = "") -> Courriel:
    courriel = _verrouiller(courriel, par)
    CYCLE.appliquer(courriel, "annuler")
    courriel.save(update_fields=["etat"])
    inscrire(journal.ANNULE, objet=courriel, par=par, motif=motif)
    return courriel


@transaction.atomic
def retirer_de_la_boite(courriels, *, motif: str, par=None) -> list[Courriel]:
    """Cancel those of a queryset that have not left: their reader must no longer read them."""
    retires = list(courriels.filter(etat__in=EN_ATTENTE_OU_RETENUS).select_for_update())
    for courriel in retires:
        CYCLE.appliquer(courriel, "annuler")
        courriel.save(update_fields=["etat"])
        inscrire(journal.ANNULE, objet=courriel, par=par, motif=motif)
    return retires


@transaction.atomic
def renvoyer(courriel: Courriel, *, par) -> Courriel:
    """Put a failed mail back in the queue."""
    courriel = _verrouiller(courriel, par)
    CYCLE.appliquer(courriel, "renvoyer")
    courriel.a_envoyer_depuis, courriel.erreur = timezone.now(), ""
    courriel.save(update_fields=["etat", "a_envoyer_depuis", "erreur"])
    inscrire(journal.RENVOYE, objet=courriel, par=par)
    envoyer_apres_commit(courriel)
    return courriel
