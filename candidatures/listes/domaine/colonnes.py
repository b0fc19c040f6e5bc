"""The columns of a list: what each reads, how it sorts, what its cell says.

A cell is plain HTML (`cellules`), so that a row costs no template render.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from candidatures.dossiers.choix import TONS_ETAT, EtatCandidature, StadeProjet
from candidatures.dossiers.models import Candidature, Portage
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.domaine.delais import jours
from candidatures.instruction.models import Decision, Deport, PoseEtiquette
from candidatures.listes.domaine.cellules import avis, badge, barre, evaluations, html
from candidatures.listes.domaine.colonne import Colonne, brut, jours_tries, liste
from candidatures.listes.domaine.colonnes_territoire import COLONNES_TERRITOIRE
from socle.interface.templatetags.interface import date_courte, nombre

ETATS = dict(EtatCandidature.choices)
STADES = dict(StadeProjet.choices)
SENS = dict(SensDecision.choices)


def _titre(ligne) -> SafeString:
    url = reverse(f"candidatures:{ligne['vers']}", args=[ligne["reference"]])
    url = escape(url + ligne.get("suite", ""))
    return html(
        f'<a href="{url}">{escape(ligne["titre"])}</a>'
        f'<span class="tableau-liste__detail">{escape(ligne["reference"])}</span>'
    )


def _etat(ligne) -> SafeString:
    return badge(ETATS[ligne["etat"]], TONS_ETAT[ligne["etat"]])


def _jour(cle: str) -> Callable[[dict], str]:
    return lambda ligne: date_courte(ligne[cle]) if ligne[cle] else ""


def _jours(ligne) -> int | str:
    lus = jours(ligne["repere__compte_depuis"], ligne["repere__jours_arretes"], ligne["etat"])
    return "" if lus is None else lus


def _moyenne(cle: str) -> Callable[[dict], str]:
    def cellule(ligne):
        valeur = getattr(ligne["notes"], cle)
        return "" if valeur is None else nombre(valeur, 2)

    return cellule


def _etiquettes(ligne):
    noms = ligne["etiquettes_posees"] or ()
    return html(" ".join(f'<span class="etiquette">{escape(nom)}</span>' for nom in noms))


def _decision(ligne) -> str:
    return SENS.get(ligne["decision_sens"], "")


def _noms_porteurs() -> dict:
    portages = Portage.objects.filter(candidature_id=OuterRef("pk"))
    return {
        "porteur_noms": ArraySubquery(
            portages.order_by("-chef_de_file", "pk").values("organisme__nom")
        )
    }


def _noms_themes() -> dict:
    liees = Candidature.themes.through.objects.filter(candidature_id=OuterRef("pk"))
    return {"theme_noms": ArraySubquery(liees.order_by("theme__ordre").values("theme__libelle"))}


def _noms_etiquettes() -> dict:
    posees = PoseEtiquette.objects.filter(candidature_id=OuterRef("pk"))
    return {
        "etiquettes_posees": ArraySubquery(
            posees.order_by("etiquette__nom").values("etiquette__nom")
        )
    }


def _deports() -> dict:
    actifs = Deport.objects.filter(candidature_id=OuterRef("pk"), leve_le__isnull=True).order_by()
    comptes = actifs.values("candidature_id").annotate(n=Count("pk"))
    return {"nombre_deports": Subquery(comptes.values("n"))}


def _sens_prepare() -> dict:
    preparees = Decision.objects.filter(candidature_id=OuterRef("pk"), publication__isnull=True)
    return {"decision_sens": Subquery(preparees.order_by().values("sens")[:1])}


COLONNES = (
    Colonne(
        "titre",
        "Candidature",
        _titre,
        lit=("reference", "titre"),
        tri="candidature__titre",
        texte=brut("titre"),
        largeur=50,
    ),
    Colonne(
        "reference",
        "Référence",
        brut("reference"),
        lit=("reference",),
        tri="candidature__reference",
        largeur=16,
    ),
    Colonne(
        "rang",
        "Rang",
        lambda ligne: ligne["rangs"].get(ligne["pk"], ""),
        agregats=("rangs",),
        instruction=True,
        chiffre=True,
        largeur=8,
    ),
    *COLONNES_TERRITOIRE,
    Colonne(
        "dispositif",
        "Dispositif",
        brut("appel__dispositif__nom"),
        lit=("appel__dispositif__nom",),
        tri="appel__dispositif__nom",
    ),
    Colonne("appel", "Appel", brut("appel__titre"), lit=("appel__titre",), tri="appel__titre"),
    Colonne("porteurs", "Porteurs", liste("porteur_noms"), annotations=_noms_porteurs, largeur=40),
    Colonne(
        "pilote",
        "Service pilote",
        lambda ligne: ligne["service_pilote__nom"] or "",
        lit=("service_pilote__nom",),
        tri="candidature__service_pilote__nom",
        largeur=30,
    ),
    Colonne("themes", "Thèmes", liste("theme_noms"), annotations=_noms_themes, largeur=30),
    Colonne("stade", "Stade", lambda ligne: STADES.get(ligne["stade"], ""), lit=("stade",)),
    Colonne(
        "etat", "État", _etat, lit=("etat",), tri="etat", texte=lambda ligne: ETATS[ligne["etat"]]
    ),
    Colonne(
        "avis",
        "Avis reçus / demandés",
        avis,
        lit=("etat",),
        agregats=("avis",),
        tri="avis_recus",
        texte=lambda ligne: f"{ligne['avis'].recus} / {ligne['avis'].demandes}",
        instruction=True,
    ),
    Colonne(
        "evaluations",
        "Évaluations",
        evaluations,
        agregats=("notes",),
        tri="evaluations_deposees",
        texte=lambda ligne: f"{ligne['notes'].deposees} / {ligne['notes'].attendues}",
        instruction=True,
    ),
    Colonne(
        "notes",
        "Notes (médiane)",
        barre,
        agregats=("notes",),
        tri="note_mediane",
        texte=lambda ligne: ligne["notes"].mediane,
        instruction=True,
    ),
    Colonne(
        "mediane",
        "Médiane",
        _moyenne("mediane"),
        agregats=("notes",),
        tri="note_mediane",
        texte=lambda ligne: ligne["notes"].mediane,
        instruction=True,
        chiffre=True,
        largeur=10,
    ),
    Colonne(
        "moyenne",
        "Moyenne",
        _moyenne("moyenne"),
        agregats=("notes",),
        tri="note_moyenne",
        texte=lambda ligne: ligne["notes"].moyenne,
        instruction=True,
        chiffre=True,
        largeur=10,
    ),
    Colonne(
        "dispersion",
        "Écart des notes",
        _moyenne("dispersion"),
        agregats=("notes",),
        texte=lambda ligne: ligne["notes"].dispersion,
        instruction=True,
        chiffre=True,
        largeur=10,
    ),
    Colonne(
        "decision",
        "Décision préparée",
        _decision,
        annotations=_sens_prepare,
        instruction=True,
    ),
    Colonne(
        "etiquettes",
        "Étiquettes",
        _etiquettes,
        annotations=_noms_etiquettes,
        texte=liste("etiquettes_posees"),
        instruction=True,
        largeur=30,
    ),
    Colonne(
        "deports",
        "Déports",
        lambda ligne: ligne["nombre_deports"] or "",
        annotations=_deports,
        texte=lambda ligne: ligne["nombre_deports"] or 0,
        instruction=True,
        chiffre=True,
        largeur=10,
    ),
    Colonne(
        "depot",
        "Déposée le",
        _jour("deposee_le"),
        lit=("deposee_le",),
        tri="deposee_le",
        texte=brut("deposee_le"),
    ),
    Colonne(
        "jours",
        "Jours",
        _jours,
        lit=("repere__compte_depuis", "repere__jours_arretes", "etat"),
        tri=jours_tries,
        instruction=True,
        chiffre=True,
        largeur=10,
    ),
    Colonne(
        "modifiee",
        "Modifiée le",
        _jour("modifiee_le"),
        lit=("modifiee_le",),
        tri="candidature__modifiee_le",
        texte=brut("modifiee_le"),
    ),
)
PAR_CLE = {c.cle: c for c in COLONNES}
DEFAUT = ("titre", "departement", "population", "appel", "porteurs", "etat", "depot")
DEFAUT_INSTRUCTION = ("titre", "departement", "population", "etat", "avis", "evaluations", "notes")
DEFAUT_INSTRUCTION += ("etiquettes", "deports", "jours")


def colonnes(*, instructeur: bool) -> tuple[Colonne, ...]:
    return tuple(c for c in COLONNES if instructeur or not c.instruction)


def choisies(cles, *, instructeur: bool, defaut: tuple[str, ...]) -> tuple[Colonne, ...]:
    """The columns asked for, in the order of the catalogue; the title always."""
    permises = colonnes(instructeur=instructeur)
    voulues = {c for c in cles if c in {p.cle for p in permises}} or set(defaut)
    return tuple(c for c in permises if c.cle in voulues | {"titre"})


# Never empty: « nulls last » says nothing there, and would keep their indexes from sorting.
REMPLIES = {"titre", "departement", "reference", "appel", "dispositif", "etat", "modifiee"}
REMPLIES_AU_DEPOT = {"population", "depot"}  # all that an instructeur sees was deposited


def ordre(
    tri: str, permises: tuple[Colonne, ...], *, instructeur: bool = False, depuis: str = ""
) -> list | None:
    """The order_by of « colonne » or « -colonne » on `Repere`; None when it sorts nothing.

    `depuis`: the path to it, for the rows of another model.
    """
    cle = tri.removeprefix("-")
    colonne = next((c for c in permises if c.cle == cle and c.tri), None)
    if colonne is None:
        return None
    baisse, champ = tri.startswith("-"), colonne.trie(depuis)
    if cle in REMPLIES or (instructeur and cle in REMPLIES_AU_DEPOT):
        sens = champ.desc() if baisse else champ.asc()
    else:
        sens = champ.desc(nulls_last=True) if baisse else champ.asc(nulls_last=True)
    return [sens, "-pk" if baisse else "pk"]


def cellule_html(colonne: Colonne, ligne: dict) -> str:
    contenu = conditional_escape(colonne.cellule(ligne))
    classe = ' class="chiffre"' if colonne.chiffre else ""
    return f'<td role="cell"{classe} data-libelle="{escape(colonne.libelle)}">{contenu}</td>'
