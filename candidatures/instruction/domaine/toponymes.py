"""The other words by which a known place is called: short name, gentilé, the places of a title.

Pure. A word that French uses for itself (« ville », « bocage »), or that the dossier writes
without a capital somewhere, is never taken for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from candidatures.instruction.domaine.plis import cle

MOTS_DE_LIAISON = "sur sous en les lez le la l de du des d et au aux a"
LIAISONS = frozenset(MOTS_DE_LIAISON.split())
# Said of many places, or of none: alone, they name no territory.
MOTS = """
abbaye accueil acteurs action agence agglomeration agriculture aides aire alpes amenagement
ancien ancienne appel argent association atelier ateliers atlantique autour avenir avril baie
bains banlieue bassin bassins beau belle berges bief bien blanc blanche bocage bois bordure
bourg bourgs bout campagne canal cantal canton cap capitale carrefour centralite centralites
centre chambre champ champs chapelle charte chateau chaussee chemin cite citoyens cle climat
cluse coeur colline collines combe commerce communaute communautes commune communes confluence
confluences conseil conservatoire contrat cooperative corniche cote coteau coteaux cotes cour
croix culture debat defi delta demain departement departemental depuis desert dessiner deux
developpement direction domaine dune dunes dynamique eau eaux ecluse ecole ecologie economie
eglise energie ensemble entre entree equipe espace espaces espoir est estuaire etablissement
etang etangs etat europe europeen face faire ferme ferroviaire fleuve foncier fonciere fond
fontaine foret forets forge forges fort francais france friche friches front frontiere futur
garder gare garrigue golfe gorges grand grande grandes grands gue habitants habitat habiter haut
haute hautes hauts havre histoire horizon ile iles industrie industrielle initiative
intercommunal intercommunale interieur jardin jardins lac lacs lande landes lieu lieux ligne
lisiere lisieres littoral littorale locale logement logements loger loire long lycee maire
mairie maison maisons manche manoir marais marche massif mediterranee menage mer meridional
metropole metropolitain midi mieux mille ministere mixte mobilite mobilites mont montagne
montagnes monts moulin moulins moyen moyenne national nationale nature naturel naturelle neuf
neuve neuves nord nouveau nouveaux nouvelle nouvelles office orme ouest ouvert ouvrir palais
parc parcs paris partage partagee pays paysage paysages paysans peninsule petit petite petites
petits pierre pierres place plage plages plaine plaines plaisance plan plateau plateaux pointe
pole pont ponts port porte portes ports prairie prairies pre prefecture premier pres presqu
presquile programme projet projets promenade province public publique puits quai quartier
quartiers quatre quel quelle rade recit reconquerir reconquete region regional regionale regions
relier republique reseau reserve residence revitaliser rive rives riviere rivieres roche rocher
rue rural rurale ruralite sable sables saint sainte sel service services site sites societe
soleil source sources station strategie sud syndicat terrain terrasse terre terres territoire
territoires thermes tour tourisme tours tous transition transitions transport travail trois
union urbain urbaine urbanisme usages usine val vallee vallees vallon vers versant versants vert
verte vieille vieux village villages ville villers villes villiers vivre voie voies zone
"""
COMMUNS = frozenset(MOTS.split())
MINIMUM, MINIMUM_STEM = 4, 5
FICHIER, ADRESSE = re.compile(r"\.\w{2,4}$"), re.compile(r"[@/_]|\w\.\w")
MOT = re.compile(r"[^\W\d_]+")
# Kinds that are followed by a name: what follows is one, wherever it comes from.
NOMMES = re.compile(
    r"\b(?:[Pp]arc naturel (?:régional|marin)|PNR|[Pp]arc national|SCoT|PETR|"
    r"[Cc]ommunauté (?:de communes|d[’'‘]agglomération|urbaine)|[Ss]yndicat mixte|"
    r"[Pp]resqu[’'‘]île|[Bb]aie|[Ee]stuaire|[Gg]olfe|[Aa]gglomération)"
    r"(?:\s+(?:du|de la|des|de)\s+|\s+(?:de l|d)[’'‘])"
    r"((?:(?:Le|La|Les)\s+|L[’'‘])?[A-ZÀ-ÖØ-Þ][\w’'‘-]+)"
)
GENTILE = (
    r"(?:ais|aises?|ois|oises?|iens?|iennes?|eens?|eennes?|ains?|aines?|ins?|ines?|ans?|anes?|"
    r"eois|eoises?|ards?|ardes?|ons?|onnes?|ots?|otes?|ottes?|ouse?s?)"
)
FINALES = re.compile(r"(?:ois|ais|ien|ies|ie|ees|ee|es|e|s|x|y)$")


def propre(mot: str) -> bool:
    """Distinctive enough to be looked for alone."""
    plie = cle(mot)
    return len(plie) >= MINIMUM and plie not in COMMUNS and mot[:1].isupper() and not mot.isupper()


def formes_courantes(nom: str) -> Iterable[str]:
    """« Le Touquet-Paris-Plage » → « Le Touquet »; « Saint-Valery-sur-Somme » → « Saint-Valery »;
    what a name says in brackets, and what it says without them."""
    dedans = re.findall(r"\(([^)]+)\)", nom)
    dehors = re.sub(r"\s*\([^)]*\)", "", nom).strip()
    if dedans:
        yield from (*dedans, dehors)
    mots = MOT.findall(dehors)
    for fin in range(1, len(mots)):
        tete, suivant = mots[:fin], cle(mots[fin])
        if cle(tete[-1]) in LIAISONS:
            continue
        distinctifs = [m for m in tete if propre(m)]
        if distinctifs and (suivant in LIAISONS or fin <= 3):
            yield " ".join(tete)


def mots_propres(nom: str, ordinaires: frozenset[str] = frozenset()) -> list[str]:
    """The proper nouns that a name or a title holds."""
    return [m for m in MOT.findall(nom) if propre(m) and cle(m) not in ordinaires]


def ordinaires(textes: Iterable[str]) -> frozenset[str]:
    """The words that these texts write without a capital: none of them is a name.

    A file name or an address writes its names so: they do not count.
    """
    prose = [t for t in textes if " " in t and not FICHIER.search(t)]
    ecrits = [e for texte in prose for e in texte.split() if not ADRESSE.search(e)]
    return frozenset(
        cle(mot) for ecrit in ecrits for mot in MOT.findall(ecrit) if not mot[:1].isupper()
    )


def lieux_nommes(texte: str) -> list[str]:
    """« le parc naturel régional de Brière » → « Brière »."""
    return [nom for nom in NOMMES.findall(texte) if mots_propres(nom)]


def racine(mot: str) -> str:
    """The stem that a gentilé keeps: Guérande → guerand, Montreuillois → montreuil."""
    plie = cle(mot)
    while (nue := FINALES.sub("", plie)) != plie and len(nue) >= MINIMUM_STEM:
        plie = nue
    return plie[:-1] if len(plie) > MINIMUM_STEM and plie[-1] == plie[-2] else plie


def motif_gentile(mots: Iterable[str]) -> str:
    """A pattern, on folded text, of the adjectives made of these names; empty when none is."""
    racines = {racine(m) for m in mots if propre(m)}
    racines = {r for r in racines if len(r) >= MINIMUM_STEM and r not in COMMUNS}
    if not racines:
        return ""
    dites = "|".join(f"{re.escape(r)}{re.escape(r[-1])}?" for r in sorted(racines, reverse=True))
    return f"(?:{dites}){GENTILE}"
