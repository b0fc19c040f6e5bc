"""The deliberations: their list, one dossier put to the vote, a recusal of the day."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.comite import droits
from candidatures.comite.calcul.deliberes import du_comite
from candidatures.comite.calcul.deports import deports_par_candidature, membres_deportes
from candidatures.comite.calcul.plafond import depassement, retenues
from candidatures.comite.calcul.tableau import lire
from candidatures.comite.choix import EtatComite, Proposition, SensVote
from candidatures.comite.domaine import comites, deliberations
from candidatures.comite.domaine.deliberations import revision_vue, votants
from candidatures.comite.domaine.fige import tableau_lu
from candidatures.comite.forms.comite import FormulaireDeliberation, FormulaireRetraitRejet
from candidatures.comite.models import PropositionRejetee
from candidatures.comite.views.commun import VueVerbeComite, charger, charger_pour_lire
from candidatures.instruction.domaine.avant_publication import depots_ouverts
from candidatures.instruction.domaine.synthese import synthese_pour
from candidatures.instruction.droits import avis_visibles_par
from socle.erreurs import ActionInterdite, TransitionImpossible
from socle.interface.templatetags.interface import jour_long, pluriel
from socle.interface.vues import ENREGISTRE, VueFormulaire

SCELLER = (
    "Plus rien ne changera\u00a0: membres, votes et classement seront figés dans le procès-verbal."
)


def _a_confirmer(comite, acte: str) -> str:
    """A sitting foreseen on a later day: opened or closed today, the minutes say today."""
    if not comite.avant_l_heure:
        return ""
    return (
        f"La séance est prévue le {jour_long(comite.tenu_le)}. {acte} aujourd’hui\u00a0? Le "
        "procès-verbal dira le jour où elle s’est tenue, et celui qui était prévu."
    )


def _sans_evaluation(lignes) -> str:
    """The dossiers that lack an evaluation when the committee closes."""
    rangees = [ligne["rangee"] for ligne in lignes if not ligne["rangee"].masquee]
    dites = [
        f"{r.reference} ({r.notes} sur {r.attendues})"
        for r in rangees
        if not r.notes or r.notes < r.attendues
    ]
    if not dites:
        return ""
    return f"Des évaluations manquent\u00a0: {', '.join(dites)}."


def _sans_avis(lignes, fiches) -> str:
    """The dossiers that the committee settles without all the avis that were asked."""
    dites = []
    for rangee in (ligne["rangee"] for ligne in lignes if not ligne["rangee"].masquee):
        if n := fiches[rangee.cle]["avis_attendus"]:
            dites.append(f"{rangee.reference} ({pluriel(n, 'avis attendu,avis attendus')})")
    return f"Des avis ne sont pas rendus\u00a0: {', '.join(dites)}." if dites else ""


def _sans_motif(lignes) -> str:
    """The deliberations without a motif: their decision will ask for one."""
    dites = [
        ligne["rangee"].reference
        for ligne in lignes
        if not ligne["rangee"].masquee
        and ligne["acte"]
        and ligne["acte"].deliberee_le
        and not ligne["acte"].motif
    ]
    if not dites:
        return ""
    return (
        f"Sans motif\u00a0: {', '.join(dites)}. La décision en demandera un, à écrire ou à choisir "
        "parmi les motifs types, après le scellement."
    )


def _a_clore(comite, lignes, fiches, trop: str) -> str:
    """All that the closing seals for good, in the order of its weight."""
    phrases = (
        SCELLER,
        f"Plafond dépassé\u00a0: {trop}." if trop else "",
        _a_confirmer(comite, "La clore"),
        _sans_evaluation(lignes),
        _sans_avis(lignes, fiches),
        _sans_motif(lignes),
    )
    return " ".join(filter(None, phrases))


@require_safe
def liste_deliberations(request, pk):
    comite = charger_pour_lire(request.user, pk)
    prefetch_related_objects([comite], "membres")
    lues = lire(comite, themes=False, seance=True)
    lu = tableau_lu(comite, request.user, lues=lues)
    actes = lues.deliberations
    deportes = membres_deportes(comite, lues.fiches, lues.deports)
    lignes = [
        {
            "rangee": r,
            "acte": actes.get(r.cle),
            "presents": len(votants(comite, r.cle, deportes)),
        }
        for r in [*lu.retenues, *lu.reserve, *lu.autres]
    ]
    for ligne in lignes:
        ligne["quorum"] = ligne["presents"] >= comite.quorum
    restantes = sorted(
        fiche["reference"]
        for cle, fiche in lues.fiches.items()
        if not (cle in actes and actes[cle].deliberee_le)
    )
    for ligne in lignes:
        ligne["rejets"] = [
            rejet | {"libelle": Proposition(rejet["proposition"]).label}
            for rejet in lues.fiches[ligne["rangee"].cle]["rejets"]
        ]
    trop = depassement(comite, retenues(actes.values()))
    attente = sum(1 for ligne in lignes if ligne["acte"] and not ligne["acte"].deliberee_le)
    contexte = {
        "comite": comite,
        "lignes": lignes,
        "attente": attente,
        "prochain": next(
            (
                ligne["rangee"]
                for ligne in lignes
                if not (ligne["rangee"].masquee or ligne["rangee"].deliberee)
            ),
            None,
        ),
        "hors": lu.hors,
        "a_ouvrir": " ".join(
            filter(None, (depots_ouverts(comite.appel), _a_confirmer(comite, "L’ouvrir")))
        ),
        "a_clore": _a_clore(comite, lignes, lues.fiches, trop),
        "depassement": trop,
        "tenir": droits.peut_tenir(request.user),
        "ouvert": comite.etat == EtatComite.OUVERT,
        "preparation": comite.etat == EtatComite.PREPARATION,
        "manques_ouverture": comites.manques_ouverture(comite, len(lues.fiches))
        if comite.etat == EtatComite.PREPARATION
        else [],
        "manques_cloture": comites.en_attente(restantes)
        if comite.etat == EtatComite.OUVERT
        else [],
    }
    return render(request, "candidatures/comite/deliberations.html", contexte)


def _refuser_un_deporte(utilisateur, candidature_id):
    if utilisateur.pk in deports_par_candidature([candidature_id]).get(candidature_id, ()):
        raise ActionInterdite("Votre déport vous ferme ce dossier.")


class VueDeliberer(VueFormulaire):
    template_name = "candidatures/comite/deliberer.html"
    form_class = FormulaireDeliberation
    message = ""

    def charger(self):
        self.comite = charger(self.request.user, self.kwargs["pk"])
        candidature = get_object_or_404(
            du_comite(self.comite)
            .select_related("perimetre")
            .prefetch_related("evaluations__evaluateur", "evaluations__notes__critere", "deports"),
            reference=self.kwargs["reference"],
        )
        _refuser_un_deporte(self.request.user, candidature.pk)
        self.votants = votants(self.comite, candidature.pk)
        self.acte = self.comite.deliberations.filter(candidature=candidature).first()
        return candidature

    @property
    def titre(self):
        return f"Délibérer : {self.objet.titre}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"comite": self.comite, "votants": self.votants}

    def get_initial(self):
        revision = revision_vue(self.comite, self.objet, self.acte)
        if self.acte is None or (not self.acte.deliberee_le and self.acte_rejete()):
            return {"revision": revision}  # another proposal starts from nothing
        noms = ("proposition", "rang_reserve", "vers_dispositif", "motif", "dissidence", "revision")
        initial = {nom: getattr(self.acte, nom) for nom in noms}
        if self.acte.deliberee_le:
            for nom in ("pour", "contre", "abstention", "preponderante"):
                initial[nom] = getattr(self.acte, nom)
            for vote in self.acte.votes.all():
                initial[f"vote_{vote.membre_id}"] = vote.sens
        return initial

    def valeurs_actuelles(self, actuel, form):
        """What is recorded: the deliberation, its votes one by one or in totals."""
        noms = ("proposition", "rang_reserve", "vers_dispositif", "motif", "dissidence")
        valeurs = {nom: getattr(actuel, nom) for nom in noms}
        if not actuel.deliberee_le:
            return valeurs
        votes = {v.membre_id: v.sens for v in actuel.votes.all()}
        if votes:
            return valeurs | {f"vote_{m.pk}": votes.get(m.pk, "") for m in self.votants}
        return valeurs | {nom: getattr(actuel, nom) for nom in SensVote.values}

    def acte_rejete(self) -> bool:
        return self.comite.rejets.filter(candidature=self.objet).exists()

    def executer(self, form):
        lus = form.cleaned_data
        noms = ("proposition", "rang_reserve", "vers_dispositif", "motif", "dissidence")
        inscrit = deliberations.deliberer(
            comite=self.comite,
            candidature=self.objet,
            voix=form.voix(),
            preponderante=lus["preponderante"],
            presidence_contre=lus["presidence_contre"],
            revision=lus["revision"],
            confirmes=self.confirmes,
            par=self.request.user,
            **{nom: lus[nom] for nom in noms},
        )
        if isinstance(inscrit, PropositionRejetee):
            messages.warning(
                self.request,
                "La proposition est inscrite comme rejetée : mettez-en une autre aux voix.",
                extra_tags=ENREGISTRE,
            )
        else:
            self._dire_et_enchainer()
        return inscrit

    def _dire_et_enchainer(self):
        """What is recorded, and the next dossier to put to the vote, in the order of the room."""
        _, self.suivant = self._places()
        suite = (
            f"Voici le suivant\u00a0: «\u00a0{self.suivant.titre}\u00a0»."
            if self.suivant
            else "C’était le dernier dossier à délibérer."
        )
        messages.success(
            self.request,
            f"La délibération sur «\u00a0{self.objet.titre}\u00a0» est inscrite. {suite}",
        )

    def url_retour(self):
        if isinstance(self.resultat, PropositionRejetee):
            return self.request.path
        if self.suivant:
            return reverse(
                "candidatures:comite_deliberer", args=[self.comite.pk, self.suivant.reference]
            )
        return reverse("candidatures:comite_deliberations", args=[self.comite.pk])

    def _places(self):
        """The row of this dossier, and the next that waits for a deliberation."""
        lues = lire(self.comite, themes=False)
        lu = tableau_lu(self.comite, self.request.user, lues=lues)
        rangees = [r for r in (*lu.retenues, *lu.reserve, *lu.autres) if not r.masquee]
        ici = next((i for i, r in enumerate(rangees) if r.cle == self.objet.pk), 0)
        suivants = [r for r in (*rangees[ici + 1 :], *rangees[:ici]) if not r.deliberee]
        return rangees[ici], suivants[0] if suivants else None

    def _a_cote(self) -> dict:
        """What the room wants under its eyes: rank, notes, avis; then the next to deliberate."""
        rangee, suivant = self._places()
        return {
            "rangee": rangee,
            "appreciations": synthese_pour(self.request.user, self.objet).appreciations,
            "suivant": suivant,
            "avis": avis_visibles_par(self.request.user)
            .filter(candidature=self.objet, retenu=False)
            .select_related("organisme")
            .order_by("organisme__nom"),
        }

    def get_context_data(self, **kwargs):
        deportes = membres_deportes(self.comite, [self.objet.pk]).get(self.objet.pk, set())
        membres = list(self.comite.membres.all())
        return super().get_context_data(
            comite=self.comite,
            votants=self.votants,
            rejets=self.comite.rejets.filter(candidature=self.objet),
            ouvert=self.comite.etat == EtatComite.OUVERT,
            deportes=[m for m in membres if m.pk in deportes],
            deportables=[m for m in membres if m.pk not in deportes],
            **self._a_cote(),
            quorum_atteint=len(self.votants) >= self.comite.quorum,
            **kwargs,
        )


class VueRetirerRejet(VueFormulaire):
    template_name = "candidatures/comite/rejet_retirer.html"
    form_class = FormulaireRetraitRejet
    message = "La proposition rejetée est retirée : mettez de nouveau ce dossier aux voix."

    def charger(self):
        self.comite = charger(self.request.user, self.kwargs["pk"])
        rejet = get_object_or_404(
            self.comite.rejets.select_related("comite", "candidature"), pk=self.kwargs["rejet"]
        )
        _refuser_un_deporte(self.request.user, rejet.candidature_id)
        # Once sealed, the question is not asked any more.
        if self.comite.etat != EtatComite.OUVERT:
            raise TransitionImpossible("Le comité est clos : rien n’y change plus.")
        return rejet

    def executer(self, form):
        self.retour = reverse(
            "candidatures:comite_deliberer",
            args=[self.comite.pk, self.objet.candidature.reference],
        )
        return deliberations.retirer_rejet(
            rejet=self.objet, motif=form.cleaned_data["motif"], par=self.request.user
        )

    def url_retour(self):
        return self.retour

    def get_context_data(self, **kwargs):
        return super().get_context_data(comite=self.comite, rejets=[self.objet], **kwargs)


class VueDeport(VueVerbeComite):
    message = (
        "Le déport est noté : cette personne ne compte plus pour ce dossier, "
        "son évaluation est écartée."
    )

    def charger(self):
        self.comite = super().charger()
        self.candidature = get_object_or_404(
            du_comite(self.comite), reference=self.kwargs["reference"]
        )
        membre = self.request.POST.get("membre", "")
        return get_object_or_404(
            self.comite.membres.select_related("comite", "utilisateur"),
            pk=int(membre) if membre.isdecimal() else 0,
        )

    def executer(self, objet):
        return comites.noter_deport(
            membre=objet,
            candidature=self.candidature,
            motif=self.request.POST.get("motif", ""),
            par=self.request.user,
        )

    def url_retour(self, objet):
        if objet.utilisateur_id == self.request.user.pk:  # the dossier is closed to them now
            return reverse("candidatures:comite_deliberations", args=[self.comite.pk])
        return reverse(
            "candidatures:comite_deliberer", args=[self.comite.pk, self.candidature.reference]
        )


class VueEnBloc(VueVerbeComite):
    def executer(self, objet):
        faites, laissees = deliberations.deliberer_en_bloc(comite=objet, par=self.request.user)
        s = "s" if faites > 1 else ""
        messages.success(self.request, f"{faites} délibération{s} inscrite{s} à l’unanimité.")
        if laissees:
            messages.warning(
                self.request, f"{len(laissees)} laissée(s) de côté : {' ; '.join(laissees)}."
            )
        return objet

    def url_retour(self, objet):
        return reverse("candidatures:comite_deliberations", args=[objet.pk])
