"""Hypotheses and sites démonstrateurs: written together by pilot, collectivité and team."""

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.domaine.cycle import verifier_revision, verrouiller
from ateliers.parcours.droits import exiger, peut_contribuer, peut_piloter
from ateliers.sites import journal
from ateliers.sites.cycle_de_vie import CYCLE_HYPOTHESE
from ateliers.sites.models import Hypothese, SiteDemonstrateur
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

CHAMPS_FICHE = (
    "nom",
    "commune",
    "genre",
    "localisation",
    "activite_anterieure",
    "surface_m2",
    "desserte",
    "reseaux",
    "proprietaire",
    "pollution",
    "enjeux",
)
VIVANTS = (EtatAtelier.EN_COURS, EtatAtelier.RESTITUTION)


def ouvrir_a_l_ecriture(atelier, par):
    """Lock the atelier; refuse unless it runs and this user contributes to it."""
    atelier = verrouiller(atelier)
    exiger(peut_contribuer(par, atelier), "Cette écriture revient aux acteurs de l’atelier.")
    if atelier.etat not in VIVANTS:
        raise TransitionImpossible("L’atelier n’est pas en cours.")
    return atelier


@transaction.atomic
def emettre_hypothese(*, atelier, par, titre, texte=""):
    atelier = ouvrir_a_l_ecriture(atelier, par)
    hypothese = Hypothese.objects.create(
        atelier=atelier, titre=titre, texte=texte, emise_le=timezone.localdate()
    )
    inscrire(journal.EMISE, objet=atelier, par=par, titre=titre)
    return hypothese


@transaction.atomic
def reecrire_hypothese(*, hypothese, par, titre, texte, revision):
    atelier = ouvrir_a_l_ecriture(hypothese.atelier, par)
    hypothese = Hypothese.objects.select_for_update().get(pk=hypothese.pk)
    verifier_revision(hypothese, revision)
    hypothese.titre, hypothese.texte = titre, texte
    hypothese.save(update_fields=["titre", "texte", "revision"])
    inscrire(journal.REECRITE, objet=atelier, par=par, titre=titre)
    return hypothese


@transaction.atomic
def changer_hypothese(*, hypothese, par, verbe, motif=""):
    """`consolider`, `retenir`, `ecarter` (reason), `reprendre`: the table decides.

    Keeping or setting aside is for the pilot.
    """
    atelier = ouvrir_a_l_ecriture(hypothese.atelier, par)
    hypothese = Hypothese.objects.select_for_update().get(pk=hypothese.pk)
    if verbe in ("retenir", "ecarter"):
        exiger(peut_piloter(par, atelier))
    CYCLE_HYPOTHESE.appliquer(hypothese, verbe, motif=motif)
    hypothese.save(update_fields=["etat"])
    inscrire(
        journal.CHANGEE,
        objet=atelier,
        par=par,
        motif=motif,
        titre=hypothese.titre,
        etat=hypothese.get_etat_display(),
    )
    return hypothese


def _verifier_hypotheses(atelier, hypotheses):
    if any(h.atelier_id != atelier.pk for h in hypotheses):
        raise ErreurMetier("Une de ces hypothèses appartient à un autre atelier.")


@transaction.atomic
def designer_site(*, atelier, par, nom, commune, genre, hypotheses=(), **fiche):
    """Name a site démonstrateur; the rest of the fiche may come later."""
    atelier = ouvrir_a_l_ecriture(atelier, par)
    hypotheses = list(hypotheses)
    _verifier_hypotheses(atelier, hypotheses)
    if SiteDemonstrateur.objects.filter(atelier=atelier, nom=nom).exists():
        raise ErreurMetier("Un site porte déjà ce nom dans cet atelier.")
    site = SiteDemonstrateur.objects.create(
        atelier=atelier,
        nom=nom,
        commune=commune,
        genre=genre,
        designe_le=timezone.localdate(),
        **fiche,
    )
    site.hypotheses.set(hypotheses)
    inscrire(journal.DESIGNE, objet=atelier, par=par, nom=nom)
    return site


@transaction.atomic
def completer_fiche(*, site, par, revision, hypotheses=None, **fiche):
    """Fill the fiche signalétique."""
    atelier = ouvrir_a_l_ecriture(site.atelier, par)
    site = SiteDemonstrateur.objects.select_for_update().get(pk=site.pk)
    verifier_revision(site, revision)
    champs = [champ for champ in CHAMPS_FICHE if champ in fiche]
    for champ in champs:
        setattr(site, champ, fiche[champ])
    doublon = SiteDemonstrateur.objects.filter(atelier=atelier, nom=site.nom).exclude(pk=site.pk)
    if doublon.exists():
        raise ErreurMetier("Un site porte déjà ce nom dans cet atelier.")
    site.save(update_fields=[*champs, "revision"])
    if hypotheses is not None:
        hypotheses = list(hypotheses)
        _verifier_hypotheses(atelier, hypotheses)
        site.hypotheses.set(hypotheses)
    inscrire(journal.FICHE, objet=atelier, par=par, nom=site.nom)
    return site
