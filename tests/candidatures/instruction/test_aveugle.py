"""Blind and recused readers: no address, mail, document or task gives a name away."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import avis, deports, evaluation, recevabilite
from candidatures.instruction.domaine.aveugle import etiquettes, masque_de
from candidatures.instruction.droits import avis_visibles_par, peut_rendre_avis, repondants
from candidatures.instruction.models import MandatElectif
from candidatures.taches import a_traiter
from socle.courriels import resume
from socle.courriels.droits import visibles_par as courriels_visibles
from socle.courriels.models import Courriel
from socle.erreurs import ElementsManquants
from tests.candidatures.instruction.exploration import (
    courriels_lus,
    documents_lus,
    ecrire_les_noms,
    exports_lus,
    fuites,
    jetons,
    tout_lire,
)
from tests.factories.instruction import (
    dans,
    dater,
    demander_un_avis,
    deporter,
    faire_en_evaluation,
    faire_recevable,
    frais,
    noter,
    preparer,
)

A_EVALUER, MASQUE = "instruction_a_evaluer", "instruction_a_evaluer_aveugle"


def consulter_son_organisme(distribution, candidature):
    """Ask the reviewer’s own organisation: another door to the same dossier."""
    return demander_un_avis(distribution, candidature, distribution.evaluateur.organisme)


@pytest.fixture
def nomme(distribution):
    """Entrusted, noted, consulted, decided for: every name is written somewhere."""
    candidature = faire_recevable(distribution, accuse=True)
    evaluation.confier_evaluation(
        candidature=candidature, evaluateur=distribution.evaluateur, par=distribution.dgaln
    )
    recevabilite.mettre_en_evaluation(candidature=candidature, par=distribution.dgaln)
    ecrire_les_noms(candidature)
    consulter_son_organisme(distribution, candidature)
    preparer(distribution, candidature)
    Courriel.objects.update(etat="en_attente", envoye_le=None)
    return frais(candidature)


def propres(candidature):
    """Its names, without the département and region lists that any page may hold."""
    partout = {d.nom for d in candidature.perimetre.departements.all()}
    noms = [nom for nom in jetons(candidature) if nom not in partout]
    return noms + [nom.upper() for nom in noms]


def tout(personne, visiteur, candidature):
    lus = tout_lire(visiteur, candidature) | courriels_lus(personne) | documents_lus(personne)
    lus |= exports_lus(personne)
    return lus | {"tâches": " ".join(t.objet for t in a_traiter(personne))}


def test_l_exploration_trouve_les_noms_quand_rien_ne_les_cache(distribution, connecte, nomme):
    """Otherwise the two crawls below would prove nothing."""
    lus = tout(distribution.evaluateur, connecte("evaluateur"), nomme)
    ou = {adresse.split(" :")[0] for adresse, _ in fuites(lus, propres(nomme))}
    base = f"/candidatures/{nomme.reference}/"
    attendus = {base, f"{base}lire/", "/avis/", "/evaluations/", "à partir", "boîte d’envoi"}
    assert attendus - ou == set()
    assert {"tâches", "document candidature_accuse", "export candidatures"} - ou == set()


def test_un_lecteur_a_l_aveugle_ne_trouve_aucun_nom(distribution, connecte, nomme):
    dater(distribution, nomme.appel, aveugle=True, evaluation=(-1, 9))
    visiteur = connecte("evaluateur")
    lus = tout(distribution.evaluateur, visiteur, nomme)
    assert fuites(lus, propres(nomme)) == []
    assert "Territoire A" in lus[f"/candidatures/{nomme.reference}/lire/"]
    assert "Territoire A" in lus["tâches"]


def test_un_nom_masque_est_donne_une_fois_pour_toutes(distribution, connecte, nomme):
    """An older deposit imported, a dossier deposited again: no letter moves, none is shared."""
    dater(distribution, nomme.appel, aveugle=True, evaluation=(-1, 9))
    autre = faire_recevable(distribution, appel=nomme.appel, titre="Autre")
    Candidature.objects.filter(pk=autre.pk).update(deposee_le=nomme.deposee_le - timedelta(days=9))
    Candidature.objects.filter(pk=autre.pk).update(rang_aveugle=0)
    nommee = frais(nomme)
    nommee.deposee_le, nommee.rang_aveugle = timezone.now(), None
    nommee.save()
    assert etiquettes([nomme.pk, autre.pk]) == {nomme.pk: "Territoire A", autre.pk: "Territoire B"}
    visiteur = connecte("evaluateur")
    for adresse in (f"/candidatures/{nomme.reference}/lire/", "/evaluations/"):
        texte = html.fromstring(visiteur.get(adresse).content).text_content()
        assert ("Territoire A" in texte, nomme.reference in texte) == (True, False)


def test_un_lecteur_deporte_ne_trouve_aucun_nom(distribution, connecte, nomme):
    deporter(distribution, nomme)
    lus = tout(distribution.evaluateur, connecte("evaluateur"), nomme)
    assert fuites(lus, propres(nomme)) == []
    assert lus["tâches"] == ""


def test_le_courriel_qui_attendait_est_refait_sans_les_noms(distribution, nomme):
    siens = Courriel.objects.filter(destinataire=distribution.evaluateur.email)
    autres = Courriel.objects.exclude(destinataire=distribution.evaluateur.email)
    intacts = sorted(autres.values_list("pk", "etat"))
    dater(distribution, nomme.appel, aveugle=True, evaluation=(-1, 9))
    etats = sorted(siens.values_list("cle", "etat"))
    assert etats == [
        (A_EVALUER, "annule"),
        (MASQUE, "envoye"),
        ("instruction_avis_demande", "annule"),
    ]
    assert "Territoire A" in siens.get(cle=MASQUE).corps
    assert sorted(autres.values_list("pk", "etat")) == intacts
    dater(distribution, nomme.appel, aveugle=True, evaluation=(-2, 9))
    assert siens.count() == 3


def test_ce_qui_est_parti_ne_se_refait_pas_mais_ne_se_lit_plus(distribution, nomme):
    siens = Courriel.objects.filter(destinataire=distribution.evaluateur.email)
    siens.update(etat="envoye", envoye_le=nomme.deposee_le)
    dater(distribution, nomme.appel, aveugle=True, evaluation=(-1, 9))
    assert siens.filter(etat="envoye").count() == siens.count() == 2
    boite = [cle for cle in courriels_lus(distribution.evaluateur) if cle.startswith("boîte")]
    assert boite == []


def test_un_deport_retire_ce_qui_attendait(distribution, nomme):
    siens = Courriel.objects.filter(destinataire=distribution.evaluateur.email)
    assert set(siens.values_list("etat", flat=True)) == {"en_attente"}
    deporter(distribution, nomme)
    assert set(siens.values_list("etat", flat=True)) == {"annule"}
    commune = nomme.perimetre.communes.first()
    deports.enregistrer_mandat(
        personne=distribution.dgaln,
        fonction="Maire",
        commune=commune,
        debut=dans(-9),
        par=distribution.dgaln,
    )
    siens = Courriel.objects.filter(destinataire=distribution.dgaln.email)
    assert siens.exclude(etat="annule").count() == 0 < siens.count()
    assert MandatElectif.objects.count() == 1


def test_l_avis_d_un_organisme_se_demande_a_qui_peut_lire(distribution, connecte):
    candidature = faire_en_evaluation(distribution)
    demande = consulter_son_organisme(distribution, candidature)
    assert distribution.evaluateur in repondants(demande)
    assert peut_rendre_avis(distribution.evaluateur, demande)
    assert connecte("evaluateur").get(f"/avis/{demande.pk}/").status_code == 200
    dater(distribution, candidature.appel, aveugle=True, evaluation=(-1, 9))
    assert repondants(demande) == []
    assert not peut_rendre_avis(distribution.evaluateur, demande)
    assert list(avis_visibles_par(distribution.evaluateur)) == []
    assert connecte("evaluateur").get(f"/avis/{demande.pk}/").status_code == 404
    autre = faire_recevable(distribution, appel=candidature.appel, titre="Un autre dossier")
    with pytest.raises(ElementsManquants):
        avis.demander_avis(
            candidature=autre,
            organisme=distribution.evaluateur.organisme,
            auteur=distribution.evaluateur,
            echeance=dans(5),
            par=distribution.dgaln,
        )


def test_un_organisme_consulte_lit_le_dossier_meme_s_il_n_evalue_pas(distribution, connecte):
    candidature = faire_recevable(distribution)
    demande = consulter_son_organisme(distribution, candidature)
    visiteur = connecte("evaluateur")
    assert visiteur.get(f"/avis/{demande.pk}/").status_code == 200
    assert visiteur.get(f"/candidatures/{candidature.reference}/lire/").status_code == 403
    deporter(distribution, candidature)
    assert visiteur.get(f"/avis/{demande.pk}/").status_code == 404


def test_ce_qui_est_depose_reste_depose(distribution, nomme):
    """Turning blind touches neither notes nor entrusted dossiers."""
    noter(nomme, distribution.evaluateur, (3, 4, 5))
    dater(distribution, nomme.appel, aveugle=True, evaluation=(-1, 9))
    assert nomme.evaluations.get().depose_le is not None


@pytest.fixture
def resume_compose(distribution, nomme):
    """The digest of the reviewer: what names the dossier, and one mail about something else."""
    siens = Courriel.objects.filter(destinataire=distribution.evaluateur.email)
    siens.update(etat="a_grouper")
    deposer_courriel("essai", distribution)
    resume.resumer(distribution.evaluateur)
    lettre = siens.get(cle="resume")
    Courriel.objects.filter(pk=lettre.pk).update(etat="en_attente", envoye_le=None)
    assert fuites({"": lettre.corps}, propres(nomme)) != []
    assert "Autre nouvelle" in lettre.corps
    return lettre


def deposer_courriel(groupe, distribution):
    return Courriel.objects.create(
        cle="essai",
        destinataire=distribution.evaluateur.email,
        sujet="Autre nouvelle",
        corps="https://exemple.test/x",
        etat="a_grouper",
        groupe=groupe,
    )


def rendre_aveugle(distribution, candidature):
    dater(distribution, candidature.appel, aveugle=True, evaluation=(-1, 9))


@pytest.mark.parametrize("fermer", [deporter, rendre_aveugle])
def test_un_resume_compose_est_refait_sans_le_dossier(distribution, nomme, resume_compose, fermer):
    fermer(distribution, nomme)
    resume_compose.refresh_from_db()
    assert resume_compose.etat == "annule"
    siens = Courriel.objects.filter(destinataire=distribution.evaluateur.email)
    refait = siens.exclude(pk=resume_compose.pk).get(cle="resume")
    assert fuites({"": refait.corps}, propres(nomme)) == []
    assert "Autre nouvelle" in refait.corps
    assert fuites(courriels_lus(distribution.evaluateur), propres(nomme)) == []


@pytest.mark.parametrize("fermer", [deporter, rendre_aveugle])
def test_un_resume_parti_ne_se_lit_plus(distribution, nomme, resume_compose, fermer):
    parti = Courriel.objects.filter(pk=resume_compose.pk)
    parti.update(etat="envoye", envoye_le=nomme.deposee_le)
    assert resume_compose in courriels_visibles(distribution.evaluateur)
    fermer(distribution, nomme)
    assert parti.get().etat == "envoye"
    assert resume_compose not in courriels_visibles(distribution.evaluateur)


@pytest.mark.parametrize(
    ("nom", "ecrit"),
    [
        ("Commune de Doullens", "à Doullens"),
        ("Ville d’Amiens", "la gare d’Amiens"),
        ("Mairie de Le Crotoy", "la baie du Crotoy"),
        ("Amiens Métropole", "le bassin d’Amiens"),
        ("Communauté d’agglomération de la Baie de Somme", "autour de la Baie de Somme"),
        ("Eurométropole de Strasbourg", "à Strasbourg"),
        ("Pôle métropolitain du Genevois", "le Genevois"),
        ("Pôle d’équilibre territorial et rural du Ponthieu", "en Ponthieu"),
        ("Syndicat mixte du parc naturel régional de la Brenne", "la Brenne"),
        ("SIVOM de Crécy", "à Crécy"),
        ("Parc naturel régional du Morvan", "dans le Morvan"),
    ],
)
def test_le_lieu_d_un_porteur_se_masque_sans_son_genre(nom, ecrit):
    from candidatures.instruction.domaine.masque import Jeton, fabriquer

    lu = fabriquer([Jeton(nom, "[porteur]")])(f"Le projet se tient {ecrit}, demain.")
    assert ecrit.split()[-1] not in lu
    assert "[porteur]" in lu


@pytest.mark.django_db
def test_les_formes_courantes_et_les_gentiles_se_masquent_en_francais(distribution):
    """Short names, places of the title, adjectives; « ville » and « bocage » stay."""
    candidature = faire_recevable(distribution, titre="Guérande, entre le bocage et la Brière")
    phrases = {
        "La DDTM de la Loire-Atlantique et le parc naturel régional de Brière ont écrit.": (
            "La DDTM du territoire B et le parc naturel régional du territoire B ont écrit."
        ),
        "La presqu’île guérandaise, vers la Brière. Les Guérandais ont une ville, un bocage.": (
            "La presqu’île du territoire B, vers le territoire B. "
            "Les habitants du territoire B ont une ville, un bocage."
        ),
        "Berck, Le Touquet et Montreuil ont chacune un élu : de Berck au Touquet.": (
            "Plusieurs lieux du territoire B ont chacune un élu : "
            "du territoire B dans le territoire B."
        ),
        "Les communes montreuilloises, à Montreuil-sur-Mer. Elle a Berck en face.": (
            "Les communes du territoire B, dans le territoire B. Elle a le territoire B en face."
        ),
    }
    communes = ("Berck", "Le Touquet-Paris-Plage", "Montreuil-sur-Mer", "Guérande")
    contenu = {
        "perimetre": {
            "communes": [{"nom": n} for n in communes],
            "departements": [{"nom": "Loire-Atlantique", "code": "44"}],
        },
        "sections": [{"cle": "a", "titre": "A", "texte": t} for t in phrases],
        "pieces": [{"libelle": "Plan", "taille": 1, "nom": "plan guerande.pdf"}],
    }
    candidature.perimetre = None
    masquer = masque_de(candidature, contenu, "Territoire B")
    assert {t: masquer(t) for t in phrases} == phrases


@pytest.mark.django_db
def test_la_dgaln_ajoute_des_noms_a_masquer(distribution, connecte, nomme):
    dater(distribution, nomme.appel, aveugle=True, evaluation=(-1, 9))
    dgaln, adresse = connecte("dgaln"), f"/candidatures/{nomme.reference}/noms-masques/"
    assert adresse in dgaln.get(f"/candidatures/{nomme.reference}/deports/").content.decode()
    phases = dgaln.get(f"/instruction/phases/{nomme.appel.slug}/").content.decode()
    assert (adresse in phases, "noms ajoutés" in phases) == (True, False)
    assert dgaln.post(adresse, {"noms": "La Tour verte\n\n"}).status_code == 302
    masquer = masque_de(frais(nomme), {}, "Territoire A")
    assert masquer("Au pied de la Tour verte.") == "Au pied du territoire A."
