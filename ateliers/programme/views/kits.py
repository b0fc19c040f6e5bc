"""Start a déroulé from a kit, keep one as a kit."""

from ateliers.parcours.views.commun import FormulaireAtelier
from ateliers.programme import droits
from ateliers.programme.domaine import kits
from ateliers.programme.forms import programme as formulaires
from ateliers.programme.views.commun import SurProgramme


class PartirDUnKit(SurProgramme, FormulaireAtelier):
    form_class = formulaires.FormulaireKit
    titre = "Partir d’un kit"
    message = "Le déroulé est repris du kit : il reste à l’ajuster."
    aide = "Le kit donne les séquences, leurs durées et le matériel ; vous ajustez ensuite."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kits": kits.kits_pour(self.seance)}

    def executer(self, form):
        return kits.partir_d_un_kit(
            seance=self.seance,
            kit=form.cleaned_data["kit"],
            par=self.request.user,
            confirmes=self.confirmes,
        )


class GarderUnKit(SurProgramme, FormulaireAtelier):
    droit = staticmethod(lambda utilisateur, atelier: droits.peut_enregistrer_un_kit(utilisateur))
    form_class = formulaires.FormulaireGarderKit
    titre = "Enregistrer comme kit"
    message = "Le kit est enregistré."
    aide = "Ni les personnes ni les lieux n’y figurent."

    def executer(self, form):
        return kits.enregistrer_kit(seance=self.seance, par=self.request.user, **form.cleaned_data)
