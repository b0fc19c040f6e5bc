"""A retained candidature opens an atelier: séances, livrables and cahier des charges with it."""

from django.db import connection, transaction
from django.utils import timezone

from ateliers.cadrage.domaine.cahier import creer_cahier
from ateliers.livrables import journal, notifications
from ateliers.livrables.domaine.echeances import echeance_calculee
from ateliers.livrables.models import DelaiLivrable, Livrable
from ateliers.parcours.droits import exiger
from ateliers.parcours.models import Atelier
from ateliers.seances.domaine.preparation import creer_seances
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.models import Candidature
from socle.comptes.choix import Role
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.interface.adresses import en_adresse
from socle.journal.domaine import inscrire

VERROU_NUMERO = 7_201
FUSEAU = "Europe/Paris"


def peut_ouvrir(utilisateur, candidature) -> bool:
    """The pilot service of the candidature, or DGALN."""
    if not utilisateur.is_authenticated or not utilisateur.is_active:
        return False
    return utilisateur.role == Role.DGALN or (
        utilisateur.role == Role.SERVICE_ETAT
        and candidature.service_pilote_id is not None
        and utilisateur.organisme_id == candidature.service_pilote_id
    )


def a_ouvrir():
    """Retained candidatures that have no atelier yet."""
    ouvertes = Atelier.objects.values("candidature")
    return Candidature.objects.filter(etat=EtatCandidature.RETENUE).exclude(pk__in=ouvertes)


def ateliers_de(candidature):
    """The atelier opened from this candidature, or None."""
    return Atelier.objects.filter(candidature=candidature).first()


@transaction.atomic
def ouvrir_atelier(*, candidature, par, nom="", ouvert_le=None):
    """Create the atelier, its séances, its expected livrables and its cahier des charges."""
    candidature = (
        Candidature.objects.select_for_update(of=("self",))
        .select_related("appel__dispositif", "perimetre", "service_pilote", "version_retenue")
        .get(pk=candidature.pk)
    )
    exiger(peut_ouvrir(par, candidature), "L’ouverture revient au service pilote ou à la DGALN.")
    if candidature.etat != EtatCandidature.RETENUE:
        raise TransitionImpossible("Seule une candidature retenue ouvre un atelier.")
    if Atelier.objects.filter(candidature=candidature).exists():
        raise TransitionImpossible("Cette candidature a déjà ouvert un atelier.")
    if candidature.service_pilote is None:
        raise ErreurMetier("Le service de l’État pilote n’est pas désigné.")
    jour = ouvert_le or timezone.localdate()
    if jour > timezone.localdate():
        raise ErreurMetier("L’ouverture ne peut pas être dans le futur.")
    atelier = _creer(candidature, nom or candidature.titre, jour)
    seances = creer_seances(atelier)
    creer_livrables(atelier, seances)
    creer_cahier(atelier=atelier, version_note=candidature.version_retenue)
    inscrire(journal.OUVERT, objet=atelier, par=par, candidature=candidature.reference)
    notifications.ouverture(atelier, par)
    return atelier


def _creer(candidature, nom, jour) -> Atelier:
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU_NUMERO])
    prefixe = f"AT-{jour.year}-"
    derniere = (
        Atelier.objects.filter(reference__startswith=prefixe)
        .order_by("-reference")
        .values_list("reference", flat=True)
        .first()
    )
    numero = int(derniere.removeprefix(prefixe)) + 1 if derniere else 1
    departement = candidature.perimetre.departements.order_by("code").first()
    atelier = Atelier.objects.create(
        reference=f"{prefixe}{numero:03d}",
        nom=nom,
        slug=_slug(nom),
        candidature=candidature,
        dispositif=candidature.appel.dispositif,
        perimetre=candidature.perimetre,
        service_pilote=candidature.service_pilote,
        ouvert_le=jour,
        fuseau=departement.fuseau if departement else FUSEAU,
    )
    atelier.porteurs.set(candidature.porteurs.all())
    return atelier


def _slug(nom) -> str:
    base = en_adresse(nom)[:100] or "atelier"
    slug, suffixe = base, 2
    while Atelier.objects.filter(slug=slug).exists():
        slug, suffixe = f"{base}-{suffixe}", suffixe + 1
    return slug


def creer_livrables(atelier, seances) -> None:
    """One expected livrable per type of the dispositif, due some days after its séance."""
    par_etape = {(s.genre, s.rang): s for s in seances}
    par_genre = {s.genre: s for s in reversed(seances)}
    delais = dict(
        DelaiLivrable.objects.filter(livrable_type__dispositif=atelier.dispositif_id).values_list(
            "livrable_type", "jours"
        )
    )
    lignes = []
    for modele in atelier.dispositif.livrables.all():
        seance = par_etape.get((modele.apres_genre, modele.apres_rang)) or par_genre.get(
            modele.apres_genre
        )
        lignes.append(
            Livrable(
                atelier=atelier,
                livrable_type=modele,
                cle=modele.cle,
                titre=modele.libelle,
                seance=seance,
                decalage_jours=delais.get(modele.pk, 0),
                attendu_le=echeance_calculee(seance, delais.get(modele.pk, 0)),
            )
        )
    Livrable.objects.bulk_create(lignes)
