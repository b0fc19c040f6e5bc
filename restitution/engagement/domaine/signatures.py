"""Signatures of both sides. Each side records its own."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from restitution.engagement import journal, notifications
from restitution.engagement.choix import Cote
from restitution.engagement.models import Signature
from restitution.feuilles import droits
from restitution.feuilles.choix import EtatFeuille
from restitution.feuilles.domaine.verrou import verrouiller
from restitution.feuilles.mise_en_forme import en_date
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.erreurs import ActionInterdite, TransitionImpossible
from socle.journal.domaine import inscrire

LONGUEUR_MIN = 3
CENTRALES_ET_SERVICES = (
    NatureOrganisme.ADMINISTRATION_CENTRALE,
    NatureOrganisme.DDT,
    NatureOrganisme.DREAL,
    NatureOrganisme.DEAL,
    NatureOrganisme.DTAM,
    NatureOrganisme.PREFECTURE,
)


def organismes_signataires(feuille, cote: str) -> list[str]:
    """Names proposed to a signatory: the carriers and the perimeter, or the State services."""
    perimetre = feuille.atelier.perimetre
    if cote == Cote.ELU:
        filtre = (
            Q(pk__in=feuille.atelier.porteurs.values("pk"))
            | Q(commune__in=perimetre.communes.all())
            | Q(epci__in=perimetre.epcis.all())
        ) & ~Q(nature__in=CENTRALES_ET_SERVICES)
    else:
        filtre = Q(nature__in=CENTRALES_ET_SERVICES) & (
            Q(pk=feuille.atelier.service_pilote_id)
            | Q(departements__in=perimetre.departements.all())
            | Q(regions__in=perimetre.departements.values("region"))
            | Q(nature=NatureOrganisme.ADMINISTRATION_CENTRALE)
        )
    noms = Organisme.objects.filter(filtre).order_by("nom").values_list("nom", flat=True)
    return list(noms.distinct())


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
    if len(nom) < LONGUEUR_MIN:
        raise TransitionImpossible("Écrivez le prénom et le nom du signataire.", champ="nom")
    if len(organisme) < LONGUEUR_MIN:
        raise TransitionImpossible("Écrivez le nom de l’organisation.", champ="organisme")
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
    notifications.signee(feuille, signature, par=par)
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
