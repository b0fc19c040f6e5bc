"""Convocation by letter, and the sheet that people sign."""

import csv

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from ateliers.parcours.droits import exiger
from ateliers.participants import droits
from ateliers.participants.choix import NE_VIENNENT_PAS
from ateliers.participants.documents import (
    sans_adresse_electronique,
    texte_par_defaut,
)
from ateliers.participants.domaine import lettres
from ateliers.participants.domaine.courrier import sans_courriel
from ateliers.participants.domaine.invitations import FERMEES, TOUS_CONVOQUES
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.domaine.rattachement import completer_coordonnees
from ateliers.participants.domaine.requetes import attend_sa_lettre, invitations_lues
from ateliers.participants.forms.venue import FormulaireCoordonnees, FormulaireTextes
from ateliers.participants.models import Invitation, Participant, TexteConvocation
from ateliers.participants.views.commun import SurAtelier, SurSeance, charger_seance
from socle.interface.francais import de
from socle.interface.vues import VueFormulaire, VueVerbe


class Lettres(SurSeance, VueFormulaire):
    """The texts, then: mails held for review, one PDF for the post, the postal list."""

    form_class = FormulaireTextes
    fusion = True
    template_name = "ateliers/participants/lettres.html"
    retour = "ateliers:lettres"
    message = "Les textes sont enregistrés."

    def lues(self):
        return lettres.avec_signature(super().lues())

    def charger(self):
        seance = super().charger()
        exiger(droits.peut_convoquer(self.request.user, self.atelier), lettres.REFUS)
        self.signature = seance.signature_lue or {}
        self.invitations = list(invitations_lues(seance).select_related("participant__personne"))
        return seance

    def get_form_kwargs(self):
        textes = TexteConvocation.objects.filter(seance=self.seance)
        return super().get_form_kwargs() | {
            "textes": {t.college: t.texte for t in textes},
            "defaut": texte_par_defaut(self.seance),
            "presents": {i.participant.college for i in self.invitations},
        }

    def get_initial(self):
        return self.signature

    def get_context_data(self, **kwargs):
        manques = lettres.manques_lettres(
            self.seance,
            signee=self.signature.get("seance") == self.seance.pk,
            par=self.request.user,
            lignes=self.invitations,
        )
        return super().get_context_data(
            atelier=self.atelier,
            seance=self.seance,
            ouverte=self.seance.etat not in FERMEES,
            manques=manques,
            signee=self.signature.get("seance") == self.seance.pk,
            attendus=[i for i in self.invitations if i.reponse not in NE_VIENNENT_PAS],
            seuls_convoques=not [m for m in manques if m != TOUS_CONVOQUES],
            sans_lettre=sum(attend_sa_lettre(i) for i in self.invitations),
            deroule_publie=self.seance.deroule_publie,
            papier=[i for i in self.invitations if not i.participant.courriel],
            sans=sans_courriel(self.invitations),
            **lettres.documents_faits(self.seance, self.invitations),
            **kwargs,
        )

    def executer(self, form):
        return lettres.ecrire_textes(
            seance=self.seance,
            textes=form.textes(),
            signataire=form.cleaned_data["signataire"],
            qualite=form.cleaned_data["qualite"],
            par=self.request.user,
        )


class PreparerLettres(SurSeance, VueVerbe):
    message = "Les lettres se fabriquent. Relisez l’envoi, puis envoyez-le : rien n’est parti."

    def executer(self, objet):
        deja = self.request.POST.get("deja") == "1"
        return lettres.preparer_lettres(seance=objet, par=self.request.user, deja=deja)

    def url_retour(self, objet=None):
        return self.resultat.get_absolute_url()


class ImprimerLettres(SurSeance, VueVerbe):
    def executer(self, objet):
        toutes = self.request.POST.get("toutes") == "1"
        return lettres.imprimer_lettres(seance=objet, par=self.request.user, toutes=toutes)

    def url_retour(self, objet=None):
        return self.resultat.get_absolute_url()


class ImprimerLettre(SurSeance, VueVerbe):
    def executer(self, objet):
        siennes = Invitation.objects.select_related("seance__atelier", "participant")
        invitation = get_object_or_404(siennes, seance=objet, pk=self.kwargs["invitation_id"])
        return lettres.imprimer_lettre(invitation, par=self.request.user)

    def url_retour(self, objet=None):
        return self.resultat.get_absolute_url()


class ImprimerFeuille(SurSeance, VueVerbe):
    def executer(self, objet):
        return lettres.imprimer_feuille(seance=objet, par=self.request.user)

    def url_retour(self, objet=None):
        return self.resultat.get_absolute_url()


@require_GET
def liste_postale(request, slug, seance_id):
    """Names and postal addresses, for the envelopes."""
    seance = charger_seance(request, slug, seance_id)
    exiger(droits.peut_gerer(request.user, seance.atelier), REFUS)
    reponse = HttpResponse(content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="liste-postale-{seance.pk}.csv"'
    reponse.write("\ufeff")
    ecrivain = csv.writer(reponse, delimiter=";")
    ecrivain.writerow(["Civilité", "Prénom", "Nom", "Fonction", "Organisme", "Adresse"])
    for invitation in sans_adresse_electronique(seance):
        participant = invitation.participant
        valeurs = [
            participant.personne.get_civilite_display(),
            participant.prenom,
            participant.nom,
            participant.fonction,
            participant.organisation,
            ", ".join(participant.personne.adresse.splitlines()),
        ]
        ecrivain.writerow([_neutre(valeur) for valeur in valeurs])
    return reponse


def _neutre(valeur: str) -> str:
    """A cell is never a formula for the spreadsheet that opens it."""
    return f"'{valeur}" if valeur[:1] in ("=", "+", "-", "@", "\t", "\r") else valeur


class Coordonnees(SurAtelier, VueFormulaire):
    form_class = FormulaireCoordonnees
    template_name = "ateliers/participants/formulaire.html"
    message = "Les coordonnées sont enregistrées."

    def charger(self):
        atelier = super().charger()
        exiger(droits.peut_gerer(self.request.user, atelier), REFUS)
        gens = Participant.objects.select_related("personne")
        return get_object_or_404(gens, atelier=atelier, pk=self.kwargs["participant_id"])

    @property
    def titre(self):
        return f"Coordonnées {de(self.objet)}"

    def get_initial(self):
        personne = self.objet.personne
        connus = ("civilite", "telephone", "adresse", "revision")
        return {champ: getattr(personne, champ) for champ in connus}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.atelier, retour=self.url_retour(), retour_libelle="Participants", **kwargs
        )

    def executer(self, form):
        return completer_coordonnees(
            participant=self.objet, par=self.request.user, **form.cleaned_data
        )
