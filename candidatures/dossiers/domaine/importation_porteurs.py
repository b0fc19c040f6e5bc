"""Who carries an imported line: an organisme, or any commune or EPCI of the découpage.

A territory that nobody acted for yet gets its organisme at the import, as with an invitation.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from socle.comptes.domaine.collectivites import organisme_d_epci, organisme_de_commune
from socle.comptes.models import Organisme
from socle.erreurs import ErreurMetier
from socle.territoires.domaine.saisie import lire_lignes
from socle.territoires.models import Commune, Epci
from socle.territoires.texte import plier

COMMUNE_DE = re.compile(r"^(commune|ville|mairie)\s+(de\s+|d[’'])", re.I)


class Porteurs:
    """The organismes by name, by territory; loaded once for a file."""

    def __init__(self):
        tous = list(Organisme.objects.order_by("pk"))
        self.par_nom = {plier(o.nom): o for o in tous}
        self.par_nom |= {plier(o.sigle): o for o in tous if o.sigle}
        self.par_territoire = {("C", o.commune_id): o for o in reversed(tous) if o.commune_id}
        self.par_territoire |= {("E", o.epci_id): o for o in reversed(tous) if o.epci_id}

    def service(self, nom: str) -> Organisme:
        if (connu := self.par_nom.get(plier(nom))) is not None:
            return connu
        proches = get_close_matches(plier(nom), self.par_nom, n=2)
        cites = " ou ".join(f"«\u00a0{self.par_nom[p].nom}\u00a0»" for p in proches)
        suite = f" Peut-être {cites}\u00a0?" if cites else ""
        raise ErreurMetier(
            f"«\u00a0{nom}\u00a0» n’est pas un organisme connu.{suite} Écrivez le nom ou le sigle "
            "du service tel qu’il figure ici."
        )

    def collectivite(self, nom: str) -> Organisme | Commune | Epci:
        """A known organisme, else the one commune or EPCI that this name, or code, says."""
        if (connu := self.par_nom.get(plier(nom))) is not None:
            return connu
        lecture = lire_lignes(COMMUNE_DE.sub("", nom.replace("\n", " ")))
        trouves = [*lecture.communes, *lecture.epcis]
        if len(trouves) == 1 and not lecture.zones and not lecture.erreurs:
            genre = "C" if isinstance(trouves[0], Commune) else "E"
            return self.par_territoire.get((genre, trouves[0].pk), trouves[0])
        if any("plusieurs territoires" in phrase for phrase in lecture.erreurs):
            raise ErreurMetier(" ".join(lecture.erreurs))
        raise ErreurMetier(
            f"«\u00a0{nom}\u00a0» n’est ni un organisme connu, ni une commune ou une "
            "intercommunalité. Écrivez son nom suivi du département, comme «\u00a0Rodez "
            "(12)\u00a0», son code Insee ou son SIREN. Un syndicat ou un pôle territorial doit "
            "d’abord être connu ici\u00a0: importez avec une collectivité membre, puis transférez "
            "sa place."
        )


def organisme_de(porteur: Organisme | Commune | Epci) -> Organisme:
    if isinstance(porteur, Commune):
        return organisme_de_commune(porteur)
    return organisme_d_epci(porteur) if isinstance(porteur, Epci) else porteur
