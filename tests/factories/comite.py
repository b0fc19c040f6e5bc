"""Committees at every stage, made by calling the verbs."""

from datetime import timedelta

from django.utils import timezone

from candidatures.comite.calcul.reglages import de
from candidatures.comite.domaine import comites, deliberations, scenarios
from candidatures.comite.domaine.deliberations import Voix
from candidatures.comite.models import Comite
from tests.factories.candidatures import faire_appel
from tests.factories.file import sans_worker
from tests.factories.instruction import faire_en_evaluation, faire_evaluateur, noter


def faire_table(distribution, notes, *, dispositif="local", evaluateurs=None):
    """An appel and its candidatures, one per triplet of notes."""
    appel = faire_appel(distribution, dispositif, titre=f"Table {len(notes)}")
    evaluateurs = evaluateurs or [distribution.evaluateur]
    candidatures = []
    for rang, triplet in enumerate(notes):
        candidature = faire_en_evaluation(
            distribution, appel=appel, titre=f"Dossier {rang + 1}", evaluateurs=evaluateurs
        )
        for evaluateur in evaluateurs:
            noter(candidature, evaluateur, triplet)
        candidatures.append(candidature)
    return appel, candidatures


def preparer_comite(distribution, appel, *, votants=3, **champs) -> Comite:
    membres = [faire_evaluateur(distribution, 50 + rang) for rang in range(votants)]
    valeurs = {
        "tenu_le": timezone.now() + timedelta(days=1),
        "lieu": "Salle 12",
        "presidence": membres[0].nom_complet if membres else "Jeanne Roy",
        "quorum": 2,
        "plafond_places": 1,
        "reserve": 1,
    }
    comite = comites.preparer_comite(appel=appel, par=distribution.dgaln, **valeurs | champs)
    for membre in membres:
        comites.ajouter_membre(comite=comite, par=distribution.dgaln, utilisateur=membre)
    return comite


def ouvrir_comite(distribution, comite) -> Comite:
    """Everybody present, the committee's own settings kept as a scenario."""
    presents = list(comite.membres.values_list("pk", flat=True))
    comites.noter_presences(comite=comite, presents=presents, par=distribution.dgaln)
    comite = comites.ouvrir_comite(comite=comite, par=distribution.dgaln)
    scenario = scenarios.garder_scenario(
        comite=comite, nom="Proposition", reglages=de(comite), par=distribution.dgaln
    )
    scenarios.retenir_scenario(scenario=scenario, par=distribution.dgaln)
    return Comite.objects.get(pk=comite.pk)


def deliberer(distribution, comite, candidature, proposition="retenir", **options):
    options.setdefault("voix", Voix(pour=2))
    return deliberations.deliberer(
        comite=comite,
        candidature=candidature,
        proposition=proposition,
        par=distribution.dgaln,
        **options,
    )


@sans_worker()
def clore_comite(distribution, comite) -> Comite:
    deliberations.deliberer_en_bloc(comite=comite, par=distribution.dgaln)
    return comites.clore_comite(comite=comite, par=distribution.dgaln)


def faire_comite(distribution, notes=((5, 5, 5), (3, 3, 3), (1, 1, 1)), **champs):
    appel, candidatures = faire_table(distribution, notes)
    return preparer_comite(distribution, appel, **champs), candidatures


def faire_comite_clos(distribution, **options):
    comite, candidatures = faire_comite(distribution, **options)
    return clore_comite(distribution, ouvrir_comite(distribution, comite)), candidatures
