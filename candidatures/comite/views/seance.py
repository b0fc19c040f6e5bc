"""The sitting: list, settings, members, presence, opening, closing, minutes."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from candidatures.appels.models import Appel
from candidatures.comite import droits
from candidatures.comite.calcul.deliberes import deja_deliberes
from candidatures.comite.calcul.pv import ContextePV
from candidatures.comite.documents import PV, visible
from candidatures.comite.domaine import comites as verbes
from candidatures.comite.domaine.fige import document_scelle
from candidatures.comite.forms.comite import (
    FormulaireComite,
    FormulaireMembre,
    FormulaireNouveauComite,
)
from candidatures.comite.models import MembreComite
from candidatures.comite.views.commun import VueVerbeComite, charger, charger_pour_lire, verifier
from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.droits import visibles_par as visibles_candidatures
from candidatures.dossiers.models import Candidature
from socle.documents.domaine import dernier
from socle.interface.templatetags.interface import pluriel
from socle.interface.vues import VueFormulaire

URL_LISTE = "/instruction/comites/"
REPRIS = ("lieu", "presidence", "quorum", "cout_dossier", "reserve")


@require_safe
def liste(request):
    verifier(request.user)
    comites = list(droits.visibles_par(request.user).select_related("appel__dispositif"))
    en_cours = {c.appel_id for c in comites if not c.est_clos}
    attente = Candidature.objects.filter(etat__in=EN_DECISION).values("appel_id")
    appels = Appel.objects.filter(pk__in=attente).exclude(pk__in=en_cours).order_by("titre")
    return render(request, "candidatures/comite/liste.html", {"comites": comites, "appels": appels})


class VueComiteBase(VueFormulaire):
    template_name = "candidatures/comite/formulaire.html"
    form_class = FormulaireComite

    def url_retour(self):
        return reverse("candidatures:comite_membres", args=[self.resultat.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(url_liste=URL_LISTE, **kwargs)


class VueNouveau(VueComiteBase):
    form_class = FormulaireNouveauComite
    message = "Le comité est préparé. Ajoutez ses membres."

    def charger(self):
        verifier(self.request.user)
        return get_object_or_404(
            Appel.objects.select_related("dispositif"), slug=self.kwargs["slug"]
        )

    def get_form_kwargs(self):
        """What a closed committee deliberated, those that this agent may see."""
        deliberes = deja_deliberes(self.objet)
        cles = {a.candidature_id for a in deliberes}
        vues = set(
            visibles_candidatures(self.request.user)
            .filter(pk__in=cles)
            .values_list("pk", flat=True)
        )
        deliberes = [a for a in deliberes if a.candidature_id in vues]
        return super().get_form_kwargs() | {"deliberes": deliberes}

    @property
    def titre(self):
        return f"Préparer un comité, {self.objet.titre}"

    @cached_property
    def precedent(self):
        """The last committee of this appel: one at a time, and the next is often alike."""
        vus = droits.visibles_par(self.request.user).filter(appel=self.objet)
        return vus.order_by("-tenu_le", "-pk").first()

    def get_initial(self):
        debut = timezone.localtime() + timedelta(days=7)
        initial = {
            "tenu_le": debut.replace(hour=14, minute=0),
            "cout_dossier": self.objet.dispositif.cout_indicatif or 0,
            "reserve": 2,
            "quorum": 3,
        }
        return initial | {nom: getattr(self.precedent, nom) for nom in REPRIS if self.precedent}

    def get_context_data(self, **kwargs):
        return super().get_context_data(precedent=self.precedent, **kwargs)

    def executer(self, form):
        return verbes.preparer_comite(appel=self.objet, par=self.request.user, **form.cleaned_data)


class VueModifier(VueComiteBase):
    titre = "Modifier le comité"
    message = "Les réglages du comité sont enregistrés."

    def charger(self):
        return charger(self.request.user, self.kwargs["pk"])

    def get_initial(self):
        initial = {nom: getattr(self.objet, nom) for nom in FormulaireComite.base_fields}
        return initial | {"tenu_le": timezone.localtime(self.objet.tenu_le)}

    def executer(self, form):
        return verbes.modifier_comite(comite=self.objet, par=self.request.user, **form.cleaned_data)


class VueSupprimer(VueVerbeComite):
    message = "Le comité est supprimé."

    def executer(self, objet):
        return verbes.supprimer_comite(comite=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:comites")


def presents_coches(request) -> set[int] | None:
    """Those ticked on the page of the members; None when the boxes did not come along."""
    if "presences" not in request.POST:
        return None
    return {int(pk) for pk in request.POST.getlist("present") if pk.isdecimal()}


def noter_presences(comite, coches: set[int], request) -> bool:
    """Note them where they changed, so that no button of the page loses a tick."""
    if coches == set(comite.membres.filter(present=True).values_list("pk", flat=True)):
        return False
    verbes.noter_presences(comite=comite, presents=sorted(coches), par=request.user)
    return True


class VueMembres(VueFormulaire):
    """The members, with those present: one form, so that each button keeps all that was typed."""

    template_name = "candidatures/comite/membres.html"
    form_class = FormulaireMembre
    titre = "Membres et présences"
    message = ""

    def charger(self):
        return charger(self.request.user, self.kwargs["pk"])

    def get_form_kwargs(self):
        q = self.request.GET.get("q", "")
        return super().get_form_kwargs() | {"comite": self.objet, "q": q}

    @property
    def presents(self) -> set[int] | None:
        """The boxes of the page that was sent, whatever its button."""
        return presents_coches(self.request)

    def executer(self, form):
        lus = form.cleaned_data
        if self.presents is not None and noter_presences(self.objet, self.presents, self.request):
            messages.success(self.request, "Les présences sont notées.")
        nouveaux = [{"utilisateur": compte} for compte in lus["comptes"]]
        nouveaux += [{"nom": lus["nom"]}] if lus["nom"].strip() else []
        for nouveau in nouveaux:
            verbes.ajouter_membre(
                comite=self.objet,
                qualite=lus["qualite"],
                votant=lus["votant"],
                par=self.request.user,
                **nouveau,
            )
        if nouveaux:
            ajoutes = pluriel(len(nouveaux), "membre ajouté,membres ajoutés")
            messages.success(self.request, f"{ajoutes}.")
        return self.objet

    def get_context_data(self, **kwargs):
        membres, coches = list(self.objet.membres.select_related("utilisateur")), self.presents
        for membre in membres:
            membre.coche = membre.present if coches is None else membre.pk in coches
        return super().get_context_data(
            comite=self.objet,
            membres=membres,
            presents=sum(m.present and m.votant for m in membres),
            q=self.request.GET.get("q", ""),
            **kwargs,
        )


class VueRetirerMembre(VueVerbeComite):
    message = "Le membre est retiré du comité."

    def charger(self):
        self.comite = super().charger()
        return get_object_or_404(
            MembreComite.objects.select_related("comite"),
            comite=self.comite,
            pk=self.kwargs["membre"],
        )

    def executer(self, objet):
        coches = presents_coches(self.request)
        if coches is not None:
            noter_presences(self.comite, coches, self.request)
        return verbes.retirer_membre(membre=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:comite_membres", args=[self.comite.pk])


class VueOuvrir(VueVerbeComite):
    message = (
        "La séance est ouverte. Mettez les dossiers aux voix un à un, ou gardez d’abord un "
        "scénario depuis le classement."
    )

    def executer(self, objet):
        return verbes.ouvrir_comite(comite=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("candidatures:comite_deliberations", args=[objet.pk])


class VueClore(VueVerbeComite):
    def executer(self, objet):
        comite = verbes.clore_comite(comite=objet, par=self.request.user)
        messages.success(self.request, "Le comité est clos, son procès-verbal est scellé.")
        return comite

    def url_retour(self, objet):
        return reverse("candidatures:comite_pv", args=[objet.pk])


@require_safe
def pv(request, pk):
    """The HTML twin of the minutes, from the same frozen context."""
    comite = charger_pour_lire(request.user, pk)
    if not visible(request.user, comite) or not comite.est_clos:
        raise Http404("Ce procès-verbal n’est pas lisible.")
    contexte = {
        "comite": comite,
        "contexte": ContextePV.model_validate(document_scelle(comite).contexte),
        "document": dernier(PV, comite),
        "empreinte": comite.pv_sha256,
        "tenir": droits.peut_tenir(request.user),
    }
    return render(request, "candidatures/comite/pv.html", contexte)
