"""Sixty ateliers, their three hundred séances, two thousand people, a poll, offers, budgets."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import product

from django.db import connection
from django.utils import timezone

from ateliers.annuaire.models import Mandat, OrganismeAnnuaire, Personne
from ateliers.cadrage.choix import NatureContrat, NatureDepense
from ateliers.cadrage.models import AppelEquipes, Contrat, LigneBudget
from ateliers.calendrier.domaine.abonnements import empreinte
from ateliers.calendrier.models import AbonnementAgenda
from ateliers.livrables.domaine.ouverture import ouvrir_atelier
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.models import Analyste, Consultation, Critere, Fiche, MembreOffre, Offre
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.models import Atelier
from ateliers.participants.models import Participant
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from ateliers.sondages.models import Creneau, ReponseCreneau, Sondage, Sonde
from candidatures.dispositifs.choix import College, GenreSeance
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.models import Candidature
from config.banc.textes import NOMS, PRENOMS
from socle.comptes.choix import NatureOrganisme
from socle.comptes.models import Organisme

ATELIERS, SEANCES, PERSONNES = 60, 5, 2_000
PILOTES, EN_CADRAGE = 10, 4  # of one service; the first ones are still being prepared
ORGANISMES = 90
SONDES, CRENEAUX, OFFRES = 60, 20, 5
JETON = "banc" * 10


def accompagner(monde) -> None:
    """Opened by the verb, then dated and peopled by hand: nothing here is measured."""
    ateliers = _ouvrir(monde)
    equipe = Organisme.objects.create(
        nom="Atelier des vallées", sigle="ADV", nature=NatureOrganisme.BUREAU_ETUDES
    )
    for atelier in ateliers[EN_CADRAGE:]:
        atelier.intervenants.set([equipe])
    _dater(ateliers)
    _peupler(monde, ateliers)
    _sonder(monde, ateliers[-1])
    _consulter(monde, ateliers[0])
    _budgeter(monde, ateliers, equipe)
    AbonnementAgenda.objects.create(
        utilisateur=monde.dgaln, nom="Mon agenda", empreinte=empreinte(JETON)
    )


def _ouvrir(monde) -> list[Atelier]:
    retenues = Candidature.objects.filter(etat=EtatCandidature.RETENUE).exclude(
        appel__dispositif="flash"
    )
    choisies = list(retenues.order_by("pk")[:ATELIERS])
    pilote = choisies[0].service_pilote_id
    cles = [c.pk for c in choisies[:PILOTES]]
    Candidature.objects.filter(pk__in=cles).update(service_pilote=pilote)
    autres = Candidature.objects.filter(pk__in=[c.pk for c in choisies[PILOTES:]])
    voisin = next(p.organisme_id for p in monde.ddt.values() if p.organisme_id != pilote)
    autres.filter(service_pilote=pilote).update(service_pilote=voisin)
    jour = timezone.localdate() - timedelta(days=60)
    ateliers = [
        ouvrir_atelier(candidature=c, par=monde.dgaln, nom=f"{c.titre} {rang}", ouvert_le=jour)
        for rang, c in enumerate(choisies)
    ]
    en_cours = [a.pk for a in ateliers[EN_CADRAGE:]]
    Atelier.objects.filter(pk__in=en_cours).update(etat=EtatAtelier.EN_COURS)
    return ateliers


def premier_mois():
    """The month that holds sixty of them: the next one."""
    return (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)


def _dater(ateliers) -> None:
    """Five each, one a month."""
    for numero, atelier in enumerate(ateliers):
        seances = list(Seance.objects.filter(atelier=atelier).order_by("ordre", "pk"))
        for rang, seance in enumerate(seances[:SEANCES]):
            mois = (premier_mois() + timedelta(days=31 * rang)).replace(day=1)
            jour = mois + timedelta(days=(7 * numero + rang) % 27)
            debut = timezone.make_aware(datetime.combine(jour, time(9, 30)))
            seance.debut_prevu, seance.fin_prevu = debut, debut + timedelta(hours=7)
            seance.etat = EtatSeance.CONVOQUEE if numero % 2 else EtatSeance.PROGRAMMEE
            seance.lieu, seance.adresse = "Salle des fêtes", "1 place de la Mairie"
        manquent = SEANCES - len(seances)
        if manquent > 0:
            raise ValueError(f"{atelier} n’a que {len(seances)} séances.")
        champs = ["debut_prevu", "fin_prevu", "etat", "lieu", "adresse"]
        Seance.objects.bulk_update(seances[:SEANCES], champs)


def _peupler(monde, ateliers) -> None:
    """A directory of 2,000; each takes part in one atelier, sixty in the last one."""
    hasard, colleges = monde.hasard, [c for c in College if c != College.HABITANTS]
    personnes = [
        Personne(
            prenom=hasard.choice(PRENOMS),
            nom=f"{hasard.choice(NOMS)} {rang}",
            courriel=f"personne-{rang}@banc.example",
        )
        for rang in range(PERSONNES)
    ]
    for personne in personnes:
        personne.recherche = f"{personne.prenom} {personne.nom} {personne.courriel}".lower()
    Personne.objects.bulk_create(personnes, batch_size=1000)
    organismes = _nommer()
    mandats, participants = [], []
    for rang, personne in enumerate(personnes):
        college, organisme = colleges[rang % len(colleges)], organismes[rang % len(organismes)]
        mandats.append(Mandat(personne=personne, organisme=organisme, college=college))
        atelier = ateliers[-1] if rang < SONDES else ateliers[rang % (len(ateliers) - 1)]
        participants.append(
            Participant(
                atelier=atelier,
                personne=personne,
                prenom=personne.prenom,
                nom=personne.nom,
                courriel=personne.courriel,
                college=college,
                organisme=organisme,
            )
        )
    Mandat.objects.bulk_create(mandats, batch_size=1000)
    Participant.objects.bulk_create(participants, batch_size=1000)


def _nommer() -> list[OrganismeAnnuaire]:
    organismes = [
        OrganismeAnnuaire(nom=f"Organisation {rang}", college=College.ELUS)
        for rang in range(ORGANISMES)
    ]
    for organisme in organismes:
        organisme.situer()
    return OrganismeAnnuaire.objects.bulk_create(organismes)


def _sonder(monde, atelier) -> None:
    """Twenty créneaux, sixty people, all of whom answered."""
    seance = Seance.objects.create(
        atelier=atelier, genre=GenreSeance.COPIL, ordre=900, titre="Comité de pilotage"
    )
    jour = timezone.localdate() + timedelta(days=30)
    sondage = Sondage.objects.create(
        seance=seance, clot_le=timezone.localdate() + timedelta(days=10), par=monde.dgaln
    )
    debut = timezone.make_aware(datetime.combine(jour, time(9)))
    creneaux = Creneau.objects.bulk_create(
        Creneau(
            sondage=sondage,
            ordre=rang + 1,
            debut=debut + timedelta(days=rang),
            fin=debut + timedelta(days=rang, hours=3),
        )
        for rang in range(CRENEAUX)
    )
    gens = Participant.objects.filter(atelier=atelier).order_by("pk")
    sondes = Sonde.objects.bulk_create(
        Sonde(sondage=sondage, participant=p, obligatoire=rang < 5, repondu_le=timezone.now())
        for rang, p in enumerate(gens)
    )
    ReponseCreneau.objects.bulk_create(
        ReponseCreneau(sonde=s, creneau=c, choix=monde.hasard.choice(("oui", "si_besoin", "non")))
        for s, c in product(sondes, creneaux)
    )


def _consulter(monde, atelier) -> None:
    """Five offers opened, read by two analysts. The triggers that seal offers sleep meanwhile."""
    ouverte = timezone.now() - timedelta(days=3)
    AppelEquipes.objects.create(
        atelier=atelier, reference_place="2026-1", publie_le=ouverte.date(), offres_recues=OFFRES
    )
    with connection.cursor() as curseur:
        curseur.execute("set local session_replication_role = replica")
        consultation = Consultation.objects.create(
            atelier=atelier,
            etat=EtatConsultation.ANALYSE,
            ouverture_le=ouverte,
            ouverte_le=ouverte,
            ouverte_par=monde.dgaln,
            ouverte_avec="Paul Vasseur",
        )
        for rang in range(4):
            Critere.objects.create(
                consultation=consultation, libelle=f"Critère {rang}", poids=20, ordre=rang
            )
        analystes = monde.evaluateurs[:2]
        for personne in analystes:
            Analyste.objects.create(consultation=consultation, personne=personne)
        for numero in range(1, OFFRES + 1):
            offre = Offre.objects.create(
                consultation=consultation,
                numero=numero,
                recue_le=ouverte,
                enregistree_par=monde.dgaln,
                scelle=b"-",
                cle_scellee=b"-",
                ouverte_le=ouverte,
                mandataire=f"Agence {numero}",
                discipline="urbanisme",
                jours=Decimal(12),
                prix_ht=Decimal(80_000 + 1_000 * numero),
            )
            for rang in range(3):
                MembreOffre.objects.create(offre=offre, nom=f"Membre {rang}", discipline="paysage")
            for personne in analystes:
                Fiche.objects.create(offre=offre, analyste=personne, rendue_le=ouverte)
        curseur.execute("set local session_replication_role = origin")


def _budgeter(monde, ateliers, equipe) -> None:
    """Three lines and a notified contract each."""
    LigneBudget.objects.bulk_create(
        LigneBudget(
            atelier=a,
            libelle=nature.label,
            nature=nature,
            payeur=monde.dgaln.organisme,
            montant_ht=Decimal(20_000),
        )
        for a in ateliers
        for nature in (
            NatureDepense.EQUIPE,
            NatureDepense.LOGISTIQUE,
            NatureDepense.RESTAURATION,
        )
    )
    Contrat.objects.bulk_create(
        Contrat(
            atelier=a,
            nature=NatureContrat.MARCHE_SUBSEQUENT,
            numero=f"2026-{rang}",
            titulaire=equipe,
            montant_ht=Decimal(90_000),
            notifie_le=timezone.localdate(),
        )
        for rang, a in enumerate(ateliers[EN_CADRAGE:])
    )
