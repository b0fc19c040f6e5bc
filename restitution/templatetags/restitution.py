"""`{% feuille_publiee atelier %}`: the published feuille of an atelier, to read and to download."""

from django import template

from restitution.engagement.domaine.actes import CLE_PDF
from restitution.feuilles.domaine.requetes import publiees
from socle.documents.domaine import dernier

register = template.Library()


@register.inclusion_tag("restitution/engagement/encart.html")
def feuille_publiee(atelier):
    """Two queries when it is published, one otherwise; renders nothing before that."""
    feuille = publiees().filter(atelier=atelier.pk).first()
    document = dernier(CLE_PDF, feuille) if feuille else None
    return {"feuille": feuille, "document": document}
