"""Cells in plain HTML, escaped here, so that a row costs no template render."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from candidatures.instruction.domaine.avis import ETATS_AVIS
from socle.interface.templatetags.interface import classe_ton, nombre


def html(morceaux: str) -> SafeString:
    return mark_safe(morceaux)  # every part was escaped by the caller


def badge(libelle: str, ton: str) -> SafeString:
    return html(
        f'<span class="fr-badge fr-badge--sm fr-badge--no-icon {classe_ton(ton)}">'
        f"{escape(libelle)}</span>"
    )


def _fraction(recus: int, demandes: int, suite: str = "") -> SafeString | str:
    """`suite`: escaped already."""
    return html(f"<span>{recus}\u00a0/\u00a0{demandes}{suite}</span>") if demandes else ""


def avis(ligne):
    """The late ones stand out while the dossier waits for them, one click from a reminder."""
    a = ligne["avis"]
    retards = a.en_retard if ligne["etat"] in ETATS_AVIS else 0
    return _fraction(a.recus, a.demandes, _retard(retards, ligne) if retards else "")


def _retard(nombre: int, ligne) -> SafeString:
    """The button sends the form `relancer` of the page: the list is itself in a form that reads."""
    reference, titre = escape(ligne["reference"]), escape(ligne["titre"])
    return html(
        f'<span class="tableau-liste__retard">{nombre} en retard</span>'
        '<button class="fr-btn fr-btn--tertiary fr-btn--sm" type="submit" form="relancer"'
        f' name="ref" value="{reference}">Relancer<span class="fr-sr-only"> les avis en retard sur'
        f" {titre}</span></button>"
    )


def evaluations(ligne):
    return _fraction(ligne["notes"].deposees, ligne["notes"].attendues)


def barre(ligne):
    """The median, and the spread as a small bar."""
    s = ligne["notes"]
    if s.mediane is None:
        return ""
    dite = f"Notes de {nombre(s.minimum, 2)} à {nombre(s.maximum, 2)} sur 5"
    return html(
        f"<span><strong>{nombre(s.mediane, 2)}</strong>"
        '<svg class="notes-barre__trait" viewBox="0 0 100 8" preserveAspectRatio="none" role="img"'
        f' aria-label="{dite}"><rect class="notes-barre__fond" width="100" height="8"/>'
        f'<rect class="notes-barre__etendue" x="{s.debut_pct}" width="{s.largeur_pct}"'
        ' height="8"/></svg></span>'
    )
