"""Ateliers that fill the addresses of cadrage, sites, séances, livrables and carnet.

The pilot is the DDT of the cast; the collectivité carries; the team works once it is named.
"""

from ateliers.cadrage.domaine import cahier as verbes_cahier
from ateliers.cadrage.domaine import invitations_equipe
from ateliers.cadrage.models import Contrat, Equipe, LigneBudget
from ateliers.livrables.domaine import comptes_rendus, livrables
from ateliers.livrables.models import Livrable
from ateliers.sites.models import Hypothese, SiteDemonstrateur
from tests.factories import ateliers as fabrique
from tests.factories import participants as poses
from tests.factories.candidatures import PDF
from tests.matrices.decor import decor

COMMUNE = "80253"


def _pose(distribution, **champs):
    """An atelier laid in the wanted state: quick, and enough for an address."""
    atelier = poses.faire_atelier(distribution)
    for champ, valeur in champs.items():
        setattr(atelier, champ, valeur)
    atelier.save()
    return atelier


@decor("atelier")
def atelier(distribution):
    return {"slug": _pose(distribution).slug}


@decor("atelier_restitution")
def atelier_restitution(distribution):
    return {"slug": _pose(distribution, etat="restitution").slug}


@decor("atelier_suivi")
def atelier_suivi(distribution):
    return {"slug": _pose(distribution, etat="suivi").slug}


@decor("candidature_retenue")
def candidature_retenue(distribution):
    return {"reference": fabrique.faire_retenue(distribution, "flash").reference}


@decor("cahier")
def cahier(distribution):
    return {"slug": fabrique.faire_atelier(distribution, "flash").slug}


@decor("cahier_ecrit")
def cahier_ecrit(distribution):
    ouvert = fabrique.faire_atelier(distribution, "flash")
    ecrire = {"atelier": ouvert, "cle": "attendus", "par": distribution.ddt, "revision": 0}
    verbes_cahier.enregistrer(texte="Écrit.", **ecrire)
    return {"slug": ouvert.slug}


@decor("cahier_valide")
def cahier_valide(distribution):
    ouvert = fabrique.faire_atelier(distribution, "flash")
    fabrique.valider_cahier(distribution, ouvert)
    return {"slug": ouvert.slug}


@decor("cahier_section")
def cahier_section(distribution):
    return {"slug": fabrique.faire_atelier(distribution, "flash").slug, "cle": "attendus"}


@decor("contrat")
def contrat(distribution):
    ouvert = _pose(distribution, etat="cadrage")
    contrat = Contrat.objects.create(
        atelier=ouvert,
        nature="marche",
        numero="1",
        titulaire=distribution.equipe.organisme,
        montant_ht=1000,
    )
    return {"slug": ouvert.slug, "pk": contrat.pk}


def _inviter_dans_l_equipe(distribution):
    ouvert = _pose(distribution)
    Equipe.objects.create(
        atelier=ouvert, mandataire=distribution.equipe.organisme, discipline="urbanisme"
    )
    return invitations_equipe.inviter(
        atelier=ouvert,
        par=distribution.ddt,
        courriel="lou@agence.example",
        prenom="Lou",
        nom="Morel",
        organisme=distribution.equipe.organisme,
    )


@decor("invitation_equipe")
def invitation_equipe(distribution):
    invitation = _inviter_dans_l_equipe(distribution)
    return {"slug": invitation.atelier.slug, "pk": invitation.pk}


@decor("lien_equipe")
def lien_equipe(distribution):
    chemin = invitations_equipe.chemin(_inviter_dans_l_equipe(distribution))
    return {"jeton": chemin.rstrip("/").rpartition("/")[2]}


@decor("ligne_budget")
def ligne_budget(distribution):
    ouvert = _pose(distribution)
    ligne = LigneBudget.objects.create(
        atelier=ouvert,
        libelle="Salles",
        nature="logistique",
        payeur=distribution.collectivite.organisme,
        montant_ht=100,
    )
    return {"slug": ouvert.slug, "pk": ligne.pk}


@decor("hypothese")
def hypothese(distribution):
    ouvert = _pose(distribution)
    objet = Hypothese.objects.create(
        atelier=ouvert, titre="Et si la rivière…", emise_le=ouvert.ouvert_le
    )
    return {"slug": ouvert.slug, "pk": objet.pk}


@decor("hypothese_verbe")
def hypothese_verbe(distribution):
    return hypothese(distribution) | {"verbe": "consolider"}


@decor("site")
def site(distribution):
    ouvert = _pose(distribution)
    objet = SiteDemonstrateur.objects.create(
        atelier=ouvert,
        nom="Filature",
        commune_id=COMMUNE,
        genre="friche",
        designe_le=ouvert.ouvert_le,
    )
    return {"slug": ouvert.slug, "pk": objet.pk}


def _seance(distribution, etat, **champs):
    objet = poses.faire_seance(distribution, etat=etat, **champs)
    return objet, {"slug": objet.atelier.slug, "pk": objet.pk}


@decor("seance_a_programmer")
def seance_a_programmer(distribution):
    return _seance(distribution, "a_programmer")[1]


@decor("seance_programmee")
def seance_programmee(distribution):
    return _seance(distribution, "programmee")[1]


@decor("corriger_date")
def corriger_date(distribution):
    objet, _ = _seance(distribution, "programmee")
    return {"slug": objet.atelier.slug, "seance_id": objet.pk}


@decor("seance_copil")
def seance_copil(distribution):
    return _seance(distribution, "programmee", genre="copil", rang=None)[1]


@decor("seance_tenue")
def seance_tenue(distribution):
    objet, _ = _seance(distribution, "tenue")
    comptes_rendus.enregistrer(
        seance=objet, texte="Dit.", decisions="", revision=0, par=distribution.equipe
    )
    return {"slug": objet.atelier.slug, "seance_id": objet.pk}


def _livrable(distribution):
    return Livrable.objects.create(atelier=_pose(distribution), cle="rapport", titre="Rapport")


def _version(distribution):
    objet = _livrable(distribution)
    return objet, livrables.deposer(
        livrable=objet, nom="rapport.pdf", octets=PDF, par=distribution.equipe
    )


@decor("livrable")
def livrable(distribution):
    objet = _livrable(distribution)
    return {"slug": objet.atelier.slug, "livrable_id": objet.pk}


@decor("livrable_depose")
def livrable_depose(distribution):
    objet, _ = _version(distribution)
    return {"slug": objet.atelier.slug, "livrable_id": objet.pk}


@decor("version_livrable")
def version_livrable(distribution):
    objet, version = _version(distribution)
    return {"slug": objet.atelier.slug, "version_id": version.pk}
