"""Which séance follows which, and how far: what the steps of the dispositif say."""

from ateliers.calendrier.solveur import probleme as p
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.espacement import jours_voulus
from candidatures.dispositifs.choix import GenreSeance


def suite_de(lignes) -> list:
    """The steps of the démarche, in order, and the comités that prepare the feuille de route.

    Another comité added by hand comes when it can, tied to no other séance.
    """
    bornes = _bornes(lignes)
    return [ligne for ligne in lignes if _etape(ligne) or _prepare(ligne, bornes)]


def _etape(ligne) -> bool:
    return ligne.etape_type_id is not None or ligne.genre != GenreSeance.COPIL


def _bornes(lignes) -> tuple:
    """The last in-situ atelier and the restitution, between which the feuille is prepared."""
    ateliers = [s for s in lignes if s.genre == GenreSeance.ATELIER]
    restitutions = [s for s in lignes if s.genre == GenreSeance.RESTITUTION]
    if not (ateliers and restitutions):
        return ()
    return max(ateliers, key=lambda s: s.rang), restitutions[-1]


def _prepare(ligne, bornes) -> bool:
    """A comité put between these two; once it has its date, it stays where it is."""
    if not bornes or ligne.etat != EtatSeance.A_PROGRAMMER:
        return False
    return bornes[0].ordre < ligne.ordre < bornes[1].ordre


def ecarts_de(suite, fixees) -> list[p.Ecart]:
    """Each séance after the one before; what the démarche forbids to invert, even far apart."""
    stricts, voisins = _stricts(suite), list(zip(suite, suite[1:], strict=False))
    troncons = _troncons(suite, fixees)
    resultat = [
        troncons.get((a.pk, b.pk)) or _ecart(a, b, (a.pk, b.pk) in stricts) for a, b in voisins
    ]
    stricts -= {(a.pk, b.pk) for a, b in voisins}
    rangs = {ligne.pk: rang for rang, ligne in enumerate(suite)}
    return resultat + [
        p.Ecart(str(a), str(b), strict=True) for a, b in sorted(stricts) if rangs[a] < rangs[b]
    ]


def _stricts(suite) -> set[tuple[int, int]]:
    """Pairs that `programmer` refuses to invert (seances.domaine.conditions.chaine)."""
    maillons = [s for s in suite if s.genre in (GenreSeance.ATELIER, GenreSeance.RESTITUTION)]
    maillons.sort(key=lambda s: (s.genre == GenreSeance.RESTITUTION, s.rang or 0, s.ordre))
    paires = {(a.pk, b.pk) for a, b in zip(maillons, maillons[1:], strict=False)}
    ateliers = [s for s in maillons if s.genre == GenreSeance.ATELIER]
    for inter in suite:
        avant = [s for s in ateliers if s.rang <= (inter.rang or 0)]
        if inter.genre == GenreSeance.INTER_ATELIER and avant:
            paires.add((avant[-1].pk, inter.pk))
    return paires


def _ecart(avant, apres, strict) -> p.Ecart:
    """The dispositif says when each step comes; half as soon and twice as late are allowed."""
    cles = (str(avant.pk), str(apres.pk))
    if not avant.etape_type or not apres.etape_type:
        return p.Ecart(*cles, 1, strict=strict)
    voulu = jours_voulus(avant, apres)
    return p.Ecart(*cles, voulu // 2, voulu * 2, voulu, strict)


def _troncons(suite, fixees) -> dict[tuple[int, int], p.Ecart]:
    """Comités between two steps share the écart of these steps in equal parts.

    Between two steps that have their dates, the order alone is asked: there is no other room.
    """
    resultat, etapes = {}, [n for n, ligne in enumerate(suite) if ligne.etape_type]
    for debut, fin in zip(etapes, etapes[1:], strict=False):
        entre = suite[debut + 1 : fin]
        if not entre or any(ligne.genre != GenreSeance.COPIL for ligne in entre):
            continue
        voulu = jours_voulus(suite[debut], suite[fin])
        serre = {suite[debut].pk, suite[fin].pk} <= set(fixees)
        parts, n = _parts(voulu, fin - debut), fin - debut
        minimums = [0] * n if serre else _parts(voulu // 2, n)
        for rang in range(n):
            un, autre = suite[debut + rang], suite[debut + rang + 1]
            cles = (str(un.pk), str(autre.pk))
            recommande = None if serre else parts[rang]
            resultat[un.pk, autre.pk] = p.Ecart(*cles, minimums[rang], None, recommande)
    return resultat


def _parts(total: int, nombre: int) -> list[int]:
    """Equal parts, to the day."""
    bornes = [total * rang // nombre for rang in range(nombre + 1)]
    return [b - a for a, b in zip(bornes, bornes[1:], strict=False)]
