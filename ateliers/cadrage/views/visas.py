"""Frozen versions, their visas, their sending; delegations of a service."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.cadrage import documents
from ateliers.cadrage.choix import EtatCahier, EtatVisa
from ateliers.cadrage.domaine import cahier as verbes_cahier
from ateliers.cadrage.domaine import delegations, versions, visas
from ateliers.cadrage.domaine.circuit import envoi_de, sans_visa_regional
from ateliers.cadrage.droits import au_nom_de, peut_deleguer, versions_visibles
from ateliers.cadrage.forms import cahier as formulaires
from ateliers.cadrage.models import DelegationVisa, Equipe, TitulaireVisa
from ateliers.cadrage.views.cahier import RETOUR
from ateliers.parcours.droits import exiger, peut_piloter
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver
from socle.documents.domaine import dernier
from socle.interface.vues import VueFormulaire, VueVerbe


def charger_version(request, atelier, numero):
    return get_object_or_404(
        versions_visibles(request.user, atelier)
        .select_related("cahier__atelier", "figee_par", "envoyee_par")
        .prefetch_related("visas__organisme", "visas__par", "visas__pour"),
        numero=numero,
    )


@require_GET
def version(request, slug, numero):
    atelier = trouver(request, slug)
    lue = charger_version(request, atelier, numero)
    precedente = (
        versions_visibles(request.user, atelier)
        .filter(numero__lt=numero)
        .defer("docx")
        .order_by("-numero")
        .first()
    )
    attendu = next((v for v in lue.visas.all() if v.etat == EtatVisa.ATTENDU), None)
    au_visa = lue.cahier.etat == EtatCahier.EN_VISA and not lue.caduque_le
    manques = versions.manques_envoi(lue)
    return render(
        request,
        "ateliers/cadrage/version.html",
        {
            "atelier": atelier,
            "version": lue,
            "refusee": any(v.etat == EtatVisa.REFUSE for v in lue.visas.all()),
            "parties": documents.parties(lue.contenu),
            "precedente": precedente,
            "ecarts": versions.ecarts(precedente.contenu, lue.contenu) if precedente else [],
            "document": dernier(documents.CAHIER, lue),
            "attendu": attendu if au_visa else None,
            "vise": au_visa and attendu is not None and bool(au_nom_de(request.user, attendu)),
            "envoyable": peut_piloter(request.user, atelier)
            and not lue.caduque_le
            and not lue.envoyee_le,
            "manques_envoi": manques,
            "envoi": envoi_de(atelier),
            "sans_visa_regional": sans_visa_regional(atelier, lue.visas.all()),
        },
    )


@require_GET
def telecharger_docx(request, slug, numero):
    lue = charger_version(request, trouver(request, slug), numero)
    nom = documents.nom_fichier(lue, "docx")
    return HttpResponse(
        bytes(lue.docx),
        content_type=documents.DOCX,
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


class FabriquerPdf(VerbeAtelier):
    """Anyone who reads the version may ask for its PDF; the same content makes one file."""

    droit = staticmethod(lambda utilisateur, atelier: True)
    ancre = "#fichiers-titre"

    def executer(self, objet):
        lue = charger_version(self.request, objet, self.kwargs["numero"])
        return versions.demander_pdf(version=lue, par=self.request.user)

    def url_retour(self, objet=None):
        adresse = reverse(
            "ateliers:cahier_version", args=[self.atelier.slug, self.kwargs["numero"]]
        )
        return f"{adresse}{self.ancre}"


class Soumettre(VerbeAtelier):
    retour = RETOUR
    message = "La version est figée et soumise aux visas."

    def executer(self, objet):
        return visas.soumettre(atelier=objet, par=self.request.user, motif=self.motif)

    def url_retour(self, objet=None):
        return reverse("ateliers:cahier_version", args=[self.atelier.slug, self.resultat.numero])


class Rouvrir(VerbeAtelier):
    retour = RETOUR
    message = "La rédaction du cahier des charges est rouverte : les visas seront redemandés."

    def executer(self, objet):
        return verbes_cahier.rouvrir_cahier(atelier=objet, par=self.request.user, motif=self.motif)


class Viser(VerbeAtelier):
    """The verb decides who may: everyone who sees the atelier may ask."""

    droit = staticmethod(lambda utilisateur, atelier: True)
    message = "Votre visa est enregistré."

    def executer(self, objet):
        return visas.viser(atelier=objet, par=self.request.user, version=self.kwargs["numero"])

    def url_retour(self, objet=None):
        return reverse("ateliers:cahier_version", args=[self.atelier.slug, self.kwargs["numero"]])


class Refuser(Viser):
    message = "Le visa est refusé : le pilote reprend la rédaction."

    def executer(self, objet):
        return visas.refuser(
            atelier=objet,
            par=self.request.user,
            version=self.kwargs["numero"],
            motif=self.motif,
        )


class Envoyer(FormulaireAtelier):
    form_class = formulaires.FormulaireEnvoi
    message = "L’envoi est noté : cette version ne changera plus."

    @property
    def envoi(self):
        return envoi_de(self.atelier)

    @property
    def aide(self):
        return (
            f"{self.envoi.explication} L’équipe, quand elle est connue, est prévenue par courriel "
            "et lit cette version ici."
        )

    @cached_property
    def version(self):
        return charger_version(self.request, self.atelier, self.kwargs["numero"])

    @property
    def titre(self):
        return f"{self.envoi.libelle} : version {self.version.numero}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"envoi": self.envoi}

    def get_initial(self):
        """Without a call, there is but one addressee."""
        if self.atelier.dispositif.avec_appel_equipes:
            return {}
        equipe = Equipe.objects.filter(atelier=self.atelier).select_related("mandataire").first()
        return {"destinataires": equipe.mandataire.nom[:200] if equipe else ""}

    @property
    def conditions(self):
        return versions.manques_envoi(self.version)

    def url_retour(self, objet=None):
        return reverse("ateliers:cahier_version", args=[self.atelier.slug, self.kwargs["numero"]])

    def executer(self, form):
        return versions.envoyer(version=self.version, par=self.request.user, **form.cleaned_data)


class ReserveAuxSignataires:
    """Pages of a service: those who may give its visa, or one day will."""

    def charger(self):
        exiger(peut_deleguer(self.request.user), delegations.REFUS)

    def url_retour(self, objet=None):
        return reverse("ateliers:visas")


class MesVisas(ReserveAuxSignataires, VueFormulaire):
    """What waits on my service, who gives its visa, and to whom I delegate mine."""

    form_class = formulaires.FormulaireDelegation
    template_name = "ateliers/cadrage/visas.html"
    titre = "Visas de mon service"
    message = "Votre visa est délégué."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "collegues": delegations.collegues(self.request.user),
        }

    def get_context_data(self, **kwargs):
        moi = self.request.user
        kwargs.setdefault("form_titulaire", None)
        if delegations.vise_pour_son_service(moi):
            kwargs["form_titulaire"] = formulaires.FormulaireTitulaire(
                personnes=delegations.designables(moi)
            )
        return super().get_context_data(
            attendus=visas.attendus_de(moi),
            delegations=delegations.delegations_du_service(moi),
            titulaires=delegations.titulaires_du_service(moi),
            a_des_collegues=delegations.collegues(moi).exists(),
            **kwargs,
        )

    def executer(self, form):
        return delegations.deleguer(par=self.request.user, **form.cleaned_data)


class Revoquer(ReserveAuxSignataires, VueVerbe):
    message = "La délégation a pris fin."

    def charger(self):
        super().charger()
        return get_object_or_404(
            DelegationVisa,
            pk=self.kwargs["pk"],
            delegant__organisme=self.request.user.organisme_id,
        )

    def executer(self, objet):
        return delegations.revoquer(delegation=objet, par=self.request.user)


class Designer(ReserveAuxSignataires, VueFormulaire):
    form_class = formulaires.FormulaireTitulaire
    titre = "Désigner une personne qui vise pour le service"
    message = "La personne vise maintenant pour le service."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "personnes": delegations.designables(self.request.user),
        }

    def executer(self, form):
        return delegations.designer(par=self.request.user, **form.cleaned_data)


class RetirerTitulaire(ReserveAuxSignataires, VueVerbe):
    message = "La personne ne vise plus pour le service."

    def charger(self):
        super().charger()
        return get_object_or_404(
            TitulaireVisa.objects.select_related("personne"),
            pk=self.kwargs["pk"],
            organisme=self.request.user.organisme_id,
        )

    def executer(self, objet):
        return delegations.retirer_titulaire(titulaire=objet, par=self.request.user)
