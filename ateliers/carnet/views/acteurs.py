"""The work page (the parcours), the séance page, the history."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ateliers.cadrage.droits import peut_voir_contrats
from ateliers.carnet.domaine.parcours import lire_parcours
from ateliers.carnet.domaine.repertoire import territoire
from ateliers.carnet.domaine.seance import lire_seance, trouver_seance
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import peut_contribuer, peut_piloter
from ateliers.parcours.views.commun import trouver
from ateliers.participants.domaine.conflits import conflits
from ateliers.seances.domaine.conditions import OUVERTS
from ateliers.seances.domaine.duree import hors_duree
from ateliers.seances.domaine.preparation import manques_suivi
from ateliers.seances.models import Seance
from socle.comptes.choix import Role
from socle.journal.domaine import historique as lire_historique


@require_GET
def espace(request, slug):
    """THE parcours."""
    atelier = trouver(request, slug)
    pilote = peut_piloter(request.user, atelier)
    en_restitution = atelier.etat == EtatAtelier.RESTITUTION
    parcours = lire_parcours(atelier)
    suite = parcours.suite
    return render(
        request,
        "ateliers/carnet/espace.html",
        {
            "atelier": atelier,
            "territoire": territoire(atelier),
            "parcours": parcours,
            "suite": suite,
            "hors_duree": hors_duree(
                atelier.dispositif, [e.seance for e in parcours.etapes if e.seance]
            ),
            "suite_action": suite.action if suite else "",
            "suite_qui": suite.par_qui if suite else "",
            "pilote": pilote,
            "contribue": peut_contribuer(request.user, atelier),
            "contrats": peut_voir_contrats(request.user, atelier),
            "ouvert": atelier.etat in OUVERTS,
            "en_restitution": en_restitution,
            "manques_suivi": manques_suivi(atelier) if en_restitution else [],
            "en_suivi": atelier.etat == EtatAtelier.SUIVI,
            "abandonnable": pilote
            and atelier.etat
            in (EtatAtelier.CADRAGE, EtatAtelier.EN_COURS, EtatAtelier.RESTITUTION),
        },
    )


@require_GET
def seance(request, slug, pk):
    objet = trouver_seance(request.user, slug, pk)
    atelier = objet.atelier
    contexte = lire_seance(objet)
    contexte["pilote"] = peut_piloter(request.user, atelier)
    contexte["contribue"] = peut_contribuer(request.user, atelier)
    montres = contexte["contribue"] and contexte["reportable"]
    trouves = conflits(objet, par=request.user) if montres else []
    contexte["conflits"] = [c.phrase for c in trouves]
    return render(request, "ateliers/carnet/seance.html", contexte)


@require_GET
def historique(request, slug):
    atelier = trouver(request, slug)
    confidentielles = request.user.role in (Role.DGALN, Role.SERVICE_ETAT)
    lignes = lire_historique(atelier, confidentielles=confidentielles)
    contexte = {"atelier": atelier, "lignes": lignes}
    return render(request, "ateliers/carnet/historique.html", contexte)


@require_GET
def historique_seance(request, slug, pk):
    """Who did what about one séance: dates, reasons, convocations."""
    atelier = trouver(request, slug)
    objet = get_object_or_404(Seance, atelier=atelier, pk=pk)
    confidentielles = request.user.role in (Role.DGALN, Role.SERVICE_ETAT)
    toutes = lire_historique(objet, atelier, confidentielles=confidentielles)
    # Dates and convocations are written on the atelier, under the title of the séance.
    lignes = [
        (entree, action)
        for entree, action in toutes
        if entree.objet_type == "ateliers.seance" or entree.details.get("seance") == objet.titre
    ]
    contexte = {"atelier": atelier, "seance": objet, "lignes": lignes}
    return render(request, "ateliers/carnet/historique_seance.html", contexte)
