"""What waits in the rooms of an atelier, read in one query for the dashboard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.utils import timezone

from ateliers.budget.models import Jalon
from ateliers.cadrage.domaine.visas import a_reprendre_ou_envoyer
from ateliers.livrables.choix import EtatLivrable
from ateliers.livrables.models import CompteRendu, Livrable
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.models import Consultation, Fiche, Offre
from ateliers.parcours.choix import EtatAtelier
from ateliers.participants.choix import Reponse
from ateliers.participants.models import Invitation
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from ateliers.sondages.choix import EtatSondage
from ateliers.sondages.domaine.requetes import mes_sondes
from ateliers.sondages.models import Sondage
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.courriels.models import LotCourriels
from socle.groupage import RequeteGardee

SEANCE, REPONDRE = "seance", "repondre"
PLIS, NOTE, SERVICE_FAIT, DATE = "plis", "note", "service_fait", "date"
RELANCER = "relancer"
CR, CR_A_PUBLIER, RESERVES, LIVRABLE = "cr", "cr_a_publier", "reserves", "livrable-"
CAHIER_A_ENVOYER, CAHIER_A_REPRENDRE = "cahier_a_envoyer", "cahier_a_reprendre"
ENVOI = "envoi"
HORIZON = timedelta(days=30)
DATEE = EtatSeance.PROGRAMMEE
FINIS = (EtatAtelier.CLOS, EtatAtelier.ABANDONNE)


@dataclass(frozen=True)
class Attente:
    """One thing that waits: its kind, its atelier, what about, the row and its day."""

    genre: str
    nom: str
    slug: str
    objet: str
    cle: int
    jour: date | None


def attentes(utilisateur) -> list[Attente]:
    """For the pilot service, the analysts and the team; for the others, the polls they are in."""
    if utilisateur.organisme_id is None and utilisateur.role != Role.DGALN:
        return []
    maintenant, aujourdhui = timezone.now(), timezone.localdate()
    lignes = LUES.lire(
        utilisateur.role,
        bool(utilisateur.email),
        personne=utilisateur.pk,
        adresse=utilisateur.email,
        organisme=utilisateur.organisme_id or 0,
        maintenant=maintenant,
        bientot=maintenant + HORIZON,
        aujourdhui=aujourdhui,
        limite=aujourdhui + HORIZON,
    )
    return sorted(
        (Attente(*ligne) for ligne in lignes), key=lambda a: (a.jour or date.max, a.nom, a.cle)
    )


def _parts(
    role, avec_adresse, *, personne, adresse, organisme, maintenant, bientot, aujourdhui, limite
):
    """One union for each role; its SQL is kept, so nothing below may read a clock."""
    parts = []
    if role in (Role.SERVICE_ETAT, Role.DGALN):
        parts += [_notes(personne), _envois(personne)]
    if role == Role.DGALN:
        parts.append(_seances_proches(maintenant, bientot))
    if role == Role.SERVICE_ETAT:
        siens = {"service_pilote": organisme}
        parts += [_plis(siens, maintenant), _services_faits(siens, aujourdhui)]
        parts += [_dates(siens, aujourdhui), *_communes(siens, limite), _cahiers(organisme)]
        parts.append(_sans_delegue(siens, maintenant))
    if role == Role.EQUIPE:
        parts += _communes({"intervenants": organisme}, limite)
    parts.append(_sondages(personne, adresse if avec_adresse else "", aujourdhui))
    premiere, *autres = parts
    return premiere.union(*autres, all=True) if autres else premiere


LUES = RequeteGardee(_parts)


def _lignes(requete, genre, chemin, *, objet, jour, cle="pk"):
    """The same six columns whatever the table."""
    genre = Value(genre) if isinstance(genre, str) else genre
    return (
        requete.exclude(**{f"{chemin}etat__in": FINIS})
        .order_by()
        .values_list(
            Cast(genre, TextField()),
            Cast(F(f"{chemin}nom"), TextField()),
            Cast(F(f"{chemin}slug"), TextField()),
            Cast(objet, TextField()),
            Cast(F(cle), BigIntegerField()),
            Cast(jour, DateField()),
        )
    )


def _dans(chemin, filtre) -> dict:
    return {f"{chemin}{cle}": valeur for cle, valeur in filtre.items()}


def _seances_proches(maintenant, bientot):
    """Those of the next thirty days, their day read on the clock of the site."""
    seances = Seance.objects.filter(
        etat__in=[EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE],
        debut_prevu__gte=maintenant,
        debut_prevu__lte=bientot,
    )
    jour = Func(F("fuseau"), F("debut_prevu"), function="timezone", output_field=DateTimeField())
    return _lignes(seances, SEANCE, "atelier__", objet=F("titre"), jour=jour)


def _plis(siens, maintenant):
    echus = Consultation.objects.filter(
        etat=EtatConsultation.RECUEIL,
        ouverture_le__lte=maintenant,
        **_dans("atelier__", siens),
    )
    return _lignes(
        echus, PLIS, "atelier__", objet=Value("Offres reçues"), jour=TruncDate("ouverture_le")
    )


def _cahiers(organisme):
    """A text to mend after a refusal, a version ready to leave; the row is its number."""
    genre = Case(
        When(caduque_le__isnull=True, then=Value(CAHIER_A_ENVOYER)),
        default=Value(CAHIER_A_REPRENDRE),
    )
    return _lignes(
        a_reprendre_ou_envoyer(organisme),
        genre,
        "cahier__atelier__",
        objet=Concat(Value("Version "), Cast(F("numero"), TextField())),
        jour=TruncDate(Coalesce(F("caduque_le"), F("cahier__valide_le"))),  # the day here
        cle="numero",
    )


def _notes(personne):
    rendues = Fiche.objects.filter(offre=OuterRef("pk"), analyste=personne, rendue_le__isnull=False)
    offres = Offre.objects.filter(
        ~Exists(rendues),
        consultation__etat=EtatConsultation.ANALYSE,
        consultation__analystes__personne=personne,
        ouverte_le__isnull=False,
        consensus_le__isnull=True,
        motif_ecart="",
    )
    return _lignes(offres, NOTE, "consultation__atelier__", objet=F("mandataire"), jour=Value(None))


def _envois(personne):
    """Mails that this person prepared and neither sent nor gave up, of any room."""
    lots = LotCourriels.objects.filter(
        depose_par=personne, envoye_le__isnull=True, annule_le__isnull=True
    )
    return lots.order_by().values_list(
        Value(ENVOI, TextField()),
        Value("", TextField()),
        Value("", TextField()),
        Cast(F("titre"), TextField()),
        Cast(F("pk"), BigIntegerField()),
        TruncDate("depose_le"),
    )


def _services_faits(siens, aujourdhui):
    """The same rule as `manques_service_fait`."""
    jalons = Jalon.objects.filter(
        Q(livrable__isnull=False, livrable__etat=EtatLivrable.ACCEPTE)
        | Q(livrable__isnull=True, prevu_le__lte=aujourdhui),
        fait_le__isnull=True,
        contrat__notifie_le__isnull=False,
        **_dans("contrat__atelier__", siens),
    )
    return _lignes(jalons, SERVICE_FAIT, "contrat__atelier__", objet=F("libelle"), jour=Value(None))


def _sondages(personne, adresse, aujourdhui):
    """Polls that ask this person, and have no answer of theirs yet."""
    muettes = mes_sondes(Utilisateur(pk=personne, email=adresse)).filter(
        repondu_le__isnull=True,
        sondage__etat=EtatSondage.OUVERT,
        sondage__clot_le__gte=aujourdhui,
    )
    return _lignes(
        muettes,
        REPONDRE,
        "sondage__seance__atelier__",
        objet=F("sondage__seance__titre"),
        jour=F("sondage__clot_le"),
        cle="sondage",
    )


def _dates(siens, aujourdhui):
    """Polls whose last day is over, that no date closed."""
    sondages = Sondage.objects.filter(
        etat=EtatSondage.OUVERT,
        clot_le__lt=aujourdhui,
        **_dans("seance__atelier__", siens),
    )
    return _lignes(sondages, DATE, "seance__atelier__", objet=F("seance__titre"), jour=Value(None))


def _sans_delegue(siens, maintenant):
    """Those whom nobody may miss, whose deputy said no, and who have not answered since."""
    seuls = Invitation.objects.filter(
        obligatoire=True,
        reponse=Reponse.ATTENDUE,
        delegue_refuse_le__isnull=False,
        seance__etat__in=[EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE],
        seance__debut_prevu__gte=maintenant,
        **_dans("seance__atelier__", siens),
    )
    nom = Concat(
        F("participant__prenom"), Value(" "), F("participant__nom"), output_field=TextField()
    )
    jour = Func(
        F("seance__fuseau"),
        F("seance__debut_prevu"),
        function="timezone",
        output_field=DateTimeField(),
    )
    return _lignes(seuls, RELANCER, "seance__atelier__", objet=nom, jour=jour, cle="seance")


def _communes(siens, limite) -> list:
    """What the pilot and the team both follow: livrables, reservations, comptes rendus."""
    livrables = Livrable.objects.filter(**_dans("atelier__", siens))
    suivis = livrables.filter(
        Q(etat__in=[EtatLivrable.DEPOSE, EtatLivrable.REFUSE])
        | Q(etat=EtatLivrable.ATTENDU, attendu_le__lte=limite)
    )
    reserves = livrables.filter(etat=EtatLivrable.ACCEPTE, reserves_levees_le__isnull=True)
    etat = Concat(Value(LIVRABLE), F("etat"), output_field=CharField())
    # Nobody is convened yet: the séance, and this day with it, may still move.
    provisoire = Q(etat=EtatLivrable.ATTENDU, echeance_fixee=False, seance__etat=DATEE)
    objet = Case(
        When(provisoire, then=Concat(F("titre"), Value(" (date provisoire)"))), default=F("titre")
    )
    return [
        _lignes(suivis, etat, "atelier__", objet=objet, jour=F("attendu_le")),
        _lignes(
            reserves.exclude(reserves=""),
            RESERVES,
            "atelier__",
            objet=F("titre"),
            jour=Value(None),
        ),
        *_comptes_rendus(siens),
    ]


def _comptes_rendus(siens) -> list:
    ecrits = CompteRendu.objects.filter(seance=OuterRef("pk"))
    tenues = Seance.objects.filter(etat=EtatSeance.TENUE, **_dans("atelier__", siens))
    a_publier = Exists(ecrits.filter(publie_le__isnull=True))
    return [
        _lignes(requete, genre, "atelier__", objet=F("titre"), jour=Value(None))
        for genre, requete in (
            (CR, tenues.filter(~Exists(ecrits))),
            (CR_A_PUBLIER, tenues.filter(a_publier)),
        )
    ]
