"""The members of a team: corrected in place, so that nothing known of them is lost."""

from django.db.models import CharField, ProtectedError
from django.db.models.functions import Cast

from ateliers.cadrage.choix import RoleMembre
from ateliers.cadrage.models import MembreEquipe
from socle.erreurs import ErreurMetier


def _net(nom) -> str:
    return " ".join((nom or "").split())


def ecrire_membres(equipe, membres) -> list[MembreEquipe]:
    """Inside the transaction of the verb. A row keeps its identity by number, else by name."""
    noms = [_net(valeurs["nom"]).casefold() for valeurs in membres]
    if len(set(noms)) < len(noms):
        raise ErreurMetier("Deux membres de l’équipe portent le même nom.")
    existants = list(equipe.membres.all())
    par_cle = {m.pk: m for m in existants} | {m.nom.casefold(): m for m in existants}
    ecrits = [_membre(equipe, par_cle, valeurs) for valeurs in membres]
    _retirer(m for m in existants if m not in ecrits)
    # Names are freed first: two rows may exchange theirs.
    equipe.membres.update(nom=Cast("pk", CharField()))
    for membre in ecrits:
        membre.save()
    _suppleer(equipe, dict(zip(noms, ecrits, strict=True)), membres)
    return ecrits


def _membre(equipe, par_cle, valeurs) -> MembreEquipe:
    nom = _net(valeurs["nom"])
    membre = par_cle.pop(valeurs.get("membre"), None) or par_cle.pop(nom.casefold(), None)
    if membre is None:
        membre = MembreEquipe(equipe=equipe)
    else:
        for cle in [cle for cle, autre in par_cle.items() if autre is membre]:
            del par_cle[cle]
    membre.nom, membre.discipline = nom, valeurs["discipline"]
    membre.role = valeurs.get("role") or membre.role or RoleMembre.COTRAITANT
    membre.suppleant_de, membre.suppleant_mandataire = None, False
    for champ in ("jours", "organisme"):
        if champ in valeurs:
            setattr(membre, champ, valeurs[champ])
    return membre


def _retirer(membres) -> None:
    for membre in membres:
        nom = membre.nom
        try:
            membre.delete()
        except ProtectedError as erreur:
            raise ErreurMetier(f"Des jours faits sont notés pour {nom} : ce nom reste.") from erreur


def _suppleer(equipe, par_nom, membres) -> None:
    for valeurs in membres:
        supplee = _net(valeurs.get("suppleant_de")).casefold()
        if not supplee:
            continue
        membre = par_nom[_net(valeurs["nom"]).casefold()]
        if supplee == _net(equipe.mandataire.nom).casefold():
            membre.suppleant_mandataire = True
        elif supplee in par_nom and par_nom[supplee] is not membre:
            membre.suppleant_de = par_nom[supplee]
        else:
            raise ErreurMetier(
                f"{membre.nom} : le nom de la personne suppléée n’est pas celui d’un autre membre "
                "de l’équipe ni du mandataire."
            )
        membre.save(update_fields=["suppleant_de", "suppleant_mandataire"])
