"""What a file says of organismes: those known are taken again, the new ones are announced."""

from __future__ import annotations

from ateliers.annuaire.domaine.organismes import est_un_lieu
from ateliers.annuaire.domaine.proximite import parmi
from ateliers.annuaire.droits import organismes_proposes_a
from ateliers.annuaire.models import OrganismeAnnuaire
from ateliers.annuaire.models.organisme import cle_de
from ateliers.participants.domaine.nouveaux_organismes import lieu_dit
from candidatures.dispositifs.choix import College


def annoncer(lignes, *, par) -> None:
    """« Nouvel organisme » on the first line that names it, and what it looks like. Two queries."""
    for ligne in lignes:
        if est_un_lieu(nom := ligne.champs.get("organisation", "")):
            ligne.phrase = f"{ligne.phrase} {lieu_dit(nom)} Videz la case si c’en est un.".strip()
    nommees = [
        (ligne, ligne.champs["organisation"])
        for ligne in lignes
        if ligne.champs.get("organisation") and _college(ligne) != College.HABITANTS
    ]
    if not nommees:
        return
    cles = {cle_de(nom) for _, nom in nommees}
    connues = OrganismeAnnuaire.objects.filter(atelier__isnull=True, cle__in=cles)
    connues = set(connues.values_list("cle", flat=True))
    if cles <= connues:
        return
    proposes = organismes_proposes_a(par).order_by("nom").values_list("nom", flat=True)
    proposes = list(proposes)
    for ligne, nom in nommees:
        if cle_de(nom) in connues:
            continue
        connues.add(cle_de(nom))
        voisins = ", ".join(f"«\u00a0{voisin}\u00a0»" for voisin in parmi(nom, proposes, 3))
        suite = f", proche de {voisins}" if voisins else ""
        ligne.phrase = f"{ligne.phrase} Nouvel organisme «\u00a0{nom}\u00a0»{suite}.".strip()
        proposes.append(nom)


def _college(ligne) -> str:
    connu = ligne.participant.college if ligne.participant else ""
    return ligne.champs.get("college", connu)
