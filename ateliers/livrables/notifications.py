"""Which mail at which event of an atelier."""

from django.urls import reverse

from ateliers.livrables.choix import Palier
from socle.comptes.models import Utilisateur
from socle.courriels.domaine import deposer, lien


def _personnes(organismes):
    return list(Utilisateur.objects.filter(is_active=True, organisme__in=organismes))


def ouverture(atelier, par):
    deposer(
        "atelier_ouvert",
        a=_personnes([atelier.service_pilote_id, *atelier.porteurs.values_list("pk", flat=True)]),
        contexte={
            "atelier": atelier,
            "lien": lien(reverse("ateliers:espace", args=[atelier.slug])),
        },
        objet=atelier,
        par=par,
    )


def _livrable(cle, livrable, organismes, par, **plus):
    adresse = lien(reverse("ateliers:livrables", args=[livrable.atelier.slug]))
    deposer(
        cle,
        a=_personnes(organismes),
        contexte={
            "livrable": livrable,
            "atelier": livrable.atelier,
            "lien": adresse,
            "par": par,
            **plus,
        },
        objet=livrable.atelier,
        par=par,
    )


def depot(livrable, version, par):
    pilote = [livrable.atelier.service_pilote_id]
    _livrable("livrable_depose", livrable, pilote, par, version=version)


def reprise(livrable, motif, par):
    equipe = livrable.atelier.intervenants.values_list("pk", flat=True)
    _livrable("livrable_refuse", livrable, equipe, par, motif=motif)


def reserves(livrable, par):
    equipe = livrable.atelier.intervenants.values_list("pk", flat=True)
    _livrable("livrable_reserves", livrable, equipe, par)


def echeance(livrable, palier):
    """The team always; its pilot too from the due date on."""
    organismes = list(livrable.atelier.intervenants.values_list("pk", flat=True))
    if palier != Palier.AVANT:
        organismes.append(livrable.atelier.service_pilote_id)
    _livrable("livrable_echeance", livrable, organismes, None, palier=palier)
