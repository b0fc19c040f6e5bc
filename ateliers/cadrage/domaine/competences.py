"""Which skills, and how many days of each, the cahier des charges asks of the team."""

from django.db import transaction

from ateliers.cadrage import journal
from ateliers.cadrage.choix import Discipline, EtatCahier
from ateliers.cadrage.droits import peut_rediger_cahier
from ateliers.cadrage.models import CahierDesCharges, CompetenceDemandee, CompetenceType
from ateliers.parcours.droits import exiger
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire


def demandees(atelier) -> list[tuple[str, int]]:
    """[(discipline, jours)], in the order of the cahier des charges."""
    cahier = getattr(atelier, "cahier_lu", None)  # brought along by the page that writes it
    if cahier is not None:
        return [(c.discipline, c.jours) for c in cahier.competences.all()]
    return list(
        CompetenceDemandee.objects.filter(cahier__atelier=atelier)
        .order_by("ordre", "pk")
        .values_list("discipline", "jours")
    )


def reprendre_types(cahier) -> None:
    """First lines, from the dispositif; part of opening an atelier."""
    types = CompetenceType.objects.filter(dispositif=cahier.atelier.dispositif_id)
    CompetenceDemandee.objects.bulk_create(
        CompetenceDemandee(cahier=cahier, discipline=t.discipline, jours=t.jours, ordre=t.ordre)
        for t in types
    )


@transaction.atomic
def definir(*, atelier, par, competences):
    """Replace the list. `competences`: [(discipline, jours)], one line per discipline."""
    cahier = (
        CahierDesCharges.objects.select_for_update(of=("self",))
        .select_related("atelier")
        .get(atelier=atelier)
    )
    exiger(peut_rediger_cahier(par, cahier.atelier))
    if cahier.etat != EtatCahier.BROUILLON:
        raise TransitionImpossible("Le cahier des charges n’est plus en rédaction : rouvrez-le.")
    disciplines = [discipline for discipline, _ in competences]
    if len(set(disciplines)) < len(disciplines):
        raise ErreurMetier("Une discipline figure deux fois : réunissez ses jours en une ligne.")
    if inconnues := set(disciplines) - set(Discipline.values):
        raise ErreurMetier(f"Discipline inconnue : {', '.join(sorted(inconnues))}.")
    cahier.competences.all().delete()
    CompetenceDemandee.objects.bulk_create(
        CompetenceDemandee(cahier=cahier, discipline=discipline, jours=jours, ordre=rang)
        for rang, (discipline, jours) in enumerate(competences, start=1)
    )
    resume = ", ".join(f"{Discipline(d).label} ({j} j)" for d, j in competences) or "aucune"
    inscrire(journal.COMPETENCES, objet=cahier.atelier, par=par, competences=resume)
    return cahier
