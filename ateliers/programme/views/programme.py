"""The déroulé of a séance: written, printed, compared, published."""

from collections import defaultdict

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver
from ateliers.programme import droits
from ateliers.programme.domaine import kits, sequences, trajets, versions
from ateliers.programme.domaine.photographie import visites_de
from ateliers.programme.domaine.relecture import du_jour, relire
from ateliers.programme.forms import programme as formulaires
from ateliers.programme.models import VersionProgramme
from ateliers.seances.choix import EtatSeance, FormatSequence
from ateliers.seances.domaine.preparation import fin_sequence
from ateliers.seances.models import Seance, Sequence
from socle.territoires.distances import METHODE


def _seance(request, slug, pk):
    atelier = trouver(request, slug)
    seance = get_object_or_404(Seance, atelier=atelier, pk=pk)
    seance.atelier = atelier
    return seance


def _lignes(seance) -> list[Sequence]:
    """Each séquence of today with its end, its road, and whether it can move within its day."""
    lignes = du_jour(seance)
    for rang, ligne in enumerate(lignes):
        ligne.fin = fin_sequence(ligne)
        ligne.etapes = list(zip(ligne.arrets, trajets.trajets(ligne.arrets), strict=True))
        ligne.est_visite = ligne.format == FormatSequence.VISITE
        ligne.remonte = rang > 0 and lignes[rang - 1].jour == ligne.jour
        ligne.descend = rang + 1 < len(lignes) and lignes[rang + 1].jour == ligne.jour
    _totaliser(lignes)
    return lignes


def _lignes_publiees(version) -> list[Sequence]:
    """Those of a version; no estimated road, which was told to nobody."""
    lignes = relire(version.contenu)
    for ligne in lignes:
        ligne.fin = fin_sequence(ligne)
        ligne.etapes = [(arret, None) for arret in ligne.arrets]
    return lignes


def _totaliser(lignes) -> None:
    """The road of a whole day, said once, under its last visit."""
    jours = defaultdict(list)
    for ligne in lignes:
        if len(ligne.arrets) > 1:
            jours[ligne.jour].append(ligne)
    for visites in jours.values():
        visites[-1].total = trajets.total([v.arrets for v in visites])


@require_GET
def programme(request, slug, pk):
    seance = _seance(request, slug, pk)
    lignes = _lignes(seance)
    toutes = list(VersionProgramme.objects.filter(seance=seance).order_by("-numero"))
    changements = versions.en_attente(seance, toutes[0] if toutes else None)
    for ligne in lignes:
        ligne.corrections = trajets.corrections(ligne.arrets)
    vivante = seance.etat != EtatSeance.ANNULEE
    contexte = {
        "atelier": seance.atelier,
        "seance": seance,
        "sequences": lignes,
        "alertes": versions.a_verifier(seance, lignes),
        "methode": METHODE,
        "versions": toutes,
        "en_attente": [p for c in changements for p in c["phrases"]] if toutes else [],
        "publiable": bool(lignes and changements) and vivante,
        "ecrit": droits.peut_ecrire(request.user, seance.atelier) and vivante,
        "publie": droits.peut_publier(request.user, seance.atelier),
        "garde_kit": droits.peut_enregistrer_un_kit(request.user),
    }
    return render(request, "ateliers/programme/programme.html", contexte)


@require_GET
def imprimer(request, slug, pk):
    """The last published version; the working text where none is, or to whom writes it and asks."""
    seance = _seance(request, slug, pk)
    derniere = versions.derniere(seance)
    ecrit = droits.peut_ecrire(request.user, seance.atelier)
    travail = derniere is None or (ecrit and request.GET.get("texte") == "travail")
    contexte = {
        "atelier": seance.atelier,
        "seance": seance,
        "sequences": _lignes(seance) if travail else _lignes_publiees(derniere),
        "version": derniere,
        "travail": travail,
        "ecart": derniere is not None and bool(versions.en_attente(seance, derniere)),
        "interne": ecrit,
        "methode": METHODE,
    }
    return render(request, "ateliers/programme/imprimer.html", contexte)


@require_GET
def version(request, slug, pk, numero):
    """A frozen version: what it changed, and the whole of it."""
    seance = _seance(request, slug, pk)
    objet = get_object_or_404(
        VersionProgramme.objects.select_related("par"), seance=seance, numero=numero
    )
    contexte = {
        "atelier": seance.atelier,
        "seance": seance,
        "version": objet,
        "phrases": [p for c in objet.changements for p in c["phrases"]],
        "sequences": _lignes_publiees(objet),
    }
    return render(request, "ateliers/programme/version.html", contexte)


class SurProgramme:
    droit = staticmethod(droits.peut_ecrire)

    @cached_property
    def seance(self):
        seance = get_object_or_404(Seance, atelier=self.atelier, pk=self.kwargs["pk"])
        seance.atelier = self.atelier
        return seance

    @cached_property
    def sequence(self):
        sequence = get_object_or_404(Sequence, seance=self.seance, pk=self.kwargs["sequence_id"])
        sequence.seance = self.seance
        return sequence

    def url_retour(self, objet=None):
        return reverse("ateliers:programme", args=[self.atelier.slug, self.kwargs["pk"]])


class Ajouter(SurProgramme, FormulaireAtelier):
    form_class = formulaires.FormulaireSequence
    titre = "Ajouter une séquence"
    message = "La séquence est ajoutée."

    def get_initial(self):
        """It starts where the last one ends."""
        derniere = self.seance.sequences.last()
        if derniere is None:
            return {"debut": "09:00"}
        fin = fin_sequence(derniere).replace("\N{NO-BREAK SPACE}", "").partition("h")
        return {"jour": derniere.jour, "debut": f"{int(fin[0]):02d}:{fin[2] or '00'}"}

    def executer(self, form):
        return sequences.ajouter(seance=self.seance, par=self.request.user, **form.cleaned_data)


class Modifier(SurProgramme, FormulaireAtelier):
    form_class = formulaires.FormulaireSequence
    fusion = True
    titre = "Modifier la séquence"

    @property
    def message(self):
        return f"La séquence « {self.resultat.titre} » est enregistrée."

    def get_initial(self):
        return {champ: getattr(self.sequence, champ) for champ in sequences.CHAMPS}

    def executer(self, form):
        return sequences.modifier(
            sequence=self.sequence, par=self.request.user, **form.cleaned_data
        )


class Retirer(SurProgramme, VerbeAtelier):
    message = "La séquence est retirée."

    def executer(self, objet):
        return sequences.retirer(sequence=self.sequence, par=self.request.user)


class Deplacer(SurProgramme, VerbeAtelier):
    message = "Les deux séquences ont échangé leur place ; leurs heures suivent."

    def executer(self, objet):
        if self.kwargs["sens"] not in ("monter", "descendre"):
            raise Http404
        return sequences.deplacer(
            sequence=self.sequence,
            par=self.request.user,
            plus_tot=self.kwargs["sens"] == "monter",
        )


class Itineraire(SurProgramme, FormulaireAtelier):
    form_class = formulaires.FormulaireVisite
    template_name = "ateliers/programme/itineraire.html"
    titre = "Itinéraire de la visite"
    message = "L’itinéraire de la visite est enregistré."
    aide = (
        "Une ligne par arrêt, dans l’ordre ; laissez vides celles qui ne servent pas. « Où » : une "
        "commune, une salle du répertoire ou des coordonnées « latitude ; longitude » ; le temps "
        "de route entre les arrêts est alors estimé."
    )

    @cached_property
    def visite(self):
        return visites_de(self.seance).get(self.sequence.pk)

    def get_initial(self):
        champs = ("point_de_rencontre", "transport", "consignes")
        return {c: getattr(self.visite, c) for c in champs} if self.visite else {}

    def get_form_kwargs(self):
        champs = ("nom", "arrivee", "duree_min", "ou", "note")
        arrets = self.visite.arrets.all() if self.visite else ()
        lignes = [{c: getattr(a, c) for c in champs} for a in arrets]
        return super().get_form_kwargs() | {"lignes": lignes, "perimetre": self.atelier.perimetre}

    def executer(self, form):
        tete = ("point_de_rencontre", "transport", "consignes")
        return sequences.tracer_visite(
            sequence=self.sequence,
            par=self.request.user,
            arrets=form.arrets(),
            **{champ: form.cleaned_data[champ] for champ in tete},
        )


class Recaler(SurProgramme, VerbeAtelier):
    message = "Les heures des arrêts sont recalées sur les temps de route estimés."

    def executer(self, objet):
        return sequences.recaler_visite(sequence=self.sequence, par=self.request.user)


class PartirDUnKit(SurProgramme, FormulaireAtelier):
    form_class = formulaires.FormulaireKit
    titre = "Partir d’un kit"
    message = "Le déroulé est repris du kit : il reste à l’ajuster."
    aide = "Le kit donne les séquences, leurs durées et le matériel ; vous ajustez ensuite."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kits": kits.kits_pour(self.seance)}

    def executer(self, form):
        return kits.partir_d_un_kit(
            seance=self.seance,
            kit=form.cleaned_data["kit"],
            par=self.request.user,
            confirmes=self.confirmes,
        )


class GarderUnKit(SurProgramme, FormulaireAtelier):
    droit = staticmethod(lambda utilisateur, atelier: droits.peut_enregistrer_un_kit(utilisateur))
    form_class = formulaires.FormulaireGarderKit
    titre = "Enregistrer comme kit"
    message = "Le kit est enregistré."
    aide = "Ni les personnes ni les lieux n’y figurent."

    def executer(self, form):
        return kits.enregistrer_kit(seance=self.seance, par=self.request.user, **form.cleaned_data)
