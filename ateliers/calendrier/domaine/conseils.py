"""What the pilot may change when nothing holds, each tried for good before it is advised.

A lever is a change of the criteria of the form. Nothing is said to be enough before the very same
change was applied, and a calendar found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ateliers.calendrier.domaine.assemblage import assembler
from ateliers.calendrier.domaine.ensembles import ensemble
from ateliers.calendrier.models import DemandeCalendrier
from ateliers.calendrier.solveur import collisions, phrases
from ateliers.calendrier.solveur.recurrence import jour
from ateliers.calendrier.solveur.resolution import heurts_de, heurts_sans, premiere, sans
from ateliers.participants.models import Participant
from socle.interface.francais import de

# How far the last day may be put off, in weeks.
SEMAINES = 26
SANS_LEVIER = {
    "ferie": "Cette règle ne se lève pas.",
    "dimanche": "Cette règle ne se lève pas.",
    "reserve": "Cette règle ne se lève pas : attendez la fin de la période.",
    "ordre": "La démarche impose cet ordre.",
    "lieu": "Choisissez une autre salle sur la page de la séance, ou retirez-la.",
}


@dataclass(frozen=True)
class Levier:
    """`changement`: what it does to the criteria. None: the form cannot; empty: nothing found."""

    phrase: str
    changement: dict | None = None


def conseiller(demande, probleme, heurts, avancer: Callable, arreter: Callable):
    """(the rules of a second collision, a line for each: rule, advice, if it is enough).

    When no change is enough alone, two are looked for: the rules that collide once the first one
    is made are a second collision, never counted in the first, which stays minimal; their lines
    are marked `seconde`, and a last line bears both changes.
    """
    essai, lignes = Essai(demande, probleme, arreter), []
    for rang, heurt in enumerate(heurts):
        avancer(65 + 25 * rang // len(heurts))
        lignes.append(essai.ligne(heurt))
    lignes.sort(key=_du_plus_utile)
    derniere, ensuite, suite = [], [], []
    if heurts and not any(ligne["suffit"] for ligne in lignes):
        avancer(90)
        if paire := ensemble(essai, heurts):
            derniere = [paire.ligne]
            connus = {h.critere for h in heurts}
            if paire.autre.critere not in connus:
                ensuite = list(paire.suite)
                suite = [essai.ligne(h) for h in ensuite if h.critere not in connus]
                suite = [ligne | {"seconde": True} for ligne in sorted(suite, key=_du_plus_utile)]
    return ensuite, lignes + suite + derniere


def _du_plus_utile(ligne) -> int:
    return {True: 0, False: 1, None: 2}[ligne["suffit"]]


class Essai:
    """Criteria, and what they become: each change is tried through the rows and the search."""

    def __init__(self, demande, probleme, arreter):
        self.demande, self.probleme, self.arreter = demande, probleme, arreter
        self.parametres = demande.parametres

    def ligne(self, heurt) -> dict:
        return {"texte": collisions.regle(self.probleme, heurt)} | self._essayer(heurt)

    def _essayer(self, heurt) -> dict:
        leviers = list(self.leviers(heurt))
        for levier in leviers:
            if levier.changement and (calendrier := self.applique(levier.changement)):
                return _ligne(levier, suffit=True, fin=phrases.fin(calendrier))
        dernier = leviers[-1]
        return _ligne(dernier, suffit=None if dernier.changement is None else False)

    def avec(self, changement) -> "Essai":
        """The same search, once this change is made."""
        essai = DemandeCalendrier(
            atelier_id=self.demande.atelier_id,
            session_id=self.demande.session_id,
            parametres=self.parametres | changement,
        )
        return Essai(essai, assembler(essai), self.arreter)

    def applique(self, changement):
        """The same path as the form: the criteria, the rows, the search, the validator."""
        return premiere(self.avec(changement).probleme, arreter=self.arreter)

    def collision(self):
        return heurts_de(self.probleme, self.arreter)

    def leviers(self, heurt):
        """From the lightest to the heaviest; the last one is shown when none is enough."""
        genre = heurt.critere[0]
        propre = getattr(self, f"_{genre}", None)
        if propre:
            yield from propre(heurt)
        else:
            yield Levier(SANS_LEVIER[heurt.genre])

    def _samedi(self, _):
        yield Levier("Autorisez le samedi.", {"samedi": True})

    def _soir(self, _):
        yield Levier("Autorisez les soirées.", {"soir": True})

    def _vacances(self, _):
        phrase = "Acceptez les vacances scolaires quand rien d’autre ne convient."
        yield Levier(phrase, {"vacances": "eviter"})

    def _fenetre(self, _):
        """The nearest last day that is enough, to the week."""
        fin = date.fromisoformat(self.parametres["fin"])

        def trouve(semaines):
            return self.applique({"fin": (fin + timedelta(weeks=semaines)).isoformat()})

        bas, haut = 1, SEMAINES
        if not trouve(haut):
            plus_tard = {"fin": (fin + timedelta(weeks=haut)).isoformat()}
            yield Levier(f"Repoussez la date limite de {phrases.duree(7 * haut)}.", plus_tard)
            return
        while bas < haut:
            milieu = (bas + haut) // 2
            bas, haut = (bas, milieu) if trouve(milieu) else (milieu + 1, haut)
        limite = fin + timedelta(weeks=haut)
        yield Levier(f"Repoussez la date limite au {jour(limite)}.", {"fin": limite.isoformat()})

    def _epingle(self, heurt):
        seance = self.probleme.seance(heurt.critere[1])
        if seance.epingle.programmee:
            yield Levier(f"Reportez « {seance.titre} » depuis sa page.")
            return
        epingles = dict(self.parametres.get("epingles", {}))
        epingles.pop(seance.cle, None)
        phrase = f"Laissez chercher la date de « {seance.titre} »."
        yield Levier(phrase, {"epingles": epingles})

    def _quorum(self, heurt):
        if not self.demande.atelier_id:
            yield Levier("Demandez au pilote de l’atelier d’abaisser ce nombre.")
            return
        college = heurt.critere[1]
        demandes = self.parametres["quorums"]
        _, plusieurs, _ = phrases.COLLEGES[college]
        for nombre in range(demandes[college] - 1, 0, -1):
            quorums = demandes | {college: nombre}
            dits = phrases.membres(college, nombre)
            phrase = f"Demandez {dits} au lieu de {demandes[college]}."
            yield Levier(phrase, {"quorums": quorums})
        sans_lui = {c: n for c, n in demandes.items() if c != college}
        yield Levier(f"Ne demandez plus de nombre minimal {de(plusieurs)}.", {"quorums": sans_lui})

    def _presence(self, heurt):
        cle = heurt.critere[1]
        if cle.startswith("l-"):
            yield Levier(SANS_LEVIER["lieu"])
            return
        nom = self.probleme.ressource(cle).nom
        if cle == f"o-{self.parametres.get('national')}":
            phrase = "Cherchez sans l’équipe nationale aux lancements et aux restitutions."
            yield Levier(phrase, {"national": None})
        elif cle.startswith("o-"):
            yield Levier(f"Voyez avec {nom} s’il se rend libre, ou corrigez ses indisponibilités.")
        elif not self.demande.atelier_id:
            yield Levier(f"Demandez au pilote de rendre facultative la présence {de(nom)}.")
        else:
            yield from self._facultative(heurt, int(cle[2:]), nom)

    def _facultative(self, heurt, personne, nom):
        """At one séance first, then at all of them."""
        participant = Participant.objects.get(atelier=self.demande.atelier_id, personne=personne)
        cle = f"p-{participant.pk}"
        ailleurs = [c for c in self.parametres.get("obligatoires", []) if c != cle]
        par_seance = self.parametres.get("obligatoires_seance", {})
        attendu = [
            s.cle
            for s in self.probleme.seances
            if f"h-{personne}" in s.obligatoires and not (s.epingle and s.epingle.programmee)
        ]
        for seance in heurt.seances if len(attendu) > 1 else ():
            listes = {
                s: sorted({*par_seance.get(s, ())} - {cle} | ({cle} if s != seance else set()))
                for s in {*par_seance, *attendu}
            }
            titre = self.probleme.seance(seance).titre
            yield Levier(
                f"Rendez facultative la présence {de(nom)} à « {titre} ».",
                {"obligatoires": ailleurs, "obligatoires_seance": _remplies(listes)},
            )
        listes = {s: [c for c in liste if c != cle] for s, liste in par_seance.items()}
        yield Levier(
            f"Rendez facultative la présence {de(nom)}.",
            {"obligatoires": ailleurs, "obligatoires_seance": _remplies(listes)},
        )

    def _a_la_main(self, heurt):
        """The dates that a calendar without this rule gives, to be fixed by hand."""
        libres = [s for c in heurt.seances if not (s := self.probleme.seance(c)).epingle]
        if not libres:
            yield Levier("Reportez l’une de ces séances depuis sa page.")
            return
        calendrier = sans(self.probleme, heurt.contraintes)
        if calendrier is None:
            reste = heurts_sans(self.probleme, heurt.contraintes, self.arreter)
            dits = collisions.enumerees(self.probleme, reste)
            tete = "ces règles ne tiennent pas ensemble\u00a0: "
            suite = f"{tete}{dits}" if dits else "aucune date ne convient"
            yield Levier(f"Même sans cette règle, {suite}.")
            return
        debuts = {s.cle: calendrier.date(s.cle).debut for s in libres}
        dits = [f"« {s.titre} » au {jour(debuts[s.cle].date())}" for s in libres]
        fixees = {cle: d.replace(tzinfo=None).isoformat() for cle, d in debuts.items()}
        yield Levier(
            f"Fixez vous-même {phrases.enumerer(dits)}.",
            {"epingles": self.parametres.get("epingles", {}) | fixees},
        )

    _ecart_min = _ecart_max = _duree = _duree_min = _a_la_main


def _remplies(listes):
    return {cle: liste for cle, liste in sorted(listes.items()) if liste}


def _ligne(levier, *, suffit, fin="") -> dict:
    return {
        "conseil": levier.phrase,
        "changement": levier.changement if suffit else None,
        "suffit": suffit,
        "fin": fin,
    }
