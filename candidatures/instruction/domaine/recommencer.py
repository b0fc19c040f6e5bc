"""Start again from a former candidature: last year’s text, with what was said of it."""

from __future__ import annotations

from django.db import transaction

from candidatures.appels.models import Appel
from candidatures.dossiers.domaine import emprises
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.domaine.creation import creer
from candidatures.dossiers.droits import peut_recommencer
from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal
from candidatures.instruction.domaine.reprise import (
    CHAMPS,
    _copier_contenu,
    _copier_perimetre,
    _copier_porteurs,
    copier_auteurs,
    copier_reponses,
)
from socle.erreurs import ActionInterdite, TransitionImpossible
from socle.interface.templatetags.interface import date_courte
from socle.journal.domaine import historique, inscrire

IRRECEVABLE = "candidature.irrecevable"


def _en_texte(demande) -> str:
    """A former request for compléments: its reason, then what was expected of each part."""
    elements = [f"– {e.ou} : {e.texte}" for e in demande.elements.all()]
    debut = f"Compléments demandés le {date_courte(demande.demandee_le)} : {demande.motif}"
    return "\n".join([debut, *elements])


def remarques(candidature: Candidature) -> str:
    """What the published decisions and the recevabilité said, for the margin of the new dossier."""
    demandes = candidature.demandes_complement.prefetch_related("elements")
    publiees = candidature.decisions.filter(publication__isnull=False).order_by("-preparee_le")
    motifs = [decision.motif for decision in publiees]
    motifs += [e.motif for e, _ in historique(candidature) if e.action == IRRECEVABLE]
    motifs += [_en_texte(demande) for demande in demandes.order_by("demandee_le")]
    return "\n\n".join(motif for motif in motifs if motif)


def appels_possibles(candidature: Candidature):
    """Open calls, but its own and those where it was taken up already."""
    deja = Candidature.objects.filter(reprise_de=candidature).values("appel")
    return Appel.objects.ouverts().exclude(pk=candidature.appel_id).exclude(pk__in=deja)


@transaction.atomic
def recommencer(*, candidature: Candidature, appel, par) -> Candidature:
    """Open a brouillon in an open call with all that was written; the source does not change."""
    source = verrouiller(candidature)
    if not peut_recommencer(par, source):
        raise ActionInterdite("Seuls les porteurs recommencent une candidature close.")
    if appel.pk == source.appel_id:
        raise TransitionImpossible(
            "Cette candidature répond déjà à cet appel : choisissez-en un autre."
        )
    if Candidature.objects.filter(reprise_de=source, appel=appel).exists():
        raise TransitionImpossible("Cette candidature a déjà été recommencée dans cet appel.")
    copie = creer(appel=appel, titre=source.titre, par=par)
    _copier_porteurs(source, copie, par)
    _copier_contenu(source, copie)
    copier_reponses(source, copie)
    copier_auteurs(source, copie, par)
    for champ in CHAMPS:
        setattr(copie, champ, getattr(source, champ))
    if source.perimetre_id:
        copie.perimetre = _copier_perimetre(source.perimetre)
    emprises.reprendre(depuis=source, vers=copie)
    copie.reprise_de = source
    copie.remarques_reprises = remarques(source)
    copie.save(
        update_fields=[
            *CHAMPS,
            "perimetre",
            "service_pilote",
            "reprise_de",
            "remarques_reprises",
            "modifiee_le",
        ]
    )
    inscrire(journal.RECOMMENCEE, objet=source, par=par, nouvelle=copie.reference)
    return copie
