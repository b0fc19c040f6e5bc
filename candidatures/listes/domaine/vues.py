"""Saved views: named, shared, one of them opened by default."""

from __future__ import annotations

from django.db import transaction

from candidatures.listes.choix import PageListe
from candidatures.listes.droits import partages_possibles
from candidatures.listes.models import VueEnregistree
from socle.erreurs import ActionInterdite, ErreurMetier


@transaction.atomic
def enregistrer_vue(
    *, page: str, nom: str, requete: str, partage: str, par_defaut: bool, par
) -> VueEnregistree:
    """Under a name already used by the same person, the view is replaced."""
    nom = " ".join(nom.split())
    if not nom:
        raise ErreurMetier("Donnez un nom à la vue.")
    if page not in PageListe.values or partage not in dict(partages_possibles(par)):
        raise ActionInterdite("Cette vue ne peut pas être partagée ainsi.")
    if par_defaut:
        _de(par, page).select_for_update().update(par_defaut=False)
    vue, _ = VueEnregistree.objects.update_or_create(
        proprietaire=par,
        page=page,
        nom=nom[:80],
        defaults={"requete": requete[:2000], "partage": partage, "par_defaut": par_defaut},
    )
    return vue


def _de(personne, page):
    return VueEnregistree.objects.filter(proprietaire=personne, page=page)


@transaction.atomic
def ouvrir_par_defaut(*, vue: VueEnregistree, par) -> VueEnregistree:
    """Once more takes the default away."""
    _verifier(vue, par)
    vue = VueEnregistree.objects.select_for_update().get(pk=vue.pk)
    voulu = not vue.par_defaut
    _de(par, vue.page).update(par_defaut=False)
    vue.par_defaut = voulu
    vue.save(update_fields=["par_defaut"])
    return vue


@transaction.atomic
def supprimer_vue(*, vue: VueEnregistree, par) -> None:
    _verifier(vue, par)
    vue.delete()


def _verifier(vue, par) -> None:
    if vue.proprietaire_id != par.pk:
        raise ActionInterdite("Seule la personne qui a enregistré la vue peut la changer.")
