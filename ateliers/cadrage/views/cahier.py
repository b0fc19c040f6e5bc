"""Cahier des charges: the pages where it is written."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.cadrage.choix import EtatCahier, PartieCahier
from ateliers.cadrage.domaine import cahier as verbes
from ateliers.cadrage.domaine import competences, plan, versions, visas
from ateliers.cadrage.domaine.composition import nouveautes, par_parties
from ateliers.cadrage.droits import peut_rediger_cahier, versions_visibles
from ateliers.cadrage.forms import cahier as formulaires
from ateliers.cadrage.models import CahierDesCharges, SectionCahier
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import est_equipe, exiger, peut_piloter
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver
from socle.groupage import Partie, remplir
from socle.interface.saisie import VueSaisie, attributs

RETOUR = "ateliers:cahier"


DE_L_ATELIER = (
    *(Partie(f"perimetre__{nom}") for nom in ("departements", "communes", "epcis")),
    Partie("porteurs"),
    Partie("dispositif__etapes"),
    Partie("dispositif__livrables"),
)
DU_CAHIER = (
    Partie("sections", avec=("clause_version",)),
    Partie("competences"),
    Partie("versions", avec=("figee_par",), sans=("contenu", "docx")),
    Partie("versions__visas", avec=("organisme", "par", "pour")),
)


def charger_cahier(atelier) -> CahierDesCharges:
    cahier = get_object_or_404(
        CahierDesCharges.objects.select_related("version_note"), atelier=atelier
    )
    cahier.atelier = atelier
    return cahier


@require_GET
def cahier(request, slug):
    """The plan, what is missing, the visas and the versions. The team reads what it was sent."""
    atelier = trouver(request, slug)
    lu = charger_cahier(atelier)
    figees = versions_visibles(request.user, atelier).defer("contenu", "docx")
    contexte = {
        "atelier": atelier,
        "cahier": lu,
        "versions": figees.select_related("figee_par").order_by("-numero"),
        "lecture_seule": est_equipe(request.user, atelier),
        "etat_cahier": lu.get_etat_display(),
    }
    if not contexte["lecture_seule"]:
        contexte |= _redaction(request.user, atelier, lu)
    return render(request, "ateliers/cadrage/cahier.html", contexte)


def _redaction(utilisateur, atelier, lu) -> dict:
    remplir([atelier], DE_L_ATELIER)
    remplir([lu], DU_CAHIER)
    atelier.cahier_lu = lu
    brouillon = lu.etat == EtatCahier.BROUILLON
    pilote = peut_piloter(utilisateur, atelier)
    sections = list(lu.sections.all())
    gardees = [s for s in sections if not s.ecartee]
    proposees = nouveautes(lu, sections) if brouillon else {}
    courante = versions.courante(lu)
    return {
        "parties": [
            (
                rang,
                titre,
                [
                    (f"{rang}.{sous_rang}", s, versions.origine(s), s.pk in proposees)
                    for sous_rang, s in enumerate(groupe, start=1)
                ],
                sum(s.vide for s in groupe),
            )
            for rang, (titre, groupe) in enumerate(par_parties(gardees), start=1)
        ],
        "ecartees": [s for s in sections if s.ecartee],
        "brouillon": brouillon,
        "redige": brouillon and peut_rediger_cahier(utilisateur, atelier),
        "pilote": pilote,
        "manques": visas.manques_soumission(lu) if brouillon else [],
        "reprise": brouillon and bool(lu.versions.all()),
        "refus": visas.dernier_refus(lu) if brouillon else None,
        "courante": courante,
        "etat_cahier": (courante and courante.envoi_dit) or lu.get_etat_display(),
        "rouvrable": pilote and not brouillon and atelier.etat == EtatAtelier.CADRAGE,
        "competences": competences.demandees(atelier),
    }


class DansCahier:
    droit = staticmethod(peut_rediger_cahier)
    retour = RETOUR

    @cached_property
    def section(self):
        return get_object_or_404(
            SectionCahier.objects.select_related("cahier__atelier", "clause_version"),
            cahier__atelier=self.atelier,
            cle=self.kwargs["cle"],
        )

    def url_retour(self, objet=None):
        return f"{reverse(self.retour, args=[self.atelier.slug])}{self.ancre}"


class EcrireSection(DansCahier, FormulaireAtelier):
    form_class = formulaires.FormulaireSection
    template_name = "ateliers/cadrage/section.html"

    @property
    def titre(self):
        return self.section.titre

    @property
    def message(self):
        return f"La section « {self.section.titre} » est enregistrée."

    def get_initial(self):
        return {"texte": self.section.texte, "revision": self.section.revision}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.section.cahier.etat == EtatCahier.BROUILLON:
            url = reverse("ateliers:cahier_saisie", args=[self.atelier.slug])
            cle, revision = self.section.cle, self.section.revision
            form.brancher_saisie(
                attributs(url, {"texte": cle}, {cle: revision}, suite=self.url_retour())
            )
        return form

    def get_context_data(self, **kwargs):
        anciennes = self.section.revisions.select_related("par")[1:6]
        return super().get_context_data(
            section=self.section,
            origine=versions.origine(self.section),
            anciennes=anciennes,
            **kwargs,
        )

    def executer(self, form):
        return verbes.ecrire_section(
            section=self.section, par=self.request.user, **form.cleaned_data
        )


class SaisirSection(VueSaisie):
    """Autosave: the field is the key of the section."""

    def charger(self):
        atelier = trouver(self.request, self.kwargs["slug"])
        exiger(peut_rediger_cahier(self.request.user, atelier))
        return atelier

    def enregistrer(self, objet, champ, valeur, revision):
        return verbes.enregistrer(
            atelier=objet, cle=champ, par=self.request.user, texte=valeur, revision=revision
        )


class Deplacer(DansCahier, VerbeAtelier):
    ancre = "#plan"

    def executer(self, objet):
        sens = "haut" if self.request.POST.get("sens") == "haut" else "bas"
        return plan.deplacer(section=self.section, par=self.request.user, sens=sens)


class Ecarter(DansCahier, VerbeAtelier):
    ancre, ecartee = "#plan", True
    message = "La section est écartée : son texte est gardé plus bas."

    def executer(self, objet):
        return plan.ecarter(section=self.section, par=self.request.user, ecartee=self.ecartee)


class Retablir(Ecarter):
    ecartee = False
    message = "La section est rétablie."


class Ajouter(DansCahier, FormulaireAtelier):
    form_class = formulaires.FormulaireAjout
    titre = "Ajouter une section"
    aide = "Ce que ni la note ni les clauses ne disent, et que l’équipe doit savoir."
    message = "La section est ajoutée."

    def get_initial(self):
        return {"partie": PartieCahier.MISSION}

    def executer(self, form):
        return plan.ajouter(atelier=self.atelier, par=self.request.user, **form.cleaned_data)


class Facultatives(DansCahier, FormulaireAtelier):
    form_class = formulaires.FormulaireFacultatives
    template_name = "ateliers/cadrage/facultatives.html"
    titre = "Clauses facultatives"
    message = "Les clauses choisies sont enregistrées."

    @cached_property
    def facultatives(self):
        return plan.facultatives(charger_cahier(self.atelier))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"facultatives": self.facultatives}

    def get_context_data(self, **kwargs):
        return super().get_context_data(facultatives=self.facultatives, **kwargs)

    def executer(self, form):
        return plan.choisir_clauses(
            atelier=self.atelier, par=self.request.user, cles=form.cleaned_data["clauses"]
        )


class Regenerer(DansCahier, FormulaireAtelier):
    form_class = formulaires.FormulaireRegenerer
    template_name = "ateliers/cadrage/regenerer.html"

    @property
    def titre(self):
        return f"Nouvelle rédaction : {self.section.titre}"

    @property
    def message(self):
        return f"Le texte choisi pour « {self.section.titre} » est enregistré."

    @cached_property
    def proposition(self):
        lu = charger_cahier(self.atelier)
        return nouveautes(lu, [self.section]).get(self.section.pk)

    def get_initial(self):
        propose = self.proposition.texte if self.proposition else self.section.texte
        texte = propose if self.section.reprise else self.section.texte
        return {"texte": texte, "revision": self.section.revision}

    def get_context_data(self, **kwargs):
        propose = self.proposition
        return super().get_context_data(
            section=self.section,
            proposition=propose,
            morceaux=versions.diff_mots(self.section.texte, propose.texte) if propose else [],
            **kwargs,
        )

    def executer(self, form):
        return plan.regenerer(section=self.section, par=self.request.user, **form.cleaned_data)


class Competences(DansCahier, FormulaireAtelier):
    form_class = formulaires.FormulaireCompetences
    template_name = "ateliers/formulaire_lignes.html"
    titre = "Compétences demandées à l’équipe"
    aide = (
        "Les disciplines que l’équipe réunit et les jours que chacune y consacre. "
        "Videz une ligne pour la retirer."
    )
    message = "Les compétences demandées sont enregistrées."

    def get_form_kwargs(self):
        lignes = [
            {"discipline": discipline, "jours": jours}
            for discipline, jours in competences.demandees(self.atelier)
        ]
        return super().get_form_kwargs() | {"lignes": lignes}

    def executer(self, form):
        return competences.definir(
            atelier=self.atelier,
            par=self.request.user,
            competences=[(ligne["discipline"], ligne["jours"]) for ligne in form.lignes_saisies()],
        )
