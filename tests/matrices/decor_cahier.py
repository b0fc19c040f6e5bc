"""Cahiers des charges at each stage of their visas; clauses; delegations."""

from datetime import timedelta

from django.utils import timezone

from ateliers.cadrage.domaine import plan
from ateliers.cadrage.models import Clause, DelegationVisa, SectionCahier, TitulaireVisa
from socle.comptes.models import Utilisateur
from tests.factories import ateliers as fabrique
from tests.matrices.decor import decor


def _version(atelier, numero=1):
    return {"slug": atelier.slug, "numero": numero}


@decor("cahier_au_visa")
def cahier_au_visa(distribution):
    """Waits for the DDT, which pilots."""
    atelier = fabrique.faire_atelier(distribution, "local")
    fabrique.soumettre_cahier(distribution, atelier)
    return _version(atelier)


@decor("cahier_vise")
def cahier_vise(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    fabrique.valider_cahier(distribution, atelier)
    return _version(atelier)


@decor("section_ecartee")
def section_ecartee(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    section = SectionCahier.objects.get(cahier__atelier=atelier, cle="clause-paiement")
    plan.ecarter(section=section, par=distribution.ddt, ecartee=True)
    return {"slug": atelier.slug, "cle": section.cle}


@decor("section_clause")
def section_clause(distribution):
    """Second of its part: it may go up."""
    return {
        "slug": fabrique.faire_atelier(distribution, "flash").slug,
        "cle": "clause-paiement",
    }


@decor("clause")
def clause(distribution):
    return {"cle": "paiement"}


@decor("clause_retiree")
def clause_retiree(distribution):
    Clause.objects.filter(cle="paiement").update(
        retiree_le=timezone.now(), retiree_par=distribution.dgaln, motif_retrait="Doublon"
    )
    return {"cle": "paiement"}


def collegue(distribution, role="ddt"):
    """Another agent of the same service."""
    modele = getattr(distribution, role)
    return Utilisateur.objects.create_user(
        f"collegue.{role}@demo.example",
        "demo-atelier",
        prenom="Claire",
        nom="Renaud",
        role=modele.role,
        organisme=modele.organisme,
    )


@decor("delegation")
def delegation(distribution):
    jour = timezone.localdate()
    creee = DelegationVisa.objects.create(
        delegant=distribution.ddt,
        delegataire=collegue(distribution),
        debut=jour,
        fin=jour + timedelta(days=10),
    )
    return {"pk": creee.pk}


@decor("titulaire")
def titulaire(distribution):
    cree = TitulaireVisa.objects.create(
        organisme=distribution.ddt.organisme,
        personne=distribution.ddt,
        designe_par=distribution.ddt,
    )
    return {"pk": cree.pk}
