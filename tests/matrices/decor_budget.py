"""A contract with a milestone, a line with an expense."""

from django.utils import timezone

from ateliers.budget.domaine import execution, pieces
from ateliers.budget.models import Jalon
from ateliers.cadrage.models import Contrat, LigneBudget
from ateliers.livrables.domaine import livrables
from ateliers.livrables.models import Livrable
from tests.factories.candidatures import PDF
from tests.matrices.decor import DECORS, decor


@decor("contrat_notifie")
def contrat_notifie(distribution):
    adresse = DECORS["contrat"](distribution)
    Contrat.objects.filter(pk=adresse["pk"]).update(notifie_le="2026-01-05")
    return adresse


@decor("piece_a_joindre")
def piece_a_joindre(distribution):
    return contrat_notifie(distribution) | {"genre": "acte", "rang": 0}


@decor("piece_signee")
def piece_signee(distribution):
    adresse = contrat_notifie(distribution)
    contrat = Contrat.objects.select_related("atelier").get(pk=adresse["pk"])
    piece = pieces.joindre_signee(
        contrat=contrat,
        genre="acte",
        rang=0,
        par=distribution.ddt,
        nom="acte.pdf",
        octets=PDF,
        signee_le=timezone.localdate(),
    )
    return adresse | {"pk": piece.pk}


@decor("jalon")
def jalon(distribution):
    adresse = contrat_notifie(distribution)
    objet = Jalon.objects.create(
        contrat_id=adresse["pk"], ordre=1, libelle="Démarrage", montant_ht=100
    )
    return adresse | {"pk": objet.pk}


@decor("seance_et_equipe")
def seance_et_equipe(distribution):
    adresse = DECORS["seance_tenue"](distribution)
    return {"slug": adresse["slug"], "pk": adresse["seance_id"]}


@decor("depense")
def depense(distribution):
    adresse = DECORS["ligne_budget"](distribution)
    ligne = LigneBudget.objects.select_related("atelier").get(pk=adresse["pk"])
    objet = execution.engager(ligne=ligne, par=distribution.ddt, objet="Salle", montant_ht=50)
    return adresse | {"pk": objet.pk}


@decor("livrable_reserve")
def livrable_reserve(distribution):
    adresse = DECORS["livrable_depose"](distribution)
    livrables.accepter(
        livrable=Livrable.objects.get(pk=adresse["livrable_id"]),
        par=distribution.ddt,
        reserves="Une légende manque.",
    )
    return adresse
