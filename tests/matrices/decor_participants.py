"""Participants, invitations and contributions that fill the addresses of both rooms."""

from ateliers.annuaire.models import Mandat, Personne
from ateliers.contributions.domaine.contributions import enregistrer_contribution
from ateliers.inscriptions.lien import jeton as jeton_inscription
from ateliers.participants.domaine.delegations import deleguer
from ateliers.participants.domaine.feuilles import joindre_feuille
from ateliers.participants.domaine.organismes import creer_organisme
from ateliers.participants.domaine.participants import ajouter_participant
from ateliers.participants.domaine.tableau import preparer
from ateliers.participants.lien import jeton
from ateliers.seances.models import Seance
from tests.ateliers.contributions.test_contributions import image
from tests.factories import inscriptions as inscrits
from tests.factories import participants as fabrique
from tests.factories.candidatures import PDF
from tests.matrices.decor import decor


@decor("atelier_participants")
def atelier_participants(distribution):
    return {"slug": fabrique.faire_atelier(distribution).slug}


@decor("deux_personnes")
def deux_personnes(distribution):
    atelier = fabrique.faire_atelier(distribution)
    gens = [
        ajouter_participant(
            atelier=atelier, par=distribution.ddt, prenom="Ada", nom="Roux", college="elus", **plus
        )
        for plus in ({"courriel": "ada@exemple.fr"}, {"organisation": "Mairie"})
    ]
    return {"pk": gens[0].personne_id, "autre": gens[1].personne_id}


@decor("fiche_d_annuaire")
def fiche_d_annuaire(distribution):
    return {"pk": deux_personnes(distribution)["pk"]}


@decor("fiche_et_compte")
def fiche_et_compte(distribution):
    compte, elue = fabrique.elue_de_meme_nom(distribution)
    return {"pk": elue.personne_id, "compte": compte.pk}


@decor("fiche_liee")
def fiche_liee(distribution):
    compte, elue = fabrique.elue_de_meme_nom(distribution)
    Personne.objects.filter(pk=elue.personne_id).update(utilisateur=compte)
    return {"pk": elue.personne_id}


@decor("mandat_d_annuaire")
def mandat_d_annuaire(distribution):
    pk = deux_personnes(distribution)["pk"]
    return {"pk": pk, "mandat": Mandat.objects.get(personne=pk).pk}


def _nommes(distribution):
    """The organismes of two élus of one atelier."""
    atelier = fabrique.faire_atelier(distribution)
    return [
        ajouter_participant(
            atelier=atelier,
            par=distribution.ddt,
            prenom="Ada",
            nom="Roux",
            college="elus",
            organisation=nom,
        ).organisme_id
        for nom in ("Mairie", "Mairie de Doullens")
    ]


@decor("organisme_d_annuaire")
def organisme_d_annuaire(distribution):
    return {"pk": _nommes(distribution)[0]}


@decor("deux_organismes")
def deux_organismes(distribution):
    pk, autre = _nommes(distribution)
    return {"pk": pk, "autre": autre}


@decor("organisme_vide")
def organisme_vide(distribution):
    champs = {"sigle": "", "college": "associations", "nature": "association", "siret": ""}
    return {"pk": creer_organisme(par=distribution.ddt, nom="Foyer rural", **champs).pk}


@decor("import_participants")
def import_participants(distribution):
    atelier = fabrique.faire_atelier(distribution)
    octets = "Prénom;Nom;Collège\nAda;Roux;Élus\n".encode()
    lot = preparer(atelier=atelier, nom="liste.csv", octets=octets, par=distribution.ddt)
    return {"slug": atelier.slug, "pk": lot.pk}


@decor("participant")
def participant(distribution):
    atelier = fabrique.faire_atelier(distribution)
    (personne,) = fabrique.faire_participants(distribution, atelier, 1)
    return {"slug": atelier.slug, "participant_id": personne.pk}


def _seance(distribution, etat="programmee"):
    seance, invitations = fabrique.faire_invites(distribution, etat=etat, nombre=1)
    return {"slug": seance.atelier.slug, "seance_id": seance.pk}, invitations[0]


@decor("emargement_signe")
def emargement_signe(distribution):
    seance = fabrique.faire_seance(distribution, etat="tenue")
    Seance.objects.filter(pk=seance.pk).update(
        debut_reel="2026-01-05T09:00Z", fin_reelle="2026-01-05T17:00Z"
    )
    seance.refresh_from_db()
    feuille = joindre_feuille(seance=seance, par=distribution.ddt, nom="f.pdf", octets=PDF)
    return {"slug": seance.atelier.slug, "seance_id": seance.pk, "feuille_id": feuille.pk}


@decor("mandat_a_reprendre")
def mandat_a_reprendre(distribution):
    connu = fabrique.faire_participants(distribution, fabrique.faire_atelier(distribution), 2)[1]
    atelier = fabrique.faire_atelier(distribution)
    mandat = Mandat.objects.get(personne=connu.personne)
    return {"slug": atelier.slug, "mandat_id": mandat.pk}


@decor("seance_invitee")
def seance_invitee(distribution):
    return _seance(distribution)[0]


@decor("seance_annulee_convoquee")
def seance_annulee_convoquee(distribution):
    from django.utils import timezone

    adresse, invitation = _seance(distribution, etat="annulee")
    invitation.convoque_le = timezone.now()
    invitation.save()
    return adresse


@decor("invitation")
def invitation(distribution):
    adresse, invitation = _seance(distribution)
    return adresse | {"invitation_id": invitation.pk}


@decor("invitation_deleguee")
def invitation_deleguee(distribution):
    adresse, invitation = _seance(distribution)
    deleguer(invitation, genre="pouvoir", prenom="Ada", nom="Roux", courriel="ada@exemple.fr")
    return adresse | {"invitation_id": invitation.pk}


@decor("seance_ouverte")
def seance_ouverte(distribution):
    seance = inscrits.ouvrir(distribution).seance
    return {"slug": seance.atelier.slug, "seance_id": seance.pk}


@decor("page_d_inscription")
def page_d_inscription(distribution):
    return {"seance_id": inscrits.ouvrir(distribution).seance_id}


@decor("lien_d_inscription")
def lien_d_inscription(distribution):
    return {"jeton": jeton_inscription(inscrits.demander(inscrits.ouvrir(distribution)))}


@decor("lien_signe")
def lien_signe(distribution):
    return {"jeton": jeton(_seance(distribution)[1])}


@decor("contribution")
def contribution(distribution):
    seance = fabrique.faire_seance(distribution)
    carte = enregistrer_contribution(
        seance=seance,
        par=distribution.equipe,
        texte="Une halle",
        photo=image(),
        photo_legende="La halle",
    )
    return {"slug": seance.atelier.slug, "contribution_id": carte.pk}
