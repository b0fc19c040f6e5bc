"""Letters, needs, agreements, tables: what surrounds the coming of people."""

import random
from collections import Counter
from datetime import time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ateliers.participants.documents import feuille, lettres_papier, textes_de
from ateliers.participants.domaine import besoins, invitations, lettres, tables
from ateliers.participants.domaine import participants as verbes
from ateliers.participants.lien import chemin
from ateliers.participants.models import Besoin, Consentement, Invitation, SignatureConvocation
from ateliers.participants.tasks import purger_besoins
from ateliers.seances.models import Seance, Sequence
from candidatures.dispositifs.choix import College
from socle.courriels.envoi import EnvoiDiffere, envoyer_maintenant
from socle.courriels.lots import envoyer_lot
from socle.courriels.models import Courriel, LotCourriels, PieceJointe
from socle.documents.models import Document
from socle.documents.tasks import produire
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from tests.factories.participants import faire_invites

SIGNATURE = {"signataire": "Ada Roux", "qualite": "Pour le préfet, la directrice"}


def signer(seance):
    return SignatureConvocation.objects.create(
        seance=seance, nom=SIGNATURE["signataire"], qualite=SIGNATURE["qualite"]
    )


def adresse(nom, seance, *plus):
    return reverse(f"ateliers:{nom}", args=[seance.atelier.slug, seance.pk, *plus])


@given(
    st.lists(st.sampled_from(College.values), min_size=1, max_size=80),
    st.integers(1, 12),
    st.randoms(use_true_random=False),
)
def test_chaque_table_entend_chaque_college(colleges, nombre, hasard):
    placees = tables.repartir(list(enumerate(colleges)), nombre, hasard)
    assert sorted(placees) == list(range(len(colleges)))
    for filtre in (set(College.values), *({c} for c in set(colleges))):
        comptes = Counter({table: 0 for table in range(1, nombre + 1)})
        comptes.update(t for cle, t in placees.items() if colleges[cle] in filtre)
        assert max(comptes.values()) - min(comptes.values()) <= 1


def test_le_tirage_change_d_une_fois_sur_l_autre():
    gens = [(rang, "habitants") for rang in range(30)]
    assert tables.repartir(gens, 5, random.Random(1)) != tables.repartir(gens, 5, random.Random(2))


@pytest.mark.django_db
class TestTables:
    def test_tirer_puis_corriger(self, distribution, connecte):
        seance, (karim, jeanne, lucie) = faire_invites(distribution)
        invitations.repondre(jeanne, reponse="decline")
        client = connecte("equipe")
        assert client.post(adresse("tables_tirer", seance), {"nombre": "2"}).status_code == 302
        placees = dict(Invitation.objects.values_list("pk", "table"))
        assert sorted([placees[karim.pk], placees[lucie.pk]]) == [1, 2]
        assert placees[jeanne.pk] is None
        page = client.get(adresse("tables", seance)).content.decode()
        assert "Karim Benali" in page and "Jeanne Martin" not in page
        saisie = {f"table_{karim.pk}": "4", f"table_{lucie.pk}": ""}
        client.post(adresse("tables", seance), saisie)
        assert dict(Invitation.objects.values_list("pk", "table")) == {
            karim.pk: 4,
            jeanne.pk: None,
            lucie.pk: None,
        }
        assert [g.titre for g in feuille(seance).groupes] == ["Table 4", "Sans table"]

    def test_sans_table_la_feuille_suit_les_colleges(self, distribution):
        """Signed once in a day, by half-day over two, by day beyond."""
        seance, _ = faire_invites(distribution)
        assert feuille(seance).signatures == ["Signature"]
        debut = seance.debut_prevu  # 9 h 30
        seance.debut_prevu, seance.fin_prevu = debut, debut + timedelta(days=1, hours=3)
        dits = [s.replace("\u00a0", " ") for s in feuille(seance).signatures]
        assert dits == [
            "mar. 3 mars\nmatin",
            "mar. 3 mars\naprès-midi",
            "mer. 4 mars\nmatin",
        ]
        le_soir = {"seance": seance, "ordre": 1, "debut": time(18, 30), "duree_min": 90}
        Sequence.objects.create(**le_soir, titre="Table ronde", format="pleniere")
        dits = [s.replace("\u00a0", " ") for s in feuille(seance).signatures]
        assert dits[1:3] == ["mar. 3 mars\naprès-midi", "mar. 3 mars\nsoir"]
        seance.fin_prevu = debut + timedelta(hours=10)
        assert feuille(seance).signatures == ["Journée", "Soirée"]
        seance.sequences.update(public="restreint")
        seance.fin_prevu = debut + timedelta(days=2)
        assert len(feuille(seance).signatures) == 3
        assert [g.titre for g in feuille(seance).groupes] == [
            "Élus",
            "Associations",
            "Habitants et usagers",
        ]

    @pytest.mark.parametrize("nombre", [0, 31])
    def test_un_nombre_impossible(self, distribution, nombre):
        seance, _ = faire_invites(distribution)
        with pytest.raises(ErreurMetier):
            tables.tirer_tables(seance=seance, nombre=nombre, par=distribution.ddt)
        with pytest.raises(ActionInterdite):
            tables.tirer_tables(seance=seance, nombre=2, par=distribution.dreal)


@pytest.mark.django_db
class TestBesoins:
    def test_dits_par_le_lien_lus_par_le_pilote_seul(self, distribution, connecte, client):
        seance, (_, jeanne, _) = faire_invites(distribution)
        lien = chemin(jeanne) + "venue/"
        assert client.get(lien).status_code == 200
        saisie = {"acces": "Fauteuil", "repas": "Sans porc", "accords": ["image"]}
        assert client.post(lien, saisie).url == chemin(jeanne)
        assert "Sans porc" in client.get(lien).content.decode()
        assert "Sans porc" in connecte("ddt").get(adresse("besoins", seance)).content.decode()
        for role in ("collectivite", "equipe"):
            page = connecte(role).get(adresse("besoins", seance)).content.decode()
            assert "1\u00a0personne" in page
            assert "Sans porc" not in page and "Jeanne" not in page
        Invitation.objects.filter(pk=jeanne.pk).update(reponse="decline", repondu_le=timezone.now())
        assert list(besoins.besoins_de(seance)) == []  # who does not come needs nothing
        client.post(lien, {})
        assert Besoin.objects.count() == 0
        accord = Consentement.objects.get()
        assert accord.retire_le is not None and accord.recueilli_par is None

    def test_la_purge_a_trente_jours(self, distribution):
        maintenant = timezone.now()
        gardes = []
        for rang, jours in enumerate((31, 29)):
            fin = maintenant - timedelta(days=jours)
            seance, lignes = faire_invites(
                distribution, nombre=1, debut_prevu=fin - timedelta(hours=3), fin_prevu=fin
            )
            Besoin.objects.create(invitation=lignes[0], repas=f"Repas {rang}")
            gardes.append(seance)
        annulee, lignes = faire_invites(distribution, nombre=1)
        Besoin.objects.create(invitation=lignes[0], repas="Annulé")
        Seance.objects.filter(pk=annulee.pk).update(
            etat="annulee", debut_prevu=None, fin_prevu=None
        )
        assert purger_besoins() == 1
        assert sorted(Besoin.objects.values_list("repas", flat=True)) == ["Annulé", "Repas 1"]
        Besoin.objects.filter(repas="Annulé").update(dit_le=maintenant - timedelta(days=31))
        assert (purger_besoins(), purger_besoins()) == (1, 0)

    @pytest.mark.parametrize("etat", ["tenue", "annulee"])
    def test_une_seance_passee_ne_demande_plus_rien(self, distribution, etat):
        _, lignes = faire_invites(distribution, etat=etat)
        with pytest.raises(TransitionImpossible):
            besoins.preparer_venue(lignes[0], repas="x")


@pytest.mark.django_db
class TestAccords:
    def test_le_registre_garde_les_dates(self, distribution, connecte):
        seance, (karim, _, _) = faire_invites(distribution)
        client, slug = connecte("ddt"), seance.atelier.slug
        url = reverse("ateliers:accord_consigner", args=[slug, karim.participant_id])
        for donne in ("1", "1", "0", "1"):
            client.post(url, {"objet": "image", "donne": donne})
        dates = Consentement.objects.order_by("pk").values_list("retire_le", flat=True)
        assert [d is None for d in dates] == [False, True]
        page = client.get(reverse("ateliers:accords", args=[slug])).content.decode()
        assert page.count("<strong>oui</strong>") == 1 and "retiré le" in page
        with pytest.raises(ActionInterdite):
            besoins.consigner(karim.participant, objet="image", donne=True, par=distribution.equipe)
        with pytest.raises(ErreurMetier):
            besoins.consigner(karim.participant, objet="x", donne=True, par=distribution.ddt)


@pytest.mark.django_db
class TestLettres:
    def test_le_texte_du_college_remplace_celui_de_tous(self, distribution, connecte):
        seance, _ = faire_invites(distribution)
        client = connecte("ddt")
        assert client.get(adresse("lettres", seance)).status_code == 200
        saisie = {"texte_": "Pour tous.", "texte_habitants": "Pour les habitants.\nMerci."}
        saisie |= SIGNATURE
        assert client.post(adresse("lettres", seance), saisie).status_code == 302
        assert textes_de(seance) == {"": "Pour tous.", "habitants": "Pour les habitants.\nMerci."}
        (lettre,) = lettres_papier(seance).lettres
        assert (lettre.destinataire, lettre.texte) == (
            ["Lucie Petit"],
            ["Pour les habitants.", "Merci."],
        )

    def test_l_envoi_est_retenu_puis_part_avec_ses_lettres(
        self, distribution, connecte, django_capture_on_commit_callbacks
    ):
        seance, _ = faire_invites(distribution)
        client = connecte("ddt")
        page = client.get(adresse("lettres", seance)).content.decode()
        assert "la lettre part sans lui" in page and "La lettre n’a pas de signataire" in page
        with pytest.raises(ElementsManquants):
            lettres.preparer_lettres(seance=seance, par=distribution.ddt)
        signer(seance)
        with django_capture_on_commit_callbacks(execute=True):
            reponse = client.post(adresse("lettres_preparer", seance))
        document = Document.objects.filter(cle="convocation").first().contexte
        assert (document["signataire"], document["qualite"]) == tuple(SIGNATURE.values())
        lot = LotCourriels.objects.get()
        assert (reponse.url, mail.outbox) == (lot.get_absolute_url(), [])
        assert Invitation.objects.filter(convoque_le__isnull=False).count() == 0
        with pytest.raises(ErreurMetier):
            lettres.preparer_lettres(seance=seance, par=distribution.ddt)
        with django_capture_on_commit_callbacks(execute=True):
            assert envoyer_lot(lot=lot, par=distribution.ddt) == 2
        seance.refresh_from_db()
        assert seance.etat == "convoquee"
        assert Invitation.objects.filter(convoque_le__isnull=False).count() == 2
        courriel = Courriel.objects.get(destinataire="jeanne.martin@exemple.fr")
        noms = PieceJointe.objects.filter(courriel=courriel).values_list("nom", flat=True)
        assert list(noms) == ["convocation.pdf", "seance.ics"]
        assert bytes(courriel.pieces_jointes.first().contenu)[:5] == b"%PDF-"
        jeanne = Invitation.objects.get(participant__nom="Martin")
        assert chemin(jeanne) in courriel.corps

    def test_la_lettre_suit_une_convocation_sans_lettre(
        self, distribution, connecte, django_capture_on_commit_callbacks
    ):
        """Nobody signed it yet: the letter comes after, and the answer stays."""
        seance, _ = faire_invites(distribution)
        invitations.convoquer(seance=seance, par=distribution.ddt)
        assert not PieceJointe.objects.exclude(source="").exists()
        signer(seance)
        jeanne = Invitation.objects.get(participant__nom="Martin")
        invitations.repondre(jeanne, reponse="accepte")
        invitations.repondre(Invitation.objects.get(participant__nom="Benali"), reponse="decline")
        client, bouton = connecte("ddt"), "Envoyer la lettre aux personnes déjà convoquées"
        assert bouton in client.get(adresse("lettres", seance)).text
        with django_capture_on_commit_callbacks(execute=True):
            client.post(adresse("lettres_preparer", seance), {"deja": "1"})
            assert envoyer_lot(lot=LotCourriels.objects.get(), par=distribution.ddt) == 1
        jeanne.refresh_from_db()
        assert (jeanne.reponse, jeanne.lettre_le is None) == ("accepte", False)
        assert bouton not in client.get(adresse("lettres", seance)).text
        with pytest.raises(ErreurMetier, match="déjà leur lettre"):
            lettres.preparer_lettres(seance=seance, par=distribution.ddt, deja=True)

    def test_la_lettre_signee_part_avec_la_convocation_des_qu_elle_est_faite(
        self, distribution, connecte
    ):
        seance, _ = faire_invites(distribution)
        page = connecte("ddt").get(adresse("invitations", seance)).text
        assert "Signer la lettre d’abord" in page
        signer(seance)
        invitations.convoquer(seance=seance, par=distribution.ddt)
        courriel = Courriel.objects.get(destinataire="jeanne.martin@exemple.fr")
        assert "La lettre de convocation et le rendez-vous" in courriel.corps
        jeanne = Invitation.objects.get(participant__nom="Martin")
        assert jeanne.lettre_le is not None
        agenda, lettre = courriel.pieces_jointes.all()
        assert (agenda.nom, lettre.nom) == ("seance.ics", "convocation.pdf")
        Courriel.objects.update(etat="en_attente", envoye_le=None)
        PieceJointe.objects.filter(pk=lettre.pk).update(contenu=b"")
        Document.objects.update(etat="demande")
        with pytest.raises(EnvoiDiffere, match="en cours de fabrication"):
            envoyer_maintenant(courriel.pk)
        courriel.refresh_from_db()
        assert courriel.erreur.startswith(
            "Une pièce jointe n’est pas encore prête (« convocation.pdf »)\u00a0: l’envoi sera"
        )
        page = connecte("dgaln").get(courriel.get_absolute_url()).text
        assert ("a répondu" in page, "fr-alert--error" in page) == (False, False)
        produire(str(Document.objects.get(objet_id=jeanne.pk).pk))
        assert envoyer_maintenant(courriel.pk)
        lettre.refresh_from_db()
        assert bytes(lettre.contenu)[:5] == b"%PDF-"
        assert [piece[0] for piece in mail.outbox[-1].attachments] == [agenda.nom, lettre.nom]

    def test_la_lettre_s_imprime_a_tout_moment(self, distribution, connecte):
        seance, (_, jeanne, _) = faire_invites(distribution)
        invitations.convoquer(seance=seance, par=distribution.ddt)
        with pytest.raises(ElementsManquants):
            lettres.imprimer_lettre(jeanne, par=distribution.ddt)
        signer(seance)
        client = connecte("ddt")
        une = reverse("ateliers:lettre_imprimer", args=[seance.atelier.slug, seance.pk, jeanne.pk])
        assert une in client.get(adresse("lettres", seance)).text
        client.post(une)
        client.post(adresse("lettres_imprimer", seance), {"toutes": "1"})
        faits = Document.objects.order_by("demande_le").values_list("cle", "contexte")
        assert [(cle, len(c["lettres"])) for cle, c in faits] == [
            ("convocation", 1),
            ("convocations_toutes", 3),
        ]

    def test_sans_lettre_prete_rien_ne_part(self, distribution):
        seance, _ = faire_invites(distribution)
        signer(seance)
        lot = lettres.preparer_lettres(seance=seance, par=distribution.ddt)
        Document.objects.all().delete()
        with pytest.raises(ErreurMetier):
            envoyer_lot(lot=lot, par=distribution.ddt)
        assert Invitation.objects.filter(convoque_le__isnull=False).count() == 0

    def test_sur_papier_pour_qui_n_a_pas_d_adresse(self, distribution, connecte):
        seance, _ = faire_invites(distribution)
        client = connecte("ddt")
        lucie = Invitation.objects.get(participant__nom="Petit").participant
        fiche = reverse("ateliers:participant_coordonnees", args=[seance.atelier.slug, lucie.pk])
        assert client.get(fiche).status_code == 200
        saisie = {"civilite": "madame", "adresse": "1 rue Haute\n80600 Doullens", "revision": 0}
        assert client.post(fiche, saisie).status_code == 302
        assert client.post(fiche, saisie | {"adresse": "Doullens"}).status_code == 409
        signer(seance)
        document = lettres.imprimer_lettres(seance=seance, par=distribution.ddt)
        assert document.contexte["lettres"][0]["destinataire"] == [
            "Madame Lucie Petit",
            "1 rue Haute",
            "80600 Doullens",
        ]
        liste = client.get(adresse("liste_postale", seance)).content.decode("utf-8-sig")
        assert liste.splitlines()[1] == ("Madame;Lucie;Petit;;;1 rue Haute, 80600 Doullens")
        verbes.modifier_participant(
            lucie, par=distribution.ddt, revision=0, courriel="lucie@exemple.fr"
        )
        with pytest.raises(ErreurMetier):
            lettres.imprimer_lettres(seance=seance, par=distribution.ddt)

    @pytest.mark.parametrize("role", ["collectivite", "equipe"])
    def test_le_service_pilote_seul_convoque(self, distribution, role):
        seance, _ = faire_invites(distribution)
        with pytest.raises(ActionInterdite):
            lettres.preparer_lettres(seance=seance, par=getattr(distribution, role))


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["lettres", "besoins", "tables", "accords"])
def test_douze_requetes_quel_que_soit_le_nombre(
    distribution, connecte, django_assert_max_num_queries, page
):
    seance, _ = faire_invites(distribution)
    client = connecte("ddt")
    url = adresse(page, seance) if page != "accords" else ""
    if page == "accords":
        url = reverse("ateliers:accords", args=[seance.atelier.slug])
    for nombre in (3, 60):
        gens = [
            verbes.ajouter_participant(
                atelier=seance.atelier,
                par=distribution.ddt,
                prenom=f"P{rang}",
                nom="Nom",
                college="habitants",
            )
            for rang in range(Invitation.objects.count(), nombre)
        ]
        if gens:
            invitations.inviter(seance=seance, participants=gens, par=distribution.ddt)
        for invitation in Invitation.objects.all():
            besoins.preparer_venue(invitation, repas="Sans sel", accords=["image"])
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200
