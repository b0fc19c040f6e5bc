"""The letters to the candidates, once the team is retained."""

from django.utils.functional import cached_property

from ateliers.marche.domaine import lettres
from ateliers.marche.domaine.commun import en_cours
from ateliers.marche.forms.marche import FormulaireLettres
from ateliers.parcours.views.commun import FormulaireAtelier
from socle.erreurs import Manque


class PreparerLettres(FormulaireAtelier):
    form_class = FormulaireLettres
    retour, ancre = "ateliers:marche", "#pieces"
    titre = "Envoyer les lettres aux candidats"
    aide = (
        "Chaque lettre dit au candidat ses notes, son rang, le motif du choix et les voies de "
        "recours. Rien ne part avant votre relecture."
    )
    message = "Les lettres se fabriquent. Relisez l’envoi, puis envoyez-le : rien n’est parti."

    @cached_property
    def consultation(self):
        return en_cours(self.atelier)

    @property
    def offres(self):
        return lettres.ouvertes(self.consultation) if self.consultation else []

    @property
    def conditions(self):
        if self.consultation and self.consultation.etat == "attribuee":
            return []
        return [Manque("Les lettres partent une fois l’équipe retenue.")]

    def get_initial(self):
        if self.consultation is None:
            return {}
        champs = ("signataire", "qualite", "recours")
        return {champ: getattr(self.consultation, champ) for champ in champs}

    def get_form_kwargs(self):
        adresses = self.consultation.adresses if self.consultation else {}
        return super().get_form_kwargs() | {"offres": self.offres, "adresses": adresses}

    def executer(self, form):
        donnees = form.cleaned_data
        return lettres.preparer(
            consultation=self.consultation,
            par=self.request.user,
            signataire=donnees["signataire"],
            qualite=donnees["qualite"],
            recours=donnees["recours"] or lettres.voies_de_recours(donnees["tribunal"]),
            adresses=form.adresses(),
        )

    def url_retour(self, objet=None):
        resultat = getattr(self, "resultat", None)
        return resultat.get_absolute_url() if resultat else super().url_retour(objet)
