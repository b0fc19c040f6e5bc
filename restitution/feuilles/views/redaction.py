"""The editor: vision, axes, actions. Written by the team, the pilot and the collectivité."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from restitution.feuilles import droits
from restitution.feuilles.domaine import actions, ecriture
from restitution.feuilles.domaine.requetes import axes_et_actions, feuille_de
from restitution.feuilles.forms.redaction import FormulaireAction, FormulaireAxe, FormulaireVision
from restitution.feuilles.views.chargement import (
    charger_action,
    charger_atelier,
    charger_axe,
    charger_feuille,
    charger_feuille_a_ecrire,
    onglets,
)
from socle.interface.vues import VueFormulaire, VueVerbe


@require_GET
def feuille(request, slug):
    """The editor, or the invitation to open the feuille."""
    atelier = charger_atelier(request.user, slug)
    objet = feuille_de(atelier)
    if objet is None:
        contexte = {"atelier": atelier, "peut_ouvrir": droits.peut_ouvrir(request.user, atelier)}
        return render(request, "restitution/feuilles/a_ouvrir.html", contexte)
    contexte = {
        "atelier": atelier,
        "feuille": objet,
        "axes": axes_et_actions(objet),
        "peut_modifier": droits.peut_modifier(request.user, objet),
        "onglets": onglets(objet, "feuille"),
    }
    return render(request, "restitution/feuilles/edition.html", contexte)


class Ouvrir(VueVerbe):
    message = "La feuille de route est ouverte : commencez par la vision ou par un premier axe."

    def charger(self):
        return charger_atelier(self.request.user, self.kwargs["slug"])

    def executer(self, objet):
        return ecriture.ouvrir_feuille(atelier=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("restitution:feuille", args=[objet.slug])


class FormulaireFeuille(VueFormulaire):
    """A form of the editor: loads the feuille in writing, comes back to its anchor."""

    template_name = "restitution/formulaire.html"
    ancre = ""

    def charger(self):
        self.feuille = charger_feuille_a_ecrire(self.request.user, self.kwargs["slug"])
        return self.feuille

    def url_retour(self):
        return reverse("restitution:feuille", args=[self.feuille.atelier.slug]) + self.ancre

    def get_context_data(self, **kwargs):
        retour = reverse("restitution:feuille", args=[self.feuille.atelier.slug])
        return super().get_context_data(
            atelier=self.feuille.atelier, retour=retour, retour_libelle="Feuille de route", **kwargs
        )


class Vision(FormulaireFeuille):
    form_class = FormulaireVision
    titre = "Écrire la vision"
    ancre = "#vision"
    message = "La vision est enregistrée."

    def get_initial(self):
        return {"vision": self.feuille.vision, "revision": self.feuille.revision}

    def executer(self, form):
        return ecriture.enregistrer_vision(
            feuille=self.feuille, par=self.request.user, **form.cleaned_data
        )


class AxeNouveau(FormulaireFeuille):
    form_class = FormulaireAxe
    titre = "Ajouter un axe"
    ancre = "#axes"
    message = "L’axe est enregistré."
    axe = None

    def executer(self, form):
        return ecriture.enregistrer_axe(
            feuille=self.feuille, axe=self.axe, par=self.request.user, **form.cleaned_data
        )


class AxeModifier(AxeNouveau):
    titre = "Modifier l’axe"

    def charger(self):
        super().charger()
        self.axe = charger_axe(self.feuille, self.kwargs["axe_id"])
        return self.axe

    def get_initial(self):
        return {"titre": self.axe.titre, "texte": self.axe.texte, "revision": self.axe.revision}


class ActionNouvelle(FormulaireFeuille):
    form_class = FormulaireAction
    titre = "Ajouter une action"
    message = "L’action est enregistrée."
    action = None

    def charger(self):
        super().charger()
        self.axe = charger_axe(self.feuille, self.kwargs["axe_id"])
        return self.axe

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"feuille": self.feuille}
        if self.action is not None:
            kwargs["instance"] = charger_action(self.feuille, self.action.pk)
        else:
            kwargs["initial"] = {"axe": self.axe.pk}
        return kwargs

    def executer(self, form):
        champs = dict(form.cleaned_data)
        return actions.enregistrer_action(
            axe=champs.pop("axe"), action=self.action, par=self.request.user, **champs
        )

    def valeurs_actuelles(self, actuel, form):
        """Both texts side by side: the links to the provenance are not texts."""
        valeurs = super().valeurs_actuelles(actuel, form)
        return {nom: valeur for nom, valeur in valeurs.items() if nom not in actions.LIENS}

    def url_retour(self):
        return super().url_retour() + (f"#action-{self.resultat.pk}" if self.resultat else "")


class ActionModifier(ActionNouvelle):
    titre = "Modifier l’action"

    def charger(self):
        FormulaireFeuille.charger(self)
        self.action = charger_action(self.feuille, self.kwargs["action_id"])
        return self.action


class VerbeFeuille(VueVerbe):
    """A button of the editor."""

    def charger(self):
        self.feuille = charger_feuille(self.request.user, self.kwargs["slug"])
        if "axe_id" in self.kwargs:
            return charger_axe(self.feuille, self.kwargs["axe_id"])
        return charger_action(self.feuille, self.kwargs["action_id"])

    def url_retour(self, objet):
        return reverse("restitution:feuille", args=[self.feuille.atelier.slug]) + "#axes"


class AxeDeplacer(VerbeFeuille):
    def executer(self, objet):
        ecriture.deplacer_axe(axe=objet, sens=self.kwargs["sens"], par=self.request.user)


class AxeSupprimer(VerbeFeuille):
    message = "L’axe est supprimé."

    def executer(self, objet):
        ecriture.supprimer_axe(axe=objet, par=self.request.user)


class ActionDeplacer(VerbeFeuille):
    def executer(self, objet):
        actions.deplacer_action(action=objet, sens=self.kwargs["sens"], par=self.request.user)


class ActionSupprimer(VerbeFeuille):
    message = "L’action est supprimée."

    def executer(self, objet):
        actions.supprimer_action(action=objet, par=self.request.user)
