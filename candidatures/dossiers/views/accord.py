"""The outline and the communes brought to agree: a proposal on a page, then one act."""

from candidatures.dossiers.domaine import accords, revisions
from candidatures.dossiers.domaine.ecarts import enumerer
from candidatures.dossiers.domaine.etapes import PAR_SLUG, url_de
from candidatures.dossiers.forms.accord import FormulaireCommunes, FormulaireReunir
from candidatures.dossiers.views.rediger import charger_modifiable, exiger_ouverte
from socle.interface.vues import VueFormulaire
from socle.territoires.domaine import traces
from socle.territoires.domaine.contours_communes import CREDIT


class VueAccord(VueFormulaire):
    """Base: the dossier may be written, and the field has the revision that the page shows."""

    champ = ""
    extra_context = {"credit": CREDIT}

    def charger(self):
        candidature = charger_modifiable(self.request, self.kwargs["reference"])
        exiger_ouverte(candidature, PAR_SLUG["identite"])
        return candidature

    def get_initial(self):
        return {"revision": revisions.revisions_de(self.objet, self.champ).get(self.champ, 0)}

    def url_retour(self):
        return f"{url_de(self.objet, 'identite')}#id_{self.champ}"


class VueCommunesTouchees(VueAccord):
    champ = "perimetre"
    form_class = FormulaireCommunes
    template_name = "candidatures/dossiers/trace_communes.html"
    titre = "Communes touchées par le tracé"

    def charger(self):
        candidature = super().charger()
        self.trace = accords.trace_de(candidature)
        self.lignes = accords.proposition(candidature, self.trace)
        return candidature

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"lignes": self.lignes}

    def get_context_data(self, **kwargs):
        ecarts = accords.ecarts_de(self.lignes)
        return super().get_context_data(trace=self.trace, ecarts=ecarts.phrases, **kwargs)

    def executer(self, form):
        return accords.accorder_les_communes(
            candidature=self.objet,
            codes=form.cleaned_data["communes"],
            revision=form.cleaned_data["revision"],
            par=self.request.user,
        )

    @property
    def message(self):
        phrase = "La liste des communes est mise à jour."
        if self.resultat:
            noms = enumerer(self.resultat)
            phrase += f" N’étant plus entière, {noms} est remplacée par les communes gardées."
        return phrase


class VueTracerCommunes(VueAccord):
    champ = "trace"
    form_class = FormulaireReunir
    template_name = "candidatures/dossiers/trace_reunir.html"
    titre = "Tracer le contour des communes choisies"
    message = "Le tracé suit le contour des communes ; l’ancien reste dans l’historique des écrits."

    def get_context_data(self, **kwargs):
        reunion = accords.reunion(self.objet)
        propose = None
        if reunion.forme is not None:
            propose = {
                "dessin": traces.dessiner(traces.en_geojson(reunion.forme)),
                "points": traces.nombre_de_points(reunion.forme),
                "surface_ha": traces.surface_ha(reunion.forme),
            }
        return super().get_context_data(
            reunion=reunion, propose=propose, ancien=accords.trace_de(self.objet), **kwargs
        )

    def executer(self, form):
        return accords.tracer_les_communes(
            candidature=self.objet, revision=form.cleaned_data["revision"], par=self.request.user
        )
