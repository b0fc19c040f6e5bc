"""The deposit: what is missing, what is frozen, who is told."""

from dataclasses import asdict

import pytest
from django.db import DatabaseError, transaction

from candidatures.dossiers.choix import CleRubrique, CleSection, EtatCandidature
from candidatures.dossiers.domaine import creation, depot, redaction
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.domaine.versions import contenu, empreinte, figer, intacte
from candidatures.dossiers.models import Candidature, VersionNote
from candidatures.dossiers.parties_figees import LigneFigee, parties
from socle.courriels.models import Courriel
from socle.documents.models import Document
from socle.erreurs import ActionInterdite, ConflitDeVersion, ElementsManquants, TransitionImpossible
from socle.journal.domaine import historique
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee, remplir


def phrases(candidature):
    return [m.phrase for m in manques(candidature)]


def test_un_brouillon_vide_dit_tout_ce_qu_il_manque(distribution):
    candidature = creation.creer(
        appel=faire_appel(distribution, "flash"), titre="Le bourg", par=distribution.ddt
    )
    assert phrases(candidature) == [
        "Invitez au moins une collectivité à porter la candidature.",
        "Indiquez le périmètre de l’atelier.",
        *[f"Rédigez la section «\u00a0{cle.label}\u00a0»." for cle in CleSection],
        "Décrivez au moins une des sept ressources propres du territoire.",
        "Choisissez au moins un thème.",
        "Indiquez le stade du projet.",
        "Citez au moins un acteur à mobiliser.",
        "Joignez la pièce «\u00a0Lettre de soutien signée par la commune\u00a0».",
    ]
    with pytest.raises(ElementsManquants) as refus:
        depot.deposer(candidature=candidature, par=distribution.ddt)
    assert [m.phrase for m in refus.value.manques] == phrases(candidature)
    assert refus.value.manques[1].url == (
        f"/candidatures/{candidature.reference}/rediger/identite/#id_perimetre"
    )


def test_le_dispositif_dit_les_pieces(distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt, sauf=("pieces",))
    assert phrases(candidature) == [
        "Joignez la pièce «\u00a0Lettre de soutien signée par la ou les collectivités\u00a0».",
        "Joignez la pièce «\u00a0Lettre de soutien du préfet ou du sous-préfet\u00a0».",
        "Joignez la pièce «\u00a0Lettre d’engagement du service de l’État pilote\u00a0».",
    ]


def test_deposer_fige_ecrit_et_demande_l_accuse(distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    Courriel.objects.all().delete()
    depot.deposer(candidature=candidature, par=distribution.ddt)
    candidature = Candidature.objects.get(pk=candidature.pk)
    assert candidature.etat == EtatCandidature.DEPOSEE
    version = candidature.versions.get()
    assert version.sha256 == empreinte(version.contenu)
    assert (version.contenu, intacte(version)) == (contenu(candidature), True)
    assert sorted(Courriel.objects.values_list("cle", "destinataire")) == [
        ("candidature_accuse", "collectivite@demo.example"),
        ("candidature_accuse", "ddt@demo.example"),
        ("candidature_recue", "dgaln@demo.example"),
    ]
    document = Document.objects.get(cle="candidature_accuse")
    assert document.contexte["sha256"] == version.sha256
    assert document.contexte["parties"] == [
        asdict(p) | {"lignes": [asdict(x) for x in p.lignes]} for p in parties(version.contenu)
    ]
    assert historique(candidature)[0][0].action == "candidature.deposee"


def test_une_version_d_une_forme_ancienne_se_verifie_et_se_lit():
    ancienne = VersionNote(
        contenu={
            "titre": "Le bourg",
            "sections": [{"cle": "objet", "titre": "Objet", "texte": "Été"}],
            "surface": 12.0,
        },
        sha256="13d40d4b33523b5aba5ea32c8c0982e834d84d124e5e6e122b4d92031fcefc46",
    )
    assert intacte(ancienne)
    assert [(p.titre, p.lignes[0]) for p in parties(ancienne.contenu)] == [
        ("Porteurs et périmètre", LigneFigee("Service de l’État pilote", "Sans réponse.")),
        ("Objet", LigneFigee("", "Été")),
    ]
    ancienne.contenu["titre"] = "Un autre"
    assert not intacte(ancienne)


def test_figer_deux_fois_le_meme_contenu_ne_fait_qu_une_version(distribution):
    candidature = faire_deposee(distribution)
    version = candidature.versions.get()
    assert figer(candidature=candidature, motif="Encore", par=distribution.ddt) == version


def test_un_appel_ferme_refuse_le_depot(distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    candidature.appel.etat = "clos"
    candidature.appel.save()
    candidature = Candidature.objects.get(pk=candidature.pk)
    assert phrases(candidature) == ["L’appel n’est pas ouvert aux candidatures."]


def test_une_deposee_ne_se_modifie_plus(distribution):
    candidature = faire_deposee(distribution)
    with pytest.raises(ActionInterdite):
        redaction.enregistrer_section(
            candidature=candidature, cle="objet", texte="Autre", par=distribution.ddt, revision=1
        )
    with pytest.raises(TransitionImpossible):
        depot.deposer(candidature=candidature, par=distribution.ddt)


def test_deux_auteurs_de_la_meme_section_le_second_est_averti(distribution):
    candidature = faire_brouillon(distribution)
    arguments = {"candidature": candidature, "cle": "objet", "revision": 0}
    redaction.enregistrer_section(texte="Le centre", par=distribution.ddt, **arguments)
    with pytest.raises(ConflitDeVersion) as conflit:
        redaction.enregistrer_section(texte="La gare", par=distribution.collectivite, **arguments)
    assert conflit.value.actuel.texte == "Le centre"
    assert candidature.sections.get(cle="objet").texte == "Le centre"


def test_deux_rubriques_se_modifient_sans_se_gener(distribution):
    candidature = faire_brouillon(distribution)
    for par, cle, verbe in (
        (distribution.ddt, CleRubrique.PROJETS, redaction.enregistrer_projets),
        (distribution.collectivite, CleRubrique.SCHEMAS, redaction.enregistrer_schemas),
    ):
        verbe(candidature=candidature, lignes=[], par=par, revision=0)
        assert candidature.rubriques.get(cle=cle).revision == 1


def test_retirer_demande_un_motif_et_previent_les_autres(distribution):
    candidature = faire_deposee(distribution)
    Courriel.objects.all().delete()
    depot.retirer(candidature=candidature, par=distribution.ddt, motif="Élections municipales")
    assert sorted(Courriel.objects.values_list("cle", "destinataire")) == [
        ("candidature_retiree", "collectivite@demo.example"),
        ("candidature_retiree", "dgaln@demo.example"),
    ]
    assert historique(candidature)[0][0].motif == "Élections municipales"


def test_les_references_se_suivent(distribution):
    appel = faire_appel(distribution)
    un, deux = (
        creation.creer(appel=appel, titre="T", par=distribution.ddt).reference for _ in range(2)
    )
    assert int(deux[-4:]) == int(un[-4:]) + 1


def test_une_version_figee_ne_se_change_ni_ne_s_efface(distribution):
    version = faire_deposee(distribution).versions.get()
    for verbe in (lambda v: v.save(), lambda v: v.delete()):
        with pytest.raises(DatabaseError, match="version figée"), transaction.atomic():
            verbe(version)
