"""The territory of a dossier: what is known of it, who answers for it, what changed since."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers import droits
from candidatures.dossiers.domaine import eligibilite, emprises, pilotage, territoire
from candidatures.dossiers.domaine.figees import parties_figees
from candidatures.dossiers.views.lecture import charger, contexte_entete
from socle.interface.vues import VueVerbe
from socle.territoires.domaine import remplacements
from socle.territoires.domaine.fiches import phrase_fin
from socle.territoires.domaine.lues import garder_communes
from socle.territoires.domaine.surfaces import surface_lisible


def url_territoire(candidature) -> str:
    return reverse("candidatures:territoire", args=[candidature.reference])


def fiche_figee(candidature) -> dict | None:
    """The sheet of the last deposit, with its date."""
    for numero, figee_le, _eligibilite, fiche in parties_figees(candidature):
        if fiche:
            return fiche | {"version": numero, "figee_le": figee_le}
    return None


def contexte_bref(candidature) -> dict:
    """For the instruction: what was frozen, and whether the territory changed since."""
    fiche = fiche_figee(candidature)
    return {
        "eligibilite": eligibilite.lignes(candidature),
        "recoupements": territoire.recoupements(fiche),
        "finies": _finies(candidature),
    }


def _finies(candidature) -> list[dict]:
    finies = remplacements(candidature.perimetre) if candidature.perimetre else []
    return [{"commune": r.commune, "phrase": phrase_fin(r.commune, r.successeur)} for r in finies]


@require_safe
def fiche(request, reference):
    candidature = charger(request.user, reference, questions=False)
    perimetre = candidature.perimetre
    garder_communes(perimetre)
    courante = fiche_figee(candidature) or territoire.fiche_territoire(candidature)
    competents = pilotage.services(candidature)
    contexte = contexte_entete(request, candidature) | {
        "onglet": "territoire",
        "fiche": courante,
        "surface": surface_lisible(courante),
        "emprise": emprises.a_montrer(candidature),
        "recoupements": territoire.recoupements(courante),
        "zonages": territoire.zonages_groupes(courante),
        "eligibilite": eligibilite.lignes(candidature),
        "services": competents,
        "pilote_etranger": pilotage.pilote_etranger(candidature, competents),
        "finies": _finies(candidature),
        "etats": perimetre.etats.all() if perimetre else [],
        "perime": pilotage.perimetre_perime(candidature),
        "peut_actualiser": droits.peut_actualiser_perimetre(request.user, candidature),
        "peut_copiloter": droits.peut_designer_copilote(request.user, candidature),
        "peut_piloter": droits.peut_changer_pilote(request.user, candidature),
        "peut_designer": droits.peut_designer_dreal(request.user, candidature),
    }
    return render(request, "candidatures/dossiers/territoire.html", contexte)


class VueActualiserPerimetre(VueVerbe):
    message = "Le périmètre est actualisé ; son état antérieur est conservé."

    def charger(self):
        return charger(self.request.user, self.kwargs["reference"])

    def executer(self, objet):
        return pilotage.actualiser(candidature=objet, par=self.request.user)

    def url_retour(self, objet):
        return url_territoire(objet)
