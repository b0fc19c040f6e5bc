"""Signatures of both sides. Each side records its own."""

from django.db import transaction
from django.utils import timezone

from restitution.engagement import journal
from restitution.engagement.choix import Cote
from restitution.engagement.models import Signature
from restitution.feuilles import droits
from restitution.feuilles.choix import EtatFeuille
from restitution.feuilles.domaine.verrou import verrouiller
from restitution.feuilles.mise_en_forme import en_date
from socle.erreurs import ActionInterdite, TransitionImpossible
from socle.journal.domaine import inscrire


def peut_signer(utilisateur, feuille, cote: str) -> bool:
    """The collectivité records its élus, the State service its own signatories."""
    if cote == Cote.ELU:
        return droits.est_collectivite(utilisateur, feuille)
    return droits.peut_piloter(utilisateur, feuille)


def _exiger(par, feuille, cote: str) -> None:
    if not peut_signer(par, feuille, cote):
        raise ActionInterdite(
            "La collectivité recueille les signatures des élus, "
            "le service pilote celles de l’État : aucun ne signe pour l’autre."
        )


@transaction.atomic
def recueillir_signature(
    *,
    feuille,
    cote: str,
    nom: str,
    qualite: str,
    organisme: str,
    signe_le,
    engagement: str = "",
    scan=None,
    par,
) -> Signature:
    feuille = verrouiller(feuille.pk)
    _exiger(par, feuille, cote)
    if feuille.etat != EtatFeuille.APPROUVEE:
        raise TransitionImpossible(
            "Les signatures sont recueillies après la délibération et avant l’officialisation."
        )
    if signe_le > timezone.localdate():
        raise TransitionImpossible(
            "Une signature ne peut pas être datée dans le futur.", champ="signe_le"
        )
    if feuille.approuvee_le and signe_le < feuille.approuvee_le:
        raise TransitionImpossible(
            f"La délibération est du {en_date(feuille.approuvee_le)} : les signatures la suivent.",
            champ="signe_le",
        )
    nom, organisme = nom.strip(), organisme.strip()
    if feuille.signatures.filter(nom=nom, organisme=organisme).exists():
        raise TransitionImpossible(f"{nom} a déjà signé pour {organisme}.")
    signature = Signature.objects.create(
        feuille=feuille,
        cote=cote,
        nom=nom,
        qualite=qualite.strip(),
        organisme=organisme,
        engagement=engagement.strip(),
        signe_le=signe_le,
        scan=scan or "",
        par=par,
    )
    inscrire(journal.SIGNEE, objet=feuille, par=par, nom=nom, qualite=signature.qualite)
    return signature


@transaction.atomic
def retirer_signature(*, signature, par) -> None:
    """Mend a mistyped signatory, before the officialisation only."""
    feuille = verrouiller(signature.feuille_id)
    _exiger(par, feuille, signature.cote)
    if feuille.etat != EtatFeuille.APPROUVEE:
        raise TransitionImpossible("Les signatures d’une feuille officialisée ne changent plus.")
    inscrire(journal.SIGNATURE_RETIREE, objet=feuille, par=par, nom=signature.nom)
    signature.delete()
