"""What waits on the carriers and on DGALN, for the dashboard."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from candidatures.appels.models import Appel
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.domaine.etapes import url_de
from candidatures.dossiers.domaine.fenetre import UN_JOUR, q_fermes
from candidatures.dossiers.droits import (
    PORTEURS,
    est_instructeur,
    portees_par,
    reperes_portes_par,
    reperes_visibles_par,
    visibles_par,
)
from candidatures.dossiers.models import Candidature, Copilotage, Portage
from socle.comptes import ayant_droit
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.groupage import RequeteGardee
from socle.interface.taches import PLAFOND, Tache, dire_plafonnes, plafonner, plafonnes, suite

HORIZON = timedelta(days=30)


def _a_examiner(candidature) -> Tache:
    return Tache(
        verbe="Examiner la recevabilité",
        objet=candidature.titre,
        url=reverse("candidatures:instruire", args=[candidature.reference]),
        depuis=candidature.deposee_le,
    )


def _autres_a_examiner(nombre: int) -> Tache:
    return Tache(
        verbe="Examiner la recevabilité",
        objet=autres(nombre),
        url=f"{reverse('candidatures:instruction')}?etat={E.DEPOSEE}",
        nombre=nombre,
    )


def autres(nombre: int) -> str:
    return f"{nombre} autre{'s' if nombre > 1 else ''} candidature{'s' if nombre > 1 else ''}"


LUES = ("reference", "titre", "etat", "cree_le", "modifiee_le", "deposant")
LUES += ("appel__ferme_le", "reorientation__le")
OUVERTES = {
    E.BROUILLON: "Compléter et déposer",
    E.A_COMPLETER: "Transmettre les compléments",
    E.REORIENTEE: "Reprendre dans un autre dispositif",
}


def _lire_a_examiner(*, personne):
    qui = Utilisateur(pk=personne, role=Role.DGALN)
    deposees = visibles_par(qui).filter(etat=E.DEPOSEE).order_by("deposee_le", "pk")
    return plafonnes(
        deposees.only("reference", "titre", "deposee_le"),
        reperes_visibles_par(qui).filter(etat=E.DEPOSEE),
    )


A_EXAMINER = RequeteGardee(_lire_a_examiner)


def a_traiter(utilisateur) -> list[Tache]:
    """Drafts to finish, compléments to send, reorientations to take up again; for DGALN, the
    recevabilité to examine."""
    if est_instructeur(utilisateur):
        lues = A_EXAMINER.objets(personne=utilisateur.pk)
        return dire_plafonnes(lues, _a_examiner, _autres_a_examiner)
    if not utilisateur.is_active:
        return []
    lues = OUVERTES_LUES.lire(
        *ayant_droit.forme(utilisateur),
        **ayant_droit.valeurs(utilisateur),
        maintenant=(maintenant := timezone.now()),
        veille=maintenant - UN_JOUR,
    )
    par_etat: dict[str, list] = {etat: [] for etat in OUVERTES}
    for ligne in map(Ouverte._make, lues):
        par_etat[ligne.etat].append(ligne)
    return [t for etat, siennes in par_etat.items() for t in _ouvertes(etat, siennes, utilisateur)]


class Ouverte(NamedTuple):
    """What a line says of a dossier that its carriers have in hand."""

    reference: str
    titre: str
    etat: str
    cree_le: datetime
    modifiee_le: datetime
    deposant: int | None
    ferme_le: datetime | None
    reorientee_le: datetime | None
    en_tout: int
    a_rendre: date | None
    represente: bool

    def depose(self, utilisateur) -> bool:
        return self.deposant == utilisateur.pk if self.deposant else self.represente


def _lire_ouvertes(*forme, maintenant, veille, **compte):
    """The first ones of each state."""
    qui = ayant_droit.relire(*forme, **compte)
    rangs = {"partition_by": "etat"}
    return (
        portees_par(qui, etats=OUVERTES)
        .exclude(etat=E.REORIENTEE, reorientation__nouvelle__isnull=False)
        .exclude(q_fermes(maintenant, veille))
        .annotate(
            rang=Window(RowNumber(), order_by="pk", **rangs),
            en_tout=Window(Count("pk"), **rangs),
            a_rendre=_echeance_des_complements(),
            represente=_represente(qui),
        )
        .filter(rang__lte=PLAFOND + 1)
        .order_by("pk")
        .values_list(*LUES, "en_tout", "a_rendre", "represente")
    )


OUVERTES_LUES = RequeteGardee(_lire_ouvertes)


def _echeance_des_complements():
    """When the open request is due; the instruction names the relation."""
    demande = Candidature._meta.get_field("demandes_complement").related_model
    ouvertes = demande.objects.filter(candidature=OuterRef("pk"), repondue_le__isnull=True)
    return Subquery(ouvertes.values("echeance")[:1])


def _represente(utilisateur):
    """The user acts for a carrier: whoever was invited by name only writes."""
    if utilisateur.role not in PORTEURS:
        return Value(False)
    sien = {"candidature": OuterRef("pk"), "organisme": utilisateur.organisme_id}
    return ExpressionWrapper(
        Q(service_pilote=utilisateur.organisme_id)
        | Exists(Portage.objects.filter(**sien))
        | Exists(Copilotage.objects.filter(**sien)),
        output_field=BooleanField(),
    )


def _ouvertes(etat, siennes, utilisateur) -> list[Tache]:
    """The first ones of one state, and how many others its list shows."""
    if len(siennes) <= PLAFOND:
        return [_ouverte(c, utilisateur) for c in siennes]
    reste = siennes[0].en_tout - PLAFOND
    url = f"{reverse('candidatures:liste')}?etat={etat}"
    autre = Tache(verbe=OUVERTES[etat], objet=autres(reste), url=url, nombre=reste)
    return [*(_ouverte(c, utilisateur) for c in siennes[:PLAFOND]), autre]


def _ouverte(candidature, utilisateur) -> Tache:
    verbe, titre = OUVERTES[candidature.etat], candidature.titre
    if candidature.etat == E.BROUILLON:
        return Tache(
            verbe if candidature.depose(utilisateur) else "Compléter le dossier",
            titre,
            url_de(candidature, "depot"),
            depuis=candidature.cree_le,
            echeance=candidature.ferme_le,
        )
    if candidature.etat == E.A_COMPLETER:
        url = reverse("candidatures:complements", args=[candidature.reference])
        return Tache(
            verbe, titre, url, depuis=candidature.modifiee_le, echeance=candidature.a_rendre
        )
    url = reverse("candidatures:reprendre", args=[candidature.reference])
    return Tache(verbe, titre, url, depuis=candidature.reorientee_le)


def a_venir(utilisateur) -> list[Tache]:
    """Calls that close within thirty days, for DGALN and for those who may answer."""
    bientot = Appel.objects.ouverts().filter(ferme_le__lte=timezone.now() + HORIZON)
    if not est_instructeur(utilisateur):
        bientot = bientot.filter(Exists(reperes_portes_par(utilisateur)))
    return plafonner(
        bientot.only("titre", "slug", "ferme_le").order_by("ferme_le", "pk"),
        _cloture,
        lambda nombre: Tache(
            verbe="Clôture d’appels",
            objet=suite(nombre),
            url=reverse("candidatures:appels"),
            echeance=timezone.now() + HORIZON,
            nombre=nombre,
        ),
    )


def _cloture(appel) -> Tache:
    return Tache(
        "Clôture de l’appel", appel.titre, appel.get_absolute_url(), echeance=appel.ferme_le
    )
