"""Buttons of the carriers: open, invite, deposit, withdraw."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from candidatures.appels.droits import visibles_par as appels_visibles
from candidatures.dossiers import droits
from candidatures.dossiers.domaine import (
    coauteurs,
    creation,
    demarches_api,
    depot,
    pieces,
    preremplissage,
    requetes,
)
from candidatures.dossiers.domaine.commun import PORTEURS, exiger_champ_ouvert
from candidatures.dossiers.domaine.etapes import url_de, url_ouverte
from candidatures.dossiers.domaine.fenetre import lire_intention
from candidatures.dossiers.domaine.visas_absents import territoires_a_inviter
from candidatures.dossiers.forms.rediger import FormulaireCreer, FormulaireInviter
from candidatures.dossiers.models import Piece, Portage
from candidatures.dossiers.views.lecture import charger
from socle.comptes.domaine.competence import departement_propre
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueFormulaire, VueVerbe
from socle.territoires.domaine.saisie import lire_codes

ANCIENNES = 10


class VueCreer(VueFormulaire):
    form_class = FormulaireCreer
    template_name = "candidatures/dossiers/creer.html"
    titre = "Nouvelle candidature"
    message = "Votre candidature est ouverte. Chaque étape s’enregistre séparément."

    def charger(self):
        appel = get_object_or_404(appels_visibles(self.request.user), slug=self.kwargs["slug"])
        if not droits.peut_creer(self.request.user):
            raise ActionInterdite(
                "Une candidature s’ouvre par un service de l’État ou par une collectivité."
            )
        return appel

    def executer(self, form):
        return preremplissage.creer_prerempli(
            appel=self.objet,
            titre=form.cleaned_data["titre"],
            territoire=form.cleaned_data["territoire"],
            par=self.request.user,
            confirmes=self.confirmes,
        )

    def adresse(self):
        """Territories named by the address (`preremplissage.lire_adresse`)."""
        demande = self.request.GET
        return preremplissage.lire_adresse(
            demande.getlist("commune"), demande.getlist("epci"), demande.getlist("siret")
        )

    def get_initial(self):
        titre = self.request.GET.get("titre", "")[:200]
        return {"titre": titre, "territoire": preremplissage.codes(self.adresse())}

    def get_context_data(self, **kwargs):
        lue = self.adresse()
        noms = [str(t.nom) for t in (*lue.epcis, *lue.communes)]
        identites = preremplissage.identites(self.request.GET.getlist("siret"))
        return super().get_context_data(
            territoire=", ".join(noms),
            identites=[identite for identite in identites if identite],
            inconnus=None in identites,
            demarches=demarches_api.configuree(),
            deja=preremplissage.brouillons_deja_ouverts(self.objet, self.request.user)[:ANCIENNES],
            closes=droits.portees_par(self.request.user, etats=droits.RECOMMENCABLES)
            .filter(appel=self.objet)
            .order_by("-pk")[:ANCIENNES],
            anciennes=droits.recommencables_par(self.request.user, self.objet)[:ANCIENNES],
            **kwargs,
        )

    def url_retour(self):
        return url_de(self.resultat, "identite")


class VueInviter(VueFormulaire):
    form_class = FormulaireInviter
    template_name = "candidatures/dossiers/inviter.html"
    titre = "Inviter un organisme à porter la candidature"
    deserts = ()
    avertis = ()

    @property
    def message(self):
        """Only of those who have somebody to be told."""
        if not self.avertis:
            return ""
        noms = ", ".join(str(organisme) for organisme in self.avertis)
        return f"Invitation enregistrée, les agents en sont avertis par courriel\u00a0: {noms}."

    def charger(self):
        candidature = charger(self.request.user, self.kwargs["reference"])
        if not droits.peut_inviter(self.request.user, candidature):
            raise ActionInterdite("Seuls les porteurs choisissent qui porte la candidature.")
        exiger_champ_ouvert(candidature, PORTEURS)
        return candidature

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        chez_soi = departement_propre(self.request.user.organisme)
        form.fields["territoires"].widget.departement = chez_soi
        return form

    def get_form_kwargs(self):
        organismes = requetes.organismes_invitables(self.objet)
        proches = territoires_a_inviter(self.objet)
        return super().get_form_kwargs() | {"organismes": organismes, "proches": proches}

    def executer(self, form):
        choisis = form.cleaned_data["territoires"]
        proches = lire_codes(form.cleaned_data.get("proches", []))
        avant = droits.organismes_porteurs(self.objet)
        candidature = creation.inviter_plusieurs(
            candidature=self.objet,
            organisme=form.cleaned_data["organisme"],
            identite=form.cleaned_data["siret"],
            communes=[*proches.communes, *(choisis.communes if choisis else ())],
            epcis=[*proches.epcis, *(choisis.epcis if choisis else ())],
            par=self.request.user,
        )
        nouveaux = droits.organismes_porteurs(candidature) - avant
        self.deserts = requetes.sans_compte(nouveaux)
        self.avertis = requetes.organismes(nouveaux - {o.pk for o in self.deserts})
        return candidature

    def url_retour(self):
        """An organisme that nobody has an account in hears nothing: a person is to be invited."""
        if not self.deserts:
            return url_ouverte(self.objet, "identite")
        proposes = coauteurs.organismes_proposes(self.resultat, self.request.user)
        for organisme in self.deserts:
            suite = (
                "Invitez une personne de cet organisme à écrire le dossier."
                if organisme in proposes
                else "Demandez à la DGALN d’y ouvrir un compte."
            )
            messages.warning(
                self.request,
                f"{organisme} porte désormais le dossier. Personne n’a encore de compte ici pour "
                f"cet organisme\u00a0: aucun courriel n’est parti. {suite}",
            )
        a_inviter = [organisme for organisme in self.deserts if organisme in proposes]
        if not a_inviter:
            return url_ouverte(self.objet, "identite")
        url = reverse("candidatures:inviter_personne", args=[self.objet.reference])
        return f"{url}?organisme={a_inviter[0].pk}"


class VueVerbeCandidature(VueVerbe):
    def charger(self):
        return charger(self.request.user, self.kwargs["reference"])


class VueRetirerPorteur(VueVerbeCandidature):
    message = "L’organisme ne porte plus la candidature."

    def executer(self, objet):
        portage = get_object_or_404(
            Portage.objects.select_related("organisme"),
            candidature=objet,
            organisme_id=self.kwargs["organisme"],
        )
        return creation.retirer_porteur(
            candidature=objet, organisme=portage.organisme, par=self.request.user
        )

    def url_retour(self, objet):
        return url_ouverte(objet, "identite")


class VueRetirerPiece(VueVerbeCandidature):
    message = "La pièce est retirée du dossier."

    def executer(self, objet):
        piece = get_object_or_404(Piece, candidature=objet, uuid=self.kwargs["fichier"])
        return pieces.retirer_piece(piece=piece, par=self.request.user)

    def url_retour(self, objet):
        return url_de(objet, "pieces")


class VueReprendrePiece(VueRetirerPiece):
    message = "La version choisie est reprise ; celle qu’elle remplace reste dans la liste."

    def executer(self, objet):
        piece = get_object_or_404(Piece, candidature=objet, uuid=self.kwargs["fichier"])
        return pieces.reprendre_piece(piece=piece, par=self.request.user)


class VueDeposer(VueVerbeCandidature):
    message = "La candidature est déposée. L’accusé de dépôt se prépare."

    def executer(self, objet):
        return depot.deposer(
            candidature=objet, par=self.request.user, commences=self.commences(objet)
        )

    def commences(self, objet) -> list:
        """When the request arrived, and when its page was opened."""
        ouverte = lire_intention(self.request.POST.get("intention"), objet, self.request.user)
        return [moment for moment in (self.recue_le, ouverte) if moment]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.recue_le = timezone.now()


class VueRetirer(VueVerbeCandidature):
    message = "La candidature est retirée."

    def executer(self, objet):
        return depot.retirer(candidature=objet, par=self.request.user, motif=self.motif)

    def url_retour(self, objet):
        return reverse("candidatures:liste")
