"""The consultation's page, its règlement, its dates."""

from datetime import time

from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.cadrage.choix import EtatCahier
from ateliers.cadrage.domaine.couverture import couverture_equipe
from ateliers.cadrage.domaine.equipe import OUVERTS
from ateliers.cadrage.models import AppelEquipes, Equipe
from ateliers.marche.calcul import formule, lecture
from ateliers.marche.choix import EtatConsultation as E
from ateliers.marche.domaine import choix_equipe, offres, reglement, requetes
from ateliers.marche.domaine.commun import en_cours
from ateliers.marche.domaine.lettres import envoi_retenu, lettres_parties_le
from ateliers.marche.domaine.reglement import criteres_types
from ateliers.marche.domaine.suite import suite_de
from ateliers.marche.droits import peut_voir_marche
from ateliers.marche.forms import marche as formulaires
from ateliers.parcours.droits import exiger, peut_piloter, visibles_par
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver

RETOUR = "ateliers:marche"
HEURE_LIMITE = time(12)


@require_GET
def marche(request, slug):
    atelier = trouver(request, slug)
    exiger(
        peut_voir_marche(request.user, atelier),
        "Le choix de l’équipe reste entre les services de l’État.",
    )
    consultation = requetes.consultation_de(atelier)
    competences, etat_cahier = requetes.competences_et_etat(atelier)
    lignes = requetes.registre(consultation, competences, request.user) if consultation else []
    equipe = (
        Equipe.objects.filter(atelier=atelier)
        .select_related("mandataire")
        .prefetch_related("membres")
        .first()
    )
    ouvert = atelier.etat in OUVERTS
    pilote = peut_piloter(request.user, atelier) and ouvert
    etape = _etape(consultation, lignes)
    if consultation:
        requetes.ouvrir_gestes(
            consultation,
            lignes,
            request.user,
            pilote=pilote,
            ouvert=ouvert,
            complet=not etape["manques"],
        )
    suite, suite_url = suite_de(
        atelier,
        consultation,
        lignes,
        etape["manques"],
        pilote=pilote,
        envoi=etape.get("envoi_retenu"),
    )
    titre = "Choix de l’équipe"
    if not atelier.dispositif.avec_appel_equipes:
        titre, suite, suite_url = "Équipe et bons de commande", "", ""
    return render(
        request,
        "ateliers/marche/marche.html",
        {
            "atelier": atelier,
            "titre": titre,
            "consultation": consultation,
            "pilote": pilote,
            "suite": suite,
            "suite_url": suite_url,
            "sans_appel": not atelier.dispositif.avec_appel_equipes,
            "appel": AppelEquipes.objects.filter(atelier=atelier).first(),
            "competences": lecture.lisibles(competences),
            "competences_modifiables": pilote and etat_cahier == EtatCahier.BROUILLON,
            "equipe": equipe,
            "couverture": couverture_equipe(equipe, competences),
            "lignes": lignes,
            "classees": requetes.classees(lignes),
            **etape,
        },
    )


def _etape(consultation, lignes) -> dict:
    """What depends on the state of the consultation."""
    vide = {"formule": [], "manques": [], "documents": [], "criteres": []}
    if consultation is None:
        return vide | dict.fromkeys(
            ("preparation", "recueil", "analyse", "attribuee", "sans_suite", "ouverte"), False
        )
    manques, attribuee = [], consultation.etat == E.ATTRIBUEE
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
        "lettres_parties_le": lettres_parties_le(consultation) if attribuee else None,
        "envoi_retenu": envoi_retenu(consultation) if attribuee else None,
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
    template_name = "ateliers/formulaire_lignes.html"
    ancre = "#reglement"
    titre = "Règlement de la consultation"
    aide = (
        "Les critères, leurs poids et la formule du prix sont fixés avant toute offre. "
        "Les poids, prix compris, font 100. Tant que rien n’est écrit, les critères d’usage du "
        "dispositif sont proposés : reprenez-les à votre façon."
    )

    @property
    def message(self):
        """Saved as it is; what keeps it from being fixed is said at once."""
        manques = [m.phrase for m in reglement.manques_fixer(self.resultat)]
        suite = f" Avant de le fixer : {' '.join(manques)}" if manques else ""
        return f"Le règlement est enregistré.{suite}"

    @cached_property
    def usage(self):
        """The usual criteria of the dispositif, offered until some are written."""
        ecrits = self.consultation is not None and self.consultation.criteres.exists()
        return None if ecrits else criteres_types(self.atelier.dispositif)

    def get_initial(self):
        consultation = self.consultation
        if consultation is None:
            return {"revision": 0, **self._limite_consignee(), **self._prix_type()}
        initial = {
            c: getattr(consultation, c) for c in ("poids_prix", "formule", "departage", "revision")
        }
        if consultation.ouverture_le:
            local = timezone.localtime(consultation.ouverture_le)
            initial |= {"jour": local.date(), "heure": local.time()}
            return initial
        return initial | self._limite_consignee()

    def _limite_consignee(self) -> dict:
        """The deadline of the call recorded with its reference, not to be typed again."""
        appel = AppelEquipes.objects.filter(atelier=self.atelier).first()
        if appel is None or appel.cloture_le is None:
            return {}
        return {"jour": appel.cloture_le, "heure": HEURE_LIMITE}

    def _prix_type(self) -> dict:
        return {"poids_prix": self.usage["prix"]} if self.usage else {}

    def get_form_kwargs(self):
        lignes = []
        if self.consultation:
            lignes = list(self.consultation.criteres.values("libelle", "poids", "aide"))
        if self.usage:
            lignes = self.usage["criteres"]
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
    retour, ancre = RETOUR, "#offres"
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
    fusion = True
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
