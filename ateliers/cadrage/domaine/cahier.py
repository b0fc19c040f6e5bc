"""Writing the cahier des charges, section by section."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage import journal
from ateliers.cadrage.choix import EtatCahier, PartieCahier
from ateliers.cadrage.cycle_de_vie import CYCLE_CAHIER
from ateliers.cadrage.domaine.competences import reprendre_types
from ateliers.cadrage.domaine.composition import PAS, RANG_PARTIE, propositions, section
from ateliers.cadrage.droits import peut_rediger_cahier
from ateliers.cadrage.models import CahierDesCharges, RevisionSection, SectionCahier
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import exiger, peut_piloter
from socle.erreurs import ConflitDeVersion, ErreurMetier, Manque, TransitionImpossible
from socle.interface.saisie import ValeurEnVigueur
from socle.journal.domaine import inscrire

REPRISE = timedelta(minutes=30)


def creer_cahier(*, atelier, version_note) -> CahierDesCharges:
    """Half written from the retained note and the clauses; part of opening an atelier."""
    cahier = CahierDesCharges.objects.create(atelier=atelier, version_note=version_note)
    reprendre_types(cahier)
    sections = [section(cahier, p, 0) for p in propositions(atelier, version_note)]
    rang = sum(RANG_PARTIE[s.partie] <= RANG_PARTIE[PartieCahier.MISSION] for s in sections)
    sections.insert(
        rang,
        SectionCahier(
            cahier=cahier,
            cle="attendus",
            titre="Attendus de la mission",
            partie=PartieCahier.MISSION,
        ),
    )
    for ordre, ligne in enumerate(sections, start=1):
        ligne.ordre = ordre * PAS
    SectionCahier.objects.bulk_create(sections)
    return cahier


def verrouiller_cahier(atelier) -> CahierDesCharges:
    return (
        CahierDesCharges.objects.select_for_update(of=("self",))
        .select_related("atelier__dispositif", "atelier__service_pilote", "atelier__perimetre")
        .select_related("version_note")
        .get(atelier=atelier)
    )


def verrouiller_pour_ecrire(atelier, par) -> CahierDesCharges:
    """The row that every writing verb locks first; refused once the text is at the visas."""
    cahier = verrouiller_cahier(atelier)
    exiger(peut_rediger_cahier(par, cahier.atelier))
    if cahier.etat != EtatCahier.BROUILLON:
        raise TransitionImpossible("Le cahier des charges n’est plus en rédaction : rouvrez-le.")
    return cahier


def _en_vigueur(ligne) -> ValeurEnVigueur:
    return ValeurEnVigueur(ligne.texte, ligne.revision, ligne.modifiee_par, ligne.modifiee_le)


def ecrire(ligne: SectionCahier, par, *, texte: str, **champs) -> SectionCahier:
    """Write a locked section: its text, its revision, its history."""
    maintenant = timezone.now()
    if ligne.revision == 0 and ligne.texte:
        RevisionSection.objects.create(section=ligne, revision=0, texte=ligne.texte, le=maintenant)
    recente = ligne.modifiee_le and ligne.modifiee_le > maintenant - REPRISE
    if not (recente and ligne.modifiee_par_id == par.pk):
        inscrire(journal.SECTION, objet=ligne.cahier.atelier, par=par, section=ligne.titre)
    ligne.texte, ligne.revision = texte, ligne.revision + 1
    ligne.modifiee_par, ligne.modifiee_le = par, maintenant
    for champ, valeur in champs.items():
        setattr(ligne, champ, valeur)
    ligne.save(update_fields=["texte", "revision", "modifiee_par", "modifiee_le", *champs])
    RevisionSection.objects.create(
        section=ligne, revision=ligne.revision, texte=texte, par=par, le=maintenant
    )
    return ligne


@transaction.atomic
def ecrire_section(*, section, par, texte, revision):
    """Save one section, unless a colleague saved first."""
    cahier = verrouiller_pour_ecrire(section.cahier.atelier, par)
    ligne = SectionCahier.objects.select_for_update().get(pk=section.pk)
    ligne.cahier = cahier
    if revision is None or ligne.revision != int(revision):
        raise ConflitDeVersion(ligne)
    return ecrire(ligne, par, texte=texte)


@transaction.atomic
def enregistrer(*, atelier, cle, par, texte, revision) -> int:
    """Autosave of one section; the same text again changes nothing. Returns its revision."""
    cahier = verrouiller_pour_ecrire(atelier, par)
    ligne = (
        SectionCahier.objects.select_for_update(of=("self",))
        .select_related("modifiee_par")
        .filter(cahier=cahier, cle=cle)
        .first()
    )
    if ligne is None:
        raise ErreurMetier("Cette section n’existe plus : rechargez la page.")
    if ligne.texte == texte:
        return ligne.revision
    if ligne.revision != revision:
        raise ConflitDeVersion(_en_vigueur(ligne))
    ligne.cahier = cahier
    return ecrire(ligne, par, texte=texte).revision


def retenues(cahier) -> list[SectionCahier]:
    """The sections of the document, in order."""
    return [s for s in cahier.sections.all() if not s.ecartee]


def sections_ecrites(cahier) -> int:
    return sum(not s.vide for s in retenues(cahier))


def manques_cahier(cahier) -> list[Manque]:
    """What stands between the text and its visas, each with where to mend it."""
    slug = cahier.atelier.slug
    manques = [
        Manque(
            f"La section « {s.titre} » du cahier des charges est vide.",
            reverse("ateliers:cahier_section", args=[slug, s.cle]),
        )
        for s in retenues(cahier)
        if s.vide
    ]
    if cahier.atelier.dispositif.avec_appel_equipes and not cahier.competences.all():
        manques.append(
            Manque(
                "Aucune compétence n’est demandée à l’équipe.",
                reverse("ateliers:cahier_competences", args=[slug]),
            )
        )
    return manques


@transaction.atomic
def rouvrir_cahier(*, atelier, par, motif):
    """Back to writing, as long as no contract was notified: the version's visas are void."""
    cahier = verrouiller_cahier(atelier)
    exiger(peut_piloter(par, cahier.atelier))
    CYCLE_CAHIER.verifier(cahier, "rouvrir", motif=motif)
    if cahier.atelier.etat != EtatAtelier.CADRAGE:
        raise TransitionImpossible(
            "Le contrat est notifié : le cahier des charges ne change plus que par avenant."
        )
    CYCLE_CAHIER.appliquer(cahier, "rouvrir", motif=motif)
    cahier.valide_le = None
    cahier.save(update_fields=["etat", "valide_le"])
    cahier.versions.filter(caduque_le__isnull=True).update(
        caduque_le=timezone.now(), caduque_motif=motif
    )
    inscrire(journal.ROUVERT, objet=cahier.atelier, par=par, motif=motif)
    return cahier
