"""Two committees: the one of the past session, closed with its minutes; the next, prepared."""

from __future__ import annotations

import json

from candidatures.appels.models import Appel
from candidatures.comite.calcul.classement import Plafond
from candidatures.comite.calcul.reglages import Reglages
from candidatures.comite.choix import Proposition
from candidatures.comite.domaine import comites, decisions, deliberations, scenarios
from candidatures.comite.domaine.deliberations import Voix
from candidatures.comite.models import Comite
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import evaluation, recevabilite
from candidatures.instruction.domaine.decision import CONFIRMATIONS, publier_decisions
from config.demo import candidatures, distribution, dossiers, horloge
from config.demo.formulaires import MATIERE

PLACES = 6


def preparer(appel: Appel) -> Comite:
    """In eighteen days: members called, six places, two scenarios kept; nothing is voted."""
    cast = distribution.installer_distribution()
    dgaln = cast["dgaln@demo.example"]
    with horloge.le(horloge.jour(-6), "11:00"):
        comite = _comite(appel, horloge.ouvrable(18), dgaln, plafond_places=PLACES, reserve=2)
        _convoquer(comite, [dgaln, *candidatures.membres_du_jury()[:2]], dgaln)
    criteres = list(appel.grille.criteres.order_by("ordre"))
    with horloge.le(horloge.jour(-3), "15:30"):
        scenarios.garder_scenario(
            comite=comite,
            nom="Six places, poids de la grille",
            reglages=Reglages(Plafond(places=PLACES, reserve=2)),
            par=dgaln,
        )
        scenarios.garder_scenario(
            comite=comite,
            nom="Six places, l’exemplarité compte double",
            reglages=Reglages(Plafond(places=PLACES, reserve=2), ((criteres[1].pk, 4),)),
            par=dgaln,
        )
    return comite


def _comite(appel, jour, dgaln, **plafonds) -> Comite:
    matiere = MATIERE["comite"]
    return comites.preparer_comite(
        appel=appel,
        tenu_le=horloge.instant(jour, "14:00"),
        lieu=matiere["lieu"],
        presidence=matiere["presidence"],
        quorum=4,
        par=dgaln,
        **plafonds,
    )


def _convoquer(comite, comptes, dgaln) -> None:
    for compte in comptes:
        comites.ajouter_membre(comite=comite, utilisateur=compte, par=dgaln)
    for nom, qualite, votant in MATIERE["comite"]["membres"]:
        comites.ajouter_membre(comite=comite, nom=nom, qualite=qualite, votant=votant, par=dgaln)


class ComitePasse:
    """The session « productifs »: two dossiers beside the retained one, one sitting for three."""

    def __init__(self, appel: Appel):
        cast = distribution.installer_distribution()
        self.appel, self.dgaln = appel, cast["dgaln@demo.example"]
        self.evaluatrice = cast["evaluateur@demo.example"]
        self.jury = [self.evaluatrice, candidatures.membres_du_jury()[0]]
        chemin = candidatures.DONNEES / "candidatures_passees.json"
        self.fiches = json.loads(chemin.read_text(encoding="utf-8"))["candidatures"]
        self.joues = [self._evaluer(donnees, rang) for rang, donnees in enumerate(self.fiches)]

    def _evaluer(self, donnees, rang: int) -> Candidature:
        pilote, elu = candidatures.acteurs(donnees)
        with horloge.le(horloge.jour(-214 + rang), "09:40"):
            candidature = dossiers.ecrire(
                candidatures.fiche(donnees), appel=self.appel, pilote=pilote, elu=elu
            )
        with horloge.le(horloge.jour(-188 + rang), "16:10"):
            candidature = dossiers.deposer(candidature, elu)
        with horloge.le(horloge.jour(-172), "10:00"):
            recevabilite.declarer_recevable(candidature=candidature, par=self.dgaln)
            evaluation.confier_a_plusieurs(
                candidature=candidature,
                evaluateurs=self.jury,
                par=self.dgaln,
                echeance=horloge.jour(-150),
            )
            recevabilite.mettre_en_evaluation(candidature=candidature, par=self.dgaln)
        with horloge.le(horloge.jour(-158 + rang), "18:00"):
            for membre, notes in zip(self.jury, donnees["notes"], strict=True):
                candidatures.noter(candidatures.fraiche(candidature), membre, notes)
        return candidatures.fraiche(candidature)

    def tenir(self, retenue: Candidature) -> None:
        """Once the retained one is evaluated: the sitting, its minutes, the decisions."""
        with horloge.le(horloge.jour(-145), "11:00"):
            comite = _comite(
                self.appel, horloge.jour(-138), self.dgaln, plafond_places=1, reserve=1
            )
            _convoquer(comite, [self.dgaln, *self.jury], self.dgaln)
        with horloge.le(horloge.jour(-138), "14:00"):
            presents = [m.pk for m in comite.membres.all()]
            comites.noter_presences(comite=comite, presents=presents, par=self.dgaln)
            comite = comites.ouvrir_comite(comite=comite, par=self.dgaln)
        with horloge.le(horloge.jour(-138), "15:30"):
            self._deliberer(comite, retenue)
        with horloge.le(horloge.jour(-138), "17:10"):
            comites.clore_comite(comite=comite, par=self.dgaln)
        with horloge.le(horloge.jour(-135), "10:00"):
            lot, _ = decisions.preparer_decisions(
                comite=comite, datee_du=horloge.jour(-130), par=self.dgaln
            )
        with horloge.le(horloge.jour(-130), "09:00"):
            publier_decisions(ids=lot.effets, par=self.dgaln, confirmes=CONFIRMATIONS)

    def _deliberer(self, comite, retenue) -> None:
        deliberations.deliberer(
            comite=comite,
            candidature=retenue,
            proposition=Proposition.RETENIR,
            voix=Voix(pour=6),
            motif="La question est mûre, les entreprises sont associées et les sites sont choisis.",
            par=self.dgaln,
        )
        for candidature, donnees in zip(self.joues, self.fiches, strict=True):
            proposition, pour, contre, abstention, motif, dissidence = donnees["proposition"]
            deliberations.deliberer(
                comite=comite,
                candidature=candidature,
                proposition=proposition,
                rang_reserve=1,
                voix=Voix(pour=pour, contre=contre, abstention=abstention),
                motif=motif,
                dissidence=dissidence,
                par=self.dgaln,
            )
