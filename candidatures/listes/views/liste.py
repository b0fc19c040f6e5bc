"""One list for everybody, at two addresses: the candidatures one sees, and those to instruct."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candidatures.appels.domaine import requetes as requetes_appels
from candidatures.appels.models import Appel
from candidatures.dossiers import droits
from candidatures.instruction.models import PhaseInstruction
from candidatures.instruction.views.dgaln import verifier_instructeur
from candidatures.listes.choix import PageListe
from candidatures.listes.domaine import colonnes, etat, lecture
from candidatures.listes.domaine.panneau import groupes_dits, options, panneau
from candidatures.listes.droits import partages_possibles, vues_visibles_par


@require_safe
def liste(request):
    """The candidatures that one sees."""
    return _liste(request, PageListe.CANDIDATURES, droits.reperes_visibles_par(request.user))


@require_safe
def instruction(request):
    """Those in the hands of the DGALN; all that were deposited, on demand."""
    verifier_instructeur(request.user)
    return _liste(request, PageListe.INSTRUCTION, droits.reperes_visibles_par(request.user))


def _page(total: int, numero: int):
    """A page of numbers: the rows are read apart, without counting twice."""
    atteints = range(min(total, lecture.plafond(numero)))
    return Paginator(atteints, lecture.PAR_PAGE).get_page(numero)


def _entetes(choisies, lu) -> list[dict]:
    """The headers: a link that sorts, then sorts the other way."""
    entetes = []
    for colonne in choisies:
        sens = {colonne.cle: "ascending", f"-{colonne.cle}": "descending"}.get(lu.tri, "")
        suivant = f"-{colonne.cle}" if sens == "ascending" else colonne.cle
        entetes.append(
            {
                "libelle": colonne.libelle,
                "chiffre": colonne.chiffre,
                "url": lu.url(tri=suivant) if colonne.tri else "",
                "sens": sens,
            }
        )
    return entetes


def _choisies(page: str, lu, instructeur: bool):
    defaut = colonnes.DEFAUT if page == PageListe.CANDIDATURES else colonnes.DEFAUT_INSTRUCTION
    if page == PageListe.INSTRUCTION and lu.seul("appel"):
        defaut = ("rang", *defaut)
    return colonnes.choisies(lu.colonnes, instructeur=instructeur, defaut=defaut)


def _a_la_page(page: str, base, lu):
    return lecture.a_instruire(base, lu) if page == PageListe.INSTRUCTION else base


def _liste(request, page: str, base):
    utilisateur = request.user
    instructeur = droits.est_instructeur(utilisateur)
    vues = list(vues_visibles_par(utilisateur).filter(page=page))
    if not request.GET:
        for vue in vues:
            if vue.par_defaut and vue.proprietaire_id == utilisateur.pk and vue.requete:
                return HttpResponseRedirect(f"{request.path}?{vue.requete}")
    lu = etat.lire(request.GET, instructeur=instructeur)
    choisies = _choisies(page, lu, instructeur)
    visibles, base = base, _a_la_page(page, base, lu)
    de_cote = lecture.mises_de_cote(base, lu, utilisateur, instructeur=instructeur)
    base = lecture.sans_avis_dus(base, lu, utilisateur)
    filtrees = lecture.filtrees(base, lu, instructeur=instructeur)
    total = lecture.compter(filtrees, lu.page)
    numeros = _page(total, lu.page)
    debut = (numeros.number - 1) * lecture.PAR_PAGE
    vers = "instruire" if page == PageListe.INSTRUCTION else "dossier"
    lignes = lecture.lignes(
        filtrees,
        lu,
        choisies,
        instructeur=instructeur,
        vers=vers,
        debut=debut,
        utilisateur=utilisateur,
    )
    peut_creer = page == PageListe.CANDIDATURES and droits.peut_creer(utilisateur)
    requete, choix = lu.requete(), options(instructeur=instructeur)
    contexte = {
        "page": numeros,
        "page_liste": page,
        "lignes": lignes,
        "entetes": _entetes(choisies, lu),
        "proche": None if total else lecture.orthographe(base, lu, instructeur=instructeur),
        "ailleurs": 0 if total else _ailleurs(page, visibles, lu, utilisateur),
        "tout": lecture.tout(lu),
        "total": min(total, lecture.PLAFOND),
        "plus": total > lecture.PLAFOND,
        "panneau": panneau(lu, choix, instructeur=instructeur),
        "groupes": groupes_dits(lu, choix, instructeur=instructeur),
        "etat": lu,
        "de_cote": de_cote,
        "cocher": _cocher(request, filtrees, total, lignes),
        "requete": requete,
        "requete_export": lu.requete(colonnes=tuple(c.cle for c in choisies)),
        "requete_page": f"{requete}&" if requete else "",
        "colonnes": _colonnes(choisies, instructeur),
        "sans_colonnes": lu.paires_sans_colonnes(),
        "vues": [_vue(vue, requete, utilisateur) for vue in vues],
        "partages": partages_possibles(utilisateur),
        "instructeur": instructeur,
        "peut_voir_carte": droits.peut_voir_carte(utilisateur),
        "phases": _phases(page, lu),
        "en_instruction": page == PageListe.INSTRUCTION,
        "peut_creer": peut_creer,
        "appels": requetes_appels.ouverts(Appel.objects.all()) if peut_creer else [],
    }
    return render(request, "candidatures/listes/liste.html", contexte)


def _ailleurs(page, visibles, lu, utilisateur) -> int:
    """For a search that finds nothing to instruct: how many it finds among all the others."""
    if page != PageListe.INSTRUCTION or lecture.tout(lu) or not lu.filtree:
        return 0
    autres = lecture.sans_avis_dus(visibles, lu, utilisateur)
    return lecture.compter(lecture.filtrees(autres, lu, instructeur=True))


def _cocher(request, filtrees, total: int, lignes) -> dict:
    """All the rows of the list ticked at once, those of its other pages hidden in the form."""
    toutes = request.GET.get("cocher") == "toutes" and total <= lecture.TOUTES_MAX
    ici = {ligne.reference for ligne in lignes}
    ailleurs = lecture.toutes(filtrees) if toutes and total > len(ici) else []
    return {
        "toutes": toutes,
        "ailleurs": [reference for reference in ailleurs if reference not in ici],
        "offert": len(ici) < total <= lecture.TOUTES_MAX,
    }


def _phases(page, lu) -> list:
    slug = lu.seul("appel") if page == PageListe.INSTRUCTION else ""
    return list(PhaseInstruction.objects.filter(appel__slug=slug)) if slug else []


def _colonnes(choisies, instructeur) -> list[dict]:
    cles = {c.cle for c in choisies}
    return [
        {"cle": c.cle, "libelle": c.libelle, "choisie": c.cle in cles, "fixe": c.cle == "titre"}
        for c in colonnes.colonnes(instructeur=instructeur)
    ]


def _vue(vue, requete: str, utilisateur) -> dict:
    return {
        "pk": vue.pk,
        "nom": vue.nom,
        "url": vue.get_absolute_url(),
        "ouverte": bool(requete) and vue.requete == requete,
        "partagee": vue.get_partage_display() if vue.partage != "prive" else "",
        "par_defaut": vue.par_defaut and vue.proprietaire_id == utilisateur.pk,
        "a_soi": vue.proprietaire_id == utilisateur.pk,
    }
