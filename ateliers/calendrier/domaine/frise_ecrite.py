"""The frise in plain HTML: sixty ateliers and three hundred séances cost no template rendering.

Every part is ours, or escaped here.
"""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe


def fonds(dessins) -> SafeString:
    """The backgrounds, each drawn once and used by the lines that share it."""
    return mark_safe("".join(_fond(nom, bandes) for nom, bandes in dessins.items()))


def _fond(nom, bandes) -> str:
    traits = (
        f'<rect class="tl-{b.classe}" x="{b.x}" y="0" width="{b.largeur}" height="10"></rect>'
        for b in bandes
    )
    return f'<g id="{nom}">{"".join(traits)}</g>'


def lignes(frise) -> SafeString:
    jour = f'<span class="tl__jour" style="--x:{frise.aujourdhui}"></span>'
    return mark_safe("".join(_ligne(x, jour if frise.aujourdhui else "") for x in frise.lignes))


def _ligne(ligne, jour: str) -> str:
    phases = "".join(_phase(bande, escape(dit)) for _, bande, dit in ligne.phases)
    vide = '<p class="tl__rien">Aucune séance sur cette période</p>' if ligne.vide else ""
    return (
        f'<div class="tl__ligne"><div class="tl__nom"><a href="{escape(ligne.url)}">'
        f'{escape(ligne.atelier.nom)}</a></div><div class="tl__piste"><svg class="tl__fond"'
        ' viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<use href="#{ligne.fond}"></use></svg>\n{jour}{phases}{vide}\n'
        f"{''.join(_fantome(f, escape(f['titre'])) for f in ligne.fantomes)}\n"
        f"<ol>{''.join(_point(point) for point in ligne.points)}</ol></div></div>\n"
    )


def _phase(bande, dit) -> str:
    return (
        f'<span class="tl__phase tl__phase--{bande.classe}" style="--x:{bande.x};'
        f'--l:{bande.largeur}" title="{dit}"><span class="tl__mot">{dit}</span></span>'
    )


def _fantome(f, titre) -> str:
    return (
        f'<span class="tl__lien" style="--x:{f["de"]};--l:{f["largeur"]}"></span>'
        f'<span class="tl__fantome tl__fantome--{f["etage"]}" style="--x:{f["x"]}"'
        f' title="{titre}"><span class="tl__mot">{titre}</span></span>'
    )


def _point(point) -> str:
    suite = escape(f"{point['etat']} – {point['notes']}" if point["notes"] else point["etat"])
    dit = escape(f"{point['titre']}, {point['quand']}")
    note = " tl__point--note" if point["notes"] else ""
    return (
        f'<li class="tl__point tl__point--{point["ton"]} tl__point--{point["etage"]}{note}"'
        f' style="--x:{point["x"]}"><a href="{escape(point["url"])}" title="{dit} – {suite}">'
        f'<span aria-hidden="true">{point["signe"]}</span><span class="tl__texte">{dit}'
        f'<span class="tl__etat"> – {suite}</span></span></a></li>'
    )
