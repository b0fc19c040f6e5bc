"""The circuit of visas: whose turn, delegation, refusal, reminders; what a version weighs."""

import hashlib
import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal

import docx
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from docx.oxml.ns import qn

from ateliers.budget.domaine import execution
from ateliers.cadrage.domaine import cahier, contrat, delegations, versions, visas
from ateliers.cadrage.models import RelanceVisa, VersionCahier, VisaCahier
from socle.courriels.models import Courriel
from socle.erreurs import (
    ActionInterdite,
    ConfirmationRequise,
    ElementsManquants,
    ErreurMetier,
    MotifRequis,
    TransitionImpossible,
)
from tests.factories import ateliers as fabrique
from tests.matrices.decor_cahier import collegue

pytestmark = pytest.mark.django_db
ROLES = ("dgaln", "ddt", "dreal", "collectivite", "equipe", "evaluateur", "ddt_autre")


@pytest.fixture
def atelier(distribution):
    return fabrique.faire_atelier(distribution, "local")


@pytest.fixture
def soumis(distribution, atelier):
    return fabrique.soumettre_cahier(distribution, atelier)


def viser(atelier, par, version=1):
    return visas.viser(atelier=atelier, par=par, version=version)


def etats(atelier, numero=1):
    return list(
        VisaCahier.objects.filter(version__cahier__atelier=atelier, version__numero=numero)
        .order_by("ordre")
        .values_list("niveau", "etat")
    )


@pytest.mark.parametrize(("rang", "attendu"), [(0, "ddt"), (1, "dreal"), (2, "dgaln")])
def test_chaque_visa_n_appartient_qu_a_son_service(distribution, atelier, soumis, rang, attendu):
    for role in ("ddt", "dreal", "dgaln")[:rang]:
        viser(atelier, getattr(distribution, role))
    for role in ROLES:
        if role == attendu:
            continue
        with pytest.raises(ActionInterdite):
            viser(atelier, getattr(distribution, role))
        with pytest.raises(ActionInterdite):
            visas.refuser(atelier=atelier, par=getattr(distribution, role), version=1, motif="Non")
    viser(atelier, getattr(distribution, attendu))
    assert [etat for _, etat in etats(atelier)] == ["donne"] * (rang + 1) + ["attendu"] * (2 - rang)


def test_le_circuit_est_une_donnee_du_dispositif(distribution):
    flash = fabrique.faire_atelier(distribution, "flash", titre="Un bourg")
    fabrique.soumettre_cahier(distribution, flash)
    assert [niveau for niveau, _ in etats(flash)] == ["pilote", "dgaln"]


def test_un_refus_rouvre_la_redaction_avec_son_motif(distribution, connecte, atelier, soumis):
    viser(atelier, distribution.ddt)
    with pytest.raises(MotifRequis):
        visas.refuser(atelier=atelier, par=distribution.dreal, version=1, motif=" ")
    visas.refuser(atelier=atelier, par=distribution.dreal, version=1, motif="L’eau manque.")
    page = connecte("ddt").get(reverse("ateliers:cahier", args=[atelier.slug]))
    assert page.context["refus"].motif == "L’eau manque."
    assert "L’eau manque." in page.content.decode()
    assert "Ce qui a changé depuis le refus" in page.text
    assert Courriel.objects.filter(cle="cadrage_visa_refuse").count() == 1
    version = visas.soumettre(atelier=atelier, par=distribution.ddt)
    assert (version.numero, version.motif) == (2, "L’eau manque.")
    assert etats(atelier, 1) == [("pilote", "donne"), ("dreal", "refuse"), ("dgaln", "attendu")]
    assert {etat for _, etat in etats(atelier, 2)} == {"attendu"}


def test_un_changement_annule_les_visas_donnes(distribution, atelier, soumis):
    fabrique.viser_cahier(distribution, atelier, 1)
    cahier.rouvrir_cahier(atelier=atelier, par=distribution.ddt, motif="Une étude de plus")
    version = VersionCahier.objects.get(pk=soumis.pk)
    with pytest.raises(TransitionImpossible):
        versions.envoyer(version=version, par=distribution.ddt, destinataires="PLACE-17")
    with pytest.raises(TransitionImpossible):
        viser(atelier, distribution.ddt)
    visas.soumettre(atelier=atelier, par=distribution.ddt)
    with pytest.raises(TransitionImpossible):
        viser(atelier, distribution.ddt, version=1)
    viser(atelier, distribution.ddt, version=2)


def test_la_notification_attend_tous_les_visas(distribution, atelier, soumis):
    fabrique.designer_equipe(distribution, atelier)
    marche = fabrique.preparer_contrat(distribution, atelier)
    viser(atelier, distribution.ddt)
    viser(atelier, distribution.dreal)
    with pytest.raises(ElementsManquants) as refus:
        contrat.notifier_contrat(contrat=marche, par=distribution.ddt)
    assert [m.phrase for m in refus.value.manques] == [
        "Le visa de la DGALN manque sur le cahier des charges."
    ]
    viser(atelier, distribution.dgaln)
    jalon = {"libelle": "Première séance", "montant_ht": Decimal(40000)}
    execution.ecrire_echeancier(contrat=marche, par=distribution.ddt, jalons=[jalon])
    with pytest.raises(ConfirmationRequise) as demande:
        contrat.notifier_contrat(contrat=marche, par=distribution.ddt)
    reste, acte = (re.sub(r"\s", " ", d.message) for d in demande.value.toutes)
    assert reste.startswith("58 000 € HT restent à répartir dans l’échéancier")
    assert acte.startswith("L’acte d’engagement signé n’est pas joint")
    cles = {d.cle for d in demande.value.toutes}
    assert cles == {"notification_repartition", "notification_acte"}
    contrat.notifier_contrat(contrat=marche, par=distribution.ddt, confirmes=cles)


def test_une_version_envoyee_ne_bouge_plus_meme_en_sql(distribution, atelier, soumis):
    with pytest.raises(ElementsManquants):
        versions.envoyer(version=soumis, par=distribution.ddt, destinataires="PLACE-17")
    fabrique.viser_cahier(distribution, atelier, 1)
    versions.envoyer(version=soumis, par=distribution.ddt, destinataires="PLACE-17")
    for requete in (
        "UPDATE ateliers_versioncahier SET contenu = '{}' WHERE id = %s",
        "UPDATE ateliers_versioncahier SET docx = '' WHERE id = %s",
        "UPDATE ateliers_versioncahier SET destinataires = 'Autre' WHERE id = %s",
        "DELETE FROM ateliers_versioncahier WHERE id = %s",
        "UPDATE ateliers_visacahier SET etat = 'attendu', par_id = NULL, le = NULL "
        "WHERE version_id = %s",
        "DELETE FROM ateliers_visacahier WHERE version_id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(requete, [soumis.pk])
    lue = VersionCahier.objects.get(pk=soumis.pk)
    assert lue.sha256 == versions.empreinte(lue.contenu)
    assert lue.docx_sha256 == hashlib.sha256(bytes(lue.docx)).hexdigest()


def test_sans_ses_visas_rien_ne_part_meme_en_sql(distribution, atelier, soumis):
    viser(atelier, distribution.ddt)
    for requete in (
        "UPDATE ateliers_versioncahier SET envoyee_le = now(), envoyee_par_id = figee_par_id, "
        "destinataires = 'X' WHERE id = %s",
        "UPDATE ateliers_visacahier SET etat = 'donne', par_id = 1, le = now() "
        "WHERE version_id = %s AND ordre = 3",
        "UPDATE ateliers_cahierdescharges SET etat = 'valide' "
        "WHERE id = (SELECT cahier_id FROM ateliers_versioncahier WHERE id = %s)",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(requete, [soumis.pk])
    assert VersionCahier.objects.get(pk=soumis.pk).envoyee_le is None


def test_une_delegation_vaut_entre_ses_dates_et_dans_le_service(distribution, atelier, soumis):
    claire, jour = collegue(distribution), timezone.localdate()
    delegations.designer(par=distribution.ddt, personne=distribution.ddt)
    with pytest.raises(ActionInterdite):
        viser(atelier, claire)
    with pytest.raises(ErreurMetier):
        delegations.deleguer(
            par=distribution.ddt, delegataire=distribution.dreal, debut=jour, fin=jour
        )
    futur = {"debut": jour + timedelta(days=1), "fin": jour + timedelta(days=3)}
    delegations.deleguer(par=distribution.ddt, delegataire=claire, **futur)
    with pytest.raises(ActionInterdite):
        viser(atelier, claire)
    passee = delegations.deleguer(par=distribution.ddt, delegataire=claire, debut=jour, fin=jour)
    with pytest.raises(ErreurMetier):
        delegations.deleguer(par=distribution.ddt, delegataire=claire, debut=jour, fin=jour)
    delegations.revoquer(delegation=passee, par=distribution.ddt)
    with pytest.raises(ActionInterdite):
        viser(atelier, claire)
    delegations.deleguer(par=distribution.ddt, delegataire=claire, debut=jour, fin=jour)
    viser(atelier, claire)
    visa = VisaCahier.objects.get(version=soumis, niveau="pilote")
    assert (visa.par, visa.pour) == (claire, distribution.ddt)
    with pytest.raises(ActionInterdite):
        delegations.deleguer(par=claire, delegataire=distribution.ddt, debut=jour, fin=jour)


def test_les_relances_partent_une_fois_a_sept_et_quatorze_jours(distribution, atelier, soumis):
    debut = VisaCahier.objects.get(version=soumis, niveau="pilote").demande_le
    envois = [
        visas.relancer(debut + timedelta(days=jour, minutes=minute))
        for jour, minute in [(6, 0), (7, 0), (7, 1), (10, 0), (14, 0), (14, 1), (30, 0)]
    ]
    assert envois == [0, 1, 0, 0, 1, 0, 0]
    assert list(RelanceVisa.objects.values_list("jours", flat=True)) == [7, 14]
    assert Courriel.objects.filter(cle="cadrage_visa_relance").count() == 2
    viser(atelier, distribution.ddt)
    assert visas.relancer(debut + timedelta(days=40)) == 1
    assert set(RelanceVisa.objects.values_list("visa__niveau", "jours")) == {
        ("pilote", 7),
        ("pilote", 14),
        ("dreal", 14),
    }


def test_l_equipe_ne_lit_que_ce_qui_lui_est_envoye(distribution, connecte, atelier, soumis):
    fabrique.designer_equipe(distribution, atelier)
    client = connecte("equipe")
    adresses = [
        reverse(f"ateliers:{nom}", args=[atelier.slug, 1])
        for nom in ("cahier_version", "cahier_docx")
    ]
    assert [client.get(a).status_code for a in adresses] == [404, 404]
    page = client.get(reverse("ateliers:cahier", args=[atelier.slug])).content.decode()
    assert "Écrit." not in page
    fabrique.viser_cahier(distribution, atelier, 1)
    versions.envoyer(version=soumis, par=distribution.ddt, destinataires="Équipe retenue")
    assert [client.get(a).status_code for a in adresses] == [200, 200]
    assert Courriel.objects.filter(cle="cadrage_cahier_envoye").count() == 1


def test_les_taches_suivent_le_visa(distribution, atelier, soumis):
    from ateliers.taches import a_traiter

    def verbes(role):
        return [t.verbe for t in a_traiter(getattr(distribution, role))]

    assert ("Donner le visa" in verbes("ddt"), "Donner le visa" in verbes("dreal")) == (True, False)
    viser(atelier, distribution.ddt)
    assert ("Donner le visa" in verbes("ddt"), "Donner le visa" in verbes("dreal")) == (False, True)
    visas.refuser(atelier=atelier, par=distribution.dreal, version=1, motif="Non")
    assert "Reprendre le cahier des charges" in verbes("ddt")
    visas.soumettre(atelier=atelier, par=distribution.ddt)
    fabrique.viser_cahier(distribution, atelier, 2)
    assert "Envoyer le cahier des charges aux équipes" in verbes("ddt")


def test_deux_versions_se_comparent(distribution, atelier, soumis):
    cahier.rouvrir_cahier(atelier=atelier, par=distribution.ddt, motif="Ajouter l’eau")
    section = cahier.verrouiller_cahier(atelier).sections.get(cle="attendus")
    cahier.ecrire_section(
        section=section, par=distribution.ddt, texte="Écrit, avec l’eau.", revision=1
    )
    seconde = visas.soumettre(atelier=atelier, par=distribution.ddt)
    ecarts = versions.ecarts(soumis.contenu, seconde.contenu)
    assert [(e.titre, e.genre) for e in ecarts] == [("Attendus de la mission", "modifiée")]
    assert ("+", ", avec l’eau") in ecarts[0].morceaux


def test_le_docx_s_ouvre_et_se_structure(distribution, connecte, atelier, soumis):
    reponse = connecte("ddt").get(reverse("ateliers:cahier_docx", args=[atelier.slug, 1]))
    octets = reponse.content
    assert hashlib.sha256(octets).hexdigest() == soumis.docx_sha256
    archive = zipfile.ZipFile(io.BytesIO(octets))
    assert archive.testzip() is None
    lu = docx.Document(io.BytesIO(octets))
    titres = [(p.style.name, p.text) for p in lu.paragraphs if p.style.name.startswith("Heading")]
    attendus = []
    for partie in soumis.contenu["parties"]:
        attendus.append(("Heading 1", partie["titre"]))
        attendus += [("Heading 2", s["titre"]) for s in partie["sections"]]
    assert titres == attendus
    tableaux = [s["tableau"] for p in soumis.contenu["parties"] for s in p["sections"]]
    tableaux = [t for t in tableaux if t]
    assert [[c.text for c in t.rows[0].cells] for t in lu.tables] == [
        t["entetes"] for t in tableaux
    ]
    assert [len(t.rows) - 1 for t in lu.tables] == [len(t["lignes"]) for t in tableaux]
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in lu.tables)
    corps = lu.element.body
    ancres = {b.get(qn("w:name")) for b in corps.iter(qn("w:bookmarkStart"))}
    liens = [h.get(qn("w:anchor")) for h in corps.iter(qn("w:hyperlink"))]
    assert (len(liens), set(liens) <= ancres) == (len(attendus), True)
    genres = [c.get(qn("w:fldCharType")) for c in corps.iter(qn("w:fldChar"))]
    assert genres == ["begin", "separate", "end"]
    langue = lu.styles.element.find(f".//{qn('w:lang')}")
    assert (langue.get(qn("w:val")), lu.core_properties.language) == ("fr-FR", "fr-FR")
    assert lu.core_properties.title == soumis.contenu["titre"]
    images = list(corps.iter(qn("wp:docPr")))
    assert [i.get("descr") for i in images] == ["Drapeau français"]
    assert "NUMPAGES" in lu.sections[0].footer._element.xml
