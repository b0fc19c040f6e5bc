"""Writing the actions of an axe."""

from django.db import transaction
from django.db.models import Max

from restitution.feuilles import journal
from restitution.feuilles.domaine.ecriture import deplacer, renumeroter
from restitution.feuilles.domaine.verrou import verifier_revision, verrouiller_pour_ecrire
from restitution.feuilles.models import Action
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

CHAMPS = (
    "titre",
    "description",
    "theme",
    "priorite",
    "horizon",
    "echeance_annee",
    "echeance_date",
    "portage_elu",
    "portage_elu_organisme",
    "portage_etat",
    "portage_etat_organisme",
    "pilote",
    "partenaires",
    "outils",
    "montant",
    "financement",
    "indicateur",
    "deja_engagee",
    "parent",
)
LIENS = ("contributions", "hypotheses", "sites")


@transaction.atomic
def enregistrer_action(*, axe, par, action=None, revision: int = 0, **champs) -> Action:
    """Create an action at the end of the axe, or change one (and move it to this axe).

    `champs` takes the names of CHAMPS and LIENS; those left out keep their value.
    """
    feuille = verrouiller_pour_ecrire(axe.feuille_id, par)
    axe = feuille.axes.get(pk=axe.pk)
    ancien_axe = None
    if action is None:
        action = Action(axe=axe, ordre=_rang_suivant(axe))
    else:
        action = Action.objects.select_related("axe").get(pk=action.pk, axe__feuille=feuille)
        verifier_revision(action, revision)
        action.revision += 1
        if action.axe_id != axe.pk:
            ancien_axe, action.axe, action.ordre = action.axe, axe, _rang_suivant(axe)
            action.parent = None
            action.sous_actions.update(parent=None)
    _poser(action, feuille, champs)
    action.save()
    for lien in LIENS:
        if lien in champs:
            _lier(action, lien, champs[lien], feuille)
    if ancien_axe:
        renumeroter(ancien_axe.actions)
    inscrire(journal.ACTION, objet=feuille, par=par, titre=action.titre)
    return action


def _poser(action, feuille, champs) -> None:
    inconnus = set(champs) - set(CHAMPS) - set(LIENS)
    if inconnus:
        raise TypeError(f"champs inconnus : {', '.join(sorted(inconnus))}")
    for champ in CHAMPS:
        if champ in champs:
            setattr(action, champ, champs[champ])
    _accorder_echeance(action)
    parent = action.parent
    if parent is None:
        return
    if parent.axe_id != action.axe_id or parent.parent_id or parent.pk == action.pk:
        raise TransitionImpossible(
            "Une sous-action dépend d’une action principale du même axe, sur un seul niveau."
        )
    if action.pk and action.sous_actions.exists():
        raise TransitionImpossible(
            "Cette action a des sous-actions : elle reste au premier niveau."
        )


def _accorder_echeance(action) -> None:
    """A date gives its year; a year that says otherwise is refused."""
    if action.echeance_date is None:
        return
    annee = action.echeance_date.year
    if action.echeance_annee not in (None, annee):
        raise ErreurMetier(
            f"L’année d’échéance est {action.echeance_annee}, la date d’échéance est en {annee} : "
            "gardez l’une des deux ou accordez-les.",
            champ="echeance_annee",
        )
    action.echeance_annee = annee


def _lier(action, lien: str, objets, feuille) -> None:
    """Provenance comes from the same atelier, whatever the form sent."""
    objets = list(objets)
    for objet in objets:
        atelier_id = objet.seance.atelier_id if lien == "contributions" else objet.atelier_id
        if atelier_id != feuille.atelier_id:
            raise TransitionImpossible(
                "Une action provient du même atelier que sa feuille de route."
            )
    getattr(action, lien).set(objets)


@transaction.atomic
def supprimer_action(*, action, par) -> None:
    feuille = verrouiller_pour_ecrire(action.axe.feuille_id, par)
    inscrire(journal.ACTION_SUPPRIMEE, objet=feuille, par=par, titre=action.titre)
    axe = action.axe
    action.delete()
    renumeroter(axe.actions)


@transaction.atomic
def deplacer_action(*, action, sens: str, par) -> None:
    feuille = verrouiller_pour_ecrire(action.axe.feuille_id, par)
    if deplacer(action.axe.actions, action, sens):
        inscrire(journal.ORDRE, objet=feuille, par=par, titre=action.titre)


def _rang_suivant(axe) -> int:
    return (axe.actions.aggregate(dernier=Max("ordre"))["dernier"] or 0) + 1
