"""The CP-SAT model: one integer per séance (its start), the hard rules, and what is regretted."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from ateliers.calendrier.solveur import couts
from ateliers.calendrier.solveur.creneaux import Grille
from ateliers.calendrier.solveur.domaines import Domaines
from ateliers.calendrier.solveur.doubles import doubles
from ateliers.calendrier.solveur.limite import Limite
from ateliers.calendrier.solveur.probleme import Date, Probleme, Proposition

# Beyond so many séances, two workers are worth their start.
GRAND = 12


class Modele:
    """`possible` is False as soon as a séance has no start left, without asking the engine."""

    def __init__(self, domaines: Domaines):
        self.domaines = domaines
        self.probleme, self.grille = domaines.probleme, domaines.grille
        self.en_plus = domaines.en_plus
        self.cp = cp_model.CpModel()
        self.pas, self.jour = {}, {}
        self.exclusions = set()
        self.comptes, self.comptes_ecartes = {}, set()
        self.possible = domaines.possible
        self.fils = 1
        self.termes = []
        if not self.possible:
            return
        self.ordonnees = _fermeture(c.seances for c in domaines.contraintes if c.genre == "ordre")
        for seance in self.probleme.seances:
            self._placer(seance.cle)
        for contrainte in domaines.contraintes:
            if contrainte.poser:
                contrainte.poser(self)

    def _placer(self, cle):
        departs = self.domaines.departs(cle)
        valeurs = cp_model.Domain.from_values(departs.tolist())
        pas = self.cp.new_int_var_from_domain(valeurs, cle)
        jour = self.cp.new_int_var(int(departs[0]) // 3, int(departs[-1]) // 3, "")
        moment = self.cp.new_int_var(0, 2, "")
        self.cp.add(pas == 3 * jour + moment)
        self.pas[cle], self.jour[cle] = pas, jour

    def suivies(self, un, autre) -> bool:
        """Their order, direct or not, already tells them apart."""
        return (un, autre) in self.ordonnees or (autre, un) in self.ordonnees

    def suivre(self, avant, apres, *si) -> None:
        """`apres` begins once `avant` has ended, whatever their time zones; `si`: only when true.

        The first slot that follows is as many slots further on, whatever the start, but for the
        hours between two zones: one literal for each of those few distances.
        """
        d, pas = self.domaines, self.pas[avant]
        departs = d.departs(avant)
        if apres in d.fixees:
            a_temps = departs[d.bornes(avant)[1] <= d.bornes(apres)[0][0]]
            permis = cp_model.Domain.from_values(a_temps.tolist())
            self.cp.add_linear_expression_in_domain(pas, permis).only_enforce_if(*si)
            return
        distances = d.seuils(avant, apres) - departs
        cas = np.unique(distances)
        choix = [self.cp.new_bool_var("") for _ in cas] if len(cas) > 1 else []
        for rang, distance in enumerate(cas):
            ici = (*si, *choix[rang : rang + 1])
            suite = self.cp.add(self.pas[apres] >= pas + int(distance))
            suite.only_enforce_if(*ici)
            if choix:
                permis = cp_model.Domain.from_values(departs[distances == distance].tolist())
                self.cp.add_linear_expression_in_domain(pas, permis).only_enforce_if(choix[rang])
        if choix:
            self.cp.add_exactly_one(choix)

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
        self._regretter_doubles()
        depart = self.grille.rang(self.probleme.debut)
        for cle in self.probleme.finales:
            self.termes.append(poids.retard_par_jour * (self.dernier(cle) - depart))
        self.cp.minimize(sum(self.termes))

    def ecarter_deux(self, un, autre, francs, *si) -> None:
        """Never at once, nor too far too soon, in either order; `si`: only when true."""
        avant = self.cp.new_bool_var("")
        for a, b, sens in ((un, autre, avant), (autre, un, ~avant)):
            if francs:
                loin = self.cp.add(self.jour[b] - self.dernier(a) > francs)
                loin.only_enforce_if(sens, *si)
            else:
                self.suivre(a, b, sens, *si)

    def _regretter_doubles(self):
        for double in doubles(self.probleme):
            if not {(double.un, double.autre), (double.autre, double.un)} & self.exclusions:
                gene = self.cp.new_bool_var("")
                self.ecarter_deux(double.un, double.autre, double.francs, ~gene)
                self.termes.append(double.points * gene)

    def _regretter_dates(self, seance):
        """One literal for each different cost of a start, not one for each start."""
        departs, points = self.domaines.departs(seance.cle), self.domaines.points(seance.cle)
        if not points.any():
            return
        choix = []
        for valeur in np.unique(points):
            litteral = self.cp.new_bool_var("")
            domaine = cp_model.Domain.from_values(departs[points == valeur].tolist())
            self.cp.add_linear_expression_in_domain(self.pas[seance.cle], domaine).only_enforce_if(
                litteral
            )
            choix.append(litteral)
            self.termes.append(int(valeur) * litteral)
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

    def figer(self, departs: dict[str, int], *, sauf: set[str]) -> None:
        """Keep every atelier but some where it is."""
        for seance in self.probleme.seances:
            if seance.atelier not in sauf:
                self.cp.add(self.pas[seance.cle] == departs[seance.cle])

    def borner(self, borne: int) -> None:
        """No calendar costs less: known beforehand, it makes the proof shorter."""
        self.cp.add(sum(self.termes) >= borne)

    def resoudre(self, limite: Limite, indice: dict | None = None):
        """(status, starts): « optimale », « faisable », « impossible » or « inconnu »."""
        if not self.possible:
            return "impossible", None
        moteur = cp_model.CpSolver()
        limite.regler(moteur.parameters)
        # Presolve is long on dates full of holes, and gains nothing here (decision 0021).
        moteur.parameters.cp_model_presolve = False
        moteur.parameters.num_workers = self.fils
        moteur.parameters.random_seed = 1
        if indice:
            self.cp.clear_hints()
            for cle, valeur in indice.items():
                self.cp.add_hint(self.pas[cle], valeur)
        etat = limite.surveiller(moteur, self.cp)
        if etat == cp_model.INFEASIBLE:
            return "impossible", None
        if etat not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return "inconnu", None
        departs = {cle: moteur.value(variable) for cle, variable in self.pas.items()}
        return ("optimale" if etat == cp_model.OPTIMAL else "faisable"), departs


def _fermeture(couples) -> set:
    """Who comes before whom, through others too."""
    suites = {}
    for avant, apres in couples:
        suites.setdefault(avant, set()).add(apres)
    resultat = set()
    for depart in suites:
        pile = list(suites[depart])
        while pile:
            cle = pile.pop()
            if (depart, cle) not in resultat:
                resultat.add((depart, cle))
                pile += suites.get(cle, ())
    return resultat


def proposition(probleme: Probleme, grille: Grille, departs: dict, optimale: bool) -> Proposition:
    dates = tuple(
        Date(
            s.cle,
            ((s.epingle.debut, s.epingle.fin),) if s.epingle else grille.plages(s, departs[s.cle]),
        )
        for s in probleme.seances
    )
    return Proposition(dates, couts.total(probleme, dates), optimale)
