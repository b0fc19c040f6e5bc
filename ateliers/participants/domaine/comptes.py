"""A sheet of the directory and an account: the same person, told so by who keeps the sheet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction

from ateliers.annuaire import journal
from ateliers.annuaire.domaine import comptes
from ateliers.annuaire.droits import comptes_connus_de, visibles_par
from ateliers.annuaire.models import Personne
from ateliers.parcours.droits import exiger
from ateliers.participants.domaine.corrections import REFUS, corrigeables, peut_corriger
from ateliers.participants.models import Participant
from candidatures.dispositifs.choix import College
from socle.comptes.models import Utilisateur
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire


@dataclass(frozen=True)
class CompteProche:
    """An account that may be this person."""

    personne: Personne
    compte: Utilisateur
    raison: str

    @property
    def dit(self) -> str:
        return comptes.dire(self.compte)


def proches(utilisateur, personnes, permises=None) -> list[CompteProche]:
    """For people without an account, those that bear their name in their organisme or département.

    Of the people whose sheet this user may correct alone: nobody else may link them.
    `personnes`: read with their mandates and the organismes of these. `permises`: who may be
    linked, when the page knows it already.
    """
    seules = [p for p in personnes if p.utilisateur_id is None and p.atelier_id is None]
    noms = {p.pk: comptes.cle_du_nom(p.prenom, p.nom) for p in seules}
    trouves = comptes.homonymes(utilisateur, set(noms.values()))
    seules = [p for p in seules if noms[p.pk] in trouves]
    if permises is None:
        permises = corrigeables(utilisateur, {p.pk for p in seules})
    seules = [p for p in seules if p.pk in permises]
    lieux = _departements({p.pk for p in seules}) if seules else {}
    lignes = []
    for personne in seules:
        organismes = [m.organisation for m in personne.mandats.all()]
        for compte in trouves[noms[personne.pk]]:
            if raison := comptes.raison(compte, organismes, lieux.get(personne.pk, set())):
                lignes.append(CompteProche(personne, compte, raison))
    return lignes


def _departements(personnes: set[int]) -> dict[int, set[str]]:
    siens = defaultdict(set)
    participations = Participant.objects.filter(personne__in=personnes).order_by()
    for personne, code in participations.values_list(
        "personne", "atelier__perimetre__departements"
    ).distinct():
        siens[personne].add(code)
    return siens


def connu(utilisateur, personne):
    """The account of this person, when one may read whose it is."""
    if personne.utilisateur_id is None:
        return None
    return comptes_connus_de(utilisateur).filter(pk=personne.utilisateur_id).first()


def _verrouiller(personne, par) -> Personne:
    personne = Personne.objects.select_for_update(of=["self"]).get(pk=personne.pk)
    vue = visibles_par(par).filter(pk=personne.pk).exists()
    exiger(vue and peut_corriger(par, personne), REFUS)
    return personne


@transaction.atomic
def lier_compte(*, personne, compte, par) -> Personne:
    """Only an account that the sheet proposes: any other is nobody's to give."""
    personne = _verrouiller(personne, par)
    proposes = {ligne.compte.pk for ligne in proches(par, [personne])}
    if compte.pk not in proposes:
        raise ErreurMetier("Ce compte n’est pas proposé pour cette fiche : relisez-la.")
    personne.utilisateur = compte
    personne.revision += 1
    personne.save(update_fields=["utilisateur", "revision"])
    inscrire(journal.COMPTE_LIE, objet=personne, par=par)
    return personne


@transaction.atomic
def delier_compte(*, personne, par) -> Personne:
    personne = _verrouiller(personne, par)
    if personne.utilisateur_id is None:
        raise ErreurMetier("Cette fiche n’est liée à aucun compte.")
    if not deliable(personne):
        raise ErreurMetier(
            "La fiche et le compte ont la même adresse : corrigez d’abord celle de la fiche."
        )
    personne.utilisateur = None
    personne.revision += 1
    personne.save(update_fields=["utilisateur", "revision"])
    inscrire(journal.COMPTE_DELIE, objet=personne, par=par)
    return personne


def deliable(personne) -> bool:
    """The same address is the same person: nothing to undo."""
    compte = personne.utilisateur
    return compte is not None and compte.email.lower() != personne.courriel.lower()


def annoncer(lignes, *, atelier, par) -> None:
    """What a file says of accounts, line by line. Three short queries, six when a name is known."""
    neuves = [
        li for li in lignes if li.sort == "ajout" and li.champs["college"] != College.HABITANTS
    ]
    titulaires = comptes.aux_adresses({li.champs["courriel"] for li in neuves})
    dicibles = set()
    if titulaires:
        pks = [compte.pk for compte in titulaires.values()]
        dicibles = set(comptes_connus_de(par).filter(pk__in=pks).values_list("pk", flat=True))
    noms = {_nom(li) for li in neuves if li.champs["courriel"] not in titulaires}
    connus = comptes.homonymes(par, noms)
    lieux = set(atelier.perimetre.departements.values_list("pk", flat=True)) if connus else set()
    for ligne in neuves:
        if compte := titulaires.get(ligne.champs["courriel"]):
            qui = f" ({comptes.dire(compte)})" if compte.pk in dicibles else ""
            phrase = f"A déjà un compte{qui}\u00a0: la fiche y sera liée."
        else:
            phrase = _ressemblances(ligne, connus.get(_nom(ligne), ()), lieux)
        ligne.phrase = f"{ligne.phrase} {phrase}".strip()


def _nom(ligne) -> str:
    return comptes.cle_du_nom(ligne.champs["prenom"], ligne.champs["nom"])


def _ressemblances(ligne, candidats, lieux) -> str:
    retenus = [c for c in candidats if comptes.raison(c, [ligne.champs["organisation"]], lieux)]
    if not retenus:
        return ""
    qui = "\u00a0; ".join(comptes.dire(compte) for compte in retenus)
    return (
        f"Un compte porte le même nom ({qui})\u00a0: si c’est la même personne, "
        "liez-les ensuite depuis sa fiche."
    )
