"""Choose parcels by commune, section and number, where the cadastre is held."""

from candidatures.dossiers.domaine import cadastre
from candidatures.dossiers.domaine.etapes import url_de
from candidatures.dossiers.forms.cadastre import FormulaireParcelles, FormulaireSectionCadastrale
from candidatures.dossiers.views.accord import VueAccord
from socle.territoires.domaine.cadastre import CREDIT


class VueChoisirParcelles(VueAccord):
    champ = "parcelles"
    form_class = FormulaireParcelles
    template_name = "candidatures/dossiers/parcelles_choisir.html"
    titre = "Choisir des parcelles au cadastre"
    message = "La liste des parcelles est mise à jour."
    extra_context = {"credit": CREDIT}

    def charger(self):
        candidature = super().charger()
        demande = self.request.GET
        self.choix = cadastre.choix(
            candidature, demande.get("commune", ""), demande.get("section", "")
        )
        return candidature

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"choix": self.choix}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            choix=self.choix,
            ou=FormulaireSectionCadastrale(choix=self.choix),
            **kwargs,
        )

    def executer(self, form):
        return cadastre.choisir_dans_la_section(
            candidature=self.objet,
            commune=self.choix.commune.pk if self.choix.commune else "",
            section=self.choix.section,
            codes=form.cleaned_data["parcelles"],
            revision=form.cleaned_data["revision"],
            par=self.request.user,
        )

    def url_retour(self):
        return f"{url_de(self.objet, 'identite')}#id_parcelles"
