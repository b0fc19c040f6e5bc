"""A reoriented candidature, taken up again in another call by its carriers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from candidatures.appels.domaine.valeurs import convient
from candidatures.dossiers import notifications
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.domaine import emprises
from candidatures.dossiers.domaine.coauteurs import chemin
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.domaine.creation import creer
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.droits import porte, represente
from candidatures.dossiers.models import Candidature, Portage, Reponse
from candidatures.instruction import journal
from candidatures.instruction.models import Reorientation
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire
from socle.territoires.domaine import creer_perimetre

LIGNES = ("ressources", "projets", "schemas", "acteurs")
CHAMPS = ("stade", "programmes", "blocages", "gouvernance")


def _copier_perimetre(perimetre):
    return creer_perimetre(
        nom=perimetre.nom,
        communes=perimetre.communes.all(),
        epcis=perimetre.epcis.all(),
        zones=[(z.nom, z.departement) for z in perimetre.zones.select_related("departement")],
    )


def _copier_porteurs(source: Candidature, copie: Candidature, par) -> None:
    copie.service_pilote = source.service_pilote
    copie.portages.all().delete()
    Portage.objects.bulk_create(
        Portage(
            candidature=copie,
            organisme_id=portage.organisme_id,
            chef_de_file=portage.chef_de_file,
            ajoute_par=par,
        )
        for portage in source.portages.all()
    )


def _copier_contenu(source: Candidature, copie: Candidature) -> None:
    """The note and the structured parts; the pieces are asked again (other pieces, other dates)."""
    for section in source.sections.all():
        copie.sections.filter(cle=section.cle).update(texte=section.texte)
    for relation in LIGNES:
        lignes = list(getattr(source, relation).all())
        for ligne in lignes:
            ligne.pk, ligne.candidature = None, copie
        if lignes:
            type(lignes[0]).objects.bulk_create(lignes)
    copie.themes.set(source.themes.all())


def copier_reponses(source: Candidature, copie: Candidature) -> None:
    """The answers to the questions that the new call asks too, of the same kind."""
    questions = {q.cle: q for q in formulaire(copie).questions}
    gardees = []
    for reponse in source.reponses.all():
        question = questions.get(reponse.cle)
        if question is None or question.type != reponse.type:
            continue
        if convient(question.type, reponse.valeur, question.options):
            reponse.pk, reponse.candidature, reponse.libelle = None, copie, question.libelle
            reponse.revision = 1
            gardees.append(reponse)
    Reponse.objects.bulk_create(gardees)


def copier_auteurs(source: Candidature, copie: Candidature, par) -> None:
    """Those who wrote it write it again, and are told."""
    acceptes = source.coauteurs.filter(accepte_le__isnull=False, revoque_le=None)
    maintenant = timezone.now()
    for auteur in acceptes.select_related("utilisateur"):
        if not auteur.utilisateur.is_active or represente(auteur.utilisateur, copie):
            continue
        auteur.pk, auteur.candidature, auteur.invite_par = None, copie, par
        auteur.invite_le = auteur.accepte_le = maintenant
        auteur.save(force_insert=True)
        notifications.coauteur(copie, auteur, chemin(auteur), par)


@transaction.atomic
def reprendre(*, candidature: Candidature, appel, par) -> Candidature:
    """Open a brouillon in a call of the proposed dispositif, with all that was written."""
    source = verrouiller(candidature)
    if not porte(par, source):
        raise ActionInterdite("Seuls les porteurs reprennent la candidature.")
    if source.etat != EtatCandidature.REORIENTEE:
        raise TransitionImpossible("Cette candidature n’est pas réorientée.")
    reorientation = Reorientation.objects.select_for_update().get(candidature=source)
    if reorientation.nouvelle_id:
        raise TransitionImpossible("Cette candidature a déjà été reprise.")
    if appel.dispositif_id != reorientation.vers_dispositif_id:
        raise ErreurMetier("Choisissez un appel du dispositif proposé.")
    copie = creer(appel=appel, titre=source.titre, par=par)
    _copier_porteurs(source, copie, par)
    _copier_contenu(source, copie)
    copier_reponses(source, copie)
    copier_auteurs(source, copie, par)
    for champ in CHAMPS:
        setattr(copie, champ, getattr(source, champ))
    copie.perimetre = _copier_perimetre(source.perimetre)
    emprises.reprendre(depuis=source, vers=copie)
    copie.save(update_fields=[*CHAMPS, "perimetre", "service_pilote", "modifiee_le"])
    reorientation.nouvelle = copie
    reorientation.save(update_fields=["nouvelle"])
    inscrire(journal.REDEPOSEE, objet=source, par=par, nouvelle=copie.reference)
    return copie
