"""Cross-model reads for the rooms above and for the screens."""

from django.db.models import Count, Prefetch

from restitution.feuilles.models import Action, Axe, FeuilleDeRoute


def feuille_de(atelier) -> FeuilleDeRoute | None:
    return FeuilleDeRoute.objects.select_related("atelier").filter(atelier=atelier).first()


def axes_et_actions(feuille, *, provenance: bool = False) -> list[Axe]:
    """The axes with `actions` prefetched in order, and their provenance when asked."""
    actions = Action.objects.select_related(
        "theme", "portage_elu_organisme", "portage_etat_organisme", "parent"
    ).order_by("ordre")
    if provenance:
        actions = actions.prefetch_related("contributions__seance", "hypotheses", "sites__commune")
    return list(feuille.axes.order_by("ordre").prefetch_related(Prefetch("actions", actions)))


def publiees():
    """Public list: one row per published feuille, with its figures, in one query."""
    return (
        FeuilleDeRoute.objects.publiees()
        .select_related("atelier__perimetre", "atelier__dispositif")
        .annotate(
            nb_axes=Count("axes", distinct=True), nb_actions=Count("axes__actions", distinct=True)
        )
        .order_by("-publiee_le", "-pk")
    )
