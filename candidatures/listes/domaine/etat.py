"""The state of a list, wholly in its address: groups of conditions, sort, columns, page.

The first group’s parameters bear plain names (`etat=deposee`); the next ones’ a number
(`etat.2=recevable`). `mode` says whether a group asks for all of its conditions or for one of
them; `entre` says it between the groups. `portee` widens the instruction to what is decided.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import Q

from candidatures.listes.domaine.criteres import Critere, criteres
from candidatures.listes.domaine.saisies import bornes_croisees

TOUTES, UNE, TOUT = "toutes", "une", "tout"
GROUPES_MAX = 6


@dataclass(frozen=True)
class Groupe:
    numero: int
    mode: str = TOUTES
    valeurs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def nom(self, cle: str) -> str:
        return cle if self.numero == 1 else f"{cle}.{self.numero}"

    def paires(self) -> list[tuple[str, str]]:
        paires = [(self.nom(cle), v) for cle, valeurs in self.valeurs.items() for v in valeurs]
        if paires and self.mode == UNE:
            paires.append((self.nom("mode"), UNE))
        return paires

    def sans(self, cle: str, valeur: str) -> Groupe:
        restantes = {
            c: tuple(v for v in valeurs if (c, v) != (cle, valeur))
            for c, valeurs in self.valeurs.items()
        }
        return replace(self, valeurs={c: v for c, v in restantes.items() if v})

    def condition(self, connus: tuple[Critere, ...]) -> Q:
        somme = Q()
        for critere in connus:
            valeurs = self.valeurs.get(critere.cle)
            if not valeurs:
                continue
            une = critere.condition(list(valeurs))
            if une:
                somme = somme | une if self.mode == UNE else somme & une
        return somme


@dataclass(frozen=True)
class EtatListe:
    groupes: tuple[Groupe, ...] = ()
    entre: str = TOUTES
    tri: str = ""
    colonnes: tuple[str, ...] = ()
    groupe_ouvert: int = 1
    page: int = 1
    portee: str = ""
    # (group, criterion) → (what was typed, why it filters nothing); never in the address again
    refus: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)

    @property
    def filtree(self) -> bool:
        return bool(self.groupes)

    @property
    def texte(self) -> str:
        premiers = [g.valeurs["texte"][0] for g in self.groupes if "texte" in g.valeurs]
        return premiers[0] if premiers else ""

    def seul(self, cle: str) -> str:
        """The only value asked for this criterion by everything that is listed, or nothing."""
        if len(self.groupes) != 1 or (
            self.groupes[0].mode == UNE and len(self.groupes[0].valeurs) > 1
        ):
            return ""
        valeurs = self.groupes[0].valeurs.get(cle, ())
        return valeurs[0] if len(valeurs) == 1 else ""

    def avec_texte(self, texte: str) -> EtatListe:
        """The same state, where the first searched text is another."""
        premier = next((g for g in self.groupes if "texte" in g.valeurs), None)
        autre = premier and replace(premier, valeurs=premier.valeurs | {"texte": (texte,)})
        return replace(self, groupes=tuple(autre if g is premier else g for g in self.groupes))

    def groupe(self, numero: int) -> Groupe:
        return next((g for g in self.groupes if g.numero == numero), Groupe(numero))

    def condition(self, *, instructeur: bool) -> Q:
        connus = criteres(instructeur=instructeur)
        somme = Q()
        for groupe in self.groupes:
            un = groupe.condition(connus)
            if un:
                somme = somme | un if self.entre == UNE else somme & un
        return somme

    def paires(self, *, sauf_groupe: int = 0) -> list[tuple[str, str]]:
        paires = [p for g in self.groupes if g.numero != sauf_groupe for p in g.paires()]
        if self.entre == UNE and len(self.groupes) > 1:
            paires.append(("entre", UNE))
        if self.portee:
            paires.append(("portee", self.portee))
        if self.tri:
            paires.append(("tri", self.tri))
        if self.colonnes:
            paires.append(("colonnes", ",".join(self.colonnes)))
        return paires

    def paires_sans_colonnes(self) -> list[tuple[str, str]]:
        return replace(self, colonnes=()).paires()

    def requete(self, **changements) -> str:
        """Query string of this state, changed or not; the page is not part of it."""
        autre = replace(self, **changements) if changements else self
        return urlencode(autre.paires())

    def url(self, **changements) -> str:
        return f"?{self.requete(**changements) or 'vue=toutes'}"

    @property
    def elargie(self) -> str:
        """The same conditions, among all that was deposited."""
        return self.url(portee=TOUT)

    @property
    def sans_condition(self) -> str:
        return self.url(groupes=())

    def sans(self, groupe: Groupe, cle: str, valeur: str) -> str:
        groupes = tuple(g.sans(cle, valeur) if g is groupe else g for g in self.groupes)
        return self.url(groupes=tuple(g for g in groupes if g.valeurs))


def _page(parametres) -> int:
    brut = parametres.get("page", "")
    return max(1, int(brut)) if brut.isdecimal() and len(brut) < 7 else 1


def lire(parametres, *, instructeur: bool) -> EtatListe:
    """From the parameters of an address (a QueryDict). What is unknown is left out."""
    connus = criteres(instructeur=instructeur)
    groupes, refus = [], {}
    for numero in range(1, GROUPES_MAX + 1):
        vide = Groupe(numero)
        valeurs = {}
        for critere in connus:
            donnees = [v.strip()[:200] for v in parametres.getlist(vide.nom(critere.cle))]
            if gardees := tuple(dict.fromkeys(v for v in donnees if v)):
                saisie = critere.lire(gardees)
                if saisie.refus:
                    refus[numero, critere.cle] = (gardees[0], saisie.refus)
                else:
                    valeurs[critere.cle] = saisie.valeurs
        mode = UNE if parametres.get(vide.nom("mode")) == UNE else TOUTES
        for cle, phrase in bornes_croisees(valeurs).items() if mode == TOUTES else ():
            refus[numero, cle] = (valeurs.pop(cle)[0], phrase)
        if valeurs:
            groupes.append(Groupe(numero, mode, valeurs))
    ouvert = parametres.get("groupe", "") or str(min((n for n, _ in refus), default=1))
    colonnes = [c for brut in parametres.getlist("colonnes") for c in brut.split(",") if c]
    return EtatListe(
        groupes=tuple(groupes),
        entre=UNE if parametres.get("entre") == UNE else TOUTES,
        tri=parametres.get("tri", "")[:30],
        colonnes=tuple(dict.fromkeys(c[:30] for c in colonnes))[:30],
        groupe_ouvert=int(ouvert) if ouvert.isdecimal() and 1 <= int(ouvert) <= GROUPES_MAX else 1,
        page=_page(parametres),
        portee=TOUT if parametres.get("portee") == TOUT else "",
        refus=refus,
    )
