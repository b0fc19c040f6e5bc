"""A reminder by SMS, from the signed link; there is no such page where no gateway is set."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from ateliers.participants.domaine import rappels
from ateliers.participants.domaine.passerelle import ouverte
from ateliers.participants.domaine.telephone import lisible
from ateliers.participants.forms.venue import FormulaireRappel
from ateliers.participants.lien import invitations_du_jeton
from ateliers.participants.models import RappelSms
from ateliers.participants.views.public import Repondre
from socle.interface.vues import VueVerbe


class Rappel(Repondre):
    form_class = FormulaireRappel
    template_name = "ateliers/participants/rappel.html"
    message = "C’est noté : vous recevrez un SMS la veille de la séance, si vous venez."

    def charger(self):
        if not ouverte():
            raise Http404
        return super().charger()

    def get_initial(self):
        return {}

    def get_context_data(self, **kwargs):
        rappel = RappelSms.objects.filter(invitation=self.objet).first()
        numero = lisible(rappel.numero) if rappel else ""
        return super().get_context_data(rappel=rappel, numero=numero, **kwargs)

    def executer(self, form):
        return rappels.accepter(self.objet, numero=form.cleaned_data["numero"])

    def url_retour(self, objet=None):
        return reverse("ateliers:rappel_sms", args=[self.kwargs["jeton"]])


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Retirer(VueVerbe):
    message = "Votre numéro est effacé : aucun SMS ne vous sera envoyé."

    def charger(self):
        if not ouverte():
            raise Http404
        return get_object_or_404(invitations_du_jeton(self.kwargs["jeton"]))

    def executer(self, objet):
        return rappels.revoquer(objet)

    def url_retour(self, objet=None):
        return reverse("ateliers:rappel_sms", args=[self.kwargs["jeton"]])
