"""French display: amounts, dates, durations, plurals; and the few tags that components need."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django import template
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.dateformat import format as formater
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from socle.interface import francais
from socle.interface.francais import Mot
from socle.interface.taches import grouper

register = template.Library()
register.filter("de", francais.de)
register.filter("de_cite", francais.de_cite)
register.filter("table_dite", francais.table_dite)
register.filter("du", francais.du)
register.filter("au", francais.au)
register.filter("feminin", francais.feminin)
register.filter("avec_article", francais.avec_article)
register.filter("grouper", grouper)
INSECABLE = "\u00a0"
MOIS_ABREGES = (
    "janv.", "févr.", "mars", "avril", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
JOURS_ABREGES = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MOINS = "\N{MINUS SIGN}"
TONS = {
    "info": "info",
    "succes": "success",
    "success": "success",
    "attention": "warning",
    "warning": "warning",
    "erreur": "error",
    "error": "error",
    "nouveau": "new",
    "new": "new",
}


@register.filter
def nombre(valeur, decimales=0):
    """66595 → « 66 595 », −4 → « −4 »: the minus sign is not a hyphen."""
    return _ecrit(str(valeur), decimales)


@lru_cache(maxsize=2048)
def _ecrit(texte: str, decimales: int) -> str:
    try:
        decimal = Decimal(texte)
    except (InvalidOperation, ValueError):
        return ""
    return number_format(decimal, decimal_pos=decimales, force_grouping=True).replace("-", MOINS)


@register.filter
def montant(valeur, base="HT"):
    """66595 → « 66 595 € HT »; cents are shown only where there are some."""
    if valeur in (None, ""):
        return ""
    try:
        decimal = Decimal(str(valeur))
    except (InvalidOperation, ValueError):
        return ""
    chiffres = nombre(decimal, 0 if decimal == decimal.to_integral_value() else 2)
    return f"{chiffres}{INSECABLE}€" + (f"{INSECABLE}{base}" if base else "")


def _local(valeur):
    if isinstance(valeur, datetime) and timezone.is_aware(valeur):
        return timezone.localtime(valeur)
    return valeur


def _jour_du_mois(valeur):
    return f"1er{INSECABLE}" if valeur.day == 1 else f"{valeur.day}{INSECABLE}"


# A list says the same months fifty times; the site speaks French alone.
@lru_cache(maxsize=1024)
def _mois(annee: int, mois: int) -> str:
    return formater(date(annee, mois, 1), "F Y")


def mois_long(jour: date) -> str:
    """« mars 2026 »."""
    return _mois(jour.year, jour.month)


@lru_cache(maxsize=7)
def _jour_de_semaine(rang: int) -> str:
    return formater(date(2024, 1, 1 + rang), "l")  # a Monday


@register.filter
def heure(valeur):
    """« 9 h 30 », « 14 h »."""
    if not hasattr(valeur, "hour"):
        return ""
    valeur = _local(valeur)
    minutes = f"{INSECABLE}{valeur.minute:02d}" if valeur.minute else ""
    return f"{valeur.hour}{INSECABLE}h{minutes}"


@register.filter
def date_longue(valeur):
    """« mardi 3 mars 2026 », and « mardi 3 mars 2026, 9 h 30 » for a moment."""
    if not isinstance(valeur, date):
        return ""
    valeur = _local(valeur)
    jour = f"{_jour_de_semaine(valeur.weekday())} {_jour_du_mois(valeur)}"
    texte = jour + _mois(valeur.year, valeur.month)
    return f"{texte}, {heure(valeur)}" if isinstance(valeur, datetime) else texte


@register.filter
def jour_long(valeur):
    """« mardi 3 mars 2026 », without the hour of a moment."""
    valeur = _local(valeur)
    return date_longue(valeur.date() if isinstance(valeur, datetime) else valeur)


@register.filter
def date_courte(valeur):
    """« 3 mars 2026 »."""
    if not isinstance(valeur, date):
        return ""
    valeur = _local(valeur)
    return _jour_du_mois(valeur) + _mois(valeur.year, valeur.month)


@register.filter
def mois_abrege(valeur):
    """« janv. », « juin », « juil. », « août »."""
    return MOIS_ABREGES[valeur.month - 1] if isinstance(valeur, date) else ""


@register.filter
def jour_abrege(valeur):
    """« lun. 4 janv. »."""
    if not isinstance(valeur, date):
        return ""
    semaine = JOURS_ABREGES[valeur.weekday()]
    return f"{semaine}{INSECABLE}{_jour_du_mois(valeur)}{mois_abrege(valeur)}"


@register.filter
def jour_mois(valeur):
    """« 3 mars », « 1er mars »."""
    return _jour_du_mois(valeur) + formater(valeur, "F") if isinstance(valeur, date) else ""


@register.filter
def periode(debut, fin):
    """« vendredi 10 janvier 2020, de 9 h à 12 h », or from one day to another."""
    if not (isinstance(debut, datetime) and isinstance(fin, datetime)):
        return date_longue(debut)
    debut, fin = _local(debut), _local(fin)
    if debut.date() == fin.date():
        return f"{date_longue(debut.date())}, de {heure(debut)} à {heure(fin)}"
    return f"du {date_longue(debut)}, au {date_longue(fin)}"


@register.filter
def duree(valeur):
    """Minutes or a timedelta → « 1 h 30 », « 45 min », « 2 h »."""
    if isinstance(valeur, timedelta):
        valeur = valeur.total_seconds() // 60
    try:
        minutes = int(valeur)
    except (TypeError, ValueError):
        return ""
    heures, reste = divmod(minutes, 60)
    if not heures:
        return f"{reste}{INSECABLE}min"
    return f"{heures}{INSECABLE}h" + (f"{INSECABLE}{reste:02d}" if reste else "")


@register.filter
def pluriel(valeur, mots=""):
    """`3|pluriel:"avis,avis"` → « 3 avis »; `2|pluriel:"dossier"` → « 2 dossiers ».

    Without a word, gives the final « s » or nothing.
    """
    n = len(valeur) if hasattr(valeur, "__len__") and not isinstance(valeur, str) else valeur
    try:
        n = int(n or 0)
    except (TypeError, ValueError):
        return ""
    plusieurs = abs(n) >= 2
    if not mots:
        return "s" if plusieurs else ""
    un, _, plusieurs_mots = mots.partition(",")
    mot = (plusieurs_mots or f"{un}s") if plusieurs else un
    return f"{nombre(n)}{INSECABLE}{mot}"


class Compte(int):
    """A number that a sentence of the journal may ask with its noun: `"{nombre:lettre}"`."""

    def __format__(self, mots: str) -> str:
        return pluriel(int(self), mots) if mots else str(int(self))


@register.filter
def taille_fichier(octets):
    """« 840 ko », « 1,2 Mo »."""
    try:
        octets = int(octets)
    except (TypeError, ValueError):
        return ""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}{INSECABLE}ko"
    return f"{number_format(octets / 1_000_000, decimal_pos=1)}{INSECABLE}Mo"


@register.filter
def sans_page(parametres):
    """QueryDict without `page`, ready for a link: « q=x& » or nothing."""
    copie = parametres.copy()
    copie.pop("page", None)
    return f"{copie.urlencode()}&" if copie else ""


@register.filter
def pages_proches(page):
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def classe_ton(ton):
    """Tone of a state → DSFR badge class."""
    return f"fr-badge--{TONS[ton]}" if ton in TONS else ""


@register.filter
def classe_message(niveau):
    """Level of a Django message → DSFR alert class."""
    return {"error": "error", "warning": "warning", "success": "success"}.get(niveau, "info")


@register.filter
def phrase_journal(action, details):
    """Sentence of a journal entry; a missing detail never breaks the page."""
    mots = {}
    for nom, valeur in (details or {}).items():
        if isinstance(valeur, str):
            cite = re.search(rf"«\s*{{{re.escape(nom)}}}\s*»", action.phrase)
            valeur = Mot(francais.cite(valeur) if cite else valeur)
        elif isinstance(valeur, int):
            valeur = Compte(valeur)
        mots[nom] = valeur
    phrase = action.phrase.replace("« ", f"«{INSECABLE}").replace(" »", f"{INSECABLE}»")
    try:
        return phrase.replace(" : ", f"{INSECABLE}: ").format(**mots)
    except (KeyError, IndexError, ValueError):
        return phrase


@register.simple_tag(takes_context=True)
def jeton_csrf(context):
    """`{% csrf_token %}` that also works in an include with `only`."""
    request = getattr(context, "request", None) or context.get("request")
    jeton = context.get("csrf_token") or (get_token(request) if request else "")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', jeton)


@register.inclusion_tag("composants/fil.html")
def fil_ariane(*etapes):
    """`{% fil_ariane "Ateliers" "/ateliers/" "Doullens" %}`: title, address, …, current page."""
    liens = [
        {"titre": titre, "url": url}
        for titre, url in zip(etapes[:-1:2], etapes[1::2], strict=False)
    ]
    return {"liens": liens, "courant": etapes[-1] if len(etapes) % 2 else ""}


@register.simple_tag
def icone(nom):
    return mark_safe(f'<span class="fr-icon-{nom}" aria-hidden="true"></span>')
