"""« Qui porte, écrit et dépose »: who writes, who deposits, who agrees, in whose name."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers import droits
from candidatures.dossiers.domaine import coauteurs, ecrits, requetes, visas
from candidatures.dossiers.domaine.texte_vise import derniere_modification, perimes
from candidatures.dossiers.domaine.visas_absents import a_relancer, annonce, visas_absents
from candidatures.dossiers.forms import auteurs as formulaires
from candidatures.dossiers.models import CoAuteur, RevisionChamp
from candidatures.dossiers.views.lecture import charger, contexte_entete, territoire_en_mots
from socle.comptes.models import Utilisateur
from socle.erreurs import ActionInterdite
from socle.interface.francais import Mot
from socle.interface.vues import VueFormulaire, VueVerbe

PAR_PAGE = 20
ENGAGEMENT = (
    "Votre visa dit, au nom {organisme:du}, que vous avez lu ce dossier et ce que vous pensez de "
    "son dépôt. Tous les porteurs le lisent\u00a0; il est inscrit sur l’accusé de dépôt et figé "
    "avec le dossier. Il ne remplace pas une délibération et n’engage aucune dépense."
)


def charger_ecrite(request, reference):
    candidature = charger(request.user, reference)
    if not droits.porte(request.user, candidature):
        raise ActionInterdite("Seuls les auteurs du dossier ouvrent cette page.")
    return candidature


@require_safe
def auteurs(request, reference):
    candidature = charger_ecrite(request, reference)
    entete = contexte_entete(request, candidature)
    ouvert = not entete["appel_ferme"]
    contexte = entete | {
        "coauteurs": requetes.coauteurs(candidature),
        "visas": (donnes := list(requetes.visas(candidature))),
        "visas_perimes": perimes(candidature, donnes),
        "mon_visa": next((v for v in donnes if v.organisme_id == request.user.organisme_id), None),
        "visas_a_demander": a_relancer(candidature) if ouvert else [],
        "visas_absents": visas_absents(candidature),
        "annonce_visas": annonce(candidature),
        "mandats": candidature.mandats.select_related("mandant", "mandataire", "retire_par"),
        "peut_viser": ouvert and droits.peut_viser(request.user, candidature),
        "peut_transferer": droits.peut_transferer(request.user, candidature),
    }
    return render(request, "candidatures/dossiers/auteurs.html", contexte)


class VueAuteurs(VueFormulaire):
    """Base: one form about the authors, back to their page."""

    template_name = "candidatures/dossiers/auteurs_formulaire.html"
    refus = "Seuls les porteurs choisissent qui écrit et qui dépose."

    @staticmethod
    def droit(utilisateur, candidature):
        return droits.peut_inviter(utilisateur, candidature)

    def charger(self):
        candidature = charger(self.request.user, self.kwargs["reference"])
        if not self.droit(self.request.user, candidature):
            raise ActionInterdite(self.refus)
        return candidature

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            territoire=territoire_en_mots(self.objet),
            porteur_ou_coauteur=droits.porte(self.request.user, self.objet),
            **kwargs,
        )

    def url_retour(self):
        return reverse("candidatures:auteurs", args=[self.objet.reference])


class VueInviterPersonne(VueAuteurs):
    form_class = formulaires.FormulaireInviterPersonne
    titre = "Inviter une personne à écrire"
    message = "L’invitation est partie. Le lien est valable trois semaines."

    def get_form_kwargs(self):
        proposes = coauteurs.organismes_proposes(self.objet, self.request.user)
        return super().get_form_kwargs() | {"organismes": proposes}

    def get_initial(self):
        return {"organisme": self.request.GET.get("organisme", "")}

    def executer(self, form):
        return coauteurs.inviter_personne(
            candidature=self.objet, par=self.request.user, **form.cleaned_data
        )


class VueDeposant(VueAuteurs):
    form_class = formulaires.FormulaireDeposant
    titre = "Qui dépose ?"
    message = "Le dépôt est confié."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"personnes": requetes.auteurs(self.objet)}

    def get_initial(self):
        return {"deposant": str(self.objet.deposant_id or "")}

    def executer(self, form):
        cle = form.cleaned_data["deposant"]
        return coauteurs.designer_deposant(
            candidature=self.objet,
            deposant=Utilisateur.objects.get(pk=cle) if cle else None,
            par=self.request.user,
        )


class VueVisa(VueAuteurs):
    form_class = formulaires.FormulaireVisa
    template_name = "candidatures/dossiers/visa.html"
    titre = "Viser la candidature"
    message = "Votre visa est donné."
    refus = "Seuls les communes et EPCI porteurs donnent leur visa, avant le dépôt."
    droit = staticmethod(droits.peut_viser)

    def get_initial(self):
        """The visa given before, to change it."""
        visa = self.objet.visas.filter(organisme=self.request.user.organisme_id).first()
        return {"avis": visa.avis, "texte": visa.texte} if visa else {}

    def get_context_data(self, **kwargs):
        donnes = self.objet.visas.filter(organisme=self.request.user.organisme_id)
        return super().get_context_data(
            engagement=ENGAGEMENT.format(organisme=Mot(self.request.user.organisme)),
            modifie_le=derniere_modification(self.objet),
            donne=donnes.first(),
            perime=bool(perimes(self.objet, donnes)),
            **kwargs,
        )

    def executer(self, form):
        return visas.viser(candidature=self.objet, par=self.request.user, **form.cleaned_data)


class VueDemanderVisas(VueVerbe):
    message = "Les visas sont demandés par courriel."

    def charger(self):
        return charger(self.request.user, self.kwargs["reference"])

    def executer(self, objet):
        return visas.demander_visas(candidature=objet, par=self.request.user)

    def url_retour(self, objet):
        return f"{reverse('candidatures:auteurs', args=[objet.reference])}#a-visas"


class VueRevoquer(VueVerbe):
    message = "Cette personne n’écrit plus le dossier."

    def charger(self):
        self.candidature = charger(self.request.user, self.kwargs["reference"])
        return get_object_or_404(CoAuteur, candidature=self.candidature, pk=self.kwargs["pk"])

    def executer(self, objet):
        return coauteurs.revoquer(coauteur=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:auteurs", args=[self.candidature.reference])


class VueRenvoyer(VueRevoquer):
    message = "L’invitation est renvoyée : seul ce nouveau lien fonctionne, pendant trois semaines."

    def executer(self, objet):
        return coauteurs.renvoyer(coauteur=objet, par=self.request.user)


@require_safe
def ecrits_du_dossier(request, reference):
    """« Qui a écrit quoi »: the fields and their authors; `?champ=` lists one field’s versions."""
    candidature = charger_ecrite(request, reference)
    contexte = contexte_entete(request, candidature)
    champ = request.GET.get("champ", "")
    if not champ:
        contexte |= {"champs": ecrits.champs_ecrits(candidature)}
        return render(request, "candidatures/dossiers/ecrits.html", contexte)
    seances = ecrits.seances(candidature, champ)
    page = Paginator(seances, PAR_PAGE).get_page(request.GET.get("page"))
    courante = seances[0].version if seances else None
    contexte |= {
        "page": page,
        "versions": [(s, s.texte(champ), s.morceaux(champ)) for s in page],
        "courante": courante,
        "libelle": ecrits.libelle_du_champ(candidature, champ),
    }
    return render(request, "candidatures/dossiers/ecrits_champ.html", contexte)


class VueRestaurer(VueVerbe):
    message = "La version choisie est reprise. Celle qu’elle remplace reste dans la liste."

    def charger(self):
        candidature = charger(self.request.user, self.kwargs["reference"])
        if not droits.peut_modifier(self.request.user, candidature):
            raise ActionInterdite("Seuls les porteurs modifient le dossier, tant qu’il est ouvert.")
        return get_object_or_404(RevisionChamp, candidature=candidature, pk=self.kwargs["pk"])

    def executer(self, objet):
        lue = self.request.POST.get("revision", "")
        revision = int(lue) if lue.isascii() and lue.isdigit() else 0
        return ecrits.restaurer(version=objet, revision=revision, par=self.request.user)

    def url_retour(self, objet):
        adresse = reverse("candidatures:ecrits", args=[objet.candidature.reference])
        return f"{adresse}?champ={objet.champ}"
