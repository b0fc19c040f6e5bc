"""A sealed offer is read by nobody: not by a role, not in the database, not on the disk."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from ateliers.marche.domaine import offres, reglement
from ateliers.marche.models import Consultation, Critere, FichierOffre, MembreOffre, Offre
from socle import scellement
from socle.comptes.models import Utilisateur
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from socle.interface.templatetags.interface import date_longue
from socle.scellement import SceauIllisible
from tests.factories import marche as fabrique
from tests.fixtures.rigueur import ClientStrict

pytestmark = pytest.mark.django_db

JETONS = [*fabrique.SECRETS, "87 654", "87654", "SECRET-DU-MEMOIRE", "memoire.pdf"]
ENTREE = "allauth.account.auth_backends.AuthenticationBackend"


def formes(jeton):
    """The token in clear, and as a dump or a base64 column would show it."""
    octets = jeton.encode()
    tronque = octets[: len(octets) - len(octets) % 3]
    return [jeton, octets.hex(), base64.b64encode(tronque).decode()]


def lignes_de_la_base():
    with connection.cursor() as curseur:
        tables = connection.introspection.table_names(curseur)
        for table in sorted(tables):
            curseur.execute(f'SELECT t::text FROM "{table}" t')
            for (ligne,) in curseur.fetchall():
                yield table, ligne


def adresses(consultation, offre):
    slug = [consultation.atelier.slug]
    fichier = FichierOffre.objects.get(offre=offre)
    for nom in ("marche", "cadrage", "espace", "historique", "livrables", "atelier", "carnet"):
        yield reverse(f"ateliers:{nom}", args=slug)
    for nom in ("offre", "offre_noter", "offre_consensus"):
        yield reverse(f"ateliers:{nom}", args=[*slug, offre.pk])
    yield reverse("ateliers:offre_fichier", args=[*slug, fichier.pk])
    for nom in ("offre_nouvelle", "marche_ouvrir", "marche_analystes"):
        yield reverse(f"ateliers:{nom}", args=slug)
    yield "/tableau-de-bord/"
    yield "/administration/ateliers/"


def test_aucun_role_ne_lit_une_offre_scellee(distribution):
    consultation = fabrique.faire_recueil(distribution)
    reglement.designer_analystes(
        atelier=consultation.atelier,
        par=distribution.ddt,
        personnes=[distribution.ddt, distribution.dgaln],
    )
    offre = fabrique.recevoir(distribution, consultation)
    admin = Utilisateur.objects.create_superuser(
        email="admin@demo.example",
        password="sans-importance-1234",
        organisme=distribution.dgaln.organisme,
    )
    personnes = [getattr(distribution, nom) for nom in distribution.noms]
    for personne in [None, admin, *personnes]:
        visiteur = ClientStrict()
        if personne:
            visiteur.force_login(personne, backend=ENTREE)
        for adresse in adresses(consultation, offre):
            reponse = visiteur.get(adresse, follow=True)
            corps = (
                b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
            ).decode()
            assert [j for j in JETONS if j in corps] == [], (personne, adresse)


def test_ni_la_base_ni_le_disque_ne_portent_le_contenu(distribution):
    consultation = fabrique.faire_recueil(distribution)
    fabrique.recevoir(distribution, consultation)
    cherches = [forme for jeton in JETONS for forme in formes(jeton)]
    trouves = {
        (table, forme)
        for table, ligne in lignes_de_la_base()
        for forme in cherches
        if len(forme) > 6 and forme in ligne
    }
    assert trouves == set()
    fichiers = [p for p in Path(settings.MEDIA_ROOT, "offres").rglob("*") if p.is_file()]
    assert len(fichiers) >= 1
    assert [p for p in fichiers if any(j.encode() in p.read_bytes() for j in JETONS)] == []
    assert [p for p in fichiers if b"%PDF" in p.read_bytes()] == []


def test_apres_l_ouverture_le_contenu_est_celui_qui_fut_scelle(distribution):
    consultation = fabrique.faire_recueil(distribution)
    offre = fabrique.recevoir(distribution, consultation)
    fabrique.ouvrir(distribution, consultation)
    offre.refresh_from_db()
    assert (offre.mandataire, offre.courriel, offre.discipline) == (
        fabrique.SECRETS[0],
        fabrique.SECRETS[1],
        "urbanisme",
    )
    assert (str(offre.prix_ht), str(offre.jours)) == ("87654.32", "12.5")
    membre = MembreOffre.objects.get(offre=offre)
    assert (membre.nom, membre.discipline, membre.role, str(membre.jours)) == (
        fabrique.SECRETS[2],
        "paysage",
        "expert",
        "8.0",
    )
    fichier = FichierOffre.objects.select_related("offre__consultation__atelier").get(offre=offre)
    assert (fichier.nom, fichier.mime) == ("memoire.pdf", "application/pdf")
    clair = offres.lire_fichier(fichier=fichier, par=distribution.dgaln)
    assert clair.endswith(b"SECRET-DU-MEMOIRE")
    with fichier.fichier.open("rb") as scelle:
        assert b"SECRET-DU-MEMOIRE" not in scelle.read()
    for nom in ("collectivite", "equipe", "evaluateur"):
        with pytest.raises(ActionInterdite):
            offres.lire_fichier(fichier=fichier, par=getattr(distribution, nom))


def test_l_ouverture_attend_la_date_et_deux_personnes(distribution):
    consultation = fabrique.faire_recueil(distribution)
    fabrique.recevoir(distribution, consultation)
    with pytest.raises(ElementsManquants) as refus:
        offres.ouvrir(atelier=consultation.atelier, par=distribution.ddt, avec="Paul Vasseur")
    assert str(refus.value) == (
        "La date limite de remise des offres n’est pas passée : les plis s’ouvrent après le "
        f"{date_longue(consultation.ouverture_le)}."
    )
    with fabrique.dans(days=11):
        for avec in ("  ", distribution.ddt.nom_complet):
            with pytest.raises(ErreurMetier, match="L’ouverture se fait à deux"):
                offres.ouvrir(atelier=consultation.atelier, par=distribution.ddt, avec=avec)
        with pytest.raises(ActionInterdite):
            offres.ouvrir(atelier=consultation.atelier, par=distribution.dreal, avec="Paul")
    fabrique.ouvrir(distribution, consultation)
    with pytest.raises(TransitionImpossible):
        fabrique.ouvrir(distribution, consultation)


def test_une_offre_hors_delai_ne_s_enregistre_pas(distribution):
    consultation = fabrique.faire_recueil(distribution)
    with fabrique.dans(days=11):
        with pytest.raises(ErreurMetier, match="hors délai"):
            fabrique.recevoir(distribution, consultation)
        fabrique.recevoir(
            distribution, consultation, recue_le=consultation.ouverture_le - timedelta(hours=1)
        )
    assert Offre.objects.filter(consultation=consultation).count() == 1


def test_une_offre_retiree_ne_s_ouvre_plus_jamais(distribution):
    consultation = fabrique.faire_recueil(distribution)
    offre = fabrique.recevoir(distribution, consultation)
    fabrique.recevoir(distribution, consultation, nom="Agence suivante")
    offres.retirer(offre=offre, par=distribution.ddt, motif="Saisie en double")
    fabrique.ouvrir(distribution, consultation)
    offre.refresh_from_db()
    assert (offre.mandataire, offre.prix_ht, bytes(offre.cle_scellee)) == ("", None, b"")
    with pytest.raises(SceauIllisible):
        scellement.developper(offre.cle_scellee, f"offre:{offre.sceau}")


def refuse_en_sql(sql, *valeurs):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(sql, valeurs)


def test_la_base_garde_le_reglement_et_les_plis(distribution):
    consultation = fabrique.faire_recueil(distribution)
    offre = fabrique.recevoir(distribution, consultation)
    critere = Critere.objects.filter(consultation=consultation).first()
    maintenant = timezone.now()
    refuse_en_sql("UPDATE ateliers_critere SET poids = 10 WHERE id = %s", critere.pk)
    refuse_en_sql("DELETE FROM ateliers_critere WHERE id = %s", critere.pk)
    pk = consultation.pk
    refuse_en_sql("UPDATE ateliers_consultation SET poids_prix = 60 WHERE id = %s", pk)
    refuse_en_sql("UPDATE ateliers_consultation SET formule = 'lineaire' WHERE id = %s", pk)
    refuse_en_sql("UPDATE ateliers_consultation SET etat = 'preparation' WHERE id = %s", pk)
    refuse_en_sql(
        "UPDATE ateliers_consultation SET ouverture_le = %s WHERE id = %s", maintenant, pk
    )
    refuse_en_sql("UPDATE ateliers_offre SET mandataire = 'X' WHERE id = %s", offre.pk)
    refuse_en_sql("UPDATE ateliers_offre SET scelle = 'x' WHERE id = %s", offre.pk)
    refuse_en_sql(
        "UPDATE ateliers_offre SET ouverte_le = %s, mandataire = 'X', prix_ht = 1 WHERE id = %s",
        maintenant,
        offre.pk,
    )
    fabrique.ouvrir(distribution, consultation)
    refuse_en_sql("UPDATE ateliers_offre SET prix_ht = 1 WHERE id = %s", offre.pk)
    refuse_en_sql("UPDATE ateliers_consultation SET poids_prix = 60 WHERE id = %s", pk)
    refuse_en_sql("UPDATE ateliers_consultation SET ouverte_avec = 'Z' WHERE id = %s", pk)
    refuse_en_sql("UPDATE ateliers_consultation SET etat = 'recueil' WHERE id = %s", pk)
    refuse_en_sql("UPDATE ateliers_critere SET poids = 10 WHERE id = %s", critere.pk)
    assert Consultation.objects.get(pk=pk).etat == "analyse"


def test_un_pli_deplace_ou_altere_ne_s_ouvre_pas():
    cle = scellement.nouvelle_cle()
    scelle = scellement.sceller(cle, b"contenu", "offre:1")
    assert scellement.desceller(cle, scelle, "offre:1") == b"contenu"
    for autre in (scelle[:-1] + bytes([scelle[-1] ^ 1]), scelle[:5], b""):
        with pytest.raises(SceauIllisible):
            scellement.desceller(cle, autre, "offre:1")
    with pytest.raises(SceauIllisible):
        scellement.desceller(cle, scelle, "offre:2")


def test_une_nouvelle_cle_des_reglages_ouvre_encore_les_anciens_plis(settings):
    settings.CLES_SCELLEMENT = ["ancienne"]
    enveloppe = scellement.envelopper(b"k" * 32, "offre:1")
    settings.CLES_SCELLEMENT = ["nouvelle", "ancienne"]
    assert scellement.developper(enveloppe, "offre:1") == b"k" * 32
    settings.CLES_SCELLEMENT = ["nouvelle"]
    with pytest.raises(SceauIllisible):
        scellement.developper(enveloppe, "offre:1")


def test_la_longueur_d_un_pli_ne_dit_rien(distribution):
    consultation = fabrique.faire_recueil(distribution)
    court = fabrique.recevoir(distribution, consultation, nom="A", prix="1")
    long = fabrique.recevoir(
        distribution, consultation, nom="Agence au nom très long", prix="999999"
    )
    assert len(court.scelle) == len(long.scelle)
