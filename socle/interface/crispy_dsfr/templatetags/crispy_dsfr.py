"""What the templates of the pack ask: which kind of field, which classes, which errors."""

from __future__ import annotations

import re

from django import forms, template
from django.utils.safestring import mark_safe

from socle.interface.typographie import insecables

register = template.Library()

# Text inputs that the browser can render as pickers: widget class → (type, format).
SELECTEURS = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.TimeInput: ("time", "%H:%M"),
}


@register.filter
def genre_champ(champ) -> str:
    """hidden, checkbox, choices (radios or boxes), group (other fieldset), select, file, input."""
    widget = champ.field.widget
    if champ.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Select):
        return "select"
    return "group" if widget.use_fieldset else "input"


@register.filter
def demandees(form) -> list[dict]:
    """The boxes asked for now, without those ticked before."""
    return [case for case in getattr(form, "confirmations", ()) if case["phrase"]]


@register.filter
def facultatif(champ) -> bool:
    """True where « (facultatif) » must be written. A form opts out with its own attribute."""
    return (
        not champ.field.required
        and not getattr(champ.field, "exige", False)
        and not champ.field.disabled
        and not isinstance(champ.field.widget, forms.CheckboxInput)
        and getattr(champ.form, "marquer_facultatifs", True)
    )


@register.filter
def mention(champ) -> str:
    """What is written beside the label: a field may be saved empty and yet be needed later, or
    in place of another (`l_un_ou_l_autre`, on the form)."""
    if champ.name in getattr(champ.form, "necessaires_pour_valider", ()):
        return "(nécessaire pour valider)"
    if champ.name in getattr(champ.form, "l_un_ou_l_autre", ()):
        return "(l’un au moins)"
    return "(facultatif)"


VIDE_DJANGO = ">---------</option>"  # read aloud as nine dashes
CLASSES = {"select": "fr-select", "file": "fr-upload", "input": "fr-input", "group": "fr-input"}


@register.simple_tag
def dsfr_champ(champ):
    """The widget with its DSFR class; aria-describedby and aria-invalid come from Django."""
    widget = champ.field.widget
    selecteur = SELECTEURS.get(type(widget))
    if selecteur and widget.input_type == "text":
        widget.input_type, widget.format = selecteur
    if isinstance(widget, forms.ClearableFileInput):
        widget.template_name = "dsfr/champs/fichier.html"
    classes = [widget.attrs.get("class", ""), CLASSES.get(genre_champ(champ), "")]
    if champ.errors and genre_champ(champ) == "select":
        classes.append("fr-select--error")
    elif champ.errors and genre_champ(champ) == "input":
        classes.append("fr-input--error")
    classe = " ".join(filter(None, classes))
    rendu = champ.as_widget(attrs={"class": classe} if classe else None)
    return mark_safe(rendu.replace(VIDE_DJANGO, ">Choisir</option>"))


DECIMALE = re.compile(r"(?<![\d.,])(\d+)\.(\d+)(?![\d.]*\d)")


register.filter("insecables", insecables, is_safe=True)


@register.filter
def typographie(phrase) -> str:
    """Sentences of Django, of libraries and of verbs, as French prints them: « ’ » and « 0,01 »."""
    return DECIMALE.sub(r"\1,\2", insecables(phrase).replace("'", "’"))


def situer(champ) -> str:
    """Label of a field, with its row where the form has rows (method `situer` of the form)."""
    situe = getattr(champ.form, "situer", None)
    return situe(champ) if situe else str(champ.label)


@register.filter
def est_multiple(champ) -> bool:
    return isinstance(champ.field.widget, forms.CheckboxSelectMultiple)


@register.filter
def cible(champ) -> str:
    """Identifier that the error summary links to."""
    if champ.is_hidden:
        return ""
    if champ.field.widget.use_fieldset:
        return f"{champ.auto_id}_groupe"
    return champ.id_for_label


@register.simple_tag
def dsfr_resume(form) -> list[dict]:
    """Every error of a form as {phrase, champ, cible}, form-wide ones first."""
    if not form.is_bound:
        return []
    lignes = [{"phrase": e, "champ": "", "cible": ""} for e in form.non_field_errors()]
    for champ in form:
        lignes += [
            {"phrase": e, "champ": situer(champ), "cible": cible(champ)} for e in champ.errors
        ]
    return lignes


@register.simple_tag
def dsfr_resume_formset(formset) -> list[dict]:
    """Errors of a formset, each with the number of its line."""
    if not formset.is_bound:
        return []
    lignes = [{"phrase": e, "champ": "", "cible": ""} for e in formset.non_form_errors()]
    for rang, form in enumerate(formset.forms, start=1):
        for ligne in dsfr_resume(form):
            champ = f"Ligne {rang}" + (f", {ligne['champ']}" if ligne["champ"] else "")
            lignes.append({**ligne, "champ": champ})
    return lignes


@register.filter
def classes_bouton(bouton) -> str:
    """DSFR classes of a crispy Submit, Button or Reset."""
    propres = [c for c in (bouton.field_classes or "").split() if c.startswith("fr-")]
    base = ["fr-btn"] if bouton.input_type == "submit" else ["fr-btn", "fr-btn--secondary"]
    return " ".join(dict.fromkeys(base + propres))


@register.filter
def libelle_ligne(formset) -> str:
    return getattr(formset, "libelle_ligne", "Ligne")


@register.filter
def libelle_ajout(formset) -> str:
    return getattr(formset, "libelle_ajout", "Ajouter une ligne")


@register.filter
def peut_ajouter(formset) -> bool:
    return bool(getattr(formset, "ajout_possible", True)) and formset.extra > 0
