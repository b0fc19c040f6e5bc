"""The circuit of visas: submit a version, give or refuse a visa, remind."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage import journal, notifications
from ateliers.cadrage.choix import EtatCahier, EtatVisa, NiveauVisa
from ateliers.cadrage.cycle_de_vie import CYCLE_CAHIER
from ateliers.cadrage.domaine.cahier import manques_cahier, verrouiller_cahier
from ateliers.cadrage.domaine.versions import courante, figer
from ateliers.cadrage.droits import au_nom_de, visas_de_son_service
from ateliers.cadrage.models import (
    CahierDesCharges,
    EtapeVisa,
    RelanceVisa,
    VersionCahier,
    VisaCahier,
)
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import exiger, peut_piloter
from candidatures.dossiers.models import Designation
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme
from socle.erreurs import (
    ActionInterdite,
    ElementsManquants,
    Manque,
    MotifRequis,
    TransitionImpossible,
)
from socle.journal.domaine import inscrire

RELANCES = (7, 14)
REGIONAUX = (NatureOrganisme.DREAL, NatureOrganisme.DEAL, NatureOrganisme.DTAM)


def circuit(atelier) -> list[tuple[str, Organisme | None]]:
    """[(level, service)] of the dispositif. A regional service that pilots signs once."""
    niveaux = EtapeVisa.objects.filter(dispositif=atelier.dispositif_id).order_by("ordre")
    etapes = []
    for niveau in niveaux.values_list("niveau", flat=True):
        if niveau == NiveauVisa.PILOTE:
            etapes.append((niveau, atelier.service_pilote))
        elif niveau == NiveauVisa.DGALN:
            etapes.append((niveau, None))
        elif atelier.service_pilote.nature not in REGIONAUX:
            etapes.append((niveau, service_regional(atelier)))
    return etapes


def service_regional(atelier) -> Organisme | None:
    """The DREAL, or its overseas equal, of the first département of the perimeter; the one that
    the DGALN designated for the candidature, where it did."""
    departements = atelier.perimetre.departements.all()
    departement = min(departements, key=lambda d: d.code, default=None)
    if departement is None:
        return None
    designations = Designation.objects.filter(
        candidature=atelier.candidature_id, region=departement.region_id
    )
    if designation := designations.select_related("organisme").first():
        return designation.organisme
    return (
        Organisme.objects.filter(nature__in=REGIONAUX, regions=departement.region_id)
        .order_by("pk")
        .first()
    )


def manques_soumission(cahier) -> list[Manque]:
    """What stands between the text and its visas: the text itself, and who would give them."""
    manques = manques_cahier(cahier)
    etapes = circuit(cahier.atelier)
    if not etapes:
        manques.append(Manque("Le circuit des visas de ce dispositif n’est pas réglé."))
    if any(o is None for niveau, o in etapes if niveau != NiveauVisa.DGALN):
        manques.append(
            Manque("Aucune DREAL n’est enregistrée pour ce territoire : la DGALN l’ajoute.")
        )
    return manques


@transaction.atomic
def soumettre(*, atelier, par, motif=""):
    """Freeze the text as a new version and ask for its first visa."""
    cahier = verrouiller_cahier(atelier)
    exiger(peut_piloter(par, cahier.atelier))
    CYCLE_CAHIER.verifier(cahier, "soumettre")
    if manques := manques_soumission(cahier):
        raise ElementsManquants(manques)
    motif = motif.strip() or raison_de_reprise(cahier)
    if not motif and cahier.versions.exists():
        raise MotifRequis("Dites ce qui change depuis la version précédente.")
    version = figer(cahier, par=par, motif=motif)
    visas = [
        VisaCahier(version=version, ordre=ordre, niveau=niveau, organisme=organisme)
        for ordre, (niveau, organisme) in enumerate(circuit(cahier.atelier), start=1)
    ]
    visas[0].demande_le = timezone.now()
    VisaCahier.objects.bulk_create(visas)
    CYCLE_CAHIER.appliquer(cahier, "soumettre")
    cahier.save(update_fields=["etat"])
    inscrire(journal.SOUMIS, objet=cahier.atelier, par=par, motif=motif, numero=version.numero)
    notifications.visa_demande(visas[0], cahier.atelier, version, par)
    return version


def raison_de_reprise(cahier) -> str:
    """Why the last version was taken back: the reason of the next one, unless it says more."""
    derniere = cahier.versions.order_by("-numero").values_list("caduque_motif", flat=True).first()
    return derniere or ""


def _visa_attendu(atelier):
    """(cahier, version, visa) of the visa that waits now, locked."""
    cahier = verrouiller_cahier(atelier)
    version = courante(cahier) if cahier.etat == EtatCahier.EN_VISA else None
    if version is None:
        raise TransitionImpossible("Aucun visa n’est attendu sur ce cahier des charges.")
    visa = (
        VisaCahier.objects.select_for_update(of=("self",))
        .select_related("organisme")
        .filter(version=version, etat=EtatVisa.ATTENDU)
        .order_by("ordre")
        .first()
    )
    return cahier, version, visa


def _signer(visa, etat, par, motif="") -> str:
    """Write the decision; return « , par délégation de … » for the journal."""
    pour = au_nom_de(par, visa)
    if pour is None:
        raise ActionInterdite(f"Ce visa revient {visa.a_qui}, ou à son délégataire.")
    visa.etat, visa.par, visa.le, visa.motif = etat, par, timezone.now(), motif
    visa.pour = pour if pour.pk != par.pk else None
    visa.save(update_fields=["etat", "par", "pour", "le", "motif"])
    return f", par délégation de {pour.nom_complet}" if visa.pour else ""


@transaction.atomic
def viser(*, atelier, par, version):
    """Give the visa that waits, on this very version; the last one validates the cahier."""
    cahier, en_cours, visa = _visa_attendu(atelier)
    _meme_version(en_cours, version)
    qualite = _signer(visa, EtatVisa.DONNE, par)
    inscrire(journal.VISE, objet=cahier.atelier, par=par, numero=en_cours.numero, qualite=qualite)
    suivant = en_cours.visas.filter(ordre__gt=visa.ordre).order_by("ordre").first()
    if suivant is not None:
        suivant.demande_le = timezone.now()
        suivant.save(update_fields=["demande_le"])
        notifications.visa_demande(suivant, cahier.atelier, en_cours, par)
        return cahier
    CYCLE_CAHIER.appliquer(cahier, "valider")
    cahier.valide_le = timezone.now()
    cahier.save(update_fields=["etat", "valide_le"])
    inscrire(journal.VALIDE, objet=cahier.atelier, par=par)
    notifications.vise(cahier.atelier, en_cours, par)
    return cahier


@transaction.atomic
def refuser(*, atelier, par, version, motif):
    """Back to writing, the reason in sight; the visas already given are void with the version."""
    cahier, en_cours, visa = _visa_attendu(atelier)
    _meme_version(en_cours, version)
    CYCLE_CAHIER.verifier(cahier, "refuser", motif=motif)
    qualite = _signer(visa, EtatVisa.REFUSE, par, motif)
    CYCLE_CAHIER.appliquer(cahier, "refuser", motif=motif)
    cahier.save(update_fields=["etat"])
    en_cours.caduque_le, en_cours.caduque_motif = timezone.now(), motif
    en_cours.save(update_fields=["caduque_le", "caduque_motif"])
    inscrire(
        journal.REFUSE,
        objet=cahier.atelier,
        par=par,
        motif=motif,
        numero=en_cours.numero,
        qualite=qualite,
    )
    notifications.visa_refuse(visa, cahier.atelier, en_cours, par)
    return cahier


def _meme_version(en_cours, numero) -> None:
    """A visa is bound to the version that was read."""
    if en_cours.numero != int(numero):
        raise TransitionImpossible(
            "Une autre version est maintenant au visa : lisez-la avant de vous prononcer."
        )


def manques_visas(atelier) -> list[Manque]:
    """What the commitment waits for: a version in force, with all its visas."""
    cahier = CahierDesCharges.objects.filter(atelier=atelier).first()
    version = courante(cahier) if cahier else None
    if version is None:
        url = reverse("ateliers:cahier", args=[atelier.slug])
        return [Manque("Le cahier des charges n’est pas soumis aux visas.", url)]
    url = reverse("ateliers:cahier_version", args=[atelier.slug, version.numero])
    return [
        Manque(f"Le visa {visa.qui} manque sur le cahier des charges.", url)
        for visa in version.visas.all()
        if visa.etat != EtatVisa.DONNE
    ]


def dernier_refus(cahier) -> VisaCahier | None:
    """The refusal of the newest version, while the text is being mended."""
    if "versions" in getattr(cahier, "_prefetched_objects_cache", {}):
        lues = [visa for version in cahier.versions.all()[:1] for visa in version.visas.all()]
        return next((visa for visa in lues if visa.etat == EtatVisa.REFUSE), None)
    derniere = cahier.versions.order_by("-numero").values("pk")[:1]
    return (
        VisaCahier.objects.filter(version__in=derniere, etat=EtatVisa.REFUSE)
        .select_related("par", "organisme", "version")
        .defer("version__contenu", "version__docx")
        .first()
    )


@transaction.atomic
def _relancer_un(pk: int, maintenant) -> int | None:
    visa = (
        VisaCahier.objects.select_for_update(of=("self",))
        .select_related("organisme", "version__cahier__atelier")
        .defer("version__contenu", "version__docx")
        .get(pk=pk)
    )
    if visa.etat != EtatVisa.ATTENDU or visa.version.caduque_le:
        return None
    attente = (timezone.localdate(maintenant) - timezone.localdate(visa.demande_le)).days
    dues = [jours for jours in RELANCES if jours <= attente]
    faites = set(visa.relances.values_list("jours", flat=True))
    if not dues or dues[-1] in faites:
        return None
    RelanceVisa.objects.create(visa=visa, jours=dues[-1])
    atelier = visa.version.cahier.atelier
    inscrire(journal.RELANCE, objet=atelier, service=visa.service, jours=attente)
    notifications.visa_relance(visa, atelier, visa.version, attente)
    return dues[-1]


def relancer(maintenant=None) -> int:
    """Called by beat; a missed day is caught up, twice in a day sends nothing twice."""
    maintenant = maintenant or timezone.now()
    attendus = VisaCahier.objects.filter(
        etat=EtatVisa.ATTENDU,
        demande_le__lte=maintenant - timedelta(days=RELANCES[0] - 1),
        version__caduque_le__isnull=True,
    )
    pks = list(attendus.order_by("pk").values_list("pk", flat=True))
    return sum(_relancer_un(pk, maintenant) is not None for pk in pks)


def attendus_de(utilisateur) -> list[VisaCahier]:
    """Visas that this person may give today, the oldest first."""
    visas = (
        visas_de_son_service(utilisateur)
        .select_related("organisme", "version__cahier__atelier")
        .defer("version__contenu", "version__docx")
        .order_by("demande_le", "pk")
    )
    gardes: dict[tuple, bool] = {}
    for visa in visas:
        cle = (visa.niveau, visa.organisme_id)
        if cle not in gardes:
            gardes[cle] = au_nom_de(utilisateur, visa) is not None
    return [v for v in visas if gardes[v.niveau, v.organisme_id]]


def a_reprendre_ou_envoyer(organisme_id):
    """Last versions of the pilot's ateliers in cadrage: refused, or fully signed and not sent."""
    derniere = VersionCahier.objects.filter(cahier=OuterRef("cahier")).order_by("-numero")
    # One line for one version, however many services refused it.
    refuses = VisaCahier.objects.filter(version=OuterRef("pk"), etat=EtatVisa.REFUSE)
    return VersionCahier.objects.filter(
        Q(cahier__etat=EtatCahier.VALIDE, caduque_le__isnull=True, envoyee_le__isnull=True)
        | Q(Exists(refuses), cahier__etat=EtatCahier.BROUILLON),
        pk=Subquery(derniere.values("pk")[:1]),
        cahier__atelier__service_pilote=organisme_id,
        cahier__atelier__etat=EtatAtelier.CADRAGE,
    )
