"""Whatever happens to a séance, and however badly mail travels, every diary ends up right."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from icalendar import Calendar

from ateliers.participants.domaine import invitations as verbes
from ateliers.participants.domaine.abandon import annuler_les_seances
from ateliers.participants.domaine.delegations import deleguer
from ateliers.participants.domaine.diffusion import publier_programme
from ateliers.participants.domaine.participants import modifier_participant
from ateliers.participants.domaine.requetes import invitations_de
from ateliers.participants.models import Invitation, Participant
from ateliers.programme.models import VersionProgramme
from ateliers.seances.domaine import agenda, preparation
from ateliers.seances.models import Seance
from ateliers.sondages.domaine import reponses, sondages
from ateliers.sondages.models import Sonde
from socle.courriels.models import Courriel, PieceJointe
from socle.erreurs import ErreurMetier
from tests.ateliers.participants.simulateur import Agenda
from tests.factories.participants import DEBUT, faire_participants, faire_seance

QUI = st.integers(0, 1)
JOURS = st.integers(1, 40)


class Histoire(RuleBasedStateMachine):
    """Mails arrive late, twice or upside down; at the end all have arrived."""

    distribution = seance = None

    def __init__(self):
        super().__init__()
        self.essai = transaction.atomic()
        self.essai.__enter__()
        self.en_route = []
        self.agendas = {}
        self.lus = set()

    def teardown(self):
        try:
            self.arriver_au_bout()
        finally:
            transaction.set_rollback(True)
            self.essai.__exit__(None, None, None)

    def frais(self):
        return Seance.objects.select_related("atelier__service_pilote").get(pk=self.seance.pk)

    def relever(self):
        """What left since: one message, four diaries of each person."""
        pieces = PieceJointe.objects.select_related("courriel").exclude(pk__in=self.lus)
        pieces = pieces.filter(mime__startswith="text/calendar")
        for piece in pieces.order_by("pk"):
            self.lus.add(piece.pk)
            self.en_route.append((piece.courriel.destinataire, bytes(piece.contenu)))

    def agendas_de(self, adresse):
        cles = [(adresse, strict) for strict in (False, True)]
        return [self.agendas.setdefault(c, Agenda(c[0], strict=c[1])) for c in cles]

    def livrer(self, adresse, octets):
        for client in self.agendas_de(adresse):
            client.recevoir(octets)

    def arriver_au_bout(self):
        with suppress(ErreurMetier):
            verbes.convoquer(seance=self.frais(), par=self.distribution.ddt)
        with suppress(ErreurMetier):
            verbes.prevenir_annulation(seance=self.frais(), par=self.distribution.ddt)
        self.relever()
        for message in reversed(self.en_route):
            self.livrer(*message)
        attendu = self.etat_du_serveur()
        for (adresse, _), client in self.agendas.items():
            assert list(client.contenu().values()) == attendu.get(adresse, [])

    def etat_du_serveur(self):
        seance = self.frais()
        if seance.etat not in ("programmee", "convoquee"):
            return {}
        version = VersionProgramme.objects.filter(seance=seance).first()
        parties = [seance.objectif] + [
            f"9{chr(160)}h{chr(160)}30 : {s['titre']}"
            for s in (version.contenu if version else [])
            if s["public"] != "restreint"
        ]
        evenement = (
            f"{seance.titre} – {seance.atelier.nom}",
            seance.debut,
            seance.fin,
            ", ".join(t for t in (seance.lieu, seance.adresse) if t),
            "\n\n".join(t for t in parties if t),
        )
        convies = invitations_de(seance).exclude(participant__courriel="")
        return {i.participant.courriel: [evenement] for i in convies}

    def personne(self, rang):
        return Participant.objects.filter(atelier=self.seance.atelier).order_by("pk")[rang]

    @rule()
    def convoquer(self):
        with suppress(ErreurMetier):
            verbes.convoquer(seance=self.frais(), par=self.distribution.ddt)
        self.relever()

    @rule(jours=JOURS)
    def deplacer(self, jours):
        debut = DEBUT + timedelta(days=jours)
        with suppress(ErreurMetier):
            agenda.reporter(
                seance=self.frais(),
                par=self.distribution.ddt,
                debut=debut,
                fin=debut + timedelta(hours=3),
                motif="Crue",
                confirmes={"date_passee"},
            )

    @rule(titre=st.sampled_from(["Comité", "Comité élargi"]), lieu=st.sampled_from(["A", "B"]))
    def preciser(self, titre, lieu):
        seance = self.frais()
        with suppress(ErreurMetier):
            preparation.decrire(
                seance=seance,
                par=self.distribution.ddt,
                titre=titre,
                objectif="",
                lieu=lieu,
                adresse="",
                revision=seance.revision,
            )

    @rule(
        titre=st.sampled_from(["Accueil", "Visite"]),
        public=st.sampled_from(["restreint", "invites", "ouvert"]),
    )
    def derouler(self, titre, public):
        """A draft: no diary follows it."""
        seance = self.frais()
        partie = {"titre": titre, "debut": "09:30", "duree_min": 30, "format": "pleniere"}
        partie["public"] = public
        with suppress(ErreurMetier):
            preparation.ecrire_deroule(
                seance=seance,
                par=self.distribution.ddt,
                sequences=[partie],
                revision=seance.revision,
            )

    @rule()
    def publier(self):
        with suppress(ErreurMetier):
            publier_programme(
                seance=self.frais(), par=self.distribution.ddt, confirmes={"a_verifier"}
            )
        self.relever()

    @rule(rang=QUI)
    def inviter(self, rang):
        with suppress(ErreurMetier):
            verbes.inviter(
                seance=self.frais(),
                participants=[self.personne(rang)],
                par=self.distribution.ddt,
            )

    @rule(rang=QUI)
    def retirer(self, rang):
        trouvee = Invitation.objects.filter(
            seance=self.seance, participant=self.personne(rang)
        ).first()
        if trouvee:
            with suppress(ErreurMetier):
                verbes.retirer_invitation(trouvee, par=self.distribution.ddt)
        self.relever()

    @rule(rang=QUI, nombre=st.integers(0, 1))
    def changer_d_adresse(self, rang, nombre):
        gens = self.personne(rang)
        with suppress(ErreurMetier):
            modifier_participant(
                gens,
                par=self.distribution.ddt,
                revision=gens.revision,
                courriel=f"{gens.nom.lower()}{nombre}@exemple.fr",
            )
        self.relever()

    @rule(rang=QUI, qui=st.sampled_from(["ada", "luc"]))
    def deleguer(self, rang, qui):
        trouvee = Invitation.objects.filter(
            seance=self.seance, participant=self.personne(rang)
        ).first()
        if trouvee:
            with suppress(ErreurMetier):
                deleguer(
                    trouvee,
                    genre="suppleant",
                    prenom=qui.capitalize(),
                    nom="Roux",
                    courriel=f"{qui}@exemple.fr",
                )
        self.relever()

    @rule(jours=JOURS)
    def sonder_et_retenir(self, jours):
        """A poll closes on a date: the séance is dated or moved, everybody is told at once."""
        debut = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
        debut += timedelta(days=30 + jours)
        creneaux = [(debut + timedelta(days=n), debut + timedelta(days=n, hours=3)) for n in (0, 1)]
        with suppress(ErreurMetier), transaction.atomic():
            sondage = sondages.ouvrir(
                seance=self.frais(),
                par=self.distribution.ddt,
                creneaux=creneaux,
                sondes=[self.personne(0), self.personne(1)],
                clot_le=timezone.localdate() + timedelta(days=9),
            )
            reponses.repondre(
                Sonde.objects.filter(sondage=sondage).first(),
                choix={c: "oui" for c in sondage.creneaux.values_list("pk", flat=True)},
            )
            sondages.cloturer(
                creneau=sondage.creneaux.last(),
                par=self.distribution.ddt,
                lieu="Mairie",
                confirmes={"conflits"},
            )
        self.relever()

    @rule()
    def abandonner(self):
        if Courriel.objects.count() > 5:
            annuler_les_seances(self.frais().atelier)
        self.relever()

    @rule()
    def annuler(self):
        if Courriel.objects.count() > 3:  # else most histories end at once
            with suppress(ErreurMetier):
                agenda.annuler(seance=self.frais(), par=self.distribution.ddt, motif="Crue")

    @rule(rang=st.integers(0, 30), deux_fois=st.booleans())
    def la_poste_passe(self, rang, deux_fois):
        if self.en_route:
            rang %= len(self.en_route)
            self.livrer(*self.en_route[rang])
            if not deux_fois:
                self.en_route.pop(rang)


@pytest.mark.django_db
def test_tous_les_agendas_finissent_dans_l_etat_du_serveur(distribution, monkeypatch):
    seance = faire_seance(distribution, genre="copil", rang=None, fuseau="America/Miquelon")
    faire_participants(distribution, seance.atelier, 2)
    monkeypatch.setattr(Histoire, "distribution", distribution)
    monkeypatch.setattr(Histoire, "seance", seance)
    run_state_machine_as_test(
        Histoire,
        settings=settings(
            max_examples=8,
            stateful_step_count=16,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def fichiers(cle):
    pieces = PieceJointe.objects.filter(courriel__cle=cle).order_by("pk")
    return [Calendar.from_ical(bytes(p.contenu)) for p in pieces]


@pytest.mark.django_db
def test_le_retrait_efface_le_rendez_vous_et_le_retour_le_remet(distribution):
    seance = faire_seance(distribution)
    gens = faire_participants(distribution, seance.atelier, 2)
    verbes.inviter(seance=seance, participants=gens, par=distribution.ddt)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    partante = Invitation.objects.get(participant=gens[0])
    verbes.retirer_invitation(partante, par=distribution.ddt)
    (retrait,) = fichiers("retrait_seance")
    (ligne,) = retrait.walk("VEVENT")
    assert (retrait["method"], ligne["sequence"]) == ("CANCEL", 1)
    assert str(ligne["attendee"]) == f"mailto:{gens[0].courriel}"
    assert not hasattr(ligne["attendee"], "append")
    verbes.inviter(seance=seance, participants=gens[:1], par=distribution.ddt)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    # The other one, whose diary was right all along, is not written to again.
    assert Courriel.objects.filter(destinataire=gens[1].courriel).count() == 1
    (revient,) = fichiers("convocation")[-1].walk("VEVENT")
    assert (revient["sequence"], str(revient["attendee"])) == (2, f"mailto:{gens[0].courriel}")


@pytest.mark.django_db
def test_une_personne_effacee_quitte_l_agenda_sans_toucher_les_autres(distribution):
    from ateliers.participants.domaine.participants import retirer_participant

    seance = faire_seance(distribution)
    gens = faire_participants(distribution, seance.atelier, 2)
    verbes.inviter(seance=seance, participants=gens, par=distribution.ddt)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    retirer_participant(gens[1], par=distribution.ddt)
    assert [c.destinataire for c in Courriel.objects.filter(cle="retrait_seance")] == [
        gens[1].courriel
    ]


@pytest.mark.django_db
def test_une_adresse_changee_apres_l_annulation_apprend_l_annulation(distribution):
    """Nobody was told yet: the former address holds the rendez-vous, the new one never will."""
    seance = faire_seance(distribution, genre="copil", rang=None)
    (elle,) = faire_participants(distribution, seance.atelier, 1)
    verbes.inviter(seance=seance, participants=[elle], par=distribution.ddt)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    seance.refresh_from_db()
    agenda.annuler(seance=seance, par=distribution.ddt, motif="Crue")
    ancienne = elle.courriel
    modifier_participant(
        elle, par=distribution.ddt, revision=elle.revision, courriel="neuve@exemple.fr"
    )
    (annulation,) = fichiers("annulation_seance")
    assert str(annulation["method"]) == "CANCEL"
    with pytest.raises(ErreurMetier, match="Personne"):
        verbes.prevenir_annulation(seance=seance, par=distribution.ddt)
    assert {c.destinataire for c in Courriel.objects.all()} == {ancienne}


@pytest.mark.django_db
def test_un_changement_de_lieu_garde_la_reponse(distribution):
    seance = faire_seance(distribution)
    gens = faire_participants(distribution, seance.atelier, 1)
    (ligne,) = verbes.inviter(seance=seance, participants=gens, par=distribution.ddt)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    verbes.repondre(ligne, reponse="accepte")
    seance.refresh_from_db()
    preparation.decrire(
        seance=seance,
        par=distribution.equipe,
        titre=seance.titre,
        objectif="",
        lieu="Mairie",
        adresse="",
        revision=seance.revision,
    )
    verbes.convoquer(seance=seance, par=distribution.ddt)
    courriel = Courriel.objects.order_by("pk").last()
    assert courriel.sujet == "Mise à jour : Atelier 1, mardi 3 mars 2026, 9 h 30"
    (evenement,) = fichiers("convocation")[-1].walk("VEVENT")
    assert evenement["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert Invitation.objects.get().reponse == "accepte"


@pytest.mark.django_db
def test_une_description_inchangee_ne_perime_personne(distribution):
    seance = faire_seance(distribution)
    gens = faire_participants(distribution, seance.atelier, 1)
    verbes.inviter(seance=seance, participants=gens, par=distribution.ddt)
    verbes.convoquer(seance=seance, par=distribution.ddt)
    seance.refresh_from_db()
    preparation.decrire(
        seance=seance,
        par=distribution.ddt,
        titre=seance.titre,
        objectif=seance.objectif,
        lieu=seance.lieu,
        adresse=seance.adresse,
        revision=seance.revision,
    )
    seance.refresh_from_db()
    assert (seance.sequence_ical, seance.sequence_contenu) == (0, 0)
