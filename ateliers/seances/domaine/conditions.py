"""The gates of the démarche: sentences shown before the click, and refusals after it."""

from django.urls import reverse

from ateliers.parcours.choix import EtatAtelier
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from ateliers.sites.models import SiteDemonstrateur
from candidatures.dispositifs.choix import GenreSeance
from socle.erreurs import Manque

RANG_AVEC_SITE = 3
OUVERTS = (
    EtatAtelier.CADRAGE,
    EtatAtelier.EN_COURS,
    EtatAtelier.RESTITUTION,
    EtatAtelier.SUIVI,
)
ETATS_POUR_TENIR = {
    GenreSeance.ATELIER: (EtatAtelier.EN_COURS,),
    GenreSeance.INTER_ATELIER: (EtatAtelier.EN_COURS,),
    GenreSeance.RESTITUTION: (EtatAtelier.RESTITUTION,),
}


def lien_seance(seance) -> str:
    return reverse("ateliers:seance", args=[seance.atelier.slug, seance.pk])


def chaine(atelier) -> list[Seance]:
    """In-situ ateliers by rank, then the restitution: what must follow in this order."""
    seances = (
        Seance.objects.filter(
            atelier=atelier, genre__in=[GenreSeance.ATELIER, GenreSeance.RESTITUTION]
        )
        .exclude(etat=EtatSeance.ANNULEE)
        .select_related("atelier")
    )
    fin = GenreSeance.RESTITUTION
    return sorted(seances, key=lambda s: (s.genre == fin, s.rang or 0, s.ordre))


def avant_et_apres(seance) -> tuple[list[Seance], list[Seance]]:
    """Links of the chain that come before and after this séance."""
    if seance.genre == GenreSeance.INTER_ATELIER:
        rang = seance.rang or 0
        maillons = [s for s in chaine(seance.atelier) if s.genre == GenreSeance.ATELIER]
        return [s for s in maillons if s.rang <= rang], []
    maillons = chaine(seance.atelier)
    ids = [s.pk for s in maillons]
    if seance.pk not in ids:
        return [], []
    place = ids.index(seance.pk)
    return maillons[:place], maillons[place + 1 :]


def genre_interdit(dispositif, genre) -> str:
    """The sentence that refuses this kind of séance, or nothing."""
    if genre == GenreSeance.INTER_ATELIER and not dispositif.avec_inter_ateliers:
        return f"Le dispositif « {dispositif} » ne comporte pas d’inter-atelier."
    return ""


def manques_programmer(seance, debut=None) -> list[Manque]:
    """What forbids giving this date (any date when None)."""
    atelier = seance.atelier
    manques = []
    if phrase := genre_interdit(atelier.dispositif, seance.genre):
        manques.append(Manque(phrase))
    if atelier.etat not in OUVERTS:
        manques.append(Manque("L’atelier est terminé : plus aucune séance ne s’y programme."))
    avant, apres = avant_et_apres(seance)
    for precedente in avant[-1:]:
        if precedente.debut is None:
            manques.append(
                Manque(
                    f"La séance « {precedente} » n’a pas encore de date : programmez-la d’abord.",
                    lien_seance(precedente),
                )
            )
        elif debut and precedente.fin > debut:
            manques.append(
                Manque(
                    f"La séance « {precedente} » se termine après cette date : "
                    "elle doit se tenir avant.",
                    lien_seance(precedente),
                )
            )
    if debut:
        manques += [
            Manque(
                f"La séance « {suivante} » est programmée avant cette date : reportez-la d’abord.",
                lien_seance(suivante),
            )
            for suivante in apres[:1]
            if suivante.debut and suivante.debut < debut
        ]
    return manques


def manques_tenir(seance) -> list[Manque]:
    """What forbids declaring this séance held."""
    atelier = seance.atelier
    manques = []
    if phrase := genre_interdit(atelier.dispositif, seance.genre):
        manques.append(Manque(phrase))
    avant, _ = avant_et_apres(seance)
    manques += [
        Manque(f"La séance « {precedente} » n’est pas encore tenue.", lien_seance(precedente))
        for precedente in avant
        if precedente.etat != EtatSeance.TENUE
    ]
    if site_manquant(seance):
        manques.append(
            Manque(
                "Aucun site démonstrateur n’est désigné : il en faut un avant cet atelier.",
                reverse("ateliers:sites", args=[atelier.slug]),
            )
        )
    permis = ETATS_POUR_TENIR.get(seance.genre, OUVERTS)
    if atelier.etat not in permis and not manques:
        manques.append(_manque_etat(atelier))
    return manques


def site_manquant(seance) -> bool:
    """True when the dispositif asks for a site before this séance and there is none."""
    return (
        seance.genre == GenreSeance.ATELIER
        and seance.rang >= RANG_AVEC_SITE
        and seance.atelier.dispositif.site_demonstrateur_requis
        and not SiteDemonstrateur.objects.filter(atelier=seance.atelier).exists()
    )


def _manque_etat(atelier) -> Manque:
    if atelier.etat == EtatAtelier.CADRAGE:
        return Manque(
            "Aucun contrat n’est notifié à l’équipe.",
            reverse("ateliers:cadrage", args=[atelier.slug]) + "#contrats",
        )
    return Manque(f"L’atelier est dans l’état « {atelier.get_etat_display()} ».")
