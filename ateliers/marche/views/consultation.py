"""The consultation's page, its règlement, its dates."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.domaine.equipe import OUVERTS
from ateliers.cadrage.models import AppelEquipes, Equipe
from ateliers.marche.calcul import formule, lecture
from ateliers.marche.choix import EtatConsultation as E
from ateliers.marche.domaine import choix_equipe, offres, reglement, requetes
from ateliers.marche.domaine.commun import en_cours
from ateliers.marche.droits import peut_voir_marche
from ateliers.marche.forms import marche as formulaires
from ateliers.parcours.droits import exiger, peut_piloter, visibles_par
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver

RETOUR = "ateliers:marche"


@require_GET
def marche(request, slug):
    atelier = trouver(request, slug)
    exiger(
        peut_voir_marche(request.user, atelier),
        "Le choix de l’équipe reste entre les services de l’État.",
    )
    consultation = requetes.consultation_de(atelier)
    competences = demandees(atelier)
    lignes = requetes.registre(consultation, competences) if consultation else []
    equipe = (
        Equipe.objects.filter(atelier=atelier)
        .select_related("mandataire")
        .prefetch_related("membres")
        .first()
    )
    pilote = peut_piloter(request.user, atelier) and atelier.etat in OUVERTS
    return render(
        request,
        "ateliers/marche/marche.html",
        {
            "atelier": atelier,
            "consultation": consultation,
            "pilote": pilote,
            "sans_appel": not atelier.dispositif.avec_appel_equipes,
            "appel": AppelEquipes.objects.filter(atelier=atelier).first(),
            "competences": lecture.lisibles(competences),
            "equipe": equipe,
            "couverture": lecture.couverture_equipe(equipe, competences),
            "lignes": lignes,
            "classees": requetes.classees(lignes),
            **_suite(consultation, lignes),
        },
    )


def _suite(consultation, lignes) -> dict:
    """What depends on the state of the consultation."""
    vide = {"formule": [], "manques": [], "documents": [], "criteres": []}
    if consultation is None:
        return vide | dict.fromkeys(
            ("preparation", "recueil", "analyse", "attribuee", "sans_suite", "ouverte"), False
        )
    manques = []
    if consultation.etat == E.PREPARATION:
        manques = reglement.manques_fixer(consultation)
    elif consultation.etat == E.RECUEIL:
        manques = offres.manques_ouvrir(consultation)
    elif consultation.etat == E.ANALYSE:
        manques = choix_equipe.manques_des_offres(ligne.offre for ligne in lignes)
    return vide | {
        "criteres": list(consultation.criteres.all()),
        "formule": formule.en_toutes_lettres(lecture.regle_de(consultation)),
        "manques": manques,
        "documents": requetes.documents_de(consultation, lignes),
        "ouverte": consultation.ouverte_le is not None,
        **{etat: consultation.etat == etat for etat in E.values},
    }


class _SurConsultation:
    retour = RETOUR

    @cached_property
    def consultation(self):
        return en_cours(self.atelier)


class Regler(_SurConsultation, FormulaireAtelier):
    form_class = formulaires.FormulaireReglement
    message = "Le règlement est enregistré."
    template_name = "ateliers/formulaire_lignes.html"
    ancre = "#reglement"
    titre = "Règlement de la consultation"
    aide = (
        "Les critères, leurs poids et la formule du prix sont fixés avant toute offre. "
        "Les poids, prix compris, font 100."
    )

    def get_initial(self):
        consultation = self.consultation
        if consultation is None:
            return {"revision": 0}
        initial = {
            c: getattr(consultation, c) for c in ("poids_prix", "formule", "departage", "revision")
        }
        if consultation.ouverture_le:
            local = timezone.localtime(consultation.ouverture_le)
            initial |= {"jour": local.date(), "heure": local.time()}
        return initial

    def get_form_kwargs(self):
        lignes = []
        if self.consultation:
            lignes = list(self.consultation.criteres.values("libelle", "poids", "aide"))
        return super().get_form_kwargs() | {"lignes": lignes}

    def executer(self, form):
        donnees = form.cleaned_data
        return reglement.regler(
            atelier=self.atelier,
            par=self.request.user,
            criteres=form.lignes_saisies(),
            poids_prix=donnees["poids_prix"],
            formule=donnees["formule"],
            departage=donnees["departage"],
            ouverture_le=donnees["moment"],
            revision=donnees["revision"],
        )


class Fixer(VerbeAtelier):
    retour, ancre = RETOUR, "#reglement"
    message = "Le règlement est fixé. Les offres reçues s’enregistrent scellées."

    def executer(self, objet):
        return reglement.fixer(atelier=objet, par=self.request.user)


class RouvrirReglement(VerbeAtelier):
    retour, ancre = RETOUR, "#reglement"
    message = "Le règlement est rouvert."

    def executer(self, objet):
        return reglement.rouvrir_reglement(atelier=objet, par=self.request.user, motif=self.motif)


class Reporter(_SurConsultation, FormulaireAtelier):
    form_class = formulaires.FormulaireReport
    message = "La remise des offres est reportée."
    titre = "Reporter la remise des offres"
    ancre = "#offres"

    def executer(self, form):
        return reglement.reporter(
            atelier=self.atelier,
            par=self.request.user,
            ouverture_le=form.cleaned_data["moment"],
            motif=form.cleaned_data["motif"],
        )


class DesignerAnalystes(_SurConsultation, FormulaireAtelier):
    form_class = formulaires.FormulaireAnalystes
    message = "Les analystes sont désignés."
    ancre = "#analystes"
    titre = "Analystes"

    def get_initial(self):
        if self.consultation is None:
            return {}
        return {"personnes": list(self.consultation.analystes.values_list("personne", flat=True))}

    def get_form_kwargs(self):
        candidats = formulaires.analystes_possibles(self.atelier, visibles_par)
        return super().get_form_kwargs() | {"candidats": candidats}

    def executer(self, form):
        return reglement.designer_analystes(
            atelier=self.atelier, par=self.request.user, **form.cleaned_data
        )


class Abandonner(VerbeAtelier):
    retour = RETOUR
    message = "La consultation est déclarée sans suite."

    def executer(self, objet):
        return choix_equipe.abandonner(atelier=objet, par=self.request.user, motif=self.motif)
