"""« Qui porte, écrit et dépose »: in whose name, who takes over: mandates, transfer, relay."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.dossiers import droits
from candidatures.dossiers.domaine import analyse, requetes, transfert, visas
from candidatures.dossiers.forms import auteurs as formulaires
from candidatures.dossiers.models import Mandat
from candidatures.dossiers.views.auteurs import VueAuteurs
from socle.erreurs import ActionInterdite
from socle.interface.francais import avec_article, pronom
from socle.interface.vues import VueFormulaire


class VueMandat(VueAuteurs):
    form_class = formulaires.FormulaireMandat
    titre = "Enregistrer un mandat"
    message = "Le mandat est enregistré : l’accusé de dépôt le nommera."

    def get_form_kwargs(self):
        siens = self.request.user.organisme_id
        portages = self.objet.portages.all()
        mandants = [p.organisme for p in portages if p.organisme_id != siens]
        return super().get_form_kwargs() | {"mandants": mandants}

    def executer(self, form):
        fichier = form.cleaned_data["fichier"]
        return visas.enregistrer_mandat(
            candidature=self.objet,
            mandant=form.cleaned_data["mandant"],
            signe_le=form.cleaned_data["signe_le"],
            nom=fichier.name,
            octets=fichier.read(),
            par=self.request.user,
        )


class VueRetirerMandat(VueAuteurs):
    form_class = formulaires.FormulaireMotif
    titre = "Retirer un mandat"
    message = "Le mandat est retiré : l’accusé de dépôt ne le nommera pas."
    refus = "Seuls les porteurs retirent un mandat, avant le dépôt."

    def charger(self):
        candidature = super().charger()
        self.mandat = get_object_or_404(
            candidature.mandats.select_related("mandant", "mandataire"),
            pk=self.kwargs["pk"],
            retire_le=None,
        )
        return candidature

    def get_context_data(self, **kwargs):
        phrase = f"Mandat de {self.mandat.mandant} à {self.mandat.mandataire}."
        return super().get_context_data(precision=phrase, **kwargs)

    def executer(self, form):
        return visas.retirer_mandat(mandat=self.mandat, par=self.request.user, **form.cleaned_data)


@require_safe
def mandat(request, reference, pk):
    """The signed mandate, to whoever sees the dossier; a withdrawn one to its authors."""
    visibles = droits.visibles_par(request.user).filter(reference=reference)
    objets = Mandat.objects.select_related("candidature").filter(candidature__in=visibles)
    objet = get_object_or_404(objets, pk=pk)
    if objet.retire_le and not droits.porte(request.user, objet.candidature):
        get_object_or_404(objets.filter(retire_le=None), pk=pk)
    analyse.exiger_lisible(objet)
    return FileResponse(
        objet.fichier.open("rb"), as_attachment=True, filename=objet.nom, content_type=objet.mime
    )


def _ce_que_fait_le_transfert(de, successeur: str) -> str:
    """Both organisations are named: a namesake in another département must be seen here."""
    qui = avec_article(de.nom)
    suite = (
        f"Son remplaçant\u00a0: {successeur}. Ses agents la liront et l’écriront."
        if successeur
        else "Les agents de l’organisme que vous choisissez ci-dessous la liront et l’écriront."
    )
    return (
        f"{qui[:1].upper()}{qui[1:]} ne portera plus cette candidature\u00a0: ses agents ne "
        f"pourront plus ni la lire ni l’écrire, et les mandats qu’{pronom(de.nom)} a donnés ou "
        f"reçus tombent. {suite}"
    )


class VueTransferer(VueAuteurs):
    form_class = formulaires.FormulaireTransferer
    titre = "Transférer le dossier"
    message = "Le dossier est transféré : l’organisme en est averti."
    refus = "Seuls les porteurs et la DGALN transfèrent un dossier."
    droit = staticmethod(droits.peut_transferer)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "places": transfert.places(self.objet, self.request.user),
            "organismes": requetes.organismes_invitables(self.objet),
            "pilote_id": self.objet.service_pilote_id,
        }

    def form_valid(self, form):
        """Nothing is done before the page that names the dossier and both organisations."""
        if form.cleaned_data["vers"]:
            return super().form_valid(form)
        return self.render_to_response(self.confirmation(form))

    def form_invalid(self, form):
        if form.propositions:  # What the verb refuses is read above the choice.
            return self.render_to_response(self.confirmation(form))
        return super().form_invalid(form)

    def confirmation(self, form) -> dict:
        de = form.cleaned_data["de"]
        form.passer_a_la_confirmation()
        return self.get_context_data(
            form=form,
            titre="Confirmer le transfert",
            precision=_ce_que_fait_le_transfert(de, form.successeur),
        )

    def executer(self, form):
        return transfert.transferer(
            candidature=self.objet,
            de=form.cleaned_data["de"],
            vers=form.organisme_choisi(),
            motif=form.cleaned_data["motif"],
            par=self.request.user,
        )

    def url_retour(self):
        """The former carrier no longer sees the dossier."""
        visible = droits.visibles_par(self.request.user).filter(pk=self.objet.pk).exists()
        return self.objet.get_absolute_url() if visible else reverse("candidatures:liste")


class VuePasserLaMain(VueFormulaire):
    """« Passer la main »: invitations by name and deposits go to a colleague."""

    form_class = formulaires.FormulairePasserLaMain
    template_name = "candidatures/dossiers/passer_la_main.html"
    titre = "Passer la main à un collègue"
    message = "La main est passée : les personnes concernées sont averties par courriel."

    def charger(self):
        par = self.request.user
        if par.role not in droits.COAUTEURS or par.organisme_id is None:
            raise ActionInterdite("La main se passe entre collègues d’un organisme qui candidate.")
        self.collegues = transfert.collegues(par)
        demande = self.request.POST.get("de") or self.request.GET.get("de") or str(par.pk)
        self.de = next((c for c in self.collegues if str(c.pk) == demande), par)
        return

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"collegues": self.collegues}

    def get_initial(self):
        return {"de": str(self.de.pk)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            de=self.de,
            collegues=self.collegues,
            reprises=transfert.reprises(self.de, self.request.user),
            **kwargs,
        )

    def executer(self, form):
        return transfert.passer_la_main(par=self.request.user, **form.cleaned_data)

    def url_retour(self):
        return reverse("candidatures:liste")
