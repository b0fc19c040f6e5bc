"""A request for compléments bound to fields: what it reopens, what the answer changed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers.domaine import pieces, redaction
from candidatures.dossiers.domaine.reponses import enregistrer_reponses
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.forms.rediger import PAS_DEMANDEE
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import recevabilite, relances, suite_complements
from candidatures.instruction.domaine.delais import delai
from candidatures.instruction.domaine.differences import differences
from candidatures.instruction.domaine.recevabilite import SANS_CHANGER, Attendu
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import PDF, communs, faire_brouillon, faire_deposee, remplir

pytestmark = pytest.mark.django_db


@pytest.fixture
def deposee(distribution):
    brouillon = remplir(faire_brouillon(distribution), distribution.ddt)
    version = reviser(distribution, brouillon.appel)
    poser(distribution, version, "Une friche ?")
    poser(distribution, version, "Une gare ?")
    publier(distribution, version)
    enregistrer_reponses(
        candidature=brouillon,
        reponses={"une_friche": "Oui, une filature."},
        revisions={},
        par=distribution.ddt,
    )
    from candidatures.dossiers.domaine import depot

    return depot.deposer(candidature=brouillon, par=distribution.ddt)


def demander(distribution, candidature, *attendus, jours=20):
    return recevabilite.demander_complements(
        candidature=candidature,
        motif="Le dossier reste à préciser.",
        echeance=timezone.localdate() + timedelta(days=jours),
        attendus=list(attendus),
        par=distribution.dgaln,
    )


def test_une_demande_envoyee_se_prolonge_puis_se_retire(distribution, deposee, connecte):
    """More time, told; then taken back with its reason: the dossier comes back as it is."""
    demande = demander(distribution, deposee, Attendu("Les surfaces", section="objet"))
    dgaln = connecte("dgaln")
    adresse = f"/candidatures/{deposee.reference}/complements/{demande.pk}/"
    loin = timezone.localdate() + timedelta(days=40)
    for jour in (timezone.localdate(), demande.echeance):
        refus = dgaln.post(f"{adresse}prolonger/", {"echeance": jour.isoformat()})
        assert refus.context["form"].errors.keys() == {"echeance"}
    dgaln.post(f"{adresse}prolonger/", {"echeance": loin.isoformat()})
    demande.refresh_from_db()
    assert (demande.echeance, demande.relances) == (loin, [])
    with pytest.raises(ActionInterdite):
        suite_complements.retirer_complements(demande=demande, motif="Non.", par=distribution.ddt)
    sans_motif = dgaln.post(f"{adresse}retirer/", {"motif": ""})
    assert sans_motif.context["form"].errors.keys() == {"motif"}
    dgaln.post(f"{adresse}retirer/", {"motif": "Demandé par erreur."})
    lue = relire(deposee)
    assert (lue.etat, lue.champs_ouverts) == ("deposee", [])
    cles = ("instruction_complements_prolonges", "instruction_complements_retires")
    assert [Courriel.objects.filter(cle=cle).exists() for cle in cles] == [True, True]
    page = dgaln.get(reverse("candidatures:instruire", args=[deposee.reference])).content.decode()
    assert ("Demandé par erreur." in page, f"{adresse}retirer/" in page) == (True, False)
    porteurs = connecte("ddt").get(f"/candidatures/{deposee.reference}/complements/")
    assert "Demandé par erreur." in porteurs.content.decode()


def relire(candidature):
    return Candidature.objects.get(pk=candidature.pk)


def question(candidature, cle):
    return candidature.formulaire.questions.get(cle=cle)


def test_seuls_les_champs_designes_se_modifient(distribution, deposee):
    demander(
        distribution,
        deposee,
        Attendu("Préciser l’objet.", section="objet"),
        Attendu("Laquelle ?", question=question(deposee, "une_friche")),
    )
    ouverte, par = relire(deposee), distribution.ddt
    assert ouverte.champs_ouverts == ["question:une_friche", "section:objet"]
    enregistrer_champ(
        candidature=ouverte, champ="section.objet", valeur="Mieux", revision=1, par=par
    )
    enregistrer_reponses(
        candidature=ouverte,
        reponses={"une_friche": "La filature Bréant."},
        revisions={"une_friche": 1},
        par=par,
    )
    interdits = [
        lambda: redaction.enregistrer_section(
            candidature=ouverte, cle="localisation", texte="Non", par=par, revision=1
        ),
        lambda: enregistrer_champ(
            candidature=ouverte, champ="section.localisation", valeur="Non", revision=1, par=par
        ),
        lambda: enregistrer_champ(
            candidature=ouverte, champ="titre", valeur="Autre titre", revision=0, par=par
        ),
        lambda: redaction.enregistrer_projets(lignes=[], **communs(ouverte, par, "projets")),
        lambda: enregistrer_reponses(
            candidature=ouverte, reponses={"une_gare": "Non"}, revisions={}, par=par
        ),
        lambda: pieces.joindre(candidature=ouverte, nom="a.pdf", octets=PDF, par=par),
        lambda: pieces.retirer_piece(piece=ouverte.pieces.first(), par=par),
    ]
    for interdit in interdits:
        with pytest.raises(ActionInterdite):
            interdit()


def test_l_ensemble_du_dossier_rouvre_tout(distribution, connecte, deposee):
    demander(distribution, deposee, Attendu("Tout est à revoir."))
    redaction.enregistrer_section(
        candidature=deposee, cle="localisation", texte="Revu", par=distribution.ddt, revision=1
    )
    assert relire(deposee).champs_ouverts == ["*"]
    page = connecte("collectivite").get(reverse("candidatures:auteurs", args=[deposee.reference]))
    assert "Inviter un organisme" in page.content.decode()


def test_une_page_non_rouverte_ne_s_ouvre_pas(distribution, connecte, deposee):
    client = connecte("collectivite")
    invite = reverse("candidatures:inviter", args=[deposee.reference])
    auteurs = reverse("candidatures:auteurs", args=[deposee.reference])
    demander(distribution, deposee, Attendu("Préciser l’objet.", section="objet"))
    page = client.get(auteurs).content.decode()
    assert ("Inviter un organisme" in page, "Inviter une personne" in page) == (False, True)
    assert client.get(invite).status_code == 403

    def statut(etape):
        return client.get(
            reverse("candidatures:etape", args=[deposee.reference, etape])
        ).status_code

    assert [statut(e) for e in ("objet", "depot", "localisation", "themes", "pieces")] == [
        200,
        200,
        403,
        403,
        403,
    ]


def test_la_reponse_se_lit_face_a_ce_qu_elle_remplace(distribution, connecte, deposee):
    demande = demander(
        distribution,
        deposee,
        Attendu("Préciser l’objet.", section="objet"),
        Attendu("Laquelle ?", question=question(deposee, "une_friche")),
        Attendu("À revoir.", section="localisation"),
    )
    redaction.enregistrer_section(
        candidature=deposee,
        cle="objet",
        texte="Texte de la section renouvelé.",
        par=distribution.ddt,
        revision=1,
    )
    recevabilite.repondre_complements(
        candidature=relire(deposee), reponse="C’est fait.", par=distribution.ddt
    )
    demande.refresh_from_db()
    lues = differences(demande)
    assert [(d.titre.replace("\u00a0", " "), d.change) for d in lues] == [
        ("Section « Objet de l’atelier »", True),
        ("Question « Une friche ? »", False),
        ("Section « Localisation »", False),
    ]
    assert lues[0].avant == "Texte de la section Objet de l’atelier."
    assert lues[0].apres == "Texte de la section renouvelé."
    page = connecte("dgaln").get(
        reverse("candidatures:complements_comparer", args=[deposee.reference, demande.pk])
    )
    assert "<ins>renouvelé</ins>" in page.content.decode()
    assert relire(deposee).champs_ouverts == []


def test_le_delai_est_suspendu_entre_la_demande_et_la_reponse(distribution):
    with time_machine.travel("2027-01-10T10:00:00+01:00", tick=False):
        deposee = faire_deposee(distribution)
    with time_machine.travel("2027-01-20T10:00:00+01:00", tick=False):
        demander(distribution, deposee, Attendu("Tout revoir."))
    with time_machine.travel("2027-02-01T10:00:00+01:00", tick=False):
        lu = delai(relire(deposee))
        assert (lu.jours, lu.suspendu, lu.echeance) == (10, True, None)
        recevabilite.repondre_complements(
            candidature=relire(deposee), reponse="Voici.", par=distribution.ddt
        )
    with time_machine.travel("2027-02-04T10:00:00+01:00", tick=False):
        lu = delai(relire(deposee))
        assert (lu.jours, lu.suspendu, lu.limite) == (13, False, 60)
        assert lu.echeance.isoformat() == "2027-03-23"


def test_les_rappels_partent_une_fois_et_cessent_avec_la_reponse(distribution):
    deposee = faire_deposee(distribution)
    demande = demander(distribution, deposee, Attendu("Tout revoir."), jours=10)
    jour = demande.echeance

    def rappels(ecart):
        relances.relancer(jour + timedelta(days=ecart))
        return Courriel.objects.filter(cle="instruction_rappel_complements").count()

    destinataires = Courriel.objects.filter(cle="instruction_complements").count()
    assert [rappels(n) for n in (-8, -7, -7, -2, -1)] == [
        0,
        destinataires,
        destinataires,
        destinataires,
        2 * destinataires,
    ]
    recevabilite.repondre_complements(
        candidature=relire(deposee), reponse="Voici.", par=distribution.ddt
    )
    assert rappels(1) == 2 * destinataires


def test_ce_qui_est_demande_se_lit_pres_du_champ_et_un_oubli_se_dit(
    distribution, deposee, connecte
):
    demander(
        distribution,
        deposee,
        Attendu("Préciser l’objet.", section="objet"),
        Attendu("Laquelle ?", question=question(deposee, "une_friche")),
    )
    client, ouverte = connecte("ddt"), relire(deposee)
    etapes = {
        "etape": ["objet"],
        "questions": ["questions-de-l-appel"],
    }
    vues = {
        nom: client.get(reverse(f"candidatures:{nom}", args=[ouverte.reference, *plus]))
        for nom, plus in etapes.items()
    }
    assert [a["texte"] for a in vues["etape"].context["attendus"]] == ["Préciser l’objet."]
    assert [a["texte"] for a in vues["questions"].context["attendus"]] == ["Laquelle ?"]
    assert [e.libelle for _, lues in vues["etape"].context["menu"] for e in lues if e.faite] == []
    enregistrer_champ(
        candidature=ouverte,
        champ="section.objet",
        valeur="Mieux",
        revision=1,
        par=distribution.ddt,
    )
    menu = client.get(reverse("candidatures:etape", args=[ouverte.reference, "depot"])).context
    assert [(e.libelle, e.faite) for _, lues in menu["menu"] for e in lues] == [
        ("Objet de l’atelier", True),
        ("Questions de l’appel", False),
        ("Vérifier et transmettre", False),
    ]
    url = reverse("candidatures:complements", args=[ouverte.reference])
    refus = client.post(url, {"reponse": "Fait."})
    (phrase,) = (c["phrase"] for c in refus.context["form"].confirmations)
    assert phrase.replace("\u00a0", " ") == (
        "Rien n’a changé depuis la demande : question « Une friche ? ». Ajoutez ce qui manque, ou "
        "cochez « Ma réponse suffit, sans rien changer de plus au dossier »."
    )
    assert SANS_CHANGER in refus.content.decode()
    assert [ligne["faite"] for ligne in refus.context["attendus"]] == [True, False]
    assert relire(deposee).etat == "a_completer"
    client.post(url, {"reponse": "Fait.", "confirmer_inchanges": "on"})
    assert relire(deposee).etat == "deposee"


def test_seule_la_piece_demandee_se_joint_et_ses_deux_fichiers_se_relisent(
    distribution, deposee, connecte
):
    avant = deposee.pieces.filter(active=True, piece_requise__isnull=False).first()
    requise = avant.piece_requise
    demande = demander(distribution, deposee, Attendu("Non signée.", piece_requise=requise))
    client, dossier = connecte("ddt"), deposee.get_absolute_url()
    url = reverse("candidatures:etape", args=[deposee.reference, "pieces"])
    assert f'href="{url}">Modifier le dossier' in client.get(dossier).content.decode()
    page = client.get(url)
    champ = page.context["form"]["piece"]
    assert [c for c, _ in champ.field.choices] == [requise.cle]
    assert champ.value() == requise.cle
    assert f"<strong>{page.context['attendus'][0]['ou']}</strong> : Non signée." in (
        page.content.decode().replace("\u00a0", " ")
    )

    def joindre(piece):
        fichier = SimpleUploadedFile("signée.pdf", PDF + b"%")
        return client.post(url, {"piece": piece, "fichier": fichier})

    assert joindre("autre").context["form"].errors["piece"] == [PAS_DEMANDEE]
    assert joindre(requise.cle).status_code == 302
    reprise = reverse("candidatures:reprendre_piece", args=[deposee.reference, avant.uuid])
    assert reprise in client.get(url).content.decode()
    envoi = {"reponse": "Signée."}
    client.post(reverse("candidatures:complements", args=[deposee.reference]), envoi)
    relue = reverse("candidatures:complements_comparer", args=[deposee.reference, demande.pk])
    porteurs = reverse("candidatures:complements", args=[deposee.reference])
    assert relue in client.get(porteurs).content.decode()
    apres = deposee.pieces.get(active=True, piece_requise=requise)
    for qui in ("dgaln", "collectivite"):
        page = connecte(qui).get(relue).content.decode()
        for piece in (avant, apres):
            lien = reverse("candidatures:piece", args=[deposee.reference, piece.uuid])
            assert lien in page
            assert b"".join(connecte(qui).get(lien).streaming_content).startswith(PDF)
