"""The one calendar: month, list, frise; the same for one atelier."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from ateliers.calendrier.domaine import frise, jours, mois, vue
from ateliers.calendrier.domaine.glissements import bilan, bilan_ensemble, ecarts_de, lignes_de
from ateliers.calendrier.droits import peut_regler_reserves, peut_s_abonner
from ateliers.parcours.droits import peut_piloter
from ateliers.parcours.views.commun import trouver

VUES = {"mois": "Mois", "liste": "Liste", "frise": "Frise"}
LIBELLES = {
    "session": ("Session nationale", "Toutes"),
    "departement": ("Département", "Tous"),
    "dispositif": ("Dispositif", "Tous"),
    "equipe": ("Équipe", "Toutes"),
}
PAR_PAGE = 100
APERCU = 12
ETENDUE_APERCU = 9


def _onglets(choisie, filtres):
    base = reverse("ateliers:calendrier")
    return [
        {
            "libelle": libelle,
            "url": f"{base}?{urlencode({'vue': cle} | filtres)}",
            "choisi": cle == choisie,
        }
        for cle, libelle in VUES.items()
    ]


def _selecteurs(criteres, options):
    return [
        {
            "cle": cle,
            "libelle": LIBELLES[cle][0],
            "tous": LIBELLES[cle][1],
            "options": [(v, texte, v == criteres[cle]) for v, texte in options[cle]],
        }
        for cle in vue.CRITERES
        if len(options[cle]) > 1 or criteres[cle]
    ]


@require_GET
def calendrier(request):
    """`?vue=mois|liste|frise` and the filters: everything stands in the address."""
    choisie = request.GET.get("vue", "")
    choisie = choisie if choisie in VUES else "mois"
    criteres = vue.Criteres.lire(request.GET)
    filtres = {cle: criteres[cle] for cle in vue.CRITERES if criteres[cle]}
    contexte, lu = LECTURES[choisie](request, criteres, filtres)
    contexte |= {
        "vue": choisie,
        "onglets": _onglets(choisie, filtres),
        "selecteurs": _selecteurs(criteres, lu.options),
        "filtres": filtres,
        "nombre_ateliers": len(lu.ateliers),
        "abonnable": peut_s_abonner(request.user),
        "regle": peut_regler_reserves(request.user),
    }
    return render(request, f"ateliers/calendrier/vue_{choisie}.html", contexte)


def _mois(request, criteres, filtres):
    premier = mois.mois_lu(request.GET.get("mois", ""))
    du, au = mois.bornes(premier)
    lu = vue.lire(request.user, criteres, du=du, au=au)
    _adresser(lu.seances)

    def lien(decalage):
        cible = mois.decaler(premier, decalage)
        return "?" + urlencode({"vue": "mois", "mois": f"{cible:%Y-%m}"} | filtres)

    codes = sorted({d.code for a in lu.ateliers for d in a.departements})
    reserves = jours.reserves()
    lignes = mois.semaines(premier, lu.seances, codes=codes, reserves=reserves)
    contexte = _apercu(lu, premier, reserves) | {
        "premier": premier,
        "semaines": lignes,
        "avant": lien(-1),
        "apres": lien(1),
        "ce_mois": "?" + urlencode({"vue": "mois"} | filtres),
        "nombre": len(lu.seances),
        "toute_la_frise": "?" + urlencode({"vue": "frise"} | filtres),
    }
    return contexte, lu


def _apercu(lu, premier, reserves):
    """The line of time below the month: the ateliers that meet in it first, twelve at most."""
    presents = {s.atelier_id for s in lu.seances}
    choisis = sorted(lu.ateliers, key=lambda a: a.pk not in presents)[:APERCU]
    debut = mois.decaler(premier, -2)
    # All their séances, as on the frise: the phases are drawn from the first to the last.
    seances = _avec_estimees(choisis, vue.seances_de(choisis))
    _adresser(seances)
    glisses = vue.glissements_de(choisis)
    return {
        "frise": frise.tracer(choisis, seances, glisses, reserves, debut, ETENDUE_APERCU),
        "apercu_de": len(choisis),
    }


def _adresser(seances) -> None:
    """Addresses in one go: `reverse` for each line would cost more than the query."""
    modele = reverse("ateliers:seance", args=["slug-modele", 0])
    for s in seances:
        s.url = modele.replace("slug-modele", s.atelier.slug).replace("/0/", f"/{s.pk}/")


def _liste(request, criteres, filtres):
    passees = request.GET.get("passees") == "1"
    lu = vue.lire(request.user, criteres, du=None if passees else timezone.localdate())
    page = Paginator(lu.seances, PAR_PAGE).get_page(request.GET.get("page"))
    reserves = jours.reserves()
    _adresser(page.object_list)
    for seance in page.object_list:
        seance.mentions = ", ".join(jours.mentions(seance, reserves))
    suite = {"vue": "liste"} | filtres
    contexte = {
        "page": page,
        "passees": passees,
        "bascule": "?" + urlencode(suite if passees else suite | {"passees": "1"}),
        "requete": urlencode(suite | ({"passees": "1"} if passees else {})) + "&",
    }
    return contexte, lu


def _frise(request, criteres, filtres):
    lu = vue.lire(request.user, criteres)
    seances = _avec_estimees(lu.ateliers, lu.seances)
    _adresser(seances)
    debut, etendue = frise.periode(request.GET, seances, cadrer=bool(filtres))
    reserves, glissements = jours.reserves(), vue.glissements_de(lu.ateliers)
    dessin = frise.tracer(lu.ateliers, seances, glissements, reserves, debut, etendue)
    contexte = {
        "frise": dessin,
        "debut": f"{debut:%Y-%m}",
        "etendue": etendue,
        "etendues": frise.ETENDUES,
        "reserves": reserves,
    }
    return contexte, lu


def _avec_estimees(ateliers, seances):
    return sorted([*seances, *vue.estimees_de(ateliers)], key=lambda s: s.du)


LECTURES = {"mois": _mois, "liste": _liste, "frise": _frise}


@require_GET
def atelier(request, slug):
    """The calendar of one atelier, with its slips."""
    objet = trouver(request, slug)
    (lu,) = vue.ateliers_de(request.user, pk=objet.pk)
    seances, glissements = vue.seances_de([lu]), vue.glissements_de([lu])
    toutes = _avec_estimees([lu], seances)
    _adresser(toutes)
    reserves = jours.reserves()
    for seance in seances:
        seance.mentions = ", ".join(jours.mentions(seance, reserves))
    debut, etendue = frise.periode(request.GET, toutes, cadrer=True)
    return render(
        request,
        "ateliers/calendrier/atelier.html",
        {
            "atelier": objet,
            "seances": seances,
            "tracable": bool(toutes),
            "frise": frise.tracer([lu], toutes, glissements, reserves, debut, etendue),
            "reserves": reserves,
            "lignes": lignes_de(seances, glissements),
            "bilan": bilan([lu], seances, glissements)[0],
            "pilote": peut_piloter(request.user, objet),
        },
    )


@require_GET
def glissements(request):
    """The slips of the programme: which ateliers move, by how much, why."""
    criteres = vue.Criteres.lire(request.GET)
    lu = vue.lire(request.user, criteres)
    tous = vue.glissements_de(lu.ateliers)
    lignes = bilan(lu.ateliers, lu.seances, tous)
    page = Paginator(list(reversed(lignes_de(lu.seances, tous))), PAR_PAGE)
    filtres = {cle: criteres[cle] for cle in vue.CRITERES if criteres[cle]}
    contexte = {
        "ateliers": [ligne for ligne in lignes if ligne.reports],
        "stables": sum(not ligne.reports for ligne in lignes),
        "ensemble": bilan_ensemble(lignes, ecarts_de(lu.seances, tous)),
        "page": page.get_page(request.GET.get("page")),
        "requete": urlencode(filtres) + "&" if filtres else "",
        "selecteurs": _selecteurs(criteres, lu.options),
        "export": reverse("exports:demander", args=["glissements"]) + "?" + urlencode(filtres),
    }
    return render(request, "ateliers/calendrier/glissements.html", contexte)
