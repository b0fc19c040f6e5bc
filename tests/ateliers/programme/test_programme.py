"""The déroulé: written by those who prepare, published by the pilot, told to those concerned."""

from datetime import time

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from icalendar import Calendar

from ateliers.participants import documents
from ateliers.participants.domaine.diffusion import publier_programme
from ateliers.participants.domaine.invitations import convoquer
from ateliers.participants.domaine.requetes import a_prevenir
from ateliers.participants.lien import chemin, jeton
from ateliers.participants.models import Invitation
from ateliers.programme.domaine import kits, sequences
from ateliers.programme.domaine.horaires import chevauchements, hors_seance
from ateliers.programme.domaine.photographie import photographier
from ateliers.programme.models import Arret, KitSeance, VersionProgramme
from ateliers.seances.domaine import preparation
from ateliers.seances.models import Seance, Sequence
from socle.courriels.models import Courriel, PieceJointe
from socle.erreurs import ActionInterdite, ConfirmationRequise, ErreurMetier
from tests.factories.participants import faire_seance
from tests.factories.programme import faire_programme

pytestmark = pytest.mark.django_db
INVITES = ["jeanne.martin@exemple.fr", "karim.benali@exemple.fr"]


def prevenus(numero) -> list[str]:
    """Who was written to about this version."""
    courriels = Courriel.objects.filter(cle="programme_publie")
    return sorted(
        c.destinataire for c in courriels if (f"version {numero}" in c.corps) == (numero > 1)
    )


def test_chaque_version_ne_va_qu_a_ceux_que_son_changement_concerne(distribution):
    seance, (accueil, visite, bilan) = faire_programme(distribution)
    publier_programme(seance=seance, par=distribution.ddt)
    assert prevenus(1) == ["elu@exemple.fr", "guide@exemple.fr", *INVITES]
    with pytest.raises(ErreurMetier, match="Rien n’a changé depuis la version 1"):
        publier_programme(seance=seance, par=distribution.ddt)
    sequences.modifier(sequence=bilan, par=distribution.equipe, duree_min=90)
    publier_programme(seance=seance, par=distribution.ddt)
    assert prevenus(2) == ["elu@exemple.fr"]
    sequences.modifier(sequence=visite, par=distribution.equipe, materiel="Bottes")
    publier_programme(seance=seance, par=distribution.ddt)
    assert prevenus(3) == ["guide@exemple.fr"]
    sequences.modifier(sequence=accueil, par=distribution.equipe, debut=time(8, 45))
    publier_programme(seance=seance, par=distribution.ddt)
    assert prevenus(4) == INVITES
    assert list(VersionProgramme.objects.order_by("numero").values_list("numero", flat=True)) == [
        1,
        2,
        3,
        4,
    ]


def test_un_invite_ne_lit_rien_de_la_sequence_restreinte(distribution):
    seance, (accueil, _, bilan) = faire_programme(distribution)
    sequences.modifier(sequence=bilan, par=distribution.equipe, materiel="Dossier réservé")
    publier_programme(seance=seance, par=distribution.ddt)
    corps = Courriel.objects.get(cle="programme_publie", destinataire=INVITES[0]).corps
    assert [x for x in corps.splitlines() if x.startswith("- ")] == [
        "- 9\u00a0h\u00a0: Accueil (30\u00a0min).",
        "- 9\u00a0h\u00a045\u00a0: Visite du site (2\u00a0h).",
    ]
    assert "Bilan des élus" not in corps
    assert "réservé" not in corps


def test_qui_decline_n_est_pas_prevenu(distribution):
    seance, _ = faire_programme(distribution)
    Invitation.objects.filter(participant__courriel=INVITES[0]).update(
        reponse="decline", repondu_le=seance.debut_prevu
    )
    publier_programme(seance=seance, par=distribution.ddt)
    assert prevenus(1) == ["elu@exemple.fr", "guide@exemple.fr", INVITES[1]]


def test_une_version_est_figee_par_la_base(distribution):
    seance, _ = faire_programme(distribution)
    version = publier_programme(seance=seance, par=distribution.ddt)
    lignes = VersionProgramme.objects.filter(pk=version.pk)
    for acte in (lambda: lignes.update(contenu=[]), lignes.delete):
        with pytest.raises(DatabaseError, match="ne se réécrit pas"), transaction.atomic():
            acte()


@pytest.mark.parametrize("role", ["collectivite", "equipe"])
def test_ecrire_est_partage_publier_revient_au_pilote(distribution, role):
    seance, (accueil, _, _) = faire_programme(distribution)
    qui = getattr(distribution, role)
    sequences.modifier(sequence=accueil, par=qui, lieu="Mairie")
    with pytest.raises(ActionInterdite):
        publier_programme(seance=seance, par=qui)
    with pytest.raises(ActionInterdite):
        sequences.modifier(sequence=accueil, par=distribution.dreal, lieu="Ailleurs")


def test_avancer_echange_les_places_et_garde_la_pause(distribution):
    seance, (accueil, visite, bilan) = faire_programme(distribution)
    sequences.deplacer(sequence=visite, par=distribution.equipe, plus_tot=True)
    lignes = Sequence.objects.filter(seance=seance).values_list("titre", "debut")
    assert list(lignes) == [
        ("Visite du site", time(9)),
        ("Accueil", time(11, 15)),
        ("Bilan des élus", time(12)),
    ]
    with pytest.raises(ErreurMetier, match="au bout"):
        sequences.deplacer(sequence=visite, par=distribution.equipe, plus_tot=True)


def test_chevauchements_dits(distribution):
    seance, (accueil, visite, bilan) = faire_programme(distribution)
    assert chevauchements(list(seance.sequences.all())) == []
    sequences.modifier(sequence=bilan, par=distribution.equipe, debut=time(11), animateur="Guide")
    phrases = chevauchements(list(seance.sequences.all()))
    assert phrases == [
        "« Visite du site » et « Bilan des élus » se chevauchent à partir de 11\u00a0h : "
        "guide anime les deux."
    ]


def test_l_itineraire_d_une_visite(distribution):
    seance, (accueil, visite, _) = faire_programme(distribution)
    arrets = [
        {"nom": "Belvédère", "arrivee": time(10), "duree_min": 20, "note": ""},
        {"nom": "Friche", "arrivee": time(10, 40), "duree_min": 30, "note": "Casque"},
    ]
    sequences.tracer_visite(
        sequence=visite, par=distribution.equipe, arrets=arrets, transport="Car"
    )
    assert list(Arret.objects.values_list("nom", flat=True)) == ["Belvédère", "Friche"]
    with pytest.raises(ErreurMetier, match="ordre"):
        sequences.tracer_visite(sequence=visite, par=distribution.equipe, arrets=arrets[::-1])
    with pytest.raises(ErreurMetier, match="visite"):
        sequences.tracer_visite(sequence=accueil, par=distribution.equipe, arrets=[])
    seance.refresh_from_db()
    preparation.ecrire_deroule(
        seance=seance,
        par=distribution.equipe,
        revision=seance.revision,
        sequences=[
            {"titre": "Visite du site", "debut": time(14), "duree_min": 60, "format": "visite"}
        ],
    )
    gardee = Sequence.objects.get(seance=seance)
    assert (gardee.pk, gardee.animateur, Arret.objects.count()) == (visite.pk, "guide", 2)


def test_les_kits_se_reprennent_et_se_gardent_sans_nom(distribution):
    kits.installer()
    kits.installer()
    assert KitSeance.objects.filter(dispositif="local").count() == 8
    seance, _ = faire_programme(distribution)
    assert list(kits.kits_pour(seance).values_list("cle", flat=True)) == ["local-atelier-1"]
    kit = KitSeance.objects.get(cle="local-atelier-1")
    with pytest.raises(ConfirmationRequise):
        kits.partir_d_un_kit(seance=seance, kit=kit, par=distribution.equipe)
    kits.partir_d_un_kit(seance=seance, kit=kit, par=distribution.equipe, confirmes={"remplacer"})
    assert Sequence.objects.filter(seance=seance).count() == len(kit.contenu)
    assert Sequence.objects.filter(seance=seance).first().debut == seance.debut.time()
    autre = KitSeance.objects.get(cle="flash-atelier-1")
    with pytest.raises(ErreurMetier, match="ne convient pas"):
        kits.partir_d_un_kit(seance=seance, kit=autre, par=distribution.equipe)
    sequence = Sequence.objects.filter(seance=seance).first()
    sequences.modifier(
        sequence=sequence,
        par=distribution.equipe,
        animateur="Ana Petit",
        animateur_courriel="ana@exemple.fr",
        lieu="Chez Ana",
    )
    with pytest.raises(ActionInterdite):
        kits.enregistrer_kit(seance=seance, par=distribution.ddt, titre="Le nôtre")
    garde = kits.enregistrer_kit(seance=seance, par=distribution.dgaln, titre="Le nôtre")
    assert "ana" not in str(garde.contenu).lower().replace("panana", "")
    neuve = faire_seance(distribution, etat="a_programmer")
    kits.partir_d_un_kit(seance=neuve, kit=garde, par=distribution.ddt)
    ecrits = [s["titre"] for s in photographier(neuve)]
    assert ecrits == [s["titre"] for s in photographier(seance)]


def test_les_pages_du_deroule(client, distribution):
    seance, (_, visite, bilan) = faire_programme(distribution)
    slug = seance.atelier.slug
    client.force_login(distribution.ddt)
    client.post(reverse("ateliers:programme_publier", args=[slug, seance.pk]))
    client.post(reverse("ateliers:sequence_deplacer", args=[slug, seance.pk, bilan.pk, "monter"]))
    page = client.get(reverse("ateliers:programme", args=[slug, seance.pk])).content.decode()
    assert "Pas encore publié" in page
    assert "«\u00a0Bilan des élus\u00a0» commence à 9\u00a0h\u00a045 au lieu de 12\u00a0h." in page
    client.post(reverse("ateliers:programme_publier", args=[slug, seance.pk]))
    version = reverse("ateliers:programme_version", args=[slug, seance.pk, 2])
    page = client.get(version).content.decode()
    assert "au lieu de 12\u00a0h" in page
    assert "9\u00a0h\u00a045 – 10\u00a0h\u00a045<br>" in page and "09:45" not in page
    assert Seance.objects.get(pk=seance.pk).sequence_ical > 0


def test_ce_qui_s_imprime_est_la_version_publiee_entiere(client, distribution):
    seance, (accueil, visite, _) = faire_programme(distribution)
    equipe = distribution.equipe
    arret = {"nom": "Belvédère", "arrivee": time(10), "duree_min": 20, "note": "Casque"}
    sequences.tracer_visite(sequence=visite, par=equipe, arrets=[arret], transport="Un car")
    sequences.modifier(sequence=visite, par=equipe, materiel="Bottes")
    ici = [seance.atelier.slug, seance.pk]
    imprimer = reverse("ateliers:programme_imprimer", args=ici)
    client.force_login(equipe)
    assert "Texte de travail, pas encore publié" in client.get(imprimer).content.decode()
    publier_programme(seance=seance, par=distribution.ddt)
    sequences.modifier(sequence=accueil, par=equipe, titre="Brouillon secret")
    version = reverse("ateliers:programme_version", args=[*ici, 1])
    attendus = ("9\u00a0h\u00a045 – 11\u00a0h\u00a045", "Belvédère", "Casque", "Un car", "Bottes")
    for adresse in (imprimer, version):
        page = client.get(adresse).content.decode()
        assert [t for t in (*attendus, "Brouillon secret") if t in page] == list(attendus)
    assert "Brouillon secret" in client.get(f"{imprimer}?texte=travail").content.decode()
    client.force_login(distribution.dreal)
    page = client.get(f"{imprimer}?texte=travail").content.decode()
    assert ("Version 1, publiée" in page, "Brouillon secret" in page) == (True, False)


def test_un_deroule_qui_deborde_se_publie_apres_confirmation(client, distribution):
    seance, (_, _, bilan) = faire_programme(distribution)
    sequences.modifier(sequence=bilan, par=distribution.equipe, debut=time(17))
    client.force_login(distribution.ddt)
    url = reverse("ateliers:programme_publier", args=[seance.atelier.slug, seance.pk])
    page = client.post(url, follow=True).content.decode()
    assert (
        "«\u00a0Bilan des élus\u00a0» finit après la fin de la séance (17\u00a0h\u00a030). Corrigez"
        in page
    )
    assert VersionProgramme.objects.count() == 0
    client.post(url, {"confirmer_a_verifier": "on"})
    assert VersionProgramme.objects.count() == 1


def _tout_ce_que_lit_un_invite(client, invitation) -> str:
    """Personal page, diary file, letter, mail of convocation."""
    page = client.get(chemin(invitation)).content.decode()
    fichier = client.get(reverse("ateliers:invitation_agenda", args=[jeton(invitation)]))
    (ligne,) = Calendar.from_ical(fichier.content).walk("VEVENT")
    corps = Courriel.objects.filter(
        cle="convocation", destinataire=invitation.participant.courriel
    ).latest("pk")
    lettre = documents.lettre(invitation).model_dump_json()
    tout = [page, str(ligne.get("description", "")), lettre, corps.corps]
    return "\n".join(tout).replace("\u00a0:", " :")


def _convoquer_encore(seance, par):
    """Everybody, as if their diaries still held the first entry."""
    Invitation.objects.filter(seance=seance).update(sequence_recue=0)
    convoquer(seance=seance, par=par)


def test_un_invite_ne_lit_que_la_version_publiee_et_ce_qui_le_regarde(distribution, client):
    seance, (accueil, _, _) = faire_programme(distribution)
    sequences.modifier(sequence=accueil, par=distribution.equipe, titre="Ouverture")
    invitation = Invitation.objects.filter(seance=seance).select_related("seance").first()
    lu = _tout_ce_que_lit_un_invite(client, invitation)
    assert [t for t in ("Ouverture", "Visite du site", "Bilan des élus") if t in lu] == []
    publier_programme(seance=seance, par=distribution.ddt)
    sequences.modifier(sequence=accueil, par=distribution.equipe, titre="Brouillon secret")
    sequences.ajouter(
        seance=seance,
        par=distribution.equipe,
        titre="Jury à huis clos",
        jour=2,
        debut=time(9),
        duree_min=30,
        format="pleniere",
    )
    _convoquer_encore(seance, distribution.ddt)
    lu = _tout_ce_que_lit_un_invite(client, invitation)
    titres = ("Ouverture", "Visite du site", "Bilan des élus", "Brouillon secret", "huis clos")
    assert [t for t in titres if t in lu] == ["Ouverture", "Visite du site"]
    publier_programme(seance=seance, par=distribution.ddt, confirmes={"a_verifier"})
    _convoquer_encore(seance, distribution.ddt)
    lu = _tout_ce_que_lit_un_invite(client, invitation)
    assert lu.count("Jour 2, 9\u00a0h : Jury à huis clos") == 4
    assert "Bilan des élus" not in lu


def test_les_agendas_ne_suivent_que_ce_qu_ils_montrent(distribution):
    """The mail that tells a change brings the diary entry when, and only when, it shows there."""
    seance, (accueil, _, bilan) = faire_programme(distribution)
    pilote = distribution.ddt
    publier_programme(seance=seance, par=pilote)
    assert agendas_joints() == [(adresse, 1) for adresse in INVITES]
    for sequence, valeurs in (
        (bilan, {"materiel": "Dossier réservé"}),
        (bilan, {"titre": "Bilan à huis clos"}),
        (accueil, {"materiel": "Café"}),
        (accueil, {"animateur": "La maire"}),
    ):
        sequences.modifier(sequence=sequence, par=pilote, **valeurs)
        publier_programme(seance=seance, par=pilote)
    assert agendas_joints() == [(adresse, 1) for adresse in INVITES]
    derniers = Courriel.objects.filter(cle="programme_publie", destinataire=INVITES[0])
    assert "Rien ne change dans votre agenda" in derniers.latest("pk").corps
    Invitation.objects.filter(participant__courriel=INVITES[1]).update(sequence_recue=0)
    sequences.modifier(sequence=accueil, par=pilote, debut=time(8, 45))
    publier_programme(seance=seance, par=pilote)
    # The second one waits for another update: it will bring both.
    assert agendas_joints() == [(INVITES[0], 1), (INVITES[0], 2), (INVITES[1], 1)]
    seance.refresh_from_db()
    assert [i.participant.courriel for i in a_prevenir(seance)] == [INVITES[1]]


def agendas_joints() -> list[tuple[str, int]]:
    """(address, SEQUENCE) of the entries that came with a déroulé."""
    joints = []
    for piece in PieceJointe.objects.filter(courriel__cle="programme_publie"):
        (evenement,) = Calendar.from_ical(bytes(piece.contenu)).walk("VEVENT")
        assert piece.mime.endswith("method=REQUEST")
        joints.append((piece.courriel.destinataire, evenement["sequence"]))
    return sorted(joints)


def test_un_deroule_hors_des_heures_de_la_seance_le_dit(distribution):
    seance, (accueil, visite, bilan) = faire_programme(distribution)
    assert hors_seance(seance, []) == []
    lignes = [
        Sequence(titre="Tôt", jour=1, debut=time(8), duree_min=30),
        Sequence(titre="Juste", jour=1, debut=time(9, 30), duree_min=480),
        Sequence(titre="Tard", jour=1, debut=time(17), duree_min=31),
        Sequence(titre="Demain", jour=2, debut=time(10), duree_min=30),
    ]
    assert hors_seance(seance, lignes) == [
        "« Tôt » commence avant l’ouverture de la séance (8\u00a0h\u00a030).",
        "« Tard » finit après la fin de la séance (17\u00a0h\u00a030).",
        "« Demain » est au jour 2, mais la séance dure un jour.",
    ]


@pytest.mark.parametrize("genre", ["sensibilisation", "lancement", "copil"])
def test_un_kit_par_temps_de_la_demarche(distribution, genre):
    kits.installer()
    seance = faire_seance(distribution, genre=genre, rang=None)
    assert list(kits.kits_pour(seance).values_list("cle", flat=True)) == [f"local-{genre}"]
    (kit,) = kits.kits_pour(seance)
    kits.partir_d_un_kit(seance=seance, kit=kit, par=distribution.equipe)
    assert chevauchements(list(seance.sequences.all())) == []
