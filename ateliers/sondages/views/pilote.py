"""The poll, for those who lead the atelier."""

from datetime import date, timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from ateliers.parcours.droits import exiger
from ateliers.parcours.views.commun import FormulaireAtelier, trouver
from ateliers.participants.domaine.dates import convies
from ateliers.participants.domaine.lettres import signature_de
from ateliers.participants.domaine.requetes import (
    a_joindre_autrement,
    enumerer,
    invitations_de,
    phrase_sans_courriel,
)
from ateliers.participants.models import Participant
from ateliers.participants.views.dates import AvecLieux
from ateliers.seances.domaine.exterieur import mentions_des_jours
from ateliers.seances.models import Seance
from ateliers.sondages import droits
from ateliers.sondages.choix import EtatSondage
from ateliers.sondages.domaine import requetes
from ateliers.sondages.domaine import sondages as verbes
from ateliers.sondages.domaine.attendus import attendus_par_compte
from ateliers.sondages.domaine.classement import REGLE
from ateliers.sondages.domaine.creneaux import SEMAINES, jours_chomes, jours_de
from ateliers.sondages.domaine.minimums import minimums_de
from ateliers.sondages.forms import sondages as formulaires
from ateliers.sondages.models import Creneau, Sondage
from ateliers.sondages.moments import horloge, plage, ville
from socle.erreurs import confirmer
from socle.interface.templatetags.interface import periode

VACANCES = "vacances"  # as the days of the grid are marked; they forbid nothing
RESERVE = "Les réponses au sondage sont réservées à ceux qui conduisent l’atelier."
# One constant string a cell: a grid of 1,200 cells costs no template rendering.
CASES = {
    "oui": mark_safe('<td class="vote vote--oui">oui</td>'),
    "si_besoin": mark_safe('<td class="vote vote--si-besoin">si besoin</td>'),
    "non": mark_safe('<td class="vote vote--non">non</td>'),
    "": mark_safe('<td class="vote"><span aria-hidden="true">–</span></td>'),
}


class Sonder(FormulaireAtelier):
    droit = staticmethod(droits.peut_sonder)
    form_class = formulaires.FormulaireSondage
    template_name = "ateliers/sondages/nouveau.html"
    titre = "Sonder sur des dates"

    @property
    def message(self):
        noms = requetes.sans_lien(self.resultat)
        if not noms:
            return "Le sondage est parti : chaque personne a reçu son lien."
        return (
            "Le sondage est parti à ceux qui ont une adresse électronique. Demandez leurs réponses "
            f"par téléphone ou par courrier, puis notez-les ici : {enumerer(noms)}."
        )

    @cached_property
    def seance(self):
        seance = get_object_or_404(Seance, atelier=self.atelier, pk=self.kwargs["pk"])
        seance.atelier = self.atelier
        return seance

    @cached_property
    def premier(self):
        """First week shown: the one asked for, else around the month foreseen."""
        demain = timezone.localdate() + timedelta(days=1)
        demande = (
            self.request.POST.get("semaines")
            or self.request.POST.get("a_partir")
            or self.request.GET.get("a_partir", "")
        )
        try:
            return max(date.fromisoformat(demande), demain)
        except ValueError:
            prevu = self.seance.mois or demain
            return max(prevu - timedelta(days=14), demain + timedelta(days=13))

    def get_form_kwargs(self):
        lignes = invitations_de(self.seance).order_by()
        cherches = {int(pk) for pk in self.request.GET.getlist("indispensable") if pk.isdigit()}
        lignes = list(lignes.values_list("participant_id", "obligatoire"))
        invites = [pk for pk, _ in lignes]
        gens = Participant.objects.filter(atelier=self.atelier)
        gens = list(gens.select_related("organisme", "personne"))
        joignables = [p.pk for p in gens if p.courriel]
        etape = self.seance.etape_type
        return super().get_form_kwargs() | {
            "premier": self.premier,
            "participants": gens,
            "attendus": attendus_par_compte(self.seance, self.request.user),
            "proposes": self.request.GET.getlist("creneau")[:40],
            "pressentis": {*(invites or joignables), *cherches},
            "minimums": minimums_de(self.seance),
            "indispensables": cherches | {pk for pk, obligatoire in lignes if obligatoire},
            "marques": lambda jours: mentions_des_jours(self.atelier, jours),
            "duree": etape.duree_jours if etape else 1,
            **self._comme_prevue(),
        }

    def _comme_prevue(self) -> dict:
        """A séance that has a date is asked about with its own length and hours."""
        debut, fin = self.seance.debut, self.seance.fin
        if not (debut and fin):
            return {}
        return {
            "heures": (f"{debut:%H:%M}", f"{fin:%H:%M}"),
            "duree": min((fin.date() - debut.date()).days + 1, formulaires.MAX_JOURS),
        }

    def post(self, request, *args, **kwargs):
        """« Semaines suivantes » shows other weeks, and keeps all that was typed."""
        if "semaines" not in request.POST:
            return super().post(request, *args, **kwargs)
        options = self.get_form_kwargs() | {"data": None, "files": None}
        listes = ("jours", "exacts", "sondes", "obligatoires", "comptes", "comptes_obligatoires")
        valeurs = request.POST.dict() | {nom: request.POST.getlist(nom) for nom in listes}
        form = self.form_class(**options | {"initial": valeurs})
        form.jeton, form.confirmations = valeurs.get("jeton", ""), []
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        saut = timedelta(weeks=SEMAINES)
        kwargs["premier"] = self.premier.isoformat()
        return super().get_context_data(
            seance=self.seance,
            ville=ville(self.seance.fuseau),
            plus_tot=(self.premier - saut).isoformat(),
            plus_tard=(self.premier + saut).isoformat(),
            refus=verbes.refus_de_sonder(self.seance),
            **kwargs,
        )

    def executer(self, form):
        valeurs = form.cleaned_data
        self._confirmer_chomes(valeurs["creneaux"])
        return verbes.ouvrir(
            seance=self.seance,
            par=self.request.user,
            creneaux=valeurs["creneaux"],
            sondes=valeurs["personnes"],
            obligatoires=valeurs["indispensables"],
            comptes=valeurs["comptes"],
            comptes_obligatoires=valeurs["comptes_indispensables"],
            clot_le=valeurs["clot_le"],
            message=valeurs["message"],
            quorums=valeurs["quorums"],
        )

    def _confirmer_chomes(self, creneaux) -> None:
        jours = sorted({j for debut, fin in creneaux for j in jours_de(debut, fin)})
        dites = mentions_des_jours(self.atelier, jours).items()
        trouves = jours_chomes(creneaux, {j: mot for j, mot in dites if mot != VACANCES})
        if trouves:
            dits = "\u00a0; ".join(periode(debut, fin) for debut, fin in trouves)
            confirmer(
                "jours_chomes",
                f"Un samedi, un dimanche ou un jour férié est compris dans {dits}. Décochez ces "
                "jours, ou confirmez que vous les proposez.",
                self.confirmes,
            )

    def url_retour(self, objet=None):
        if self.resultat:
            return reverse("ateliers:sondage", args=[self.atelier.slug, self.resultat.pk])
        return reverse("ateliers:seance", args=[self.atelier.slug, self.kwargs["pk"]])


def _saisie(atelier, sonde) -> str:
    """Where the answers of somebody without an address are written down."""
    if sonde.courriel:
        return ""
    return reverse("ateliers:sondage_saisir", args=[atelier.slug, sonde.sondage_id, sonde.pk])


def _charger(atelier, pk) -> Sondage:
    sondage = get_object_or_404(
        Sondage.objects.select_related("seance"), seance__atelier=atelier, pk=pk
    )
    sondage.seance.atelier = atelier
    return sondage


@require_GET
def resultats(request, slug, sondage_id):
    atelier = trouver(request, slug)
    exiger(droits.peut_lire(request.user, atelier), RESERVE)
    sondage = _charger(atelier, sondage_id)
    contexte = requetes.grille(sondage)
    ordre = [c.pk for c in contexte["creneaux"]]
    contexte["lignes"] = [
        (
            sonde.qui.nom_complet,
            sonde.get_role_display(),
            sonde.obligatoire,
            sonde.message,
            mark_safe("".join(CASES[repondant.choix.get(pk, "")] for pk in ordre)),
            _saisie(atelier, sonde),
        )
        for sonde, repondant in contexte["lignes"]
    ]
    contexte["non_convoques"] = requetes.non_convoques(sondage)
    contexte["totaux"] = [contexte["par_creneau"][pk] for pk in ordre]
    ouvert = sondage.etat == EtatSondage.OUVERT
    contexte |= {
        "atelier": atelier,
        "sondage": sondage,
        "seance": sondage.seance,
        "ouvert": ouvert,
        "recueille": sondage.recueille,
        "clos": sondage.etat == EtatSondage.CLOS,
        "retenu": requetes.date_retenue(sondage),
        "ma_reponse": requetes.ma_sonde(sondage, request.user),
        "peut_sonder": droits.peut_sonder(request.user, atelier),
        "regle": REGLE,
        "horloge": horloge(sondage.seance, contexte["plages"]),
    }
    return render(request, "ateliers/sondages/resultats.html", contexte)


class SurSondage:
    droit = staticmethod(droits.peut_sonder)

    @cached_property
    def sondage(self):
        return _charger(self.atelier, self.kwargs["sondage_id"])

    def url_retour(self, objet=None):
        return reverse("ateliers:sondage", args=[self.atelier.slug, self.kwargs["sondage_id"]])


class Retenir(AvecLieux, SurSondage, FormulaireAtelier):
    form_class = formulaires.FormulaireRetenir
    titre = "Retenir cette date"

    @property
    def message(self):
        """Nobody is said to be convoked but those to whom a mail left."""
        seance = Seance.objects.get(pk=self.sondage.seance_id)
        parties = "les convocations sont parties par courriel"
        if not convies(seance).exclude(participant__courriel="").exists():
            parties = "aucune convocation n’est partie par courriel"
        phrase = f"La date est retenue : la séance est programmée et {parties}."
        return phrase + phrase_sans_courriel(a_joindre_autrement(seance))

    def get(self, request, *args, **kwargs):
        """A date refused since the results were read: say why, there, and ask for nothing."""
        if phrase := verbes.refus_de_retenir(self.sondage, self.creneau):
            messages.warning(request, phrase)
            return redirect("ateliers:sondage", self.kwargs["slug"], self.sondage.pk)
        return super().get(request, *args, **kwargs)

    @cached_property
    def creneau(self):
        creneau = get_object_or_404(Creneau, sondage=self.sondage, pk=self.kwargs["creneau_id"])
        creneau.sondage = self.sondage
        return creneau

    @property
    def aide(self):
        zone = self.sondage.seance.zone
        lettre = "La lettre de convocation, signée, est jointe."
        if signature_de(self.sondage.seance) is None:
            lettre = (
                "La lettre à en-tête de l’État n’est pas signée : le courriel part sans elle, à "
                "moins de la signer d’abord sur la page « Lettres de convocation » de la séance."
            )
        return (
            f"« {self.sondage.seance} », {plage(self.creneau, zone).entier}. La séance est "
            "programmée et chaque participant sondé reçoit la convocation, avec le rendez-vous "
            "pour son agenda ; l’équipe et les services sondés sont prévenus de la date. "
            f"{lettre}"
        )

    def get_initial(self):
        return {c: getattr(self.sondage.seance, c) for c in ("salle", "lieu", "adresse")}

    def executer(self, form):
        return verbes.cloturer(
            creneau=self.creneau,
            par=self.request.user,
            confirmes=self.confirmes,
            **form.place(),
        )
