"""Verbs on the organismes of the directory. Renaming one renames it for everybody who names it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from ateliers.annuaire import journal
from ateliers.annuaire.domaine.organismes import de_ce_nom, reindexer
from ateliers.annuaire.droits import RESERVE, organismes_visibles_par, peut_consulter
from ateliers.annuaire.models import Mandat, OrganismeAnnuaire
from ateliers.parcours.droits import exiger
from ateliers.parcours.models import Atelier
from ateliers.participants.domaine.nouveaux_organismes import confirmer_organisme
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import Participant
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.erreurs import ConflitDeVersion, ErreurMetier
from socle.journal.domaine import inscrire
from socle.territoires.domaine.saisie import lire_codes
from socle.territoires.domaine.siret import lire_siret

REFUS = "Tient un organisme qui tient la liste de tous les ateliers où l’on parle pour lui."
CHAMPS = ("nom", "sigle", "college", "nature", "siret")
IDENTITES = ("compte", "commune", "epci")


def peut_tenir(utilisateur, organisme) -> bool:
    """Whoever keeps the list of every atelier where somebody speaks, or spoke, for it."""
    concernes = Participant.objects.filter(
        Q(organisme=organisme) | Q(personne__mandats__organisme=organisme)
    )
    ateliers = Atelier.objects.filter(pk__in=concernes.values("atelier"))
    return peut_consulter(utilisateur) and all(peut_gerer(utilisateur, a) for a in ateliers)


def _identite(lien: str) -> dict:
    """« O12 » an organisme with accounts, « C80253 » a commune, « E200… » an EPCI, or nothing."""
    if lien.startswith("O"):
        return dict.fromkeys(IDENTITES) | {"compte": Organisme.objects.get(pk=lien[1:])}
    lu = lire_codes([lien] if lien else [])
    if lu.erreurs:
        raise ErreurMetier(lu.erreurs[0], champ="identite")
    return {
        "compte": None,
        "commune": lu.communes[0] if lu.communes else None,
        "epci": lu.epcis[0] if lu.epcis else None,
    }


def _siret(texte: str) -> str:
    if not texte.strip():
        return ""
    try:
        return lire_siret(texte)
    except ErreurMetier as erreur:
        raise ErreurMetier(erreur.message, champ="siret") from erreur


def _refuser_double(organisme, par) -> None:
    """Another organisme is this one already: they are merged, not written twice."""
    autres = OrganismeAnnuaire.objects.filter(atelier=organisme.atelier).exclude(pk=organisme.pk)
    pris = [("nom", {"cle": organisme.cle}), ("siret", {"siret": organisme.siret})]
    pris += [("identite", {champ: getattr(organisme, champ)}) for champ in IDENTITES]
    for champ, egal in pris:
        autre = autres.filter(**egal).first() if all(egal.values()) else None
        if autre is None:
            continue
        vu = organismes_visibles_par(par).filter(pk=autre.pk).exists()
        quoi = f"«\u00a0{autre.nom}\u00a0»" if vu else "Un organisme d’un autre territoire"
        raise ErreurMetier(
            f"{quoi} est déjà celui-ci dans l’annuaire\u00a0: choisissez-le, ou fusionnez les deux "
            "fiches.",
            champ=champ,
        )


def _ecrire(organisme, champs: dict, lien: str, par) -> None:
    for cle in CHAMPS:
        setattr(organisme, cle, str(champs[cle] or "").strip())
    organisme.nom = " ".join(organisme.nom.split())
    organisme.siret = _siret(organisme.siret)
    for cle, valeur in _identite(lien).items():
        setattr(organisme, cle, valeur)
    organisme.situer()
    _refuser_double(organisme, par)
    organisme.save()


@transaction.atomic
def creer_organisme(*, par, lien: str = "", confirmes=None, **champs) -> OrganismeAnnuaire:
    """`champs`: nom, sigle, college, nature, siret. `lien`: what it is elsewhere, if anything."""
    exiger(peut_consulter(par), RESERVE)
    if de_ce_nom(champs["nom"]) is None:
        vus = {"organisation": champs["nom"]}
        confirmer_organisme(vus, par=par, confirmes=confirmes, champ="nom")
    organisme = OrganismeAnnuaire(service=par.organisme)
    _ecrire(organisme, champs, lien, par)
    inscrire(journal.ORGANISME_CREE, objet=organisme, par=par)
    return organisme


def _verrouiller(*pks) -> list[OrganismeAnnuaire]:
    lus = OrganismeAnnuaire.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    connus = {organisme.pk: organisme for organisme in lus}
    if set(pks) - set(connus):
        raise ErreurMetier("Cet organisme n’est plus dans l’annuaire.")
    return [connus[pk] for pk in pks]


@transaction.atomic
def modifier_organisme(*, organisme, par, revision: int, lien: str = "", **champs):
    (organisme,) = _verrouiller(organisme.pk)
    exiger(peut_tenir(par, organisme), REFUS)
    if organisme.revision != revision:
        raise ConflitDeVersion(organisme)
    nomme = (organisme.nom, organisme.sigle)
    organisme.revision += 1
    _ecrire(organisme, champs, lien, par)
    if nomme != (organisme.nom, organisme.sigle):
        reindexer(organisme)
    inscrire(journal.ORGANISME_MODIFIE, objet=organisme, par=par)
    return organisme


@transaction.atomic
def supprimer_organisme(*, organisme, par) -> None:
    """Made by mistake: nobody ever spoke for it."""
    (organisme,) = _verrouiller(organisme.pk)
    exiger(peut_tenir(par, organisme), REFUS)
    if organisme.mandats.exists() or organisme.participants.exists():
        raise ErreurMetier("Une personne parle ou a parlé pour cet organisme\u00a0: gardez-le.")
    inscrire(journal.ORGANISME_SUPPRIME, objet=organisme, par=par)
    organisme.delete()


def manque_fusion(garder, absorber) -> str:
    """The sentence that forbids it, or nothing."""
    if garder.pk == absorber.pk:
        return "Choisissez deux organismes différents."
    if garder.atelier_id != absorber.atelier_id:
        return "L’organisme d’un habitant reste dans son atelier."
    if garder.siret and absorber.siret and garder.siret != absorber.siret:
        return "Ces deux organismes ont chacun leur SIRET\u00a0: corrigez d’abord l’un d’eux."
    if garder.identite and absorber.identite and garder.identite != absorber.identite:
        return (
            f"L’un est «\u00a0{garder.identite}\u00a0», l’autre «\u00a0{absorber.identite}\u00a0»"
            "\u00a0: corrigez d’abord l’un d’eux."
        )
    return ""


@transaction.atomic
def fusionner_organismes(*, garder, absorber, par) -> OrganismeAnnuaire:
    """The mandates and the participants of `absorber` pass to `garder`; nothing is lost."""
    if garder.pk == absorber.pk:
        raise ErreurMetier(manque_fusion(garder, absorber))
    garder, absorber = _verrouiller(garder.pk, absorber.pk)
    exiger(peut_tenir(par, garder) and peut_tenir(par, absorber), REFUS)
    if phrase := manque_fusion(garder, absorber):
        raise ErreurMetier(phrase)
    repris = Mandat.objects.filter(organisme=absorber).update(organisme=garder)
    Participant.objects.filter(organisme=absorber).update(organisme=garder)
    _unir_mandats(garder)
    for champ in ("sigle", "siret", "service"):
        setattr(garder, champ, getattr(garder, champ) or getattr(absorber, champ))
    if garder.nature == NatureOrganisme.AUTRE:
        garder.nature = absorber.nature
    if garder.identite is None:
        for champ in IDENTITES:
            setattr(garder, champ, getattr(absorber, champ))
    absorber.delete()
    garder.revision += 1
    garder.situer()
    garder.save()
    reindexer(garder)
    inscrire(journal.ORGANISMES_FUSIONNES, objet=garder, par=par, mandats=repris)
    return garder


def _unir_mandats(organisme) -> None:
    """The same quality of one person, written under the two names, is one mandate."""
    vus, doubles = set(), []
    for mandat in Mandat.objects.filter(organisme=organisme).order_by("pk"):
        qualite = (mandat.personne_id, mandat.college, mandat.fonction, mandat.du, mandat.au)
        if qualite in vus:
            doubles.append(mandat.pk)
        vus.add(qualite)
    Mandat.objects.filter(pk__in=doubles).delete()
