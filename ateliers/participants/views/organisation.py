"""The people of an atelier, for those who lead it."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.annuaire.droits import peut_consulter
from ateliers.annuaire.models import Personne
from ateliers.parcours.droits import exiger
from ateliers.participants import droits
from ateliers.participants.domaine import participants as verbes
from ateliers.participants.domaine.comptes import proches
from ateliers.participants.domaine.requetes import par_college
from ateliers.participants.domaine.tableau import preparer
from ateliers.participants.forms.participants import (
    CHAMPS,
    FormulaireImport,
    FormulaireParticipant,
    FormulaireParticipantRevise,
)
from ateliers.participants.models import ImportParticipants, Participant
from ateliers.participants.views.commun import SurAtelier, charger_atelier
from candidatures.dispositifs.choix import College
from candidatures.dossiers.domaine.tableur import TAILLE_MAX
from socle.interface.francais import de
from socle.interface.vues import VueFormulaire, VueVerbe

PAR_PAGE = 50


def _valeurs(form) -> dict:
    return {champ: form.cleaned_data[champ] for champ in CHAMPS}


@require_GET
def liste(request, slug):
    atelier = charger_atelier(request, slug)
    college = request.GET.get("college", "")
    texte = request.GET.get("q", "").strip()
    lignes = Participant.objects.filter(atelier=atelier).select_related("organisme")
    if college in College.values:
        lignes = lignes.filter(college=college)
    if texte:
        lignes = lignes.filter(
            Q(nom__icontains=texte)
            | Q(prenom__icontains=texte)
            | Q(organisme__nom__icontains=texte)
        )
    colleges = par_college(atelier)
    return render(
        request,
        "ateliers/participants/liste.html",
        {
            "atelier": atelier,
            "page": Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page")),
            "colleges": colleges,
            "total": sum(nombre for _, _, nombre in colleges),
            "college": college,
            "texte": texte,
            "requete": f"college={college}&q={texte}&" if college or texte else "",
            "annuaire": peut_consulter(request.user),
            "peut_gerer": droits.peut_gerer(request.user, atelier),
        },
    )


class _Gerer(SurAtelier):
    template_name = "ateliers/participants/formulaire.html"

    def charger(self):
        atelier = super().charger()
        exiger(droits.peut_gerer(self.request.user, atelier), verbes.REFUS)
        return atelier

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.atelier, retour=self.url_retour(), retour_libelle="Participants", **kwargs
        )


class Ajouter(_Gerer, VueFormulaire):
    form_class = FormulaireParticipant
    titre = "Ajouter un participant"

    @property
    def message(self):
        if self.proches:
            return (
                "Le participant est ajouté. Un compte porte le même nom : dites si c’est la même "
                "personne."
            )
        if self.resultat.personne.utilisateur_id:
            return "Le participant est ajouté. Cette personne a déjà un compte : elle y est liée."
        return "Le participant est ajouté."

    @cached_property
    def proches(self):
        """Accounts that may be this person."""
        personne = Personne.objects.get(pk=self.resultat.personne_id)
        self.resultat.personne = personne  # linked by the database, if an account has this address
        return proches(self.request.user, [personne])

    def url_retour(self, objet=None):
        if self.resultat is not None and self.proches:
            return reverse("ateliers:annuaire_fiche", args=[self.resultat.personne_id])
        return super().url_retour()

    def executer(self, form):
        return verbes.ajouter_participant(
            atelier=self.atelier,
            par=self.request.user,
            confirmes=self.confirmes,
            **_valeurs(form),
        )


class Importer(_Gerer, VueFormulaire):
    form_class = FormulaireImport
    titre = "Importer des participants"

    @property
    def message(self):
        if isinstance(self.resultat, ImportParticipants):
            return ""
        ajoutes, corriges = self.resultat
        return f"Import terminé : {ajoutes} ajoutés, {corriges} corrigés."

    def url_retour(self, objet=None):
        if isinstance(self.resultat, ImportParticipants):
            return reverse(
                "ateliers:participants_import", args=[self.atelier.slug, self.resultat.pk]
            )
        return super().url_retour()

    def executer(self, form):
        if fichier := form.cleaned_data["fichier"]:
            octets = fichier.read(TAILLE_MAX + 1)
            return preparer(
                atelier=self.atelier, nom=fichier.name, octets=octets, par=self.request.user
            )
        return verbes.importer_participants(
            atelier=self.atelier, par=self.request.user, lignes=form.cleaned_data["lignes"]
        )


class _SurParticipant(_Gerer):
    def charger(self):
        atelier = super().charger()
        return get_object_or_404(Participant, atelier=atelier, pk=self.kwargs["participant_id"])


class Modifier(_SurParticipant, VueFormulaire):
    form_class = FormulaireParticipantRevise

    @property
    def message(self):
        return f"La fiche {de(self.objet)} est enregistrée."

    @property
    def titre(self):
        return f"Fiche {de(self.objet)}"

    def get_form_kwargs(self):
        # A copy: the form writes what was typed on its instance.
        instance = Participant.objects.select_related("organisme").get(pk=self.objet.pk)
        return super().get_form_kwargs() | {"instance": instance}

    def executer(self, form):
        return verbes.modifier_participant(
            self.objet,
            par=self.request.user,
            revision=form.cleaned_data["revision"],
            confirmes=self.confirmes,
            **_valeurs(form),
        )


class Retirer(_SurParticipant, VueVerbe):
    message = "Le participant est retiré."

    def executer(self, objet):
        return verbes.retirer_participant(objet, par=self.request.user)
