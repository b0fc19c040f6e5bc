"""The carnet de suivi: the chronological reading of all that the atelier produced."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from ateliers.contributions.models import Contribution
from ateliers.livrables.domaine.requetes import comptes_rendus_de
from ateliers.livrables.models import VersionLivrable
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Glissement, Seance
from ateliers.sites.models import Hypothese, SiteDemonstrateur


@dataclass
class Entree:
    """One entry: an aware instant, its kind in words, a title, paragraphs and lines."""

    quand: datetime
    genre: str
    titre: str
    texte: str = ""
    lignes: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    lien: tuple[str, tuple] | None = None
    url: str = ""


def carnet(atelier) -> list[Entree]:
    """Entries of the atelier, oldest first (7 queries whatever the number of séances)."""
    entrees = [
        *_seances(atelier),
        *_glissements(atelier),
        *_hypotheses(atelier),
        *_sites(atelier),
        *_versions(atelier),
    ]
    return sorted(entrees, key=lambda entree: entree.quand)


def _midi(jour, atelier) -> datetime:
    return datetime.combine(jour, time(12), tzinfo=ZoneInfo(atelier.fuseau))


def _seances(atelier):
    contributions: dict[int, list[str]] = {}
    for contribution in Contribution.objects.filter(seance__atelier=atelier).order_by("pk"):
        ligne = f"{contribution.get_nature_display()} : {contribution.texte}"
        contributions.setdefault(contribution.seance_id, []).append(ligne)
    comptes_rendus = {cr.seance_id: cr for cr in comptes_rendus_de(atelier)}
    for seance in Seance.objects.filter(atelier=atelier, etat=EtatSeance.TENUE).order_by(
        "debut_reel", "pk"
    ):
        compte_rendu = comptes_rendus.get(seance.pk)
        publie = compte_rendu is not None and compte_rendu.publie_le is not None
        yield Entree(
            quand=seance.debut,
            genre=seance.get_genre_display(),
            titre=seance.titre,
            texte=compte_rendu.texte if publie else "",
            lignes=contributions.get(seance.pk, []),
            decisions=compte_rendu.decisions.splitlines() if publie else [],
            lien=("ateliers:seance", (atelier.slug, seance.pk)),
        )


def _glissements(atelier):
    lignes = Glissement.objects.filter(seance__atelier=atelier).select_related("seance")
    for glissement in lignes.order_by("le", "pk"):
        yield Entree(
            quand=glissement.le.astimezone(ZoneInfo(atelier.fuseau)),
            genre="Report",
            titre=f"{glissement.seance.titre} est reportée",
            texte=glissement.motif,
        )


def _hypotheses(atelier):
    for hypothese in Hypothese.objects.filter(atelier=atelier).order_by("emise_le", "pk"):
        yield Entree(
            quand=_midi(hypothese.emise_le, atelier),
            genre="Hypothèse",
            titre=hypothese.titre,
            texte=hypothese.texte,
        )


def _sites(atelier):
    for site in SiteDemonstrateur.objects.filter(atelier=atelier).order_by("designe_le", "pk"):
        yield Entree(
            quand=_midi(site.designe_le, atelier),
            genre="Site démonstrateur",
            titre=site.nom,
            texte=site.enjeux,
        )


def _versions(atelier):
    versions = VersionLivrable.objects.filter(livrable__atelier=atelier).select_related("livrable")
    for version in versions.order_by("depose_le", "pk"):
        yield Entree(
            quand=version.depose_le.astimezone(ZoneInfo(atelier.fuseau)),
            genre="Livrable",
            titre=f"{version.livrable.titre}, version {version.numero}",
            texte=version.remarque,
            lien=("ateliers:livrable_fichier", (atelier.slug, version.pk)),
        )
