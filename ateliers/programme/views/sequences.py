"""Write the déroulé, séquence by séquence."""

from django.http import Http404
from django.utils.functional import cached_property

from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier
from ateliers.programme.domaine import sequences
from ateliers.programme.domaine.horaires import MINUIT, fin_de
from ateliers.programme.domaine.photographie import visites_de
from ateliers.programme.forms import programme as formulaires
from ateliers.programme.views.commun import SurProgramme
from socle.interface.templatetags.interface import duree, heure


class Ajouter(SurProgramme, FormulaireAtelier):
    """« ?apres=12 »: the new one starts where that one ends, and the rest makes room."""

    form_class = formulaires.FormulaireSequence
    titre = "Ajouter une séquence"

    @property
    def message(self):
        return f"La séquence est ajoutée{_suite(self.resultat.decalees)}."

    def get_initial(self):
        """It starts where the last one ends, the first one with the séance."""
        sequences_ = self.seance.sequences.all()
        voulue = self.request.GET.get("apres", "")
        choisie = sequences_.filter(pk=int(voulue)).first() if voulue.isdecimal() else None
        avant = choisie or sequences_.last()
        if avant is None:
            debut = self.seance.debut
            return {"debut": f"{debut:%H:%M}" if debut else "09:00"}
        fin = min(fin_de(avant), MINUIT - 5)
        return {
            "jour": avant.jour,
            "debut": f"{fin // 60:02d}:{fin % 60:02d}",
            "suivantes": choisie is not None,
        }

    def executer(self, form):
        return sequences.ajouter(seance=self.seance, par=self.request.user, **form.cleaned_data)


class Modifier(SurProgramme, FormulaireAtelier):
    form_class = formulaires.FormulaireSequence
    fusion = True
    titre = "Modifier la séquence"

    @property
    def message(self):
        suite = _suite(self.resultat.decalees)
        return f"La séquence « {self.resultat.titre} » est enregistrée{suite}."

    def get_initial(self):
        return {champ: getattr(self.sequence, champ) for champ in sequences.CHAMPS}

    def executer(self, form):
        return sequences.modifier(
            sequence=self.sequence, par=self.request.user, **form.cleaned_data
        )


class Retirer(SurProgramme, VerbeAtelier):
    @property
    def message(self):
        return f"La séquence est retirée{_suite(self.resultat)}."

    def executer(self, objet):
        return sequences.retirer(
            sequence=self.sequence,
            par=self.request.user,
            suivantes="suivantes" in self.request.POST,
        )


class Decaler(SurProgramme, FormulaireAtelier):
    form_class = formulaires.FormulaireDecalage
    titre = "Décaler les suivantes"

    @property
    def message(self):
        return f"C’est fait{_suite(self.resultat)}."

    @property
    def aide(self):
        suite = self.seance.sequences.filter(jour=self.sequence.jour, debut__gt=self.sequence.debut)
        noms = ", ".join(f"« {s} » ({heure(s.debut)})" for s in suite)
        if not noms:
            return f"Aucune séquence ne commence après « {self.sequence} » ce jour-là."
        return (
            f"Après « {self.sequence} », le même jour : {noms}. L’ordre, les durées et les pauses "
            "sont gardés, et les arrêts des visites suivent."
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"sequence": self.sequence}

    def executer(self, form):
        return sequences.decaler(
            sequence=self.sequence,
            par=self.request.user,
            minutes_ajoutees=form.minutes_ajoutees(),
            avec_elle=form.cleaned_data["avec_elle"],
        )


def _suite(decalees: tuple[int, int]) -> str:
    """« ; 3 séquences commencent 30 min plus tard », or nothing."""
    nombre, ecart = decalees
    if not nombre:
        return ""
    qui = "une séquence commence" if nombre == 1 else f"{nombre} séquences commencent"
    return f" ; {qui} {duree(abs(ecart))} plus {'tard' if ecart > 0 else 'tôt'}"


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
