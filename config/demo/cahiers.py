"""The cahiers des charges of the demonstration: visas of the ateliers that run, and three halts.

Of the three ateliers in cadrage one is half written, one waits for its DREAL, one was refused.
"""

from __future__ import annotations

from ateliers.cadrage.domaine import cahier, plan, visas
from ateliers.cadrage.domaine.visas import REGIONAUX
from ateliers.cadrage.models import SectionCahier, VisaCahier
from config.demo import dossiers, horloge
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme, Utilisateur

ATTENDUS = (
    "L’équipe anime les séances prévues par le dispositif, remet un carnet de suivi après chacune "
    "d’elles et prépare la feuille de route avec les élus et les services de l’État.\n\n"
    "- Elle part de la question posée par le territoire et la met en débat dès le premier jour.\n"
    "- Elle rend ses hypothèses lisibles par tous : plans, maquettes, dessins.\n"
    "- Elle propose, pour chaque action, un pilote et une échéance."
)
REFUS = (
    "Les attendus ne disent rien de la ressource en eau, que la note place au cœur de la question. "
    "Précisez aussi la place des entreprises dans les trois ateliers."
)


def installer_dreal(atelier) -> None:
    """The regional service of the atelier, with one agent, where the cast has none."""
    dreal_de(atelier.perimetre.departements.order_by("code").first().region)


def dreal_de(region) -> Organisme:
    existe = Organisme.objects.filter(nature__in=REGIONAUX, regions=region).order_by("pk").first()
    if existe is not None:
        return existe
    organisme, _ = Organisme.objects.get_or_create(
        nom=f"Direction régionale de l’environnement, de l’aménagement et du logement {region.nom}",
        defaults={"nature": NatureOrganisme.DREAL, "sigle": f"DREAL {region.nom}"[:40]},
    )
    organisme.regions.set([region])
    dossiers.agent(organisme, Role.SERVICE_ETAT)
    return organisme


def ecrire(atelier, par) -> None:
    """The sections that neither the note nor the clauses fill."""
    vides = SectionCahier.objects.filter(cahier__atelier=atelier, texte="", ecartee=False)
    for section in vides.order_by("pk"):
        cahier.ecrire_section(section=section, par=par, texte=ATTENDUS, revision=section.revision)


def _signataire(visa, acteurs) -> Utilisateur:
    if visa.organisme_id is None:
        return acteurs.dgaln
    if visa.organisme_id == acteurs.pilote.organisme_id:
        return acteurs.pilote
    return Utilisateur.objects.filter(organisme=visa.organisme_id).order_by("pk").first()


def viser(atelier, version, acteurs, *, combien=None) -> None:
    attendus = VisaCahier.objects.filter(version=version).order_by("ordre")
    for visa in list(attendus)[:combien]:
        visas.viser(atelier=atelier, par=_signataire(visa, acteurs), version=version.numero)


def soumettre_et_viser(atelier, acteurs, jour: int) -> None:
    with horloge.le(horloge.jour(jour)):
        ecrire(atelier, acteurs.pilote)
        version = visas.soumettre(atelier=atelier, par=acteurs.pilote)
        viser(atelier, version, acteurs)


def cadrer(atelier, acteurs, debut: int) -> None:
    """One halt per dispositif, so that each stage of the circuit is seen."""
    par = acteurs.pilote
    if atelier.dispositif_id == "flash":
        with horloge.le(horloge.jour(debut + 10)):
            plan.choisir_clauses(atelier=atelier, par=par, cles=["stand"])
        return
    with horloge.le(horloge.jour(-16)):
        ecrire(atelier, par)
        version = visas.soumettre(atelier=atelier, par=par)
    with horloge.le(horloge.jour(-12)):
        viser(atelier, version, acteurs, combien=1)
    if atelier.dispositif_id == "national":
        dreal = VisaCahier.objects.get(version=version, niveau="dreal")
        with horloge.le(horloge.jour(-6)):
            visas.refuser(
                atelier=atelier,
                par=_signataire(dreal, acteurs),
                version=version.numero,
                motif=REFUS,
            )
