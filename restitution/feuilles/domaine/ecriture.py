"""Opening the feuille de route, its vision and its axes."""

from django.db import transaction
from django.db.models import Max

from restitution.feuilles import droits, journal
from restitution.feuilles.domaine.verrou import verifier_revision, verrouiller_pour_ecrire
from restitution.feuilles.models import Axe, FeuilleDeRoute
from socle.erreurs import ActionInterdite, TransitionImpossible
from socle.journal.domaine import inscrire


@transaction.atomic
def ouvrir_feuille(*, atelier, par) -> FeuilleDeRoute:
    """One feuille per atelier. Opening it early is welcome: it is written all along the way."""
    atelier = type(atelier).objects.select_for_update(of=("self",)).get(pk=atelier.pk)
    if not droits.peut_ouvrir(par, atelier):
        raise ActionInterdite(
            "La feuille de route est ouverte par l’équipe, le service pilote ou la collectivité."
        )
    if FeuilleDeRoute.objects.filter(atelier=atelier).exists():
        raise TransitionImpossible("La feuille de route de cet atelier est déjà ouverte.")
    if atelier.etat == "abandonne":
        raise TransitionImpossible("Cet atelier est abandonné : il n’aura pas de feuille de route.")
    feuille = FeuilleDeRoute.objects.create(atelier=atelier)
    inscrire(journal.OUVERTE, objet=feuille, par=par)
    return feuille


@transaction.atomic
def enregistrer_vision(*, feuille, vision: str, revision: int, par) -> FeuilleDeRoute:
    feuille = verrouiller_pour_ecrire(feuille.pk, par)
    verifier_revision(feuille, revision)
    feuille.vision = vision.strip()
    feuille.revision += 1
    feuille.save(update_fields=["vision", "revision"])
    inscrire(journal.VISION, objet=feuille, par=par)
    return feuille


@transaction.atomic
def enregistrer_axe(
    *, feuille, titre: str, texte: str = "", axe=None, revision: int = 0, par
) -> Axe:
    """Create an axe at the end, or change one."""
    feuille = verrouiller_pour_ecrire(feuille.pk, par)
    if axe is None:
        axe = Axe(feuille=feuille, ordre=_dernier_rang(feuille.axes) + 1)
    else:
        axe = feuille.axes.get(pk=axe.pk)
        verifier_revision(axe, revision)
        axe.revision += 1
    axe.titre, axe.texte = titre.strip(), texte.strip()
    axe.save()
    inscrire(journal.AXE, objet=feuille, par=par, titre=axe.titre)
    return axe


@transaction.atomic
def supprimer_axe(*, axe, par) -> None:
    """An axe goes only once its actions have gone elsewhere."""
    feuille = verrouiller_pour_ecrire(axe.feuille_id, par)
    if axe.actions.exists():
        raise TransitionImpossible(
            "Cet axe porte encore des actions : déplacez-les ou supprimez-les d’abord."
        )
    inscrire(journal.AXE_SUPPRIME, objet=feuille, par=par, titre=axe.titre)
    axe.delete()
    renumeroter(feuille.axes)


@transaction.atomic
def deplacer_axe(*, axe, sens: str, par) -> None:
    feuille = verrouiller_pour_ecrire(axe.feuille_id, par)
    if deplacer(feuille.axes, axe, sens):
        inscrire(journal.ORDRE, objet=feuille, par=par, titre=axe.titre)


def deplacer(rangees, element, sens: str) -> bool:
    """Swap with the neighbour above (« monter ») or below; False at the edge of the list."""
    liste = list(rangees.order_by("ordre"))
    place = [e.pk for e in liste].index(element.pk)
    voisin = place - 1 if sens == "monter" else place + 1
    if not 0 <= voisin < len(liste):
        return False
    liste[place], liste[voisin] = liste[voisin], liste[place]
    _ecrire_ordre(liste)
    return True


def renumeroter(rangees) -> None:
    _ecrire_ordre(list(rangees.order_by("ordre")))


def _ecrire_ordre(liste) -> None:
    for ordre, element in enumerate(liste, start=1):
        if element.ordre != ordre:
            element.ordre = ordre
            element.save(update_fields=["ordre"])


def _dernier_rang(rangees) -> int:
    return rangees.aggregate(dernier=Max("ordre"))["dernier"] or 0
