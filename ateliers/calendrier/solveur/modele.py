"""The CP-SAT model: one integer per séance (its start), the hard rules, and what is regretted."""

from __future__ import annotations

from ortools.sat.python import cp_model

from ateliers.calendrier.solveur import couts
from ateliers.calendrier.solveur.contraintes import Contrainte
from ateliers.calendrier.solveur.creneaux import Grille, bits, etendue, jours_en_plus
from ateliers.calendrier.solveur.probleme import Date, Probleme, Proposition

# Two calendars are told apart when half of the séances move by a week or so.
ECART_DISTINCT = 5
# Beyond so many séances, two workers are worth their start.
GRAND = 12


class Modele:
    """`possible` is False as soon as a séance has no start left, without asking the engine."""

    def __init__(self, probleme: Probleme, grille: Grille, contraintes: list[Contrainte]):
        self.probleme, self.grille = probleme, grille
        self.cp = cp_model.CpModel()
        self.pas, self.jour, self.domaines = {}, {}, {}
        self.longueur, self.en_plus = {}, {}
        self.exclusions = set()
        self.possible = True
        self.fils = 1
        self.termes = []
        for seance in probleme.seances:
            self._placer(seance, contraintes)
        if self.possible:
            for contrainte in contraintes:
                if contrainte.poser:
                    contrainte.poser(self)

    def _placer(self, seance, contraintes):
        if seance.epingle:
            depart, longueur = self.grille.epingle(seance)
            masque = 1 << depart
            en_plus = (depart + longueur - 1) // 3 - depart // 3
        else:
            masque = self.grille.tous(seance)
            for contrainte in contraintes:
                if contrainte.interdit and contrainte.seances == (seance.cle,):
                    masque &= ~contrainte.interdit
            longueur, en_plus = etendue(seance), jours_en_plus(seance)
        self.domaines[seance.cle] = masque
        self.longueur[seance.cle], self.en_plus[seance.cle] = longueur, en_plus
        if not masque:
            self.possible = False
            return
        departs = list(bits(masque))
        pas = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(departs), seance.cle)
        jour = self.cp.new_int_var(departs[0] // 3, departs[-1] // 3, "")
        moment = self.cp.new_int_var(0, 2, "")
        self.cp.add(pas == 3 * jour + moment)
        self.pas[seance.cle], self.jour[seance.cle] = pas, jour

    def fin(self, cle):
        """Slot after the last one."""
        return self.pas[cle] + self.longueur[cle]

    def dernier(self, cle):
        """Last day."""
        return self.jour[cle] + self.en_plus[cle]

    def regretter(self) -> None:
        """The objective: the same points that `couts` explains."""
        for seance in self.probleme.seances:
            if not seance.epingle:
                self._regretter_dates(seance)
        poids = self.probleme.poids
        self.fils = 2 if len(self.probleme.seances) > GRAND else 1
        for ecart in self.probleme.ecarts:
            if ecart.recommande is not None and not couts.fige(self.probleme, ecart):
                jours = self.cp.new_int_var(0, self.grille.jours + 1000, "")
                distance = self.jour[ecart.apres] - self.dernier(ecart.avant) - ecart.recommande
                self.cp.add_abs_equality(jours, distance)
                self.termes.append(poids.ecart_par_jour * jours)
        depart = self.grille.rang(self.probleme.debut)
        for cle in self.probleme.finales:
            self.termes.append(poids.retard_par_jour * (self.dernier(cle) - depart))
        self.cp.minimize(sum(self.termes))

    def _regretter_dates(self, seance):
        """One literal for each different cost of a start, not one for each start."""
        par_cout = {}
        regrets = self.grille.retenir(
            ("regrets", seance.cle),
            lambda: couts.par_depart(self.probleme, self.grille, seance),
        )
        for pas in bits(self.domaines[seance.cle]):
            points = sum(valeur for masque, valeur in regrets if masque >> pas & 1)
            par_cout.setdefault(points, []).append(pas)
        if set(par_cout) == {0}:
            return
        choix = []
        for points, departs in sorted(par_cout.items()):
            litteral = self.cp.new_bool_var("")
            domaine = cp_model.Domain.from_values(departs)
            self.cp.add_linear_expression_in_domain(self.pas[seance.cle], domaine).only_enforce_if(
                litteral
            )
            choix.append(litteral)
            self.termes.append(points * litteral)
        self.cp.add_exactly_one(choix)

    def ecarter(self, precedente: dict[str, int], part: float, ecart: int) -> None:
        """Ask for another calendar: a share of the free séances must move by so many days."""
        libres = [s.cle for s in self.probleme.seances if not s.epingle]
        bouges = []
        for cle in libres:
            plus_tot, plus_tard = self.cp.new_bool_var(""), self.cp.new_bool_var("")
            avant = precedente[cle]
            if ecart:
                self.cp.add(self.jour[cle] <= avant // 3 - ecart).only_enforce_if(plus_tot)
                self.cp.add(self.jour[cle] >= avant // 3 + ecart).only_enforce_if(plus_tard)
            else:
                self.cp.add(self.pas[cle] < avant).only_enforce_if(plus_tot)
                self.cp.add(self.pas[cle] > avant).only_enforce_if(plus_tard)
            self.cp.add(plus_tot + plus_tard <= 1)
            bouges.append(plus_tot + plus_tard)
        self.cp.add(sum(bouges) >= max(1, round(len(libres) * part)))

    def figer(self, departs: dict[str, int], *, sauf: str) -> None:
        """Keep every atelier but one where it is."""
        for seance in self.probleme.seances:
            if seance.atelier != sauf:
                self.cp.add(self.pas[seance.cle] == departs[seance.cle])

    def resoudre(self, secondes: float, indice: dict | None = None):
        """(status, starts): « optimale », « faisable », « impossible » or « inconnu »."""
        if not self.possible:
            return "impossible", None
        moteur = cp_model.CpSolver()
        moteur.parameters.max_time_in_seconds = max(secondes, 0.05)
        # Presolve is long on dates full of holes, and gains nothing here (decision 0021).
        moteur.parameters.cp_model_presolve = False
        moteur.parameters.num_workers = self.fils
        moteur.parameters.random_seed = 1
        if indice:
            self.cp.clear_hints()
            for cle, valeur in indice.items():
                self.cp.add_hint(self.pas[cle], valeur)
        etat = moteur.solve(self.cp)
        if etat == cp_model.INFEASIBLE:
            return "impossible", None
        if etat not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return "inconnu", None
        departs = {cle: moteur.value(variable) for cle, variable in self.pas.items()}
        return ("optimale" if etat == cp_model.OPTIMAL else "faisable"), departs


def proposition(probleme: Probleme, grille: Grille, departs: dict, optimale: bool) -> Proposition:
    dates = tuple(
        Date(
            s.cle,
            ((s.epingle.debut, s.epingle.fin),) if s.epingle else grille.plages(s, departs[s.cle]),
        )
        for s in probleme.seances
    )
    return Proposition(dates, couts.total(probleme, dates), optimale)
