"""Calls and candidatures that fill the addresses."""

from datetime import date

from candidatures.appels.domaine.appels import clore
from candidatures.appels.models import Appel, RegleEligibilite
from candidatures.dossiers.domaine import coauteurs, visas
from candidatures.dossiers.domaine.depot import deposer
from candidatures.dossiers.domaine.designations import designer_dreal
from candidatures.dossiers.domaine.pieces import retirer_piece
from candidatures.dossiers.domaine.pilotage import designer_copilote
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import recevabilite
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.territoires.models import Region
from tests.factories.appels import poser, publier_formulaire, reviser
from tests.factories.candidatures import PDF, faire_appel, faire_brouillon, faire_deposee, remplir
from tests.factories.importation import faire_import
from tests.matrices.decor import decor


@decor("kit")
def kit(distribution):
    return {"cle": "general", "numero": 1}


@decor("appel")
def appel(distribution):
    return {"slug": faire_appel(distribution).slug}


@decor("appel_brouillon")
def appel_brouillon(distribution):
    return {"slug": faire_appel(distribution, publie=False).slug}


@decor("appel_clos")
def appel_clos(distribution):
    return {"slug": clore(appel=faire_appel(distribution), par=distribution.dgaln).slug}


def _complet(distribution) -> Candidature:
    return remplir(faire_brouillon(distribution), distribution.ddt)


@decor("brouillon")
def brouillon(distribution):
    return {"reference": _complet(distribution).reference}


@decor("candidature_emprise")
def candidature_emprise(distribution):
    """Deposited with an outline and one parcel."""
    candidature = _complet(distribution)
    code = candidature.perimetre.couverture[0]
    valeurs = {"trace": "50.1, 2.3\n50.1, 2.32\n50.12, 2.32", "parcelles": f"{code} AB 1"}
    for champ, valeur in valeurs.items():
        enregistrer_champ(
            candidature=candidature, champ=champ, valeur=valeur, revision=0, par=distribution.ddt
        )
    relue = Candidature.objects.get(pk=candidature.pk)
    return {"reference": deposer(candidature=relue, par=distribution.ddt).reference}


@decor("brouillon_visas")
def brouillon_visas(distribution):
    candidature = faire_brouillon(distribution)
    Appel.objects.filter(pk=candidature.appel_id).update(visas="souhaites")
    return {"reference": candidature.reference}


@decor("brouillon_section")
def brouillon_section(distribution):
    return {"reference": _complet(distribution).reference, "etape": "objet"}


@decor("brouillon_porteur")
def brouillon_porteur(distribution):
    return {
        "reference": _complet(distribution).reference,
        "organisme": distribution.collectivite.organisme_id,
    }


@decor("brouillon_piece")
def brouillon_piece(distribution):
    candidature = _complet(distribution)
    return {"reference": candidature.reference, "fichier": candidature.pieces.first().uuid}


@decor("brouillon_piece_remplacee")
def brouillon_piece_remplacee(distribution):
    candidature = _complet(distribution)
    premiere = candidature.pieces.first()
    retirer_piece(piece=premiere, par=distribution.ddt)
    return {"reference": candidature.reference, "fichier": premiere.uuid}


@decor("candidature")
def candidature(distribution):
    return {"reference": faire_deposee(distribution).reference}


@decor("candidature_version")
def candidature_version(distribution):
    return {"reference": faire_deposee(distribution).reference, "numero": 1}


@decor("candidature_piece")
def candidature_piece(distribution):
    deposee = faire_deposee(distribution)
    return {"reference": deposee.reference, "fichier": deposee.pieces.first().uuid}


@decor("appel_revise")
def appel_revise(distribution):
    version = reviser(distribution, faire_appel(distribution))
    poser(distribution, version, "Combien d’habitants ?")
    return {"slug": version.appel.slug}


@decor("question")
def question(distribution):
    version = reviser(distribution, faire_appel(distribution))
    return {
        "slug": version.appel.slug,
        "pk": poser(distribution, version, "Combien d’habitants ?").pk,
    }


@decor("question_sens")
def question_sens(distribution):
    return question(distribution) | {"sens": "monter"}


@decor("brouillon_questions")
def brouillon_questions(distribution):
    candidature = _complet(distribution)
    publier_formulaire(distribution, candidature.appel, "Une friche ?")
    return {"reference": candidature.reference, "rubrique": "questions-de-l-appel"}


@decor("candidature_region")
def candidature_region(distribution):
    return {"reference": faire_deposee(distribution).reference, "region": "32"}


@decor("designation")
def designation(distribution):
    """Of a DREAL of another region: the one of the Hauts-de-France no longer reads."""
    decor = candidature_region(distribution)
    autre = Organisme.objects.create(nom="DREAL voisine", nature=NatureOrganisme.DREAL)
    designer_dreal(
        candidature=Candidature.objects.get(reference=decor["reference"]),
        region=Region.objects.get(pk="32"),
        organisme=autre,
        motif="Une raison",
        par=distribution.dgaln,
    )
    return decor


@decor("copilotage")
def copilotage(distribution):
    copilotage = designer_copilote(
        candidature=faire_deposee(distribution),
        organisme=distribution.ddt_autre.organisme,
        motif="Une raison",
        par=distribution.ddt,
    )
    return {"reference": copilotage.candidature.reference, "pk": copilotage.pk}


def _inviter(distribution):
    candidature = faire_brouillon(distribution)
    return coauteurs.inviter_personne(
        candidature=candidature,
        courriel="anne@exemple.fr",
        prenom="Anne",
        nom="Petit",
        organisme_nom="Atelier du lin",
        par=distribution.ddt,
    )


@decor("invitation_coauteur")
def invitation_coauteur(distribution):
    return {"jeton": coauteurs.chemin(_inviter(distribution)).rstrip("/").rpartition("/")[2]}


@decor("coauteur")
def coauteur(distribution):
    invite = _inviter(distribution)
    return {"reference": invite.candidature.reference, "pk": invite.pk}


@decor("mandat")
def mandat(distribution):
    candidature = faire_brouillon(distribution)
    enregistre = visas.enregistrer_mandat(
        candidature=candidature,
        mandant=distribution.collectivite.organisme,
        signe_le=date(2026, 1, 15),
        nom="mandat.pdf",
        octets=PDF,
        par=distribution.ddt,
    )
    return {"reference": candidature.reference, "pk": enregistre.pk}


@decor("revision_champ")
def revision_champ(distribution):
    candidature = faire_brouillon(distribution)
    for revision, valeur in enumerate(("Le centre", "La gare")):
        enregistrer_champ(
            candidature=candidature,
            champ="section.objet",
            valeur=valeur,
            revision=revision,
            par=distribution.ddt,
        )
    return {
        "reference": candidature.reference,
        "pk": candidature.revisions.get(revision=1).pk,
    }


@decor("appel_date")
def appel_date(distribution):
    return {"slug": faire_appel(distribution, ferme_dans=30).slug}


@decor("regle")
def regle(distribution):
    return {"pk": RegleEligibilite.objects.filter(dispositif="local", active=True).first().pk}


@decor("import")
def lot_importe(distribution):
    return {"pk": faire_import(distribution).pk}


@decor("import_modele")
def import_modele(distribution):
    return {"format_fichier": "csv"}


@decor("irrecevable")
def irrecevable(distribution):
    candidature = faire_deposee(distribution)
    recevabilite.declarer_irrecevable(
        candidature=candidature, motif="Hors du territoire.", par=distribution.dgaln
    )
    return {"reference": candidature.reference}
