"""The pilot opens the doors and reads the lists."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.inscriptions import droits
from ateliers.inscriptions.domaine import ouverture, places
from ateliers.inscriptions.forms.inscriptions import FormulaireReglage
from ateliers.inscriptions.models import Inscriptions
from ateliers.parcours.droits import exiger
from ateliers.participants.views.commun import SurSeance, charger_seance
from socle.courriels.domaine import lien
from socle.interface.vues import VueFormulaire


def _inscriptions(seance):
    inscriptions = Inscriptions.objects.filter(seance=seance).first()
    if inscriptions is not None:
        inscriptions.seance = seance
    return inscriptions


@require_GET
def liste(request, slug, seance_id):
    seance = charger_seance(request, slug, seance_id)
    inscriptions = _inscriptions(seance)
    contexte = {
        "atelier": seance.atelier,
        "seance": seance,
        "inscriptions": inscriptions,
        "peut_regler": droits.peut_regler(request.user, seance.atelier),
        "adresse_publique": lien(reverse("ateliers:inscription_publique", args=[seance.pk])),
    }
    if inscriptions is not None:
        contexte |= ouverture.bilan_inscriptions(inscriptions) | {
            "quotas": list(inscriptions.quotas.all()),
            "ouvertes": places.sont_ouvertes(inscriptions),
        }
    return render(request, "ateliers/inscriptions/liste.html", contexte)


class Regler(SurSeance, VueFormulaire):
    form_class = FormulaireReglage
    template_name = "ateliers/participants/formulaire.html"
    titre = "Inscriptions du public"
    message = "Les réglages des inscriptions du public sont enregistrés."
    retour = "ateliers:inscriptions"

    def charger(self):
        seance = super().charger()
        exiger(droits.peut_regler(self.request.user, self.atelier))
        return seance

    def get_initial(self):
        inscriptions = _inscriptions(self.seance)
        if inscriptions is None:
            return {"ouvertes": True, "capacite": 40, "revision": 0}
        fermeture = inscriptions.ferment_le
        locale = fermeture.astimezone(self.seance.zone) if fermeture else None
        champs = ("ouvertes", "capacite", "delai_heures", "accueil", "revision")
        return {
            **{champ: getattr(inscriptions, champ) for champ in champs},
            **{f"quota_{q.college}": q.places for q in inscriptions.quotas.all()},
            "jour_fin": locale.date() if locale else None,
            "heure_fin": locale.time() if locale else None,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.atelier,
            retour=self.url_retour(),
            retour_libelle=f"Inscriptions, {self.seance}",
            **kwargs,
        )

    def executer(self, form):
        lues, fermeture = form.cleaned_data, form.cleaned_data["ferment_le"]
        champs = {cle: lues[cle] for cle in ouverture.CHAMPS if cle != "ferment_le"}
        return ouverture.regler(
            seance=self.seance,
            par=self.request.user,
            revision=lues["revision"],
            quotas=form.quotas(),
            ferment_le=fermeture.replace(tzinfo=self.seance.zone) if fermeture else None,
            **champs,
        )
