"""Date, place, cancellation: what every diary of the invited people follows."""

from django.shortcuts import render

from ateliers.lieux.domaine.lieux import lieux_proposes
from ateliers.parcours.droits import peut_contribuer
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier
from ateliers.participants.domaine import dates
from ateliers.participants.domaine.courrier import qui_reste_a_joindre
from ateliers.participants.domaine.requetes import enumerer, phrase_sans_courriel
from ateliers.participants.domaine.series import ajouter_serie
from ateliers.participants.droits import peut_convoquer
from ateliers.participants.forms.series import FormulaireSerie
from ateliers.seances.domaine import conditions, espacement
from ateliers.seances.domaine.conflits import PREVUES
from ateliers.seances.forms import seances as formulaires
from ateliers.seances.views.pilote import SaisieDates, SurSeance
from socle.erreurs import Manque


class FormulaireCorrection(formulaires.FormulaireProgrammation):
    libelle_envoi = "Corriger la date"


class AvecLieux:
    def get_form_kwargs(self):
        departements = self.atelier.perimetre.departements.all()
        return super().get_form_kwargs() | {"lieux": lieux_proposes(departements)}


class AvecConvies:
    """The box « prévenir » is for who may write to them."""

    def get_form_kwargs(self):
        nombre = 0
        if peut_convoquer(self.request.user, self.atelier):
            nombre = dates.convies(self.seance).exclude(participant__courriel="").count()
        return super().get_form_kwargs() | {"convies": nombre}


class Programmer(AvecLieux, SaisieDates):
    form_class = formulaires.FormulaireProgrammation
    titre = "Programmer la séance"
    message = "La séance est programmée."

    @property
    def conditions(self):
        return conditions.manques_programmer(self.seance)

    def executer(self, form):
        return dates.programmer(
            seance=self.seance,
            par=self.request.user,
            confirmes=self.confirmes,
            **self.dates(form),
            **form.place(),
        )


class Reporter(AvecConvies, AvecLieux, SaisieDates):
    form_class = formulaires.FormulaireReport
    titre = "Reporter la séance"

    @property
    def message(self):
        titres = {"invites": "Invités", "equipe": "Équipe", "pilote": "Service pilote"}
        titres["services"] = "Autres services"
        dits = [f"{titres[c]}\u00a0: {n}" for c, n in self.resultat.prevenus.items() if n]
        phrase = "La séance est reportée\u00a0; la date abandonnée reste visible sur le parcours."
        if dits:
            phrase = f"{phrase} Prévenus par courriel. {', '.join(dits)}."
        restent = [i for i in qui_reste_a_joindre(self.resultat) if i.convoque_le]
        return phrase + phrase_sans_courriel(restent, "une nouvelle lettre")

    @property
    def a_savoir(self):
        """What the slip leaves where it is, and whom no mail will tell."""
        manques = []
        if autre := espacement.suivante(self.seance):
            manques.append(Manque(autre.reste()))
        sans = dates.convies(self.seance).filter(participant__courriel="")
        if noms := [i.participant.nom_complet for i in sans.select_related("participant")]:
            qui = f"Sans adresse électronique : {enumerer(noms)}."
            manques.append(Manque(f"{qui} Après le report, postez une nouvelle lettre."))
        return manques

    def executer(self, form):
        return dates.reporter(
            seance=self.seance,
            par=self.request.user,
            motif=form.cleaned_data["motif"],
            prevenir=form.cleaned_data.get("prevenir", False),
            confirmes=self.confirmes,
            **self.dates(form),
            **form.place(),
        )


class Corriger(AvecLieux, SaisieDates):
    form_class = FormulaireCorrection
    titre = "Corriger la date"
    message = "La date est corrigée."

    def get(self, request, *args, **kwargs):
        """Once the date was received, or the séance held, say so and lead to what may be done."""
        if dates.corrigeable(self.seance):
            return super().get(request, *args, **kwargs)
        contexte = {
            "atelier": self.atelier,
            "seance": self.seance,
            "titre": self.titre,
            "convoques": dates.convies(self.seance).count(),
            "reportable": self.seance.etat in PREVUES and self.atelier.etat in conditions.OUVERTS,
            "page_retour": self.url_retour(),
        }
        return render(request, "ateliers/seances/date_annoncee.html", contexte)

    @property
    def cle_seance(self):
        return self.kwargs["seance_id"]

    @property
    def aide(self):
        return f"{super().aide} Personne n’est encore convoqué : l’ancienne date disparaît."

    def executer(self, form):
        return dates.corriger_date(
            seance=self.seance,
            par=self.request.user,
            confirmes=self.confirmes,
            **self.dates(form),
            **form.place(),
        )


class Decrire(AvecConvies, AvecLieux, SurSeance, FormulaireAtelier):
    droit = staticmethod(peut_contribuer)
    form_class = formulaires.FormulaireDescription
    titre = "Préciser la séance"
    message = "Le titre, l’objectif et le lieu de la séance sont enregistrés."
    fusion = True

    def recharger(self):
        self.__dict__.pop("seance", None)
        super().recharger()

    def valeurs_actuelles(self, actuel, form):
        """To warn people is asked of each one who saves: it is no text to compare."""
        valeurs = super().valeurs_actuelles(actuel, form)
        if "prevenir" in form.fields:
            valeurs["prevenir"] = form.cleaned_data["prevenir"]
        return valeurs

    def get_initial(self):
        champs = ("titre", "objectif", "salle", "lieu", "adresse", "revision")
        return {champ: getattr(self.seance, champ) for champ in champs}

    def executer(self, form):
        champs = {cle: form.cleaned_data[cle] for cle in ("titre", "objectif", "revision")}
        return dates.decrire(
            seance=self.seance,
            par=self.request.user,
            prevenir=form.cleaned_data.get("prevenir", False),
            confirmes=self.confirmes,
            **champs,
            **form.place(),
        )


class Annuler(SurSeance, VerbeAtelier):
    @property
    def message(self):
        if not self.resultat:
            return "La séance est annulée."
        return "La séance est annulée ; les personnes convoquées en sont prévenues."

    def executer(self, objet):
        return dates.annuler(seance=self.seance, par=self.request.user, motif=self.motif)


class Serie(AvecLieux, FormulaireAtelier):
    """Several dates created in one act."""

    form_class = FormulaireSerie
    template_name = "ateliers/formulaire_lignes.html"
    titre = "Ajouter une série de séances"
    retour = "ateliers:calendrier_atelier"
    aide = (
        "Un rythme, ou une ligne par date, aux heures du site. Toutes les séances sont créées, "
        "ou aucune."
    )

    @property
    def message(self):
        return f"{len(self.resultat)} séances sont créées et programmées."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"atelier": self.atelier}

    def executer(self, form):
        return ajouter_serie(
            atelier=self.atelier,
            par=self.request.user,
            dates=form.dates(),
            confirmes=self.confirmes,
            **{cle: form.cleaned_data[cle] for cle in ("genre", "titre", "apres")},
            **form.place(),
        )
