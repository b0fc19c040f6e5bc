"""Whom the dispositif expects at a séance besides the participants: the team and the services.

They hold accounts, in no college. The pilot reads the list and ticks; nobody is added silently.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from ateliers.cadrage.models import Equipe
from ateliers.parcours.domaine.comptes import du_pilote_ou_de_l_equipe
from ateliers.sondages.choix import RoleSonde
from candidatures.dispositifs.choix import AVEC_EQUIPE_NATIONALE
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur

ORDRE = (RoleSonde.PILOTE, RoleSonde.EQUIPE, RoleSonde.NATIONAL)


@dataclass(frozen=True)
class Attendu:
    """`propose`: ticked and mandatory until the pilot says otherwise, one for each role."""

    compte: Utilisateur
    role: RoleSonde
    propose: bool

    @property
    def qualite(self) -> str:
        textes = (self.compte.fonction, self.compte.organisme, RoleSonde(self.role).label)
        return ", ".join(str(t) for t in textes if t)


def attendus_par_compte(seance, par) -> list[Attendu]:
    """Active accounts of the pilot service, of the team, and of the DGALN where it is expected."""
    atelier = seance.atelier
    comptes = Utilisateur.objects.filter(_filtre(seance), is_active=True)
    mandataire = Equipe.objects.filter(atelier=atelier).values_list("mandataire", flat=True).first()
    lignes = sorted(
        ((_role(c), c) for c in comptes),
        key=lambda ligne: (ORDRE.index(ligne[0]), *_rang(ligne[1], par, mandataire)),
    )
    vus, attendus = set(), []
    for role, compte in lignes:
        attendus.append(Attendu(compte, role, propose=role not in vus))
        vus.add(role)
    return attendus


def _filtre(seance) -> Q:
    atelier = seance.atelier
    filtre = du_pilote_ou_de_l_equipe(atelier)
    if seance.genre in AVEC_EQUIPE_NATIONALE and atelier.dispositif.avec_session:
        filtre |= Q(role=Role.DGALN)
    return filtre


def _role(compte) -> RoleSonde:
    roles = {Role.SERVICE_ETAT: RoleSonde.PILOTE, Role.EQUIPE: RoleSonde.EQUIPE}
    return roles.get(compte.role, RoleSonde.NATIONAL)


def _rang(compte, par, mandataire) -> tuple:
    """Whoever asks speaks for their own service; the mandataire for the team; else the eldest."""
    return (compte.pk != par.pk, compte.organisme_id != mandataire, compte.cree_le, compte.pk)
