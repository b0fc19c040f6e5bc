"""Start a candidature from an address: ?titre=…&commune=80253&epci=200070951&siret=…"""

from __future__ import annotations

import re

from django.db import transaction

from candidatures.appels.models import Appel
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.domaine.creation import creer
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.droits import portees_par
from candidatures.dossiers.models import Candidature
from socle.comptes.choix import Role
from socle.erreurs import ErreurMetier, confirmer
from socle.territoires.domaine.saisie import Lecture, lire_codes
from socle.territoires.domaine.siret import Identite, identite_connue, lire_siret
from socle.territoires.texte import plier

CODES_MAX = 50
SIRETS_MAX = 5
COMMUNE = re.compile(r"^(\d{5}|2[AB]\d{3})$")
SIREN = re.compile(r"^\d{9}$")


def lire_adresse(communes: list[str], epcis: list[str], sirets: list[str]) -> Lecture:
    """The territories named by the address; what nobody knows is left out.

    A SIRET is that of a commune or of an EPCI of the découpage.
    """
    codes = [f"C{c.strip().upper()}" for c in communes if COMMUNE.match(c.strip().upper())]
    codes += [f"E{c.strip()}" for c in epcis if SIREN.match(c.strip())]
    codes += [i.code for i in identites(sirets) if i]
    return lire_codes(codes[:CODES_MAX])


def identites(sirets: list[str]) -> list[Identite | None]:
    """Who each number of the address is; None for what the découpage does not know."""
    return [_identite(siret) for siret in sirets[:SIRETS_MAX] if siret.strip()]


def _identite(siret: str) -> Identite | None:
    try:
        return identite_connue(lire_siret(siret))
    except ErreurMetier:
        return None


def codes(lecture: Lecture) -> str:
    return "\n".join([f"E{e.pk}" for e in lecture.epcis] + [f"C{c.pk}" for c in lecture.communes])


def brouillons_deja_ouverts(appel: Appel, par):
    """Those that this organisme carries in this call: one is perhaps what is looked for."""
    return (
        portees_par(par, etats=[EtatCandidature.BROUILLON])
        .filter(appel=appel)
        .only("reference", "titre", "cree_le")
        .order_by("-cree_le", "-pk")
    )


def _verifier_unique(appel: Appel, titre: str, par, confirmes) -> None:
    """A collectivité seldom opens two; a State service does, but not twice with the same title."""
    memes = plier(titre)
    for autre in brouillons_deja_ouverts(appel, par):
        if par.role == Role.COLLECTIVITE or plier(autre.titre) == memes:
            confirmer(
                "autre_candidature",
                f"Votre organisme a déjà un brouillon dans cet appel\u00a0: «\u00a0{autre.titre}"
                f"\u00a0» ({autre.reference}). Faut-il vraiment en ouvrir un autre\u00a0?",
                confirmes,
            )


@transaction.atomic
def creer_prerempli(
    *, appel: Appel, titre: str, territoire: str, par, confirmes=frozenset()
) -> Candidature:
    """Open the brouillon; its perimeter is saved as if it had been typed, under revision 1."""
    Appel.objects.select_for_update(of=("self",)).get(pk=appel.pk)  # two sendings at once
    _verifier_unique(appel, titre, par, confirmes)
    candidature = creer(appel=appel, titre=titre, par=par)
    connus = codes(lire_codes(territoire.split()[:CODES_MAX])) if territoire else ""
    if connus:
        enregistrer_champ(
            candidature=candidature, champ="perimetre", valeur=connus, revision=0, par=par
        )
        candidature.refresh_from_db()
    return candidature
