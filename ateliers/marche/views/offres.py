"""The register of offers, their opening, their analysis."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.domaine.couverture import couverture
from ateliers.cadrage.domaine.equipe import OUVERTS
from ateliers.marche.calcul import lecture
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.domaine import analyse, choix_equipe, offres
from ateliers.marche.domaine.commun import en_cours
from ateliers.marche.droits import (
    est_analyste,
    peut_lire_analyses,
    peut_lire_offre,
    peut_voir_marche,
)
from ateliers.marche.forms import marche as formulaires
from ateliers.marche.models import FichierOffre, NoteOffre, Offre
from ateliers.parcours.droits import exiger, peut_piloter
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver
from socle.interface.vues import cases_cochees

RETOUR = "ateliers:marche"
SCELLEE = "Cette offre reste scellée jusqu’à l’ouverture des plis."


class Enregistrer(FormulaireAtelier):
    form_class = formulaires.FormulaireOffre
    template_name = "ateliers/marche/offre_nouvelle.html"
    retour, ancre = RETOUR, "#offres"
    titre = "Enregistrer une offre"
    aide = (
        "Une fois scellée, l’offre n’est lisible par personne, vous compris, avant l’ouverture "
        "des plis. En cas d’erreur, retirez-la et enregistrez-la de nouveau."
    )
    message = "L’offre est scellée et inscrite au registre."

    def get_form_kwargs(self):
        """As many rows as the cahier asks of skills: the mandataire brings one, often more."""
        return super().get_form_kwargs() | {"vierges": max(3, len(demandees(self.atelier)))}

    def get_initial(self):
        maintenant = timezone.localtime()
        return {"jour": maintenant.date(), "heure": maintenant.time().replace(second=0)}

    def executer(self, form):
        donnees = form.cleaned_data
        champs = ("mandataire", "courriel", "discipline", "jours", "prix_ht")
        return offres.enregistrer(
            atelier=self.atelier,
            par=self.request.user,
            recue_le=donnees["moment"],
            membres=form.lignes_saisies(),
            fichiers=[(f.name, f.read()) for f in donnees["fichiers"]],
            **{champ: donnees[champ] for champ in champs},
        )


class Ouvrir(FormulaireAtelier):
    form_class = formulaires.FormulaireOuverture
    retour, ancre = RETOUR, "#offres"
    titre = "Ouvrir les plis"
    aide = "L’ouverture est un acte daté, inscrit à l’historique. Elle ne se défait pas."
    message = "Les plis sont ouverts."

    @property
    def conditions(self):
        consultation = en_cours(self.atelier)
        recueil = consultation and consultation.etat == EtatConsultation.RECUEIL
        return offres.manques_ouvrir(consultation) if recueil else []

    def executer(self, form):
        return offres.ouvrir(
            atelier=self.atelier, par=self.request.user, avec=form.cleaned_data["avec"]
        )


class _SurOffre:
    retour = RETOUR

    @cached_property
    def offre(self):
        return get_object_or_404(
            Offre.objects.select_related("consultation__atelier__dispositif"),
            consultation__atelier=self.atelier,
            pk=self.kwargs["pk"],
        )

    def url_retour(self, objet=None):
        return reverse("ateliers:offre", args=[self.atelier.slug, self.offre.pk])


class Retirer(_SurOffre, VerbeAtelier):
    message = "L’offre est retirée ; son contenu est illisible pour toujours."

    def executer(self, objet):
        return offres.retirer(offre=self.offre, par=self.request.user, motif=self.motif)

    def url_retour(self, objet=None):
        return reverse(RETOUR, args=[self.atelier.slug]) + "#offres"


class Ecarter(_SurOffre, VerbeAtelier):
    message = "L’offre est écartée."

    def executer(self, objet):
        return analyse.ecarter(offre=self.offre, par=self.request.user, motif=self.motif)


class Retenir(_SurOffre, VerbeAtelier):
    message = "L’équipe est retenue ; le rapport se prépare. Restent les lettres aux candidats."

    def executer(self, objet):
        return choix_equipe.retenir(
            offre=self.offre,
            par=self.request.user,
            motif=self.motif,
            confirmes=cases_cochees(self.request),
        )

    def url_retour(self, objet=None):
        return reverse(RETOUR, args=[self.atelier.slug])


class Noter(_SurOffre, FormulaireAtelier):
    droit = staticmethod(peut_voir_marche)
    form_class = formulaires.FormulaireFiche

    def charger(self):
        atelier = self.trouver_atelier()
        exiger(peut_lire_offre(self.request.user, self.offre), SCELLEE)
        exiger(
            est_analyste(self.request.user, self.offre.consultation),
            "Les offres sont notées par les analystes désignés.",
        )
        return atelier

    @property
    def titre(self):
        return f"Mon analyse : {self.offre}"

    @property
    def message(self):
        nom = f"Votre analyse de l’offre « {self.offre} »"
        if self.resultat.rendue_le:
            return f"{nom} est rendue."
        return f"{nom} est enregistrée. Finie, elle se rend : cochez « Rendre mon analyse »."

    def get_form_kwargs(self):
        criteres = self.offre.consultation.criteres.all()
        return super().get_form_kwargs() | {"criteres": criteres}

    def get_initial(self):
        fiche = self.offre.fiches.filter(analyste=self.request.user).first()
        return _initiales(fiche.notes.all()) if fiche else {}

    def executer(self, form):
        return analyse.noter(
            offre=self.offre,
            par=self.request.user,
            notes=form.notes,
            rendre=form.cleaned_data["rendre"],
        )


class ArreterConsensus(_SurOffre, FormulaireAtelier):
    form_class = formulaires.FormulaireConsensus
    template_name = "ateliers/marche/consensus.html"
    message = "La note est arrêtée."

    def charger(self):
        atelier = self.trouver_atelier()
        exiger(peut_lire_analyses(self.request.user, self.offre), SCELLEE)
        return atelier

    @property
    def titre(self):
        return f"Note de consensus : {self.offre}"

    @property
    def conditions(self):
        return analyse.manques_consensus(self.offre)

    def get_form_kwargs(self):
        criteres = self.offre.consultation.criteres.all()
        return super().get_form_kwargs() | {"criteres": criteres}

    def get_context_data(self, **kwargs):
        """What each analyst wrote, criterion by criterion, beside the note to agree on."""
        notes = NoteOffre.objects.filter(
            fiche__offre=self.offre, fiche__rendue_le__isnull=False
        ).select_related("critere", "fiche__analyste")
        lues = notes.order_by("critere__ordre", "critere_id", "fiche_id")
        analyses = [(critere, list(g)) for critere, g in groupby(lues, key=lambda n: n.critere)]
        return super().get_context_data(analyses=analyses, **kwargs)

    def get_initial(self):
        return _initiales(self.offre.consensus.all())

    def executer(self, form):
        return analyse.arreter_consensus(offre=self.offre, par=self.request.user, notes=form.notes)


def _initiales(notes) -> dict:
    initiales = {}
    for note in notes:
        initiales[f"note_{note.critere_id}"] = note.note
        initiales[f"remarque_{note.critere_id}"] = note.remarque
    return initiales


def _offre_lisible(request, slug, pk):
    atelier = trouver(request, slug)
    exiger(peut_voir_marche(request.user, atelier), "Les offres restent entre services de l’État.")
    offre = get_object_or_404(
        Offre.objects.select_related("consultation__atelier__dispositif"),
        consultation__atelier=atelier,
        pk=pk,
    )
    exiger(peut_lire_offre(request.user, offre), SCELLEE)
    return atelier, offre


@require_GET
def offre(request, slug, pk):
    atelier, lue = _offre_lisible(request, slug, pk)
    consultation = lue.consultation
    en_analyse = consultation.etat == EtatConsultation.ANALYSE and atelier.etat in OUVERTS
    classee = {c.cle: c for c in lecture.classement(consultation)}.get(lue.pk)
    fiches = lue.fiches.select_related("analyste").prefetch_related("notes__critere")
    competences = demandees(atelier)
    sienne = next((f for f in fiches if f.analyste_id == request.user.pk), None)
    pilote = peut_piloter(request.user, atelier)
    couvertes = couverture(competences, lecture.apports_offre(lue))
    return render(
        request,
        "ateliers/marche/offre.html",
        {
            "atelier": atelier,
            "offre": lue,
            "consultation": consultation,
            "membres": lue.membres.all(),
            "fichiers": lue.fichiers.all(),
            "classee": classee,
            "provisoire": en_analyse and bool(choix_equipe.manques_attribuer(consultation)),
            "couverture": couvertes,
            "manquent": [ligne.manque for ligne in couvertes if ligne.manque],
            "consensus": lue.consensus.select_related("critere"),
            "fiches": [f for f in fiches if f.rendue_le],
            "analyses_lisibles": peut_lire_analyses(request.user, lue),
            "peut_noter": en_analyse
            and not lue.ecartee
            and lue.consensus_le is None
            and est_analyste(request.user, consultation)
            and not (sienne and sienne.rendue_le),
            "peut_decider": pilote and en_analyse and not lue.ecartee,
            "premiere": classee is not None and classee.rang == 1,
            "manques_consensus": analyse.manques_consensus(lue),
        },
    )


@require_GET
def fichier(request, slug, pk):
    atelier = trouver(request, slug)
    exiger(peut_voir_marche(request.user, atelier), "Les offres restent entre services de l’État.")
    lu = get_object_or_404(
        FichierOffre.objects.select_related("offre__consultation__atelier"),
        offre__consultation__atelier=atelier,
        pk=pk,
    )
    octets = offres.lire_fichier(fichier=lu, par=request.user)
    return HttpResponse(
        octets,
        content_type=lu.mime,
        headers={"Content-Disposition": content_disposition_header(True, lu.nom)},
    )
