"""Who breaks a tie: somebody who sits, and who votes on this dossier."""

from __future__ import annotations

from candidatures.comite.choix import SensVote
from candidatures.comite.models import Comite, MembreComite
from socle.erreurs import ErreurMetier
from socle.territoires.texte import plier


def _mots(texte: str) -> str:
    return f" {plier(texte)} "


def _presidence(comite: Comite, presents: list[MembreComite]) -> MembreComite | None:
    """Who presides, among those present for this dossier: by name, or by quality."""
    voulue = _mots(comite.presidence)
    dites = ((m, {_mots(m.nom), _mots(m.qualite)} - {"  "}) for m in presents)
    return next((m for m, dits in dites if any(dit in voulue for dit in dits)), None)


def departager(comite: Comite, votes: dict[int, str], presents, *, pour: bool) -> None:
    """Refused when whoever breaks the tie does not vote on this dossier, or votes otherwise."""
    membre = _presidence(comite, presents)
    if membre is None:
        raise ErreurMetier(
            f"Les voix sont partagées, et la présidence ({comite.presidence}) n’est pas parmi les "
            "votants présents pour ce dossier\u00a0: ajoutez-la aux membres et notez sa présence, "
            "ou mettez une autre proposition aux voix."
        )
    vote = votes.get(membre.pk)
    if vote and vote != (SensVote.POUR if pour else SensVote.CONTRE):
        raise ErreurMetier(
            f"Le vote noté pour {membre.nom}, qui préside, n’est pas celui qui départage."
        )
