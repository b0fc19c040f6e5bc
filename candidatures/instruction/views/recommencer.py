"""The carriers start again from a candidature that is over."""

from django import forms

from candidatures.dossiers.domaine.etapes import url_de
from candidatures.dossiers.droits import peut_recommencer
from candidatures.dossiers.views.lecture import charger, contexte_entete
from candidatures.instruction.domaine import recommencer
from socle.erreurs import ActionInterdite
from socle.interface.formulaires import FormulaireDsfr
from socle.interface.vues import VueFormulaire


class FormulaireRecommencer(FormulaireDsfr):
    libelle_envoi = "Ouvrir un nouveau brouillon"
    brouillon = False

    def __init__(self, *args, appels, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["appel"] = forms.ModelChoiceField(
            appels, label="Appel", empty_label="Choisir un appel ouvert"
        )


class VueRecommencer(VueFormulaire):
    form_class = FormulaireRecommencer
    template_name = "candidatures/instruction/recommencer.html"
    titre = "Recommencer dans un autre appel"
    message = "Le nouveau brouillon est ouvert : relisez-le, complétez-le, puis déposez-le."

    def charger(self):
        candidature = charger(self.request.user, self.kwargs["reference"])
        if not peut_recommencer(self.request.user, candidature):
            raise ActionInterdite("Seuls les porteurs recommencent une candidature close.")
        return candidature

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"appels": recommencer.appels_possibles(self.objet)}

    def get_initial(self):
        """The call from whose page one comes."""
        return {"appel": self.request.GET.get("appel", "")}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **contexte_entete(self.request, self.objet),
            remarques=recommencer.remarques(self.objet),
            appels_ouverts=recommencer.appels_possibles(self.objet).exists(),
            **kwargs,
        )

    def executer(self, form):
        return recommencer.recommencer(
            candidature=self.objet, appel=form.cleaned_data["appel"], par=self.request.user
        )

    def url_retour(self):
        return url_de(self.resultat, "identite")
