"""National meeting and lessons: simple objects kept by the DGALN."""

from django.db import transaction

from restitution.national import journal
from restitution.national.droits import peut_composer
from restitution.national.models import Enseignement, RencontreNationale
from socle.erreurs import ActionInterdite, ConflitDeVersion
from socle.journal.domaine import inscrire


def exiger_dgaln(par) -> None:
    if not peut_composer(par):
        raise ActionInterdite("Le niveau national est tenu par la DGALN.")


def _charger_ou_creer(modele, objet, revision: int):
    if objet is None:
        return modele()
    objet = modele.objects.select_for_update(of=("self",)).get(pk=objet.pk)
    if objet.revision != revision:
        raise ConflitDeVersion(objet)
    objet.revision += 1
    return objet


@transaction.atomic
def enregistrer_rencontre(
    *,
    titre,
    date,
    lieu,
    programme="",
    participants=None,
    session=None,
    ateliers=(),
    rencontre=None,
    revision: int = 0,
    par,
) -> RencontreNationale:
    exiger_dgaln(par)
    rencontre = _charger_ou_creer(RencontreNationale, rencontre, revision)
    rencontre.titre, rencontre.date, rencontre.lieu = titre.strip(), date, lieu.strip()
    rencontre.programme, rencontre.participants = programme.strip(), participants
    rencontre.session = session
    rencontre.save()
    rencontre.ateliers.set(ateliers)
    inscrire(journal.RENCONTRE, objet=rencontre, par=par, titre=rencontre.titre)
    return rencontre


@transaction.atomic
def enregistrer_enseignement(
    *,
    titre,
    texte,
    theme=None,
    rencontre=None,
    ateliers=(),
    enseignement=None,
    revision: int = 0,
    par,
) -> Enseignement:
    exiger_dgaln(par)
    enseignement = _charger_ou_creer(Enseignement, enseignement, revision)
    enseignement.titre, enseignement.texte = titre.strip(), texte.strip()
    enseignement.theme, enseignement.rencontre = theme, rencontre
    enseignement.save()
    enseignement.ateliers.set(ateliers)
    inscrire(journal.ENSEIGNEMENT, objet=enseignement, par=par, titre=enseignement.titre)
    return enseignement
