"""Cadrage: cahier des charges, team, contracts, budget."""

from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.cadrage.choix import NatureDepense
from ateliers.cadrage.choix_declare import choix_declare
from ateliers.cadrage.domaine import cahier as verbes_cahier
from ateliers.cadrage.domaine import contrat as verbes_contrat
from ateliers.cadrage.domaine import equipe as verbes_equipe
from ateliers.cadrage.domaine.accords import titulaires_en_vigueur
from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.domaine.couverture import manques_equipe
from ateliers.cadrage.domaine.invitations_equipe import invitations_de, personnes_de
from ateliers.cadrage.domaine.preparation_contrat import ecart_avec_l_offre
from ateliers.cadrage.domaine.previsions import manque_au_budget
from ateliers.cadrage.domaine.suite import suite_du_cadrage
from ateliers.cadrage.domaine.suspension import alertes
from ateliers.cadrage.droits import peut_voir_contrats
from ateliers.cadrage.forms import cadrage as formulaires
from ateliers.cadrage.models import (
    AppelEquipes,
    CahierDesCharges,
    Contrat,
    Equipe,
    VersionCahier,
)
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import peut_piloter
from ateliers.parcours.views.commun import FormulaireAtelier, trouver
from socle.comptes.choix import NatureOrganisme
from socle.comptes.domaine.collectivites import organisme_nomme
from socle.interface.francais import de

RETOUR = "ateliers:cadrage"


@require_GET
def cadrage(request, slug):
    atelier = trouver(request, slug)
    cahier = _cahier(atelier)
    pilote = peut_piloter(request.user, atelier)
    contrats_lisibles = peut_voir_contrats(request.user, atelier)
    contrats = []
    if contrats_lisibles:
        lus = Contrat.objects.filter(atelier=atelier).select_related("titulaire")
        contrats = list(lus.prefetch_related("avenants"))
    totaux, total = verbes_contrat.totaux_budget(atelier) if contrats_lisibles else ([], 0)
    lignes = []
    if contrats_lisibles:
        notifie = any(contrat.notifie_le for contrat in contrats)
        lignes = verbes_contrat.lignes_du_budget(atelier, notifie=notifie)
    return render(
        request,
        "ateliers/cadrage/cadrage.html",
        {
            "atelier": atelier,
            "cahier": cahier,
            "envoi": cahier.envoi if cahier else "",
            "sections_ecrites": verbes_cahier.sections_ecrites(cahier) if cahier else 0,
            "nombre_sections": len(verbes_cahier.retenues(cahier)) if cahier else 0,
            "competences": demandees(atelier),
            "pilote": pilote,
            **_suite(atelier, cahier),
            "en_cadrage": atelier.etat == EtatAtelier.CADRAGE,
            "ouvert": pilote and atelier.etat in verbes_equipe.OUVERTS,
            "appel": AppelEquipes.objects.filter(atelier=atelier).first(),
            "equipe": Equipe.objects.filter(atelier=atelier)
            .select_related("mandataire")
            .prefetch_related("membres__suppleant_de")
            .first(),
            "ecart_offre": ecart_avec_l_offre(atelier, contrats),
            "comptes": personnes_de(atelier) if contrats_lisibles else [],
            "invitations": [i for i in invitations_de(atelier) if not i.accepte_le]
            if contrats_lisibles
            else [],
            "choix_attendu": verbes_equipe.manques_choix(atelier),
            "contrats_lisibles": contrats_lisibles,
            "contrat_possible": verbes_contrat.place_pour_un_contrat(atelier),
            "contrats": contrats,
            "manques_contrat": verbes_contrat.manques_contrat(atelier),
            "manques_notification": verbes_contrat.manques_notification(atelier),
            "lignes": lignes,
            "non_prevu": _non_prevu(contrats, lignes),
            "totaux": totaux,
            "total": total,
        },
    )


def _cahier(atelier) -> CahierDesCharges | None:
    """With `envoi`, what is noted of the sending of the version in force: in one query."""
    vigueur = VersionCahier.objects.filter(cahier=OuterRef("pk"), caduque_le__isnull=True)
    lus = CahierDesCharges.objects.filter(atelier=atelier).select_related("version_note")
    lu = lus.annotate(
        parti_le=Subquery(vigueur.values("envoyee_le")[:1]),
        parti_a=Subquery(vigueur.values("destinataires")[:1]),
    ).first()
    if lu is not None:
        version = VersionCahier(envoyee_le=lu.parti_le, destinataires=lu.parti_a or "")
        lu.envoi, lu.envoye_a = version.envoi_dit, version.destinataires
    return lu


def _non_prevu(contrats, lignes):
    """What notified contracts engage although the budget holds no line for the team."""
    if any(ligne.nature == NatureDepense.EQUIPE for ligne in lignes):
        return 0
    return sum(contrat.total_ht for contrat in contrats if contrat.notifie_le)


def _suite(atelier, cahier) -> dict:
    """The next thing to do in the cadrage, and where, for the header."""
    if atelier.etat != EtatAtelier.CADRAGE:
        return {"suite": "", "suite_url": ""}
    suite, url = suite_du_cadrage(atelier, cahier)
    return {"suite": suite, "suite_url": url}


class ConsignerAppel(FormulaireAtelier):
    form_class = formulaires.FormulaireAppel
    message = "L’appel aux équipes est consigné."
    retour, ancre = RETOUR, "#equipe"
    titre = "Appel aux équipes"
    aide = "La consultation se passe sur PLACE. On en note ici la référence et le résultat."

    @property
    def titulaires(self):
        """Where there is no call, only the holders of a framework may be ordered from."""
        if self.atelier.dispositif.avec_appel_equipes:
            return None
        actuel = [self.equipe.mandataire_id] if self.equipe else []
        return [*titulaires_en_vigueur(), *actuel]

    def get_initial(self):
        appel = AppelEquipes.objects.filter(atelier=self.atelier).first()
        champs = ("reference_place", "publie_le", "cloture_le", "offres_recues")
        return {c: getattr(appel, c) for c in champs} if appel else {}

    def executer(self, form):
        return verbes_equipe.consigner_appel(
            atelier=self.atelier,
            par=self.request.user,
            confirmes=self.confirmes,
            **form.cleaned_data,
        )


class ComposerEquipe(FormulaireAtelier):
    form_class = formulaires.FormulaireEquipe
    template_name = "ateliers/formulaire_lignes.html"
    retour, ancre = RETOUR, "#equipe"
    titre = "Équipe d’assistance"
    message = "L’équipe est enregistrée."

    @cached_property
    def equipe(self):
        return Equipe.objects.filter(atelier=self.atelier).select_related("mandataire").first()

    @cached_property
    def choix(self):
        return choix_declare(self.atelier)

    @property
    def aide(self):
        phrase = "Le mandataire et ses cotraitants accèdent ensuite à l’atelier."
        if self.mandataire_fixe:
            return f"L’offre retenue est celle {de(self.choix.mandataire)}. {phrase}"
        return phrase

    @property
    def conditions(self):
        return verbes_equipe.manques_choix(self.atelier)

    @property
    def mandataire_fixe(self):
        """The holder of the offer kept is not chosen again here."""
        tenue = self.choix and self.equipe and self.choix.designe(self.equipe.mandataire)
        return self.equipe.mandataire if tenue else None

    @property
    def titulaires(self):
        """Where there is no call, only the holders of a framework may be ordered from."""
        if self.atelier.dispositif.avec_appel_equipes:
            return None
        actuel = [self.equipe.mandataire_id] if self.equipe else []
        return [*titulaires_en_vigueur(), *actuel]

    def get_initial(self):
        appel = AppelEquipes.objects.filter(atelier=self.atelier).first()
        place = {"reference_place": appel.reference_place if appel else ""}
        if self.equipe is None:
            return place
        champs = ("mandataire_id", "discipline", "jours", "motif", "reference_place")
        lus = {c.removesuffix("_id"): getattr(self.equipe, c) for c in champs}
        return lus | {"reference_place": lus["reference_place"] or place["reference_place"]}

    def get_form_kwargs(self):
        membres = self.equipe.membres.select_related("suppleant_de") if self.equipe else []
        lignes = []
        for membre in membres:
            membre.equipe = self.equipe
            lus = {c: getattr(membre, c) for c in ("nom", "discipline", "role", "jours")}
            lignes.append(lus | {"membre": membre.pk, "suppleant_de": membre.supplee})
        return super().get_form_kwargs() | {
            "lignes": lignes,
            "mandataire_fixe": self.mandataire_fixe,
            "titulaires": self.titulaires,
            "avec_motif": self.atelier.dispositif.avec_appel_equipes and self.choix is None,
        }

    def executer(self, form):
        donnees = form.cleaned_data
        mandataire = self.mandataire_fixe or donnees["mandataire"]
        return verbes_equipe.composer_equipe(
            atelier=self.atelier,
            par=self.request.user,
            mandataire=mandataire
            or organisme_nomme(
                nom=donnees.get("mandataire_nouveau", ""), nature=NatureOrganisme.BUREAU_ETUDES
            ),
            discipline=donnees["discipline"],
            jours=donnees["jours"],
            membres=form.lignes_saisies(),
            reference_place=donnees.get("reference_place", ""),
            motif=donnees.get("motif", ""),
        )


class SurContrat:
    retour, ancre = RETOUR, "#contrats"

    @cached_property
    def contrat(self):
        return get_object_or_404(
            Contrat.objects.select_related("atelier"), atelier=self.atelier, pk=self.kwargs["pk"]
        )


class Notifier(SurContrat, FormulaireAtelier):
    form_class = formulaires.FormulaireNotification
    titre = "Notifier le contrat"
    message = "Le contrat est notifié."

    @property
    def aide(self):
        self.contrat.atelier = self.atelier
        phrases = alertes(self.contrat, timezone.localdate())
        return " ".join(["La première notification fait démarrer l’atelier.", *phrases])

    @property
    def conditions(self):
        return verbes_contrat.manques_notification(self.atelier)

    @property
    def a_savoir(self):
        return manques_equipe(self.atelier)

    def get_initial(self):
        return {"notifie_le": timezone.localdate()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"manque": manque_au_budget(self.atelier)}

    def executer(self, form):
        return verbes_contrat.notifier_contrat(
            contrat=self.contrat,
            par=self.request.user,
            confirmes=self.confirmes,
            **form.cleaned_data,
        )


class SignerAvenant(SurContrat, FormulaireAtelier):
    form_class = formulaires.FormulaireAvenant
    message = "L’avenant est enregistré."
    titre = "Avenant au contrat"

    def executer(self, form):
        return verbes_contrat.signer_avenant(
            contrat=self.contrat, par=self.request.user, **form.cleaned_data
        )
