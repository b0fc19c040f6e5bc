"""Read candidatures: a dossier, its history, its files."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from candidatures.dossiers import droits
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.documents import ACCUSE
from candidatures.dossiers.domaine import analyse, reponses, requetes
from candidatures.dossiers.domaine.commun import porteurs_ouverts
from candidatures.dossiers.domaine.depot import MOTIF_COMPLEMENTS
from candidatures.dossiers.domaine.etapes import url_de, url_ouverte
from candidatures.dossiers.domaine.fenetre import fermeture_dite, ne_se_depose_plus
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.domaine.types_fichiers import MIME_JPEG, MIME_PDF, MIME_PNG
from candidatures.dossiers.domaine.versions import intacte
from candidatures.dossiers.liens import annoter, liens
from candidatures.dossiers.models import Piece
from candidatures.dossiers.parties_figees import parties, visa_dit
from candidatures.dossiers.suites import Suite, suite_declaree
from socle.comptes import ayant_droit
from socle.documents.domaine import tous
from socle.groupage import RequeteGardee, remplir
from socle.journal.domaine import historique

DECIDEES = (
    EtatCandidature.PRESELECTIONNEE,
    EtatCandidature.EN_RESERVE,
    EtatCandidature.RETENUE,
    EtatCandidature.NON_RETENUE,
    EtatCandidature.REORIENTEE,
)
EN_LIGNE = (MIME_PDF, MIME_JPEG, MIME_PNG)


def _lue(*forme, reference, **compte):
    """One dossier as its reader sees it."""
    qui = ayant_droit.relire(*forme, **compte)
    visibles = annoter(droits.visibles_par(qui), qui)
    return requetes.ligne_du_dossier(visibles).filter(reference=reference)


# Opened all day long: Django writes its SQL once.
LUE = RequeteGardee(_lue)


def _entiere(utilisateur, reference, parties):
    lues = utilisateur.is_active and LUE.objets(
        *ayant_droit.forme(utilisateur), reference=reference, **ayant_droit.valeurs(utilisateur)
    )
    if not lues:
        raise Http404("Aucune candidature ne porte cette référence.")
    autres = (p for p in parties if p not in requetes.PARTIES)
    remplir(lues, (*requetes.PARTIES, *autres))
    return lues[0]


def charger(utilisateur, reference, entier=True, questions=True, parties=()):
    """The candidature with all that its pages show (its header when not `entier`), or 404.

    `parties`: what else of it an `entier` page of the instruction shows, brought along.
    """
    if entier:
        candidature = _entiere(utilisateur, reference, parties)
        if questions:
            candidature.questions_lues = reponses.a_lire(candidature)
        return candidature
    visibles = annoter(droits.visibles_par(utilisateur), utilisateur)
    return get_object_or_404(requetes.pour_liste(visibles), reference=reference)


def territoire_en_mots(candidature) -> str:
    perimetre = candidature.perimetre
    noms = [str(d) for d in perimetre.departements.all()] if perimetre else []
    return ", ".join(noms) or "Périmètre à définir"


def contexte_entete(request, candidature) -> dict:
    """What the header of every page of a dossier needs."""
    suite = suite_declaree(candidature, request.user) or Suite(*requetes.suite(candidature))
    close = ne_se_depose_plus(candidature)
    return {
        "candidature": candidature,
        "appel_ferme": fermeture_dite(candidature) if close else "",
        "recommencable": close and droits.peut_recommencer(request.user, candidature),
        "territoire": territoire_en_mots(candidature),
        "suite": suite.libelle,
        "suite_qui": suite.qui,
        "suite_url": suite.url,
        "liens_dossier": liens(request.user, candidature),
        "instructeur": droits.est_instructeur(request.user),
        "modifiable": droits.peut_modifier(request.user, candidature),
        "peut_inviter": (invite := droits.peut_inviter(request.user, candidature)),
        "peut_inviter_organisme": invite and porteurs_ouverts(candidature),
        "retirable": droits.peut_retirer(request.user, candidature),
    }


@require_safe
def dossier(request, reference):
    candidature = charger(request.user, reference)
    contexte = contexte_entete(request, candidature)
    modifiable = contexte["modifiable"]
    contexte |= {
        "onglet": "dossier",
        "sections": candidature.sections.all(),
        "pieces": candidature.pieces.all(),
        "manques": manques(candidature) if modifiable and not contexte["appel_ferme"] else [],
        "a_completer": candidature.etat == EtatCandidature.A_COMPLETER,
        "porteur": droits.porte(request.user, candidature),
        "completee": any(v.motif == MOTIF_COMPLEMENTS for v in candidature.versions.all()),
        "sans_antivirus": contexte["instructeur"] and not analyse.configuree(),
        "recommencable": droits.peut_recommencer(request.user, candidature),
        "transferable": contexte["instructeur"]
        and droits.peut_transferer(request.user, candidature),
        "decidee": candidature.etat in DECIDEES,
        "url_reprendre": url_ouverte(candidature, "identite") if modifiable else "",
        "url_depot": url_de(candidature, "depot"),
        "accuses": tous(ACCUSE, candidature) if candidature.deposee_le else [],
    }
    return render(request, "candidatures/dossiers/dossier.html", contexte)


@require_safe
def historique_dossier(request, reference):
    candidature = charger(request.user, reference, entier=False)
    contexte = contexte_entete(request, candidature)
    contexte |= {
        "onglet": "historique",
        "lignes": historique(candidature, confidentielles=contexte["instructeur"]),
    }
    return render(request, "candidatures/dossiers/historique.html", contexte)


@require_safe
def version(request, reference, numero):
    """The dossier as it was frozen."""
    candidature = charger(request.user, reference)
    figee = get_object_or_404(candidature.versions.all(), numero=numero)
    contexte = contexte_entete(request, candidature) | {
        "onglet": "dossier",
        "version": figee,
        "contenu": figee.contenu,
        "parties": parties(figee.contenu),
        "visas": [visa_dit(v) for v in figee.contenu.get("visas", [])],
        "visas_absents": figee.contenu.get("visas_absents", []),
        "intacte": intacte(figee),
    }
    return render(request, "candidatures/dossiers/version.html", contexte)


def _lit_remplacee(utilisateur, piece) -> bool:
    """Its carriers; and who instructs, for a file that was once deposited."""
    candidature = piece.candidature
    if droits.porte(utilisateur, candidature):
        return True
    figees = candidature.versions.filter(contenu__pieces__contains=[{"sha256": piece.sha256}])
    return droits.est_instructeur(utilisateur, candidature) and figees.exists()


@require_safe
@xframe_options_sameorigin
def piece(request, reference, fichier):
    """A file of the dossier, to whoever sees the dossier. `?voir` opens it in place."""
    visibles = droits.visibles_par(request.user).filter(reference=reference)
    objet = get_object_or_404(Piece, uuid=fichier, candidature__in=visibles)
    if not objet.active and not _lit_remplacee(request.user, objet):
        raise Http404("Pièce remplacée.")
    analyse.exiger_lisible(objet)
    en_ligne = "voir" in request.GET and objet.mime in EN_LIGNE
    reponse = FileResponse(
        objet.fichier.open("rb"),
        as_attachment=not en_ligne,
        filename=objet.nom,
        content_type=objet.mime,
    )
    reponse["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; "
        "frame-ancestors 'self'"
    )
    return reponse
