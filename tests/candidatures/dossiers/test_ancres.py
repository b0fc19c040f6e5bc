"""Each missing item leads to its field: the identifier exists in the page that it opens."""

import re

import pytest
from django.urls import reverse

from candidatures.appels.choix import TypeQuestion
from candidatures.appels.models import Appel
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.models import Candidature
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import faire_brouillon

pytestmark = pytest.mark.django_db
IDENTIFIANT = re.compile(r'\bid="([^"]+)"')
OPTIONS = {TypeQuestion.CHOIX: ["Oui", "Non"], TypeQuestion.CHOIX_MULTIPLES: ["Oui", "Non"]}


def test_chaque_manque_mene_a_un_champ_qui_existe(distribution, connecte):
    candidature = faire_brouillon(distribution)
    Appel.objects.filter(pk=candidature.appel_id).update(visas="exiges")
    version = reviser(distribution, candidature.appel)
    longue = [f"Choix {rang}" for rang in range(9)]
    for type_question in TypeQuestion.values:
        plus = {"options": OPTIONS[type_question]} if type_question in OPTIONS else {}
        if type_question == "bloc":
            plus = {
                "sous_questions": [{"cle": "nom", "libelle": "Nom", "type": "texte", "options": []}]
            }
        poser(
            distribution,
            version,
            f"Une question {type_question} ?",
            type_=type_question,
            obligatoire=True,
            **plus,
        )
    poser(distribution, version, "Liste longue ?", type_="choix", options=longue, obligatoire=True)
    publier(distribution, version)
    candidature = Candidature.objects.get(pk=candidature.pk)
    Candidature.objects.filter(pk=candidature.pk).update(service_pilote=None)
    client, pages = connecte("collectivite"), {}
    absents = manques(Candidature.objects.get(pk=candidature.pk))
    assert len(absents) >= 20
    for manque in absents:
        adresse, _, ancre = manque.url.partition("#")
        assert ancre, manque.phrase
        if adresse not in pages:
            pages[adresse] = set(IDENTIFIANT.findall(client.get(adresse).content.decode()))
        assert ancre in pages[adresse], f"{manque.phrase} → {manque.url}"
    assert reverse("candidatures:auteurs", args=[candidature.reference]) in pages
