"""Notes of the analysts, consensus, offers set aside."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ateliers.marche import journal
from ateliers.marche.domaine.commun import preparer, verrouiller
from ateliers.marche.domaine.reglement import ANALYSTES_AU_MOINS
from ateliers.marche.droits import est_analyste
from ateliers.marche.models import Fiche, NoteConsensus, NoteOffre, Offre
from ateliers.parcours.droits import exiger
from socle.erreurs import ElementsManquants, ErreurMetier, Manque, MotifRequis
from socle.journal.domaine import inscrire


def _offre(offre, consultation) -> Offre:
    offre = Offre.objects.select_for_update().get(pk=offre.pk, consultation=consultation)
    offre.consultation = consultation
    if offre.ouverte_le is None:
        raise ErreurMetier("Cette offre n’est pas ouverte.")
    return offre


def _verifier_notes(notes, criteres) -> None:
    if set(notes) != {critere.pk for critere in criteres}:
        raise ErreurMetier("Donnez une note à chaque critère.")
    if any(not 0 <= note <= 5 for note, _ in notes.values()):
        raise ErreurMetier("Une note va de 0 à 5.")


@transaction.atomic
def noter(*, offre, par, notes, rendre=False):
    """An analyst's own notes. `notes`: criterion → (note, remark). Handed in, they are frozen."""
    consultation = verrouiller(offre.consultation, "analyser")
    offre = _offre(offre, consultation)
    exiger(est_analyste(par, consultation), "Les offres sont notées par les analystes désignés.")
    if offre.ecartee or offre.consensus_le:
        raise ErreurMetier("Cette offre ne se note plus.")
    criteres = list(consultation.criteres.all())
    _verifier_notes(notes, criteres)
    if any(note != int(note) for note, _ in notes.values()):
        raise ErreurMetier("La note d’un analyste est un nombre entier, de 0 à 5.")
    fiche, _ = Fiche.objects.get_or_create(offre=offre, analyste=par)
    if fiche.rendue_le:
        raise ErreurMetier("Votre analyse est rendue : elle ne change plus.")
    fiche.notes.all().delete()
    NoteOffre.objects.bulk_create(
        NoteOffre(fiche=fiche, critere_id=critere, note=note, remarque=remarque)
        for critere, (note, remarque) in notes.items()
    )
    if rendre:
        fiche.rendue_le = timezone.now()
        fiche.save(update_fields=["rendue_le"])
        inscrire(journal.FICHE, objet=consultation.atelier, par=par, numero=offre.numero)
    return fiche


def manques_consensus(offre) -> list[Manque]:
    """Analysts who have not handed their notes in."""
    consultation = offre.consultation
    analystes = [a.personne for a in consultation.analystes.select_related("personne")]
    if len(analystes) < ANALYSTES_AU_MOINS:
        return [Manque("Désignez au moins deux analystes.")]
    rendues = set(
        offre.fiches.filter(rendue_le__isnull=False).values_list("analyste_id", flat=True)
    )
    return [
        Manque(f"{personne.nom_complet} n’a pas rendu son analyse.")
        for personne in analystes
        if personne.pk not in rendues
    ]


@transaction.atomic
def arreter_consensus(*, offre, par, notes):
    """The notes that count, once every analyst has handed theirs in; may be rewritten."""
    consultation = preparer(offre.consultation.atelier, par, "analyser")
    offre = _offre(offre, consultation)
    if offre.ecartee:
        raise ErreurMetier("Cette offre est écartée.")
    if manques := manques_consensus(offre):
        raise ElementsManquants(manques)
    _verifier_notes(notes, consultation.criteres.all())
    if any(not remarque.strip() for _, remarque in notes.values()):
        raise ErreurMetier("Justifiez chaque note de consensus : le rapport la cite.")
    offre.consensus.all().delete()
    NoteConsensus.objects.bulk_create(
        NoteConsensus(
            offre=offre, critere_id=critere, note=Decimal(note), remarque=remarque.strip()
        )
        for critere, (note, remarque) in notes.items()
    )
    offre.consensus_le = timezone.now()
    offre.save(update_fields=["consensus_le"])
    inscrire(journal.CONSENSUS, objet=consultation.atelier, par=par, numero=offre.numero)
    return offre


@transaction.atomic
def ecarter(*, offre, par, motif):
    """An irregular, unacceptable or unsuitable offer leaves the ranking, with its reason."""
    consultation = preparer(offre.consultation.atelier, par, "analyser")
    offre = _offre(offre, consultation)
    if not (motif or "").strip():
        raise MotifRequis()
    if offre.ecartee:
        raise ErreurMetier("Cette offre est déjà écartée.")
    offre.motif_ecart = motif.strip()
    offre.save(update_fields=["motif_ecart"])
    inscrire(journal.ECARTEE, objet=consultation.atelier, par=par, motif=motif, numero=offre.numero)
    return offre
