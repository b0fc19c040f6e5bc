"""Three texts of each field of a form: the one read, the one typed, the one stored meanwhile.

A field that only one of the two changed is not a conflict: its change is kept. Pure but for the
form it reads.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone

from socle.interface.templatetags.interface import date_courte, date_longue, nombre

# A form whose motif is one of its texts, not a reason for the act, says so in `hors_comparaison`.
HORS = ("revision", "motif")
VIDE = "(vide)"


@dataclass
class Comparaison:
    """`repris`: what the colleague alone changed; `divergences`: what both changed."""

    divergences: list[dict] = field(default_factory=list)
    repris: list[str] = field(default_factory=list)
    complete: bool = True  # every field was compared: the merge may be saved at once


def _normal(valeur) -> str:
    """One text for one value, whatever it was read from: a row, an initial, an input."""
    if valeur is None or valeur is False:
        return ""
    if isinstance(valeur, Model):
        return str(valeur.pk)
    if isinstance(valeur, datetime):
        local = timezone.localtime(valeur) if timezone.is_aware(valeur) else valeur
        return local.strftime("%Y-%m-%dT%H:%M")
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, Decimal | float):
        return format(Decimal(str(valeur)).normalize(), "f")
    if isinstance(valeur, list | tuple | set | QuerySet):
        return "\n".join(sorted(_normal(v) for v in valeur))
    return str(valeur).replace("\r\n", "\n").strip()


def _lue(champ, brute):
    try:
        return champ.to_python(brute)
    except (ValidationError, TypeError, ValueError):
        return brute


def _empreinte(valeur) -> str:
    return hashlib.sha256(_normal(valeur).encode()).hexdigest()[:12]


def base(form, valeurs: dict | None = None) -> str:
    """A print of each field as the page shows it; comes back with the form."""
    if valeurs is None:
        valeurs = {nom: form.get_initial_for_field(c, nom) for nom, c in form.fields.items()}
    return json.dumps({nom: _empreinte(v) for nom, v in valeurs.items() if nom not in HORS})


def lire_base(texte: str | None) -> dict[str, str]:
    try:
        lue = json.loads(texte or "{}")
    except ValueError:
        return {}
    return lue if isinstance(lue, dict) else {}


def lisible(champ, valeur) -> str:
    """The value as a reader knows it: the word of a choice, a date in French, Oui or Non."""
    if isinstance(champ, forms.BooleanField):
        return "Oui" if valeur else "Non"
    if valeur is None or valeur == "":
        return VIDE
    if isinstance(valeur, list | tuple | set | QuerySet):
        return "\n".join(lisible(champ, v) for v in valeur) or VIDE
    if isinstance(champ, forms.ModelChoiceField):
        objet = valeur if isinstance(valeur, Model) else champ.queryset.filter(pk=valeur).first()
        return champ.label_from_instance(objet) if objet else VIDE
    if isinstance(champ, forms.ChoiceField):
        return str(dict(_a_plat(champ.choices)).get(str(valeur), valeur))
    return _dit(valeur)


def _dit(valeur) -> str:
    if isinstance(valeur, datetime):
        return date_longue(valeur)
    if isinstance(valeur, date):
        return date_courte(valeur)
    if isinstance(valeur, Decimal):
        normal = valeur.normalize()
        return nombre(normal, max(0, -normal.as_tuple().exponent))
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    return str(valeur)


def _a_plat(choix):
    for cle, mot in choix:
        if isinstance(mot, list | tuple):
            yield from ((str(c), m) for c, m in mot)
        else:
            yield str(cle), mot


def comparer(form, stockees: dict, lues: dict[str, str]) -> Comparaison:
    """Compare, and put in `form.data` what the colleague alone changed."""
    resultat = Comparaison()
    form.data = form.data.copy()
    hors = getattr(form, "hors_comparaison", HORS)
    noms = [nom for nom in form.fields if nom not in hors]
    resultat.complete = bool(lues) and all(nom in stockees and nom in lues for nom in noms)
    for nom in noms:
        if nom not in stockees:
            continue
        champ, stockee = form.fields[nom], stockees[nom]
        stockee = list(stockee.all()) if hasattr(stockee, "all") else stockee
        mienne = _lue(champ, form[nom].data)
        if _normal(mienne) == _normal(stockee):
            continue
        if lues.get(nom) == _empreinte(stockee):
            continue  # only this page changed it
        if lues.get(nom) == _empreinte(mienne) and _reporter(form, nom, stockee):
            resultat.repris.append(str(form[nom].label))
            continue
        resultat.divergences.append(
            {
                "libelle": form[nom].label,
                "saisie": lisible(champ, mienne),
                "stockee": lisible(champ, stockee),
            }
        )
    return resultat


def _reporter(form, nom: str, valeur) -> bool:
    """Write a stored value where the browser would have; False for an input of several parts."""
    champ, cle = form.fields[nom], form.add_prefix(nom)
    widget = champ.widget
    if isinstance(widget, forms.CheckboxInput):
        form.data.pop(cle, None)
        if valeur:
            form.data[cle] = "on"
        return True
    if isinstance(widget, forms.MultiWidget) or type(widget).value_from_datadict not in SIMPLES:
        return False
    valeur = champ.prepare_value(list(valeur) if isinstance(valeur, QuerySet) else valeur)
    if getattr(widget, "allow_multiple_selected", False):
        form.data.setlist(cle, [str(v) for v in valeur or []])
        return True
    ecrite = widget.format_value(valeur)
    form.data[cle] = "" if not ecrite else str(ecrite[0] if isinstance(ecrite, list) else ecrite)
    return True


SIMPLES = {
    forms.Widget.value_from_datadict,
    forms.Select.value_from_datadict,
    forms.SelectMultiple.value_from_datadict,
    forms.CheckboxSelectMultiple.value_from_datadict,
}
