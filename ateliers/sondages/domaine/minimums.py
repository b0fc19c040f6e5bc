"""How many of each college a poll needs: what the dispositif asks, within the people there are."""

from ateliers.participants.domaine.equilibre import SINGULIERS
from ateliers.participants.models import QuorumCollege
from candidatures.dispositifs.choix import College


def minimums_de(seance) -> dict[str, int]:
    """What the dispositif asks of each college for this kind of séance."""
    lignes = QuorumCollege.objects.filter(
        dispositif=seance.atelier.dispositif_id, genre=seance.genre
    )
    return dict(lignes.values_list("college", "minimum"))


def membres(college, nombre) -> str:
    un, plusieurs = SINGULIERS[College(college)]
    return f"{nombre}\u00a0{plusieurs if nombre > 1 else un}" if nombre else f"aucun {un}"


def _et(mots) -> str:
    *debut, dernier = mots
    return f"{', '.join(debut)} et {dernier}" if debut else dernier


def minimum_dit(minimums, presents) -> str:
    """What the dispositif asks, as the page of the séance counts it, and what is lacking for it."""
    voulus = {c: n for c, n in sorted(minimums.items()) if n}
    if not voulus:
        return ""
    phrase = f"Le dispositif demande {_et([membres(c, n) for c, n in voulus.items()])}."
    courts = [membres(c, presents[c]) for c, n in voulus.items() if presents[c] < n]
    if courts:
        phrase += f" Personnes cochées ci-dessus\u00a0: {_et(courts)}\u00a0; "
        phrase += "le minimum proposé ne va pas au-delà."
    return phrase
