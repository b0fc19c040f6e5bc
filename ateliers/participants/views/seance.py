"""Before and during a séance: who is invited, who answers, who came."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.parcours.droits import exiger
from ateliers.participants import droits
from ateliers.participants.choix import NE_VIENNENT_PAS, Reponse
from ateliers.participants.documents import signatures_de
from ateliers.participants.domaine import delegations, presences
from ateliers.participants.domaine import invitations as verbes
from ateliers.participants.domaine.conflits import conflits
from ateliers.participants.domaine.courrier import qui_reste_a_joindre, sans_courriel
from ateliers.participants.domaine.equilibre import avec_delegues
from ateliers.participants.domaine.equilibre import lire as lire_equilibre
from ateliers.participants.domaine.feuilles import commencee, feuilles_de
from ateliers.participants.domaine.lettres import avec_signature
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.domaine.rappels import bilan as bilan_sms
from ateliers.participants.domaine.requetes import bilan, invitations_de, phrase_sans_courriel
from ateliers.participants.forms.participants import (
    FormulaireAccueil,
    FormulaireInviter,
    FormulairePresences,
)
from ateliers.participants.models import Invitation, Participant
from ateliers.participants.views.commun import SurSeance, charger_seance
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from socle.interface.vues import VueFormulaire, VueVerbe

PHRASES_ETAT = {
    EtatSeance.A_PROGRAMMER: "La date n’est pas fixée.",
    EtatSeance.PROGRAMMEE: "La date est fixée, les convocations ne sont pas parties.",
    EtatSeance.CONVOQUEE: "Les convocations sont parties.",
    EtatSeance.TENUE: "La séance s’est tenue.",
    EtatSeance.ANNULEE: "La séance est annulée.",
}


@require_GET
def invitations(request, slug, seance_id):
    seance = charger_seance(request, slug, seance_id, avec_signature(Seance.objects.all()))
    atelier = seance.atelier
    lignes = avec_delegues(seance)
    trouves = conflits(seance, par=request.user)
    manques = verbes.manques_convoquer(seance, trouves=trouves, lignes=lignes)
    a_jour = manques == [verbes.TOUS_CONVOQUES]
    return render(
        request,
        "ateliers/participants/invitations.html",
        {
            "atelier": atelier,
            "seance": seance,
            "invitations": lignes,
            "equilibre": lire_equilibre(seance, lignes),
            "viennent": sum(i.reponse == Reponse.ACCEPTE for i in lignes),
            "sans": sans_courriel(lignes),
            "en_retard": sum(i.perime and bool(i.participant.courriel) for i in lignes),
            "avertissements": [c.phrase for c in trouves if not c.bloquant],
            "ouverte": seance.etat not in verbes.FERMEES,
            "phrase_etat": PHRASES_ETAT[seance.etat],
            "annulee": seance.etat == EtatSeance.ANNULEE,
            "a_prevenir": any(i.convoque_le for i in lignes),
            "peut_pointer": presences.peut_pointer(seance),
            "peut_gerer": droits.peut_gerer(request.user, atelier),
            "sms": bilan_sms(seance) if droits.peut_convoquer(request.user, atelier) else None,
            "peut_convoquer": droits.peut_convoquer(request.user, atelier),
            "manques": [] if a_jour else manques,
            "a_jour": a_jour,
            "signee": (seance.signature_lue or {}).get("seance") == seance.pk,
        },
    )


class Inviter(SurSeance, VueFormulaire):
    form_class = FormulaireInviter
    template_name = "ateliers/participants/inviter.html"
    titre = "Inviter à la séance"
    message = "La liste des invités est complétée. Aucun courriel n’est encore parti."

    def charger(self):
        seance = super().charger()
        exiger(droits.peut_gerer(self.request.user, self.atelier), REFUS)
        return seance

    def get_form_kwargs(self):
        deja = Invitation.objects.filter(seance=self.seance).values("participant")
        candidats = Participant.objects.filter(atelier=self.atelier).exclude(pk__in=deja)
        return super().get_form_kwargs() | {"candidats": candidats}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.atelier,
            retour=self.url_retour(),
            retour_libelle=f"Invités, {self.seance}",
            participants_connus=Participant.objects.filter(atelier=self.atelier).exists,
            **kwargs,
        )

    def executer(self, form):
        return verbes.inviter(
            seance=self.seance, participants=form.cleaned_data["choisis"], par=self.request.user
        )


@require_GET
def equilibre(request, slug, seance_id):
    """The balance alone, asked for again by the page while people arrive."""
    seance = charger_seance(request, slug, seance_id)
    contexte = {"equilibre": lire_equilibre(seance)}
    return render(request, "ateliers/participants/_equilibre.html", contexte)


class _SurInvitation(SurSeance, VueVerbe):
    def charger(self):
        super().charger()
        return get_object_or_404(
            Invitation.objects.select_related("seance"),
            seance=self.seance,
            pk=self.kwargs["invitation_id"],
        )


class RetirerInvitation(_SurInvitation):
    message = "La personne n’est plus sur la liste des invités."

    def executer(self, objet):
        return verbes.retirer_invitation(objet, par=self.request.user)


class LeverDelegation(_SurInvitation):
    message = "La délégation est levée ; la personne est priée de répondre à nouveau."

    def executer(self, objet):
        return delegations.lever_delegation(objet, par=self.request.user)


class MarquerObligatoire(_SurInvitation):
    def executer(self, objet):
        voulu = self.request.POST.get("obligatoire") == "1"
        return delegations.marquer_obligatoire(objet, obligatoire=voulu, par=self.request.user)


class Convoquer(SurSeance, VueVerbe):
    @property
    def message(self):
        parties = "Les convocations sont parties par courriel, avec le rendez-vous pour l’agenda."
        return parties + phrase_sans_courriel(qui_reste_a_joindre(self.seance))

    def executer(self, objet):
        return verbes.convoquer(seance=objet, par=self.request.user)


class PrevenirAnnulation(SurSeance, VueVerbe):
    message = "Les invités sont prévenus de l’annulation."

    def executer(self, objet):
        return verbes.prevenir_annulation(seance=objet, par=self.request.user, motif=self.motif)


class _Emargement(SurSeance):
    template_name = "ateliers/participants/emargement.html"
    retour = "ateliers:emargement"

    def get_context_data(self, **kwargs):
        colleges = [ligne for ligne in bilan(self.seance) if ligne.invites]
        return super().get_context_data(
            atelier=self.atelier,
            seance=self.seance,
            colleges=colleges,
            equilibre=lire_equilibre(self.seance),
            presents=sum(c.presents for c in colleges),
            fermeture=presences.fermeture(self.seance),
            feuilles=feuilles_de(self.seance),
            peut_joindre=commencee(self.seance)
            and droits.peut_emarger(self.request.user, self.atelier),
            **kwargs,
        )


class Emargement(_Emargement, VueFormulaire):
    form_class = FormulairePresences
    message = "La feuille de présence est enregistrée."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "invitations": invitations_de(self.seance).select_related("delegue__participant")
        }

    def executer(self, form):
        return presences.noter_presences(
            seance=self.seance, par=self.request.user, presences=form.presences()
        )


class Accueillir(SurSeance, VueFormulaire):
    form_class = FormulaireAccueil
    template_name = "ateliers/participants/formulaire.html"
    titre = "Accueillir une personne non invitée"
    retour = "ateliers:emargement"
    message = "La personne est ajoutée à l’atelier et notée présente."

    def get_context_data(self, **kwargs):
        retour = reverse("ateliers:emargement", args=[self.atelier.slug, self.seance.pk])
        return super().get_context_data(
            atelier=self.atelier, retour=retour, retour_libelle="Feuille de présence", **kwargs
        )

    def executer(self, form):
        champs = {cle: form.cleaned_data[cle] for cle in form.fields}
        return presences.accueillir(seance=self.seance, par=self.request.user, **champs)


@require_GET
def feuille_a_signer(request, slug, seance_id):
    """The paper sheet, for the table at the door."""
    seance = charger_seance(request, slug, seance_id)
    contexte = {
        "atelier": seance.atelier,
        "seance": seance,
        "invitations": invitations_de(seance).exclude(reponse__in=NE_VIENNENT_PAS),
        "signatures": signatures_de(seance),
        "vides": range(8),
    }
    return render(request, "ateliers/participants/feuille_a_signer.html", contexte)
