"""The déroulé of a séance: written, printed, compared, published."""

from collections import defaultdict

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ateliers.parcours.views.commun import trouver
from ateliers.programme import droits
from ateliers.programme.domaine import trajets, versions
from ateliers.programme.domaine.relecture import du_jour, relire
from ateliers.programme.models import VersionProgramme
from ateliers.seances.choix import EtatSeance, FormatSequence
from ateliers.seances.domaine.preparation import fin_sequence
from ateliers.seances.models import Seance, Sequence
from socle.territoires.distances import METHODE


def _seance(request, slug, pk):
    atelier = trouver(request, slug)
    seance = get_object_or_404(Seance, atelier=atelier, pk=pk)
    seance.atelier = atelier
    return seance


def _lignes(seance) -> list[Sequence]:
    """Each séquence of today with its end, its road, and whether it can move within its day."""
    lignes = du_jour(seance)
    for rang, ligne in enumerate(lignes):
        ligne.fin = fin_sequence(ligne)
        ligne.etapes = list(zip(ligne.arrets, trajets.trajets(ligne.arrets), strict=True))
        ligne.est_visite = ligne.format == FormatSequence.VISITE
        ligne.remonte = rang > 0 and lignes[rang - 1].jour == ligne.jour
        ligne.descend = rang + 1 < len(lignes) and lignes[rang + 1].jour == ligne.jour
    _totaliser(lignes)
    return lignes


def _lignes_publiees(version) -> list[Sequence]:
    """Those of a version; no estimated road, which was told to nobody."""
    lignes = relire(version.contenu)
    for ligne in lignes:
        ligne.fin = fin_sequence(ligne)
        ligne.etapes = [(arret, None) for arret in ligne.arrets]
    return lignes


def _totaliser(lignes) -> None:
    """The road of a whole day, said once, under its last visit."""
    jours = defaultdict(list)
    for ligne in lignes:
        if len(ligne.arrets) > 1:
            jours[ligne.jour].append(ligne)
    for visites in jours.values():
        visites[-1].total = trajets.total([v.arrets for v in visites])


@require_GET
def programme(request, slug, pk):
    seance = _seance(request, slug, pk)
    lignes = _lignes(seance)
    toutes = list(VersionProgramme.objects.filter(seance=seance).order_by("-numero"))
    changements = versions.en_attente(seance, toutes[0] if toutes else None)
    for ligne in lignes:
        ligne.corrections = trajets.corrections(ligne.arrets)
    vivante = seance.etat != EtatSeance.ANNULEE
    contexte = {
        "atelier": seance.atelier,
        "seance": seance,
        "sequences": lignes,
        "alertes": versions.a_verifier(seance, lignes),
        "methode": METHODE,
        "versions": toutes,
        "en_attente": [p for c in changements for p in c["phrases"]] if toutes else [],
        "publiable": bool(lignes and changements) and vivante,
        "ecrit": droits.peut_ecrire(request.user, seance.atelier) and vivante,
        "publie": droits.peut_publier(request.user, seance.atelier),
        "garde_kit": droits.peut_enregistrer_un_kit(request.user),
    }
    return render(request, "ateliers/programme/programme.html", contexte)


@require_GET
def imprimer(request, slug, pk):
    """The last published version; the working text where none is, or to whom writes it and asks."""
    seance = _seance(request, slug, pk)
    derniere = versions.derniere(seance)
    ecrit = droits.peut_ecrire(request.user, seance.atelier)
    travail = derniere is None or (ecrit and request.GET.get("texte") == "travail")
    contexte = {
        "atelier": seance.atelier,
        "seance": seance,
        "sequences": _lignes(seance) if travail else _lignes_publiees(derniere),
        "version": derniere,
        "travail": travail,
        "ecart": derniere is not None and bool(versions.en_attente(seance, derniere)),
        "interne": ecrit,
        "methode": METHODE,
    }
    return render(request, "ateliers/programme/imprimer.html", contexte)


@require_GET
def version(request, slug, pk, numero):
    """A frozen version: what it changed, and the whole of it."""
    seance = _seance(request, slug, pk)
    objet = get_object_or_404(
        VersionProgramme.objects.select_related("par"), seance=seance, numero=numero
    )
    contexte = {
        "atelier": seance.atelier,
        "seance": seance,
        "version": objet,
        "derniere": versions.derniere(seance) == objet,
        "phrases": [p for c in objet.changements for p in c["phrases"]],
        "sequences": _lignes_publiees(objet),
    }
    return render(request, "ateliers/programme/version.html", contexte)
