"""Two files of one person become one. Nothing is lost: what cannot be united is refused."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from ateliers.annuaire import journal as journal_annuaire
from ateliers.annuaire.domaine import personnes
from ateliers.annuaire.droits import visibles_par
from ateliers.annuaire.models import Personne
from ateliers.parcours.droits import exiger
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import Consentement, Participant
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire

REFUS = "Fusionne deux fiches qui tient la liste de tous leurs ateliers."
COMPLEMENTS = ("civilite", "courriel", "telephone", "adresse")


def manque_fusion(garder, absorber) -> str:
    """The sentence that forbids it, or nothing."""
    if garder.pk == absorber.pk:
        return "Choisissez deux fiches différentes."
    if garder.atelier_id != absorber.atelier_id:
        return "La fiche d’un habitant ne se fusionne qu’avec une autre du même atelier."
    if _comptes_actifs(garder, absorber) > 1:
        return (
            "Chacune de ces fiches a son compte : ce sont deux personnes, ou une qui a changé de "
            "poste, et dont la DGALN désactive d’abord l’ancien compte."
        )
    return ""


def _comptes_actifs(garder, absorber) -> int:
    comptes = [fiche.utilisateur for fiche in (garder, absorber) if fiche.utilisateur_id]
    return sum(compte.is_active for compte in comptes)


def _compte_garde(garder, absorber):
    """Theirs; of two, the one that still opens."""
    if garder.utilisateur_id and absorber.utilisateur_id:
        return garder.utilisateur if garder.utilisateur.is_active else absorber.utilisateur
    return garder.utilisateur or absorber.utilisateur


@transaction.atomic
def fusionner(*, garder, absorber, par) -> Personne:
    """Mandates, participations, invitations and answers of `absorber` pass to `garder`."""
    ids = [garder.pk, absorber.pk]
    verrouillees = Personne.objects.select_for_update(of=["self"]).select_related("utilisateur")
    lues = {p.pk: p for p in verrouillees.filter(pk__in=ids).order_by("pk")}
    garder, absorber = lues[garder.pk], lues[absorber.pk]
    _verifier(garder, absorber, par)
    reprises = 0
    for participant in Participant.objects.select_for_update().filter(personne=absorber):
        _reprendre(participant, garder)
        reprises += 1
    _unir_mandats(garder, absorber)
    _unir_consentements(garder, absorber)
    repointer(absorber, garder)
    complements = {c: getattr(absorber, c) for c in COMPLEMENTS if not getattr(garder, c)}
    garder.utilisateur = _compte_garde(garder, absorber)
    absorber.delete()
    for champ, valeur in complements.items():
        setattr(garder, champ, valeur)
    garder.revision += 1
    garder.save(update_fields=[*complements, "utilisateur", "revision"])
    _egaliser(garder)
    personnes.indexer(Personne.objects.get(pk=garder.pk))
    inscrire(journal_annuaire.FUSIONNEES, objet=garder, par=par, participations=reprises)
    return garder


def _verifier(garder, absorber, par) -> None:
    ids = {garder.pk, absorber.pk}
    if visibles_par(par).filter(pk__in=ids).count() < len(ids):
        exiger(False, REFUS)
    concernes = Participant.objects.filter(personne__in=ids).select_related("atelier")
    exiger(all(peut_gerer(par, p.atelier) for p in concernes), REFUS)
    if phrase := manque_fusion(garder, absorber):
        raise ErreurMetier(phrase)


def _reprendre(participant, garder) -> None:
    """The participant of the absorbed file: kept, or united with the one of the same atelier."""
    sien = Participant.objects.filter(personne=garder, atelier=participant.atelier_id).first()
    if sien is None:
        participant.personne = garder
        participant.save(update_fields=["personne"])
        return
    siennes = {i.seance_id: i for i in sien.invitations.select_for_update(of=["self"])}
    for invitation in participant.invitations.select_related("seance"):
        if invitation.seance_id in siennes:
            _unir_invitations(siennes[invitation.seance_id], invitation)
    repointer(participant, sien)
    for champ in ("organisme", "fonction"):
        setattr(sien, champ, getattr(sien, champ) or getattr(participant, champ))
    participant.delete()
    sien.revision += 1
    sien.save(update_fields=["organisme", "fonction", "revision"])


def _unir_invitations(sienne, autre) -> None:
    """One séance, two invitations: the last answer holds, and whatever only one of them knew."""
    if sienne.presence and autre.presence and sienne.presence != autre.presence:
        raise ErreurMetier(
            f"Les deux fiches n’ont pas la même présence à « {autre.seance} » : "
            "corrigez d’abord la feuille de présence."
        )
    if autre.pk == sienne.delegue_id or sienne.pk == autre.delegue_id:
        raise ErreurMetier("L’une des deux fiches représente l’autre : levez la délégation.")
    if autre.repondu_le and (not sienne.repondu_le or autre.repondu_le > sienne.repondu_le):
        sienne.delegue_refuse_le = None
        for champ in ("reponse", "repondu_le", "message", "delegue", "delegation"):
            setattr(sienne, champ, getattr(autre, champ))
    if not sienne.presence:
        sienne.presence, sienne.represente_par = autre.presence, autre.represente_par
    if sienne.convoque_le is None:
        sienne.convoque_le, sienne.sequence_recue = autre.convoque_le, autre.sequence_recue
    sienne.obligatoire |= autre.obligatoire
    sienne.par_delegation &= autre.par_delegation
    sienne.table = sienne.table or autre.table
    sienne.save()
    repointer(autre, sienne)
    autre.delete()


def _qualite(mandat) -> tuple:
    return (mandat.college, mandat.organisme_id, mandat.fonction, mandat.du, mandat.au)


def _unir_mandats(garder, absorber) -> None:
    connus = {_qualite(mandat) for mandat in garder.mandats.all()}
    for mandat in absorber.mandats.all():
        if _qualite(mandat) in connus:
            mandat.delete()


def _unir_consentements(garder, absorber) -> None:
    """The same agreement given twice is one agreement, since the first day."""
    for double in Consentement.objects.filter(personne=absorber, retire_le__isnull=True):
        sien = Consentement.objects.filter(
            personne=garder, atelier=double.atelier_id, objet=double.objet, retire_le__isnull=True
        ).first()
        if sien is not None:
            sien.donne_le = min(sien.donne_le, double.donne_le)
            sien.save(update_fields=["donne_le"])
            double.delete()


def _egaliser(personne) -> None:
    for participant in Participant.objects.filter(personne=personne):
        for champ in personnes.IDENTITE:
            setattr(participant, champ, getattr(personne, champ))
        participant.save(update_fields=list(personnes.IDENTITE))


def repointer(ancien, nouveau) -> None:
    """Whatever points at `ancien`, in any room, points at `nouveau`; a clash is refused."""
    for relation in ancien._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        modele, champ = relation.related_model, relation.field.name
        lignes = modele._base_manager.filter(**{champ: ancien.pk})
        for pk in list(lignes.values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    modele._base_manager.filter(pk=pk).update(**{champ: nouveau.pk})
            except IntegrityError as erreur:
                nom = modele._meta.verbose_name
                raise ErreurMetier(
                    f"Les deux fiches portent chacune leur {nom} : gardez-en une d’abord."
                ) from erreur
