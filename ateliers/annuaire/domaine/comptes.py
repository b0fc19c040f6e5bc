"""Which account a person of the directory may be. The address decides; the name proposes."""

from __future__ import annotations

from collections import defaultdict

from django.db.models.functions import Lower

from ateliers.annuaire.droits import comptes_connus_de
from ateliers.annuaire.models import Personne
from ateliers.annuaire.models.organisme import cle_de
from socle.comptes.models import Utilisateur
from socle.territoires.texte import plier

ORGANISME = "même nom, même organisme"
DEPARTEMENT = "même nom, même département"


def cle_du_nom(prenom: str, nom: str) -> str:
    """The same whichever of the two was typed first."""
    return min(plier(f"{nom} {prenom}"), plier(f"{prenom} {nom}"))


def dire(compte) -> str:
    """« Ada Roux, chargée de mission, DDT de la Somme »; never the address."""
    return ", ".join(str(t) for t in (compte.nom_complet, compte.fonction, compte.organisme) if t)


def aux_adresses(courriels) -> dict[str, Utilisateur]:
    """The accounts of these addresses, whoever they are: what one may tell of them is elsewhere."""
    cherchees = {courriel.lower() for courriel in courriels if courriel}
    if not cherchees:
        return {}
    comptes = Utilisateur.objects.annotate(a=Lower("email")).filter(a__in=cherchees)
    return {compte.email.lower(): compte for compte in comptes}


def adresses_de_connexion(courriels) -> set[str]:
    """The other address under which the same people are known: that of their account."""
    cherchees = {courriel.lower() for courriel in courriels if courriel}
    liees = Personne.objects.annotate(a=Lower("courriel")).filter(a__in=cherchees)
    return set(
        liees.filter(utilisateur__isnull=False).values_list(Lower("utilisateur__email"), flat=True)
    )


def homonymes(par, noms: set[str]) -> dict[str, list[Utilisateur]]:
    """Active accounts of these folded names, linked to nobody, among those `par` may know."""
    if not noms:
        return {}
    lies = Personne.objects.filter(utilisateur__isnull=False).values("utilisateur")
    libres = comptes_connus_de(par).filter(is_active=True).exclude(pk__in=lies)
    lus = libres.order_by().values_list("pk", "prenom", "nom")
    pks = [pk for pk, prenom, nom in lus if cle_du_nom(prenom, nom) in noms]
    trouves = defaultdict(list)
    if pks:
        comptes = Utilisateur.objects.filter(pk__in=pks).order_by("pk")
        for compte in comptes.select_related("organisme__commune").prefetch_related(
            "organisme__departements",
            "organisme__regions__departements",
            "organisme__epci__departements",
        ):
            trouves[cle_du_nom(compte.prenom, compte.nom)].append(compte)
    return trouves


def raison(compte, organismes, departements: set[str]) -> str:
    """Why this account may be this person, or nothing.

    `organismes`: names for which they speak; `departements`: codes of those of their ateliers.
    """
    sien = compte.organisme
    if sien is None:
        return ""
    if {cle_de(nom) for nom in organismes if nom} & {cle_de(sien.nom), cle_de(sien.sigle)} - {""}:
        return ORGANISME
    return DEPARTEMENT if _departements(sien) & departements else ""


def _departements(organisme) -> set[str]:
    lieux = {d.pk for d in organisme.departements.all()}
    lieux |= {d.pk for region in organisme.regions.all() for d in region.departements.all()}
    if organisme.commune_id:
        lieux.add(organisme.commune.departement_id)
    if organisme.epci_id:
        lieux |= {d.pk for d in organisme.epci.departements.all()}
    return lieux
