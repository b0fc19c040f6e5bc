"""Who and what a calendar must find free: people, organisations, rooms, and what takes them."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from ateliers.agendas.domaine.occupes import occupes
from ateliers.calendrier.choix import Rythme
from ateliers.calendrier.domaine.souhaites import souhaites
from ateliers.calendrier.models import Indisponibilite
from ateliers.calendrier.solveur import probleme as p
from ateliers.calendrier.solveur.geographie import jours_francs
from ateliers.calendrier.solveur.recurrence import developper
from ateliers.parcours.models import Atelier
from ateliers.participants.choix import Reponse
from ateliers.participants.models import Invitation
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Occupation, Seance
from candidatures.dispositifs.choix import AVEC_EQUIPE_NATIONALE
from socle.comptes.models import Organisme

POIDS_COLLEGE = {"elus": 2}
ETATS = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)
ABSENTS = (Reponse.DECLINE, Reponse.DELEGUE)


def site_de(atelier) -> p.Site:
    codes = sorted(d.code for d in atelier.perimetre.departements.all())
    return p.Site(codes[0] if codes else "75", atelier.fuseau)


class Ressources:
    """Keys: « h-12 » a person of the directory, « o-3 » an organisation, « l-7 » a room.

    Somebody who takes part in two ateliers is one person, at one place at a time.
    """

    def __init__(self, assemblage):
        self.a = assemblage
        self.national = assemblage.parametres.get("national")
        self.participants = defaultdict(list)
        lignes = souhaites(assemblage.ateliers)
        for participant in lignes.order_by("atelier", "nom", "prenom", "pk"):
            self.participants[participant.atelier_id].append(participant)
        self.organismes = {
            a.pk: [*(o.pk for o in a.intervenants.all()), a.service_pilote_id]
            for a in assemblage.ateliers
        }

    def attendus(self, ligne) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(mandatory, optional) keys for this séance."""
        exigees = self.a.exigences[ligne.atelier_id].exigees(ligne)
        cles = [f"o-{pk}" for pk in self.organismes[ligne.atelier_id]]
        if self.national and ligne.genre in AVEC_EQUIPE_NATIONALE:
            cles.append(f"o-{self.national}")
        facultatives = []
        for participant in self.participants[ligne.atelier_id]:
            liste = cles if f"p-{participant.pk}" in exigees else facultatives
            liste.append(f"h-{participant.personne_id}")
        return tuple(dict.fromkeys(cles)), tuple(facultatives)

    def gens(self):
        organismes = {pk for pks in self.organismes.values() for pk in pks}
        if self.national:
            organismes.add(self.national)
        personnes = {}
        for participant in chain(*self.participants.values()):
            personnes.setdefault(participant.personne_id, participant)
        absences = self._absences(organismes, personnes)
        for pk, personne in personnes.items():
            cle, nom = f"h-{pk}", personne.nom_complet
            yield p.Ressource(
                cle,
                f"{nom} ({personne.fonction})" if personne.fonction else nom,
                personne.college,
                POIDS_COLLEGE.get(personne.college, 1),
                tuple(absences[cle]),
            )
        for organisme in Organisme.objects.filter(pk__in=organismes):
            cle = f"o-{organisme.pk}"
            yield p.Ressource(cle, organisme.nom, "", 1, tuple(absences[cle]))

    def _absences(self, organismes, personnes):
        absences = defaultdict(list)
        siennes = Indisponibilite.objects.filter(participant__personne__in=personnes)
        lignes = siennes | Indisponibilite.objects.filter(organisme__in=organismes)
        ici = {a.pk for a in self.a.ateliers}
        limite = self.a.fin + timedelta(days=200)
        for ligne in lignes.select_related("participant"):
            trouves = intervalles(ligne, self.a.debut, limite)
            if ligne.participant_id is None:
                absences[f"o-{ligne.organisme_id}"] += trouves
                continue
            if ligne.atelier_id not in ici:
                # Told to another atelier: it counts, its reason stays there.
                trouves = [p.Intervalle(i.debut, i.fin, "autre engagement") for i in trouves]
            absences[f"h-{ligne.participant.personne_id}"] += trouves
        prises = (self._organismes_pris(organismes), self._gens_pris(personnes))
        for cle, intervalle in (*chain(*prises), *self._agendas(limite)):
            absences[cle].append(intervalle)
        return absences

    def _agendas(self, limite):
        """Busy by the diary that a participant plugged in: no more is known of it."""
        cles = defaultdict(set)
        for participant in chain(*self.participants.values()):
            if participant.courriel:
                cles[participant.courriel.lower()].add(f"h-{participant.personne_id}")
        debut = datetime.combine(self.a.debut, datetime.min.time(), tzinfo=UTC)
        fin = datetime.combine(limite, datetime.min.time(), tzinfo=UTC)
        for courriel, pris in occupes(cles, debut - timedelta(days=1), fin).items():
            for cle in cles[courriel]:
                for commence, finit in pris:
                    yield cle, p.Intervalle(commence, finit)

    def lieux(self):
        """Rooms already chosen, with what other ateliers hold there: never named."""
        salles = {ligne.salle_id: ligne.salle.nom for ligne in self.a.lignes if ligne.salle_id}
        prises = defaultdict(list)
        ailleurs = Occupation.objects.filter(lieu__in=salles, ferme=True)
        for ligne in ailleurs.exclude(seance__atelier__in=self.a.ateliers):
            bornes = (ligne.periode.lower, ligne.periode.upper)
            intervalle = p.Intervalle(*bornes, "déjà réservée", seance=True)
            prises[ligne.lieu_id].append(intervalle)
        for pk, nom in salles.items():
            yield p.Ressource(f"l-{pk}", nom, "", 1, tuple(prises[pk]))

    def _prise(self, seance) -> p.Intervalle:
        """A séance of another atelier and the way to it: never named, it may be hidden from us."""
        site = site_de(seance.atelier)
        francs = max(jours_francs(ici, site) for ici in self.a.sites.values())
        marge = timedelta(days=francs)
        bornes = (seance.debut - marge, seance.fin + marge)
        return p.Intervalle(*bornes, "autre atelier", seance=True)

    def _organismes_pris(self, organismes):
        """Teams, services that pilot, and the national staff where it goes."""
        par_atelier = defaultdict(set)
        lies = Atelier.intervenants.through.objects.filter(organisme__in=organismes)
        for lien in lies.exclude(atelier__in=self.a.ateliers):
            par_atelier[lien.atelier_id].add(lien.organisme_id)
        pilotes = Atelier.objects.filter(service_pilote__in=organismes)
        for pk, service in pilotes.exclude(pk__in=self.a.sites).values_list(
            "pk", "service_pilote_id"
        ):
            par_atelier[pk].add(service)
        for seance in self._seances(atelier__in=par_atelier):
            for organisme in par_atelier[seance.atelier_id]:
                yield f"o-{organisme}", self._prise(seance)
        if self.national:
            for seance in self._seances(genre__in=AVEC_EQUIPE_NATIONALE).exclude(
                atelier__in=self.a.ateliers
            ):
                yield f"o-{self.national}", self._prise(seance)

    def _gens_pris(self, personnes):
        invitations = Invitation.objects.filter(
            participant__personne__in=personnes, seance__etat__in=ETATS
        ).exclude(reponse__in=ABSENTS)
        invitations = invitations.exclude(seance__atelier__in=self.a.ateliers)
        for invitation in invitations.select_related(
            "seance__atelier", "participant"
        ).prefetch_related("seance__atelier__perimetre__departements"):
            cle = f"h-{invitation.participant.personne_id}"
            yield cle, self._prise(invitation.seance)

    def _seances(self, **filtres):
        lignes = Seance.objects.filter(etat__in=ETATS, **filtres).select_related("atelier")
        return lignes.prefetch_related("atelier__perimetre__departements")


def intervalles(ligne, debut, fin):
    if ligne.rythme == Rythme.PONCTUELLE:
        return [p.Intervalle(ligne.debut, ligne.fin, ligne.motif)]
    return developper(
        genre=ligne.rythme,
        jour=ligne.jour,
        rang=ligne.rang,
        debut=(ligne.heure_debut.hour, ligne.heure_debut.minute),
        fin=(ligne.heure_fin.hour, ligne.heure_fin.minute),
        zone=ZoneInfo(ligne.fuseau),
        du=max(ligne.du or debut, debut - timedelta(days=2)),
        au=min(ligne.au or fin, fin),
        motif=ligne.motif,
    )
