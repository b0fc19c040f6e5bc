"""The page of the acts, and each act."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from restitution.engagement.choix import Cote
from restitution.engagement.domaine import actes, signatures
from restitution.engagement.domaine.etapes import actes as actes_de
from restitution.engagement.domaine.etapes import cotes
from restitution.engagement.forms.actes import (
    FormulaireApprobation,
    FormulaireSignature,
    FormulaireValidation,
)
from restitution.feuilles import droits
from restitution.feuilles.choix import EtatFeuille
from restitution.feuilles.views.chargement import charger_feuille, onglets
from socle.comptes.choix import Role
from socle.documents.domaine import demander, dernier
from socle.erreurs import ActionInterdite
from socle.interface.francais import debut_minuscule
from socle.interface.vues import VueFormulaire, VueVerbe
from socle.journal.domaine import historique


@require_GET
def engagement(request, slug):
    feuille = charger_feuille(request.user, slug)
    agent = request.user.a_le_role(Role.DGALN, Role.SERVICE_ETAT)
    contexte = {
        "atelier": feuille.atelier,
        "feuille": feuille,
        "actes": actes_de(feuille, request.user),
        "cotes": cotes(feuille, request.user),
        "approbations": feuille.approbations.select_related("organisme"),
        "peut_rouvrir": feuille.etat == EtatFeuille.VALIDEE
        and (
            droits.peut_piloter(request.user, feuille)
            or droits.est_collectivite(request.user, feuille)
        ),
        "document": dernier(actes.CLE_PDF, feuille),
        "historique": historique(feuille, confidentielles=agent),
        "onglets": onglets(feuille, "engagement"),
    }
    return render(request, "restitution/engagement/engagement.html", contexte)


class VerbeEngagement(VueVerbe):
    def charger(self):
        self.feuille = charger_feuille(self.request.user, self.kwargs["slug"])
        return self.feuille

    def url_retour(self, objet):
        return reverse("restitution:engagement", args=[self.kwargs["slug"]])


class Rouvrir(VerbeEngagement):
    message = "L’écriture est rouverte."

    def executer(self, objet):
        return actes.rouvrir(feuille=objet, motif=self.motif, par=self.request.user)


class Officialiser(VerbeEngagement):
    message = "La feuille de route est officielle. Son PDF se prépare."

    def executer(self, objet):
        return actes.officialiser(feuille=objet, par=self.request.user)


class Publier(VerbeEngagement):
    message = "La feuille de route est publiée."

    def executer(self, objet):
        return actes.publier(feuille=objet, par=self.request.user)


class PreparerPdf(VerbeEngagement):
    """Anyone who sees the feuille may have it on paper, even as a draft."""

    def executer(self, objet):
        return demander(actes.CLE_PDF, objet=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("documents:etat", args=[self.resultat.pk])


class SignatureRetirer(VerbeEngagement):
    message = "La signature est retirée."

    def charger(self):
        super().charger()
        return get_object_or_404(self.feuille.signatures, pk=self.kwargs["signature_id"])

    def executer(self, objet):
        signatures.retirer_signature(signature=objet, par=self.request.user)


class FormulaireEngagement(VueFormulaire):
    template_name = "restitution/formulaire.html"

    def charger(self):
        self.feuille = charger_feuille(self.request.user, self.kwargs["slug"])
        if not self.permis():
            raise ActionInterdite(self.refus)
        return self.feuille

    def permis(self) -> bool:
        return droits.peut_piloter(self.request.user, self.feuille)

    def url_retour(self):
        return reverse("restitution:engagement", args=[self.kwargs["slug"]])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            atelier=self.feuille.atelier,
            retour=self.url_retour(),
            retour_libelle="Engagement",
            **kwargs,
        )


class Valider(FormulaireEngagement):
    form_class = FormulaireValidation
    titre = "Valider techniquement la feuille de route"
    message = "La feuille de route est validée techniquement."
    refus = "La validation technique est enregistrée par le service pilote, après le comité."

    def executer(self, form):
        return actes.valider_techniquement(
            feuille=self.feuille, par=self.request.user, **form.cleaned_data
        )


class Approuver(FormulaireEngagement):
    form_class = FormulaireApprobation
    titre = "Enregistrer la délibération de votre collectivité"
    message = "La délibération est enregistrée."
    refus = "Seule la collectivité enregistre sa délibération : l’État ne valide pas à sa place."

    def permis(self):
        return self.request.user.a_le_role(Role.COLLECTIVITE) and droits.est_collectivite(
            self.request.user, self.feuille
        )

    def executer(self, form):
        return actes.approuver(feuille=self.feuille, par=self.request.user, **form.cleaned_data)


class Signer(FormulaireEngagement):
    form_class = FormulaireSignature
    message = "La signature est enregistrée."
    refus = (
        "La collectivité recueille les signatures des élus, le service pilote celles de l’État : "
        "aucun ne signe pour l’autre."
    )

    @property
    def titre(self):
        return f"Recueillir une signature {debut_minuscule(Cote(self.kwargs['cote']).label)}"

    def get_form_kwargs(self):
        noms = signatures.organismes_signataires(self.feuille, self.kwargs["cote"])
        return super().get_form_kwargs() | {"organismes": noms}

    def get_initial(self):
        organisme = self.request.user.organisme
        return {"organisme": organisme.nom} if organisme else {}

    def permis(self):
        return signatures.peut_signer(self.request.user, self.feuille, self.kwargs["cote"])

    def executer(self, form):
        return signatures.recueillir_signature(
            feuille=self.feuille,
            cote=self.kwargs["cote"],
            par=self.request.user,
            **form.cleaned_data,
        )


@require_GET
def acte_numerise(request, slug, genre, acte_id):
    """The scanned délibération or signed act, for those who follow the atelier."""
    feuille = charger_feuille(request.user, slug)
    rangees = feuille.approbations if genre == "deliberations" else feuille.signatures
    acte = get_object_or_404(rangees, pk=acte_id)
    if not acte.scan:
        raise Http404("Aucun acte numérisé.")
    return FileResponse(acte.scan.open("rb"), as_attachment=True)
