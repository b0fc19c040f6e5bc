"""Writing and validating the cahier des charges."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage import journal
from ateliers.cadrage.choix import EtatCahier
from ateliers.cadrage.cycle_de_vie import CYCLE_CAHIER
from ateliers.cadrage.domaine.competences import reprendre_types
from ateliers.cadrage.droits import peut_rediger_cahier
from ateliers.cadrage.models import CahierDesCharges, SectionCahier
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.domaine.cycle import verifier_revision
from ateliers.parcours.droits import exiger, peut_piloter
from socle.erreurs import ElementsManquants, Manque, TransitionImpossible
from socle.journal.domaine import inscrire


def creer_cahier(*, atelier, version_note) -> CahierDesCharges:
    """Copy the sections of the retained note; part of opening an atelier."""
    cahier = CahierDesCharges.objects.create(atelier=atelier, version_note=version_note)
    sections = version_note.contenu.get("sections", []) if version_note else []
    SectionCahier.objects.bulk_create(
        SectionCahier(
            cahier=cahier,
            cle=section["cle"].replace("_", "-"),
            titre=section["titre"],
            texte=section["texte"],
            ordre=ordre,
        )
        for ordre, section in enumerate(sections, start=1)
    )
    SectionCahier.objects.create(
        cahier=cahier, cle="attendus", titre="Attendus de la mission", ordre=len(sections) + 1
    )
    reprendre_types(cahier)
    return cahier


def verrouiller_cahier(atelier) -> CahierDesCharges:
    return (
        CahierDesCharges.objects.select_for_update(of=("self",))
        .select_related("atelier__dispositif")
        .get(atelier=atelier)
    )


@transaction.atomic
def ecrire_section(*, section, par, texte, revision):
    """Save one section, unless a colleague saved first."""
    section = SectionCahier.objects.select_for_update().get(pk=section.pk)
    cahier = CahierDesCharges.objects.select_related("atelier").get(pk=section.cahier_id)
    exiger(peut_rediger_cahier(par, cahier.atelier))
    if cahier.etat != EtatCahier.BROUILLON:
        raise TransitionImpossible("Le cahier des charges est validé : rouvrez sa rédaction.")
    verifier_revision(section, revision)
    section.texte = texte
    section.save(update_fields=["texte", "revision"])
    inscrire(journal.SECTION, objet=cahier.atelier, par=par, section=section.titre)
    return section


def sections_ecrites(cahier) -> int:
    return sum(bool(section.texte.strip()) for section in cahier.sections.all())


def manques_cahier(cahier) -> list[Manque]:
    """Sections still empty, each with where to write it."""
    slug = cahier.atelier.slug
    return [
        Manque(
            f"La section « {section.titre} » du cahier des charges est vide.",
            reverse("ateliers:cahier_section", args=[slug, section.cle]),
        )
        for section in cahier.sections.all()
        if not section.texte.strip()
    ]


@transaction.atomic
def valider_cahier(*, atelier, par):
    """The pilot closes the writing; the contract may then be prepared."""
    cahier = verrouiller_cahier(atelier)
    exiger(peut_piloter(par, cahier.atelier))
    CYCLE_CAHIER.verifier(cahier, "valider")
    if manques := manques_cahier(cahier):
        raise ElementsManquants(manques)
    CYCLE_CAHIER.appliquer(cahier, "valider")
    cahier.valide_le = timezone.now()
    cahier.save(update_fields=["etat", "valide_le"])
    inscrire(journal.VALIDE, objet=cahier.atelier, par=par)
    return cahier


@transaction.atomic
def rouvrir_cahier(*, atelier, par, motif):
    """Back to writing, as long as no contract was notified."""
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
    inscrire(journal.ROUVERT, objet=cahier.atelier, par=par, motif=motif)
    return cahier
