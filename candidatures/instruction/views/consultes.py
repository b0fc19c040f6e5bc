"""Consulted organisations give their avis; carriers answer and take up again."""

from django.core.paginator import Paginator
from django.db.models import Case, F, When
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from candidatures.dossiers.domaine import reponses
from candidatures.dossiers.domaine.etapes import ETAPES, url_de
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.domaine.requetes import pour_dossier
from candidatures.dossiers.droits import peut_deposer, porte, visibles_par
from candidatures.dossiers.views.lecture import charger, contexte_entete
from candidatures.instruction import droits
from candidatures.instruction.domaine import avis as verbes_avis
from candidatures.instruction.domaine import differences, recevabilite, reprise, requetes
from candidatures.instruction.forms.repondre import (
    FormulaireAvis,
    FormulaireReponse,
    FormulaireReprendre,
)
from candidatures.instruction.models import BrouillonAvis, Reorientation
from candidatures.instruction.models.avis import ETATS_AVIS
from socle.erreurs import ActionInterdite, confirmer
from socle.interface.saisie import VueSaisie, attributs
from socle.interface.vues import VueFormulaire

PAR_PAGE = 50
# Those that can still be rendered come first.
ATTENDUS = Case(When(rendu_le=None, candidature__etat__in=ETATS_AVIS, then=0), default=1)


@require_safe
def liste_avis(request):
    """The avis asked from my organisation (all of them for the DGALN); those due come first."""
    demandes = (
        droits.avis_visibles_par(request.user)
        .select_related("candidature", "organisme")
        .defer("question", "texte", "candidature__blocages", "candidature__gouvernance")
        .order_by(ATTENDUS, F("rendu_le").desc(nulls_first=True), "echeance", "pk")
    )
    page = Paginator(demandes, PAR_PAGE).get_page(request.GET.get("page"))
    return render(request, "candidatures/instruction/avis.html", {"page": page})


class VueRendreAvis(VueFormulaire):
    form_class = FormulaireAvis
    template_name = "candidatures/instruction/avis_rendre.html"
    titre = "Rendre un avis"
    message = "Votre avis est rendu. La DGALN en est informée."

    def charger(self):
        visibles = droits.avis_visibles_par(self.request.user)
        avis = get_object_or_404(visibles.select_related("organisme"), pk=self.kwargs["pk"])
        dossiers = pour_dossier(visibles_par(self.request.user))
        avis.candidature = get_object_or_404(dossiers, pk=avis.candidature_id)
        avis.candidature.questions_lues = reponses.a_lire(avis.candidature)
        return avis

    @cached_property
    def attendu(self) -> bool:
        return not self.objet.rendu_le and droits.peut_rendre_avis(self.request.user, self.objet)

    @cached_property
    def fermeture(self) -> str:
        return verbes_avis.fermeture(self.objet) if self.attendu else ""

    @property
    def ouvert(self) -> bool:
        return self.attendu and not self.fermeture

    @cached_property
    def brouillon(self) -> BrouillonAvis | None:
        """Theirs and their colleagues’; nobody else reads it, the DGALN included."""
        if not self.attendu:
            return None
        return BrouillonAvis.objects.filter(avis=self.objet).select_related("par").first()

    def get_initial(self):
        lu = self.brouillon or self.objet
        return {"sens": lu.sens, "texte": lu.texte}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.ouvert:
            lu, champs = self.brouillon, verbes_avis.CHAMPS_BROUILLON
            revisions = {c: getattr(lu, f"revision_{c}") for c in champs} if lu else {}
            url = reverse("candidatures:avis_saisie", args=[self.objet.pk])
            form.brancher_saisie(attributs(url, {c: c for c in champs}, revisions, acte="oui"))
        return form

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            candidature=self.objet.candidature,
            avis=self.objet,
            ouvert=self.ouvert,
            fermeture=self.fermeture,
            brouillon=self.brouillon,
            **kwargs,
        )

    def executer(self, form):
        confirmer("avis", "Relisez votre avis : une fois rendu, il ne change plus.", self.confirmes)
        return verbes_avis.rendre_avis(
            avis=self.objet,
            sens=form.cleaned_data["sens"],
            texte=form.cleaned_data["texte"],
            par=self.request.user,
        )

    def url_retour(self):
        return reverse("candidatures:avis")


class VueSaisieAvis(VueSaisie):
    """One field of the draft."""

    def charger(self):
        visibles = droits.avis_visibles_par(self.request.user)
        return get_object_or_404(visibles, pk=self.kwargs["pk"])

    def enregistrer(self, objet, champ, valeur, revision):
        return verbes_avis.enregistrer_brouillon(
            avis=objet, champ=champ, valeur=valeur, revision=revision, par=self.request.user
        )


def charger_portee(request, reference):
    candidature = charger(request.user, reference)
    if not porte(request.user, candidature):
        raise ActionInterdite("Cette page est réservée aux porteurs de la candidature.")
    return candidature


class VueComplements(VueFormulaire):
    """What is asked, where to add it, and the button that returns the dossier."""

    form_class = FormulaireReponse
    template_name = "candidatures/instruction/complements.html"
    titre = "Compléments demandés"
    message = "Les compléments sont transmis à la DGALN."

    def charger(self):
        return charger_portee(self.request, self.kwargs["reference"])

    def get_context_data(self, **kwargs):
        demande = requetes.demande_ouverte(self.objet)
        return super().get_context_data(
            **contexte_entete(self.request, self.objet),
            demande=demande,
            attendus=self._attendus(demande) if demande else [],
            manques=manques(self.objet) if demande else [],
            transmet=peut_deposer(self.request.user, self.objet),
            passees=requetes.demandes_repondues(self.objet),
            **kwargs,
        )

    def _attendus(self, demande) -> list[dict]:
        """Each item with the step of the editor where it is answered."""
        adresses = {
            f"question:{q.cle}": reponses.url_rubrique(self.objet, r.slug, q)
            for r in reponses.rubriques_a_remplir(self.objet)
            for q in r.questions
        }
        etapes = {f"section:{e.cle}": e.slug for e in ETAPES if e.est_section}
        etapes |= {f"rubrique:{e.cle}": e.slug for e in ETAPES if e.cle and not e.est_section}
        inchanges = {element.pk for element in differences.inchanges(self.objet)}
        lignes = []
        for element in demande.elements.all():
            etape = "pieces" if element.piece_requise_id else etapes.get(element.champ, "identite")
            url = adresses.get(element.champ) or url_de(self.objet, etape)
            faite = element.pk not in inchanges
            lignes.append({"element": element, "url": url, "faite": faite})
        return lignes

    def executer(self, form):
        return recevabilite.repondre_complements(
            candidature=self.objet,
            reponse=form.cleaned_data["reponse"],
            confirmes=self.confirmes,
            par=self.request.user,
        )

    def url_retour(self):
        return self.objet.get_absolute_url()


class VueReprendre(VueFormulaire):
    form_class = FormulaireReprendre
    template_name = "candidatures/instruction/reprendre.html"
    titre = "Reprendre la candidature dans un autre dispositif"
    message = "La candidature est reprise : complétez-la, puis déposez-la."

    def charger(self):
        candidature = charger_portee(self.request, self.kwargs["reference"])
        self.reorientation = get_object_or_404(
            Reorientation.objects.select_related("vers_dispositif", "nouvelle"),
            candidature=candidature,
        )
        return candidature

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"dispositif": self.reorientation.vers_dispositif}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **contexte_entete(self.request, self.objet),
            reorientation=self.reorientation,
            **kwargs,
        )

    def executer(self, form):
        return reprise.reprendre(
            candidature=self.objet, appel=form.cleaned_data["appel"], par=self.request.user
        )

    def url_retour(self):
        return url_de(self.resultat, "identite")
