"""5,000 candidatures and what hangs on them, by bulk_create, the same at every run."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from candidatures.appels.choix import EtatAppel, EtatSession
from candidatures.appels.models import Appel, Critere, Grille, SessionNationale
from candidatures.dispositifs.models import Theme
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.choix import Programme, StadeProjet
from candidatures.dossiers.models import Candidature, Portage
from config.banc import annexes, ateliers, comite, contenu, instruction, territoires
from config.banc.models import Fiche, Note, Organisation
from config.banc.textes import OBJETS, note

GRAINE = 20_260_101
NATIONAL = 250
APPELS = 24
REPARTITION = {
    E.BROUILLON: 5,
    E.DEPOSEE: 6,
    E.A_COMPLETER: 2,
    E.RECEVABLE: 3,
    E.IRRECEVABLE: 4,
    E.EN_EVALUATION: 6,
    E.PRESELECTIONNEE: 2,
    E.RETENUE: 20,
    E.NON_RETENUE: 46,
    E.REORIENTEE: 3,
    E.RETIREE: 3,
}
DEBUT = timezone.make_aware(datetime(2024, 1, 8, 8, 0))


@transaction.atomic
def semer(nombre: int) -> None:
    """Fill an empty database that already holds the geography and the reference data."""
    hasard = Random(GRAINE)
    planter_le_plancher(hasard)
    monde = territoires.peupler(hasard)
    appels = creer_appels()
    perimetres = territoires.perimetres(monde, 1, nombre)
    candidatures = [
        _candidature(monde, appels, perimetre, rang) for rang, perimetre in enumerate(perimetres)
    ]
    Candidature.objects.bulk_create(candidatures, batch_size=1000)
    _porteurs(monde, candidatures)
    contenu.ecrire(monde, candidatures)
    criteres = list(Critere.objects.filter(grille=appels[0].grille).order_by("ordre"))
    instruction.instruire(monde, candidatures, criteres)
    annexes.accompagner(monde, candidatures, appels)
    comite.reunir(monde, appels[0])
    remettre_les_sequences()
    ateliers.accompagner(monde)


def planter_le_plancher(hasard: Random) -> None:
    """2,000 rows, 50 organisations, 6,000 notes."""
    organisations = Organisation.objects.bulk_create(
        Organisation(nom=f"Organisation {i}") for i in range(50)
    )
    fiches = Fiche.objects.bulk_create(
        Fiche(
            titre=f"Fiche {i} : aménager le centre et ses abords",
            etat=hasard.choice(("deposee", "recevable", "retenue")),
            organisation=hasard.choice(organisations),
            deposee_le=DEBUT + timedelta(hours=i),
        )
        for i in range(2000)
    )
    Note.objects.bulk_create(
        Note(fiche=fiche, valeur=hasard.randint(0, 5)) for fiche in fiches for _ in range(3)
    )


def creer_appels() -> list[Appel]:
    """The national one first, being evaluated; three permanent ones; the others are over."""
    grille = Grille.objects.order_by("pk").first()
    maintenant = timezone.now()
    faits = []
    for i in range(APPELS):
        permanent = 1 <= i <= 3
        national = i % 3 == 0
        session = SessionNationale.objects.create(
            nom=f"Session {i}",
            thematique="Eau et aménagement",
            annee_debut=2024,
            etat=EtatSession.EN_COURS,
        )
        faits.append(
            Appel.objects.create(
                dispositif_id="national" if national else ("local" if i % 3 == 1 else "flash"),
                session=session if national else None,
                titre=f"Appel {i} : aménager les territoires de demain",
                slug=f"appel-{i}",
                presentation=note(Random(i), 12),
                ouvre_le=DEBUT + timedelta(days=10 * i),
                ferme_le=None if permanent else maintenant - timedelta(days=60 + i),
                etat=EtatAppel.PUBLIE if permanent else EtatAppel.CLOS,
                grille=grille,
            )
        )
    return faits


def _etat(hasard, rang) -> str:
    if rang < NATIONAL:
        return E.EN_EVALUATION
    return hasard.choices(list(REPARTITION), weights=list(REPARTITION.values()))[0]


def _appel(hasard, appels, rang, etat) -> Appel:
    if rang < NATIONAL:
        return appels[0]
    return hasard.choice(appels[1:4] if etat == E.BROUILLON else appels[1:])


def _candidature(monde, appels, perimetre, rang) -> Candidature:
    hasard, etat = monde.hasard, _etat(monde.hasard, rang)
    pk = perimetre.pk
    pilote = monde.ddt[perimetre.codes_departements[0]]
    deposee = DEBUT + timedelta(minutes=hasard.randint(0, 60 * 24 * 800))
    return Candidature(
        pk=pk,
        reference=f"CAN-{2024 + rang % 3}-{pk:04d}",
        appel=_appel(hasard, appels, rang, etat),
        titre=f"{hasard.choice(OBJETS)} {perimetre.nom}"[:200],
        etat=etat,
        perimetre_id=pk,
        service_pilote_id=pilote.organisme_id,
        stade=hasard.choice(StadeProjet.values),
        programmes=hasard.sample(Programme.values, 2),
        blocages=note(hasard, 3),
        gouvernance=note(hasard, 3),
        cree_par=pilote,
        deposee_le=None if etat == E.BROUILLON else deposee,
        version_retenue_id=pk if etat == E.RETENUE else None,
    )


def _porteurs(monde, candidatures) -> None:
    """Two collectivités carry each; three themes; the DREAL is consulted on the deposited."""
    hasard, themes = monde.hasard, list(Theme.objects.order_by("pk").values_list("pk", flat=True))
    portages, choisis = [], []
    for c in candidatures:
        for rang, personne in enumerate(hasard.sample(monde.collectivites, 2)):
            portages.append(
                Portage(
                    candidature=c,
                    organisme_id=personne.organisme_id,
                    chef_de_file=rang == 0,
                    ajoute_par=personne,
                )
            )
        choisis += [
            Candidature.themes.through(candidature_id=c.pk, theme_id=t)
            for t in hasard.sample(themes, 3)
        ]
    Portage.objects.bulk_create(portages, batch_size=5000)
    Candidature.themes.through.objects.bulk_create(choisis, batch_size=5000)


def remettre_les_sequences() -> None:
    """Keys were given by hand: the next ones come after them."""
    with connection.cursor() as curseur:
        curseur.execute(
            "select table_name from information_schema.columns where table_schema = 'public'"
            " and column_name = 'id' and is_identity = 'YES'"
        )
        for (table,) in curseur.fetchall():
            curseur.execute(
                f"select setval(pg_get_serial_sequence('\"{table}\"', 'id'),"
                f' greatest((select max(id) from "{table}"), 1))'
            )
