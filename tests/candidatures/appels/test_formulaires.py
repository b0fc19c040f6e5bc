"""The form of a call: revisions, their words, and what becomes of the candidatures in flight."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from candidatures.appels.domaine import formulaires
from candidatures.appels.domaine.versions import changements, en_preparation, publiee
from candidatures.dossiers.domaine import depot, pieces
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.domaine.reponses import (
    ConflitDeReponses,
    a_lire,
    enregistrer_reponses,
)
from candidatures.dossiers.models import Candidature, Reponse
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from tests.factories.appels import poser, publier, publier_formulaire, reviser
from tests.factories.candidatures import PDF, faire_appel, faire_brouillon, faire_deposee, remplir

pytestmark = pytest.mark.django_db


def mots(texte):
    """Without the unbreakable spaces, which a test should not have to type."""
    return texte.replace("\u00a0", " ").replace("\u202f", " ")


def relire(candidature):
    return Candidature.objects.get(pk=candidature.pk)


def repondre(candidature, par, revision=0, **reponses):
    return enregistrer_reponses(
        candidature=candidature,
        reponses=reponses,
        revisions=dict.fromkeys(reponses, revision),
        par=par,
    )


def test_la_revision_reste_invisible_jusqu_a_sa_publication(distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    version = reviser(distribution, candidature.appel)
    poser(distribution, version, "Une friche ?", obligatoire=True)
    assert manques(relire(candidature)) == []
    publier(distribution, version)
    assert [mots(m.phrase) for m in manques(relire(candidature))] == [
        "Répondez à la question « Une friche ? »."
    ]


def test_une_question_obligatoire_cachee_ne_manque_pas(distribution, brouillon):
    repondre(brouillon, distribution.ddt, une_friche="non")
    assert manques(relire(brouillon)) == []
    repondre(brouillon, distribution.ddt, 1, une_friche="oui")
    manque = manques(relire(brouillon))
    adresse = reverse("candidatures:questions", args=[brouillon.reference, "questions-de-l-appel"])
    assert [(mots(m.phrase), m.url) for m in manque] == [
        (
            "Répondez à la question « Surface de la friche ».",
            f"{adresse}#id_q_surface_de_la_friche",
        )
    ]


def test_les_reponses_sont_figees_au_depot_et_dans_l_accuse(distribution, brouillon):
    repondre(brouillon, distribution.ddt, une_friche="oui", surface_de_la_friche="12000,5")
    deposee = depot.deposer(candidature=brouillon, par=distribution.ddt)
    contenu = deposee.versions.get().contenu
    assert [(r["libelle"], mots(r["valeur_lisible"])) for r in contenu["reponses"]] == [
        ("Un mot de plus", ""),
        ("Une friche ?", "Oui"),
        ("Surface de la friche", "12 000,5"),
    ]
    assert contenu["formulaire"] == 1
    assert deposee.formulaire == publiee(deposee.appel)


def test_un_dossier_depose_garde_la_version_qu_il_a_remplie(distribution, brouillon):
    repondre(brouillon, distribution.ddt, une_friche="non")
    deposee = depot.deposer(candidature=brouillon, par=distribution.ddt)
    publier_formulaire(distribution, deposee.appel, "Une gare ?", obligatoire=True)
    assert relire(deposee).formulaire.numero == 1
    assert [g["titre"] for g in a_lire(relire(deposee))] == [
        "Objet de l’atelier",
        "Questions de l’appel",
    ]


def test_la_reponse_a_une_question_retiree_est_gardee_a_part(distribution, brouillon, connecte):
    repondre(brouillon, distribution.ddt, une_friche="non", un_mot_de_plus="Une phrase rare.")
    version = reviser(distribution, brouillon.appel)
    question = version.questions.get(cle="un_mot_de_plus")
    formulaires.retirer_question(question=question, par=distribution.dgaln)
    publier(distribution, version)
    groupes = a_lire(relire(brouillon))
    assert groupes[-1]["titre"] == "Questions retirées de l’appel"
    assert [(r["libelle"], r["lisible"]) for r in groupes[-1]["reponses"]] == [
        ("Un mot de plus", "Une phrase rare.")
    ]
    page = connecte("ddt").get(reverse("candidatures:etape", args=[brouillon.reference, "depot"]))
    assert "Réponses gardées" in page.content.decode()
    deposee = depot.deposer(candidature=relire(brouillon), par=distribution.ddt)
    figees = [r for r in deposee.versions.get().contenu["reponses"] if r.get("retiree")]
    assert [r["valeur_lisible"] for r in figees] == ["Une phrase rare."]


def test_un_type_change_garde_l_ancien_texte(distribution, brouillon):
    repondre(brouillon, distribution.ddt, une_friche="non", un_mot_de_plus="Plutôt le nord.")
    version = reviser(distribution, brouillon.appel)
    question = version.questions.get(cle="un_mot_de_plus")
    formulaires.modifier_question(
        question=question,
        par=distribution.dgaln,
        libelle="Un mot de plus",
        type="choix",
        options=["Nord", "Sud"],
    )
    publier(distribution, version)
    lue = next(
        r for g in a_lire(relire(brouillon)) for r in g["reponses"] if r["cle"] == "un_mot_de_plus"
    )
    assert (lue["lisible"], lue["ancienne"]) == ("", "Plutôt le nord.")
    repondre(brouillon, distribution.ddt, 1, un_mot_de_plus="Nord")
    reponse = Reponse.objects.get(candidature=brouillon, cle="un_mot_de_plus")
    assert (reponse.valeur, reponse.ancienne) == ("Nord", "Plutôt le nord.")


def test_la_difference_se_lit_en_mots(distribution, brouillon):
    version = reviser(distribution, brouillon.appel)
    poser(
        distribution,
        version,
        "Année de l’étude",
        "nombre",
        minimum=1950,
        maximum=12_000,
        si=("une_friche", "egal", "oui"),
    )
    formulaires.retirer_question(
        question=version.questions.get(cle="un_mot_de_plus"), par=distribution.dgaln
    )
    formulaires.modifier_question(
        question=version.questions.get(cle="une_friche"),
        par=distribution.dgaln,
        libelle="Une friche à réhabiliter ?",
        type="oui_non",
        obligatoire=False,
    )
    dits = [(c.genre, c.objet) for c in changements(en_preparation(brouillon.appel))]
    assert dits == [
        ("modifie", "Une friche ?"),
        ("ajoute", "Année de l’étude"),
        ("retire", "Un mot de plus"),
    ]
    details = changements(en_preparation(brouillon.appel))[0].details
    assert tuple(map(mots, details)) == (
        "intitulé : « Une friche ? » devient « Une friche à réhabiliter ? »",
        "la réponse devient facultative",
    )
    details = changements(en_preparation(brouillon.appel))[1].details
    assert tuple(map(mots, details))[2:] == (
        "de 1950 à 12 000",
        "réponse facultative",
        "Si « Une friche à réhabiliter ? » est « Oui »",
    )


def test_les_auteurs_des_brouillons_sont_prevenus_et_eux_seuls(distribution, brouillon):
    autre = faire_appel(distribution, "flash")
    faire_brouillon(distribution, appel=autre)
    Courriel.objects.filter(cle="candidature_formulaire_revise").delete()
    publier_formulaire(distribution, brouillon.appel, "Une gare ?")
    recus = Courriel.objects.filter(cle="candidature_formulaire_revise")
    assert sorted(recus.values_list("destinataire", flat=True)) == sorted(
        [distribution.ddt.email, distribution.collectivite.email]
    )
    assert "ajouté\u00a0: Une gare ?" in recus.first().corps


def test_deux_auteurs_ne_s_ecrasent_pas(distribution, brouillon):
    repondre(brouillon, distribution.ddt, un_mot_de_plus="Le texte de la DDT")
    with pytest.raises(ConflitDeReponses) as conflit:
        repondre(brouillon, distribution.collectivite, un_mot_de_plus="Celui de la commune")
    assert [r.valeur for r in conflit.value.reponses] == ["Le texte de la DDT"]
    assert Reponse.objects.get(cle="un_mot_de_plus").valeur == "Le texte de la DDT"


def test_une_cle_retiree_ne_sert_plus_a_une_autre_question(distribution, brouillon):
    repondre(brouillon, distribution.ddt, un_mot_de_plus="Ancien")
    version = reviser(distribution, brouillon.appel)
    formulaires.retirer_question(
        question=version.questions.get(cle="un_mot_de_plus"), par=distribution.dgaln
    )
    assert poser(distribution, version, "Un mot de plus").cle == "un_mot_de_plus_2"


def test_une_version_publiee_ne_change_plus_meme_en_sql(distribution, brouillon):
    version = publiee(brouillon.appel)
    with pytest.raises(TransitionImpossible):
        poser(distribution, version, "Trop tard")
    for requete in (
        "UPDATE candidatures_question SET libelle = 'x' WHERE version_id = %s",
        "DELETE FROM candidatures_question WHERE version_id = %s",
        "UPDATE candidatures_versionformulaire SET numero = 9 WHERE id = %s",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(requete, [version.pk])


def test_une_condition_sur_une_question_placee_apres_empeche_la_publication(
    distribution, brouillon
):
    version = reviser(distribution, brouillon.appel)
    formulaires.deplacer_question(
        question=version.questions.get(cle="surface_de_la_friche"),
        vers_le_haut=True,
        par=distribution.dgaln,
    )
    with pytest.raises(ElementsManquants) as refus:
        publier(distribution, version)
    assert [mots(m.phrase) for m in refus.value.manques] == [
        "La question « Surface de la friche » dépend d’une question placée après elle."
    ]


def test_une_question_dont_une_autre_depend_ne_se_retire_pas(distribution, brouillon):
    version = reviser(distribution, brouillon.appel)
    with pytest.raises(ErreurMetier, match="dépend de celle-ci"):
        formulaires.retirer_question(
            question=version.questions.get(cle="une_friche"), par=distribution.dgaln
        )


def test_seule_la_dgaln_revise(distribution):
    appel = faire_appel(distribution)
    for role in ("ddt", "dreal", "collectivite", "evaluateur", "equipe"):
        with pytest.raises(ActionInterdite):
            formulaires.ouvrir_revision(appel=appel, par=getattr(distribution, role))


def test_les_pieces_de_l_appel_remplacent_celles_du_dispositif(distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt, sauf=("pieces",))
    obligatoires = [mots(m.phrase) for m in manques(candidature)]
    assert obligatoires != []
    version = reviser(distribution, candidature.appel)
    formulaires.regler(
        version=version,
        aides={"objet": "Une question, une seule."},
        pieces={p: ("non_demandee", "") for p in candidature.appel.dispositif.pieces.all()},
        par=distribution.dgaln,
        revision=version.revision,
    )
    publier(distribution, version)
    assert manques(relire(candidature)) == []


def test_un_fichier_repond_a_une_question(distribution, brouillon):
    version = reviser(distribution, brouillon.appel)
    plan = {"type_": "fichier", "obligatoire": True, "options": ["PDF"]}
    poser(distribution, version, "Un plan", **plan)
    publier(distribution, version)
    repondre(brouillon, distribution.ddt, une_friche="non")
    assert [mots(m.phrase) for m in manques(relire(brouillon))] == [
        "Répondez à la question « Un plan »."
    ]
    envoi = {"nom": "plan.pdf", "octets": PDF, "question": "un_plan", "par": distribution.ddt}
    image = envoi | {"octets": b"\x89PNG\r\n\x1a\n" + b"0" * 20}
    with pytest.raises(ErreurMetier, match="joignez un fichier PDF"):
        pieces.joindre(candidature=relire(brouillon), **image)
    pieces.joindre(candidature=relire(brouillon), **envoi)
    assert manques(relire(brouillon)) == []


def test_la_page_des_questions_enregistre_et_mene_a_la_suite(distribution, connecte, brouillon):
    adresse = reverse("candidatures:questions", args=[brouillon.reference, "objet"])
    client = connecte("ddt")
    page = client.get(adresse)
    assert page.status_code == 200
    reponse = client.post(
        adresse,
        {"q_un_mot_de_plus": "Écrit sans script.", "r_un_mot_de_plus": "0:vide"},
    )
    assert reponse.status_code == 302
    assert reponse["Location"].endswith("/questions/questions-de-l-appel/")
    assert Reponse.objects.get(candidature=brouillon).valeur == "Écrit sans script."


def test_un_conflit_montre_les_deux_textes(distribution, connecte, brouillon):
    repondre(brouillon, distribution.collectivite, un_mot_de_plus="Texte de la commune")
    adresse = reverse("candidatures:questions", args=[brouillon.reference, "objet"])
    reponse = connecte("ddt").post(
        adresse, {"q_un_mot_de_plus": "Texte de la DDT", "r_un_mot_de_plus": "0:vide"}
    )
    assert reponse.status_code == 409
    page = reponse.content.decode()
    assert "Texte de la commune" in page
    assert "Texte de la DDT" in page


def test_l_appel_publie_publie_son_formulaire(distribution):
    appel = faire_appel(distribution, publie=False)
    version = reviser(distribution, appel)
    poser(distribution, version, "Une gare ?")
    from candidatures.appels.domaine import appels

    appels.publier(appel=appel, par=distribution.dgaln)
    assert publiee(appel).pk == version.pk


def test_un_dossier_sans_formulaire_n_a_pas_de_questions(distribution):
    deposee = faire_deposee(distribution)
    assert (deposee.formulaire, a_lire(relire(deposee))) == (None, [])
