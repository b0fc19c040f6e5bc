"""From the rows of ateliers to the plain data of the solver."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ateliers.agendas.domaine.occupes import occupes
from ateliers.calendrier.choix import Rythme
from ateliers.calendrier.models import DemandeCalendrier, Indisponibilite, PeriodeReserve
from ateliers.calendrier.solveur import probleme as p
from ateliers.calendrier.solveur.geographie import jours_francs
from ateliers.calendrier.solveur.recurrence import developper
from ateliers.parcours.models import Atelier
from ateliers.participants.models import Participant
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Occupation, Seance
from candidatures.dispositifs.choix import GenreSeance
from socle.comptes.models import Organisme

DEMI_JOURNEES = {GenreSeance.COPIL: 1, GenreSeance.INTER_ATELIER: 1}
POIDS_COLLEGE = {"elus": 2}
ETATS = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)
NATIONALES = (GenreSeance.LANCEMENT, GenreSeance.RESTITUTION)


class RienAPlacer(Exception):
    """Every séance has its date already."""


def ateliers_de(demande) -> list[Atelier]:
    ateliers = Atelier.objects.select_related("dispositif").prefetch_related(
        "perimetre__departements", "intervenants"
    )
    if demande.atelier_id:
        return list(ateliers.filter(pk=demande.atelier_id))
    return list(
        ateliers.filter(candidature__appel__session=demande.session_id)
        .exclude(etat__in=["clos", "abandonne"])
        .order_by("pk")
    )


def seances_de(ateliers) -> list[Seance]:
    return list(
        Seance.objects.filter(atelier__in=ateliers)
        .exclude(etat=EtatSeance.ANNULEE)
        .select_related("etape_type", "atelier", "salle")
        .order_by("atelier", "ordre", "pk")
    )


def site_de(atelier) -> p.Site:
    codes = sorted(d.code for d in atelier.perimetre.departements.all())
    return p.Site(codes[0] if codes else "75", atelier.fuseau)


def assembler(demande) -> p.Probleme:
    """Read again at each call: what was programmed since is pinned."""
    return _Assemblage(demande).probleme()


class _Assemblage:
    def __init__(self, demande):
        self.parametres = demande.parametres
        self.demande = demande
        self.ateliers = ateliers_de(demande)
        self.sites = {a.pk: site_de(a) for a in self.ateliers}
        self.lignes = seances_de(self.ateliers)
        self.debut = date.fromisoformat(self.parametres["debut"])
        self.fin = date.fromisoformat(self.parametres["fin"])
        self.exigences = exigences(demande, self.ateliers)

    def probleme(self) -> p.Probleme:
        par_atelier = defaultdict(list)
        for ligne in self.lignes:
            par_atelier[ligne.atelier_id].append(ligne)
        gens = {a.pk: self._gens(a) for a in self.ateliers}
        seances = tuple(s for ligne in self.lignes if (s := self._seance(ligne, gens)))
        if all(s.epingle for s in seances):
            raise RienAPlacer
        cles = {s.cle for s in seances}
        ecarts, durees = [], []
        for atelier in self.ateliers:
            suite = [ligne for ligne in par_atelier[atelier.pk] if str(ligne.pk) in cles]
            ecarts += [_ecart(a, b) for a, b in zip(suite, suite[1:], strict=False)]
            if len(suite) > 1:
                jours = atelier.dispositif.duree_max_mois * 31
                bornes = (str(suite[0].pk), str(suite[-1].pk))
                durees.append(p.Duree(atelier.nom, *bornes, jours))
        return p.Probleme(
            seances,
            tuple(self._ressources(gens)),
            tuple(self._lieux()),
            tuple(ecarts),
            tuple(durees),
            tuple(_reserves()),
            self.parametres.get("vacances", "eviter"),
        )

    def _gens(self, atelier):
        """(mandatory, optional) keys: people « p-12 », organisations « o-3 »."""
        exigees = self.exigences[atelier.pk]["obligatoires"]
        cles = [f"o-{o.pk}" for o in atelier.intervenants.all()]
        cles.append(f"o-{atelier.service_pilote_id}")
        facultatives = []
        for pk in Participant.objects.filter(atelier=atelier).values_list("pk", flat=True):
            (cles if f"p-{pk}" in exigees else facultatives).append(f"p-{pk}")
        return tuple(dict.fromkeys(cles)), tuple(facultatives)

    def _seance(self, ligne, gens):
        obligatoires, facultatives = gens[ligne.atelier_id]
        if (nationale := self.parametres.get("national")) and ligne.genre in NATIONALES:
            obligatoires = tuple(dict.fromkeys((*obligatoires, f"o-{nationale}")))
        jours = ligne.etape_type.duree_jours if ligne.etape_type else 0
        demi = DEMI_JOURNEES.get(ligne.genre) if jours <= 1 else None
        titre = ligne.titre if self.demande.atelier_id else f"{ligne.titre}, {ligne.atelier.nom}"
        return p.Seance(
            cle=str(ligne.pk),
            atelier=str(ligne.atelier_id),
            titre=titre,
            site=self.sites[ligne.atelier_id],
            debut=self.debut,
            fin=self.fin,
            demi_journees=demi or max(2 * jours, 2),
            soir=bool(self.parametres.get("soir")),
            samedi=bool(self.parametres.get("samedi")),
            obligatoires=obligatoires,
            facultatives=facultatives,
            lieu=f"l-{ligne.salle_id}" if ligne.salle_id else "",
            quorums=tuple(sorted(self.exigences[ligne.atelier_id]["quorums"].items())),
            epingle=self._epingle(ligne, demi or max(2 * jours, 2)),
        )

    def _epingle(self, ligne, demi_journees):
        if ligne.etat != EtatSeance.A_PROGRAMMER:
            return p.Epingle(ligne.debut, ligne.fin)
        fixee = self.parametres.get("epingles", {}).get(str(ligne.pk))
        if not fixee:
            return None
        return epingle(datetime.fromisoformat(fixee), ZoneInfo(ligne.fuseau), demi_journees)

    def _ressources(self, gens):
        cles = {c for paire in gens.values() for groupe in paire for c in groupe}
        if nationale := self.parametres.get("national"):
            cles.add(f"o-{nationale}")
        organismes = [int(c[2:]) for c in cles if c.startswith("o-")]
        absences = self._absences(organismes)
        for atelier in self.ateliers:
            for personne in Participant.objects.filter(atelier=atelier):
                cle = f"p-{personne.pk}"
                nom = f"{personne.nom_complet} ({personne.fonction})"
                yield p.Ressource(
                    cle,
                    nom if personne.fonction else personne.nom_complet,
                    personne.college,
                    POIDS_COLLEGE.get(personne.college, 1),
                    tuple(absences[cle]),
                )
        for organisme in Organisme.objects.filter(pk__in=organismes):
            cle = f"o-{organisme.pk}"
            yield p.Ressource(cle, organisme.nom, "", 1, tuple(absences[cle]))

    def _absences(self, organismes):
        absences = defaultdict(list)
        par_personne = Indisponibilite.objects.filter(participant__atelier__in=self.ateliers)
        lignes = par_personne | Indisponibilite.objects.filter(organisme__in=organismes)
        limite = self.fin + timedelta(days=200)
        for ligne in lignes:
            cle = f"p-{ligne.participant_id}" if ligne.participant_id else f"o-{ligne.organisme_id}"
            absences[cle] += intervalles(ligne, self.debut, limite)
        for cle, intervalle in self._ailleurs(organismes):
            absences[cle].append(intervalle)
        for cle, intervalle in self._agendas(limite):
            absences[cle].append(intervalle)
        return absences

    def _agendas(self, limite):
        """Busy by the diary that a participant plugged in: no more is known of it."""
        personnes = Participant.objects.filter(atelier__in=self.ateliers).exclude(courriel="")
        cles = defaultdict(list)
        for pk, courriel in personnes.values_list("pk", "courriel"):
            cles[courriel.lower()].append(f"p-{pk}")
        debut = datetime.combine(self.debut, datetime.min.time(), tzinfo=UTC)
        fin = datetime.combine(limite, datetime.min.time(), tzinfo=UTC)
        for courriel, pris in occupes(cles, debut - timedelta(days=1), fin).items():
            for cle in cles[courriel]:
                for commence, finit in pris:
                    yield cle, p.Intervalle(commence, finit)

    def _lieux(self):
        """Rooms already chosen, with what other ateliers hold there: never named."""
        salles = {ligne.salle_id: ligne.salle.nom for ligne in self.lignes if ligne.salle_id}
        prises = defaultdict(list)
        ailleurs = Occupation.objects.filter(lieu__in=salles, ferme=True)
        for ligne in ailleurs.exclude(seance__atelier__in=self.ateliers):
            intervalle = p.Intervalle(ligne.periode.lower, ligne.periode.upper, "déjà réservée")
            prises[ligne.lieu_id].append(intervalle)
        for pk, nom in salles.items():
            yield p.Ressource(f"l-{pk}", nom, "", 1, tuple(prises[pk]))

    def _ailleurs(self, organismes):
        """Other ateliers of the teams: never named, they may not be ours to tell."""
        lies = Atelier.intervenants.through.objects.filter(organisme__in=organismes)
        par_atelier = defaultdict(list)
        for lien in lies.exclude(atelier__in=self.ateliers):
            par_atelier[lien.atelier_id].append(lien.organisme_id)
        seances = Seance.objects.filter(atelier__in=par_atelier, etat__in=ETATS).select_related(
            "atelier"
        )
        for ligne in seances.prefetch_related("atelier__perimetre__departements"):
            francs = max(jours_francs(site, site_de(ligne.atelier)) for site in self.sites.values())
            marge = timedelta(days=francs)
            intervalle = p.Intervalle(ligne.debut - marge, ligne.fin + marge, "autre atelier")
            for organisme in par_atelier[ligne.atelier_id]:
                yield f"o-{organisme}", intervalle


def exigences(demande, ateliers) -> dict[int, dict]:
    """By atelier: who must be there, how many of each college.

    A session has no list of its own: each pilot said it in the last search of their atelier.
    """
    if demande.atelier_id:
        dites = {demande.atelier_id: demande.parametres}
    else:
        dernieres = DemandeCalendrier.objects.filter(atelier__in=ateliers)
        dernieres = dernieres.order_by("atelier_id", "-pk").distinct("atelier_id")
        dites = {d.atelier_id: d.parametres for d in dernieres}
    return {
        a.pk: {
            "obligatoires": dites.get(a.pk, {}).get("obligatoires", []),
            "quorums": dites.get(a.pk, {}).get("quorums", {}),
        }
        for a in ateliers
    }


def epingle(debut: datetime, zone: ZoneInfo, demi_journees: int) -> p.Epingle:
    """What the pilot fixed: without an hour, in the morning; a half-day lasts its usual hours."""
    if (debut.hour, debut.minute) == (0, 0):
        debut = datetime.combine(debut, p.HEURES[p.MATIN][0])
    debut = debut.replace(tzinfo=zone)
    if demi_journees == 1:
        ouverture, fermeture = (datetime.combine(debut, h) for h in p.HEURES[p.MATIN])
        return p.Epingle(debut, debut + (fermeture - ouverture))
    dernier = debut.date() + timedelta(days=(demi_journees - 1) // 2)
    soir = p.HEURES[p.MATIN if demi_journees % 2 else p.APRES_MIDI][1]
    fin = datetime.combine(dernier, soir, tzinfo=zone)
    return p.Epingle(debut, max(fin, debut + timedelta(hours=1)))


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


def _reserves():
    for ligne in PeriodeReserve.objects.prefetch_related("departements"):
        codes = tuple(d.code for d in ligne.departements.all())
        yield p.Reserve(ligne.nom, ligne.debut, ligne.fin, ligne.bloquante, codes)


def _ecart(avant, apres) -> p.Ecart:
    """The dispositif says when each step comes; half as soon and twice as late are allowed."""
    cles = (str(avant.pk), str(apres.pk))
    if not avant.etape_type or not apres.etape_type:
        return p.Ecart(*cles, 1)
    mois = apres.etape_type.mois_prevu - avant.etape_type.mois_prevu
    voulu = max(mois * 30, 21)
    return p.Ecart(*cles, voulu // 2, voulu * 2, voulu)
