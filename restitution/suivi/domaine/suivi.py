"""Follow-up: what projects lack most. Open once the feuille is official."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from restitution.feuilles import droits
from restitution.feuilles.domaine.verrou import verrouiller
from restitution.feuilles.models import Action
from restitution.suivi import journal
from restitution.suivi.models import ConstatAvancement, PointEtape, Suite
from socle.erreurs import ActionInterdite, TransitionImpossible
from socle.journal.domaine import inscrire


def peut_suivre(utilisateur, feuille) -> bool:
    return droits.peut_piloter(utilisateur, feuille) or droits.est_collectivite(
        utilisateur, feuille
    )


def _ouvrir(feuille_id: int, par):
    feuille = verrouiller(feuille_id)
    if not peut_suivre(par, feuille):
        raise ActionInterdite("Le suivi est tenu par le service pilote et par la collectivité.")
    if not feuille.suivie:
        raise TransitionImpossible(
            "Le suivi commence après l’officialisation de la feuille de route."
        )
    return feuille


def _verifier_date(jour, quoi: str) -> None:
    if jour > timezone.localdate():
        raise TransitionImpossible(f"{quoi} ne peut pas être daté dans le futur.")


@transaction.atomic
def constater_avancement(*, action, avancement: str, note: str, constate_le=None, par):
    """State of one action, with what shows it. The newest observation is the current state."""
    feuille = _ouvrir(action.axe.feuille_id, par)
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    constate_le = constate_le or timezone.localdate()
    _verifier_date(constate_le, "Un constat")
    if not note.strip():
        raise TransitionImpossible("Dites en une phrase ce qui montre cet avancement.")
    constat = ConstatAvancement.objects.create(
        action=action, avancement=avancement, note=note.strip(), constate_le=constate_le, par=par
    )
    action.avancement = action.constats.order_by("-constate_le", "-pk").first().avancement
    action.save(update_fields=["avancement"])
    inscrire(
        journal.AVANCEMENT,
        objet=feuille,
        par=par,
        titre=action.titre,
        avancement=constat.get_avancement_display(),
    )
    return constat


@transaction.atomic
def tenir_point_etape(*, feuille, mois: int, tenu_le, synthese: str, presents: str = "", par):
    feuille = _ouvrir(feuille.pk, par)
    _verifier_date(tenu_le, "Un point d’étape")
    if feuille.points_etape.filter(mois=mois).exists():
        raise TransitionImpossible("Le compte rendu de ce point d’étape est déjà enregistré.")
    point = PointEtape.objects.create(
        feuille=feuille,
        mois=mois,
        tenu_le=tenu_le,
        synthese=synthese.strip(),
        presents=presents.strip(),
        par=par,
    )
    inscrire(journal.POINT, objet=feuille, par=par, echeance=point.get_mois_display().lower())
    return point


@transaction.atomic
def ajouter_suite(*, feuille, genre, titre, date: date, lien="", description="", action=None, par):
    feuille = _ouvrir(feuille.pk, par)
    if action is not None and action.axe.feuille_id != feuille.pk:
        raise TransitionImpossible("Cette action n’est pas de cette feuille de route.")
    suite = Suite.objects.create(
        feuille=feuille,
        action=action,
        genre=genre,
        titre=titre.strip(),
        date=date,
        lien=lien,
        description=description.strip(),
        par=par,
    )
    inscrire(journal.SUITE, objet=feuille, par=par, titre=suite.titre)
    return suite
