"""The suite runs on what production runs on."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.fixtures.rigueur import ClientStrict, EcritureEnLecture


@pytest.mark.django_db
def test_postgresql_18():
    connection.ensure_connection()
    assert connection.pg_version // 10_000 == 18


def test_le_cache_est_redis():
    assert type(cache._cache).__name__ == "RedisCacheClient"


@pytest.mark.django_db
def test_les_rappels_attendent_la_fin_de_la_transaction():
    passages = []
    with transaction.atomic():
        transaction.on_commit(lambda: passages.append("rappel"))
        with transaction.atomic():
            transaction.on_commit(lambda: passages.append("imbriqué"))
        passages.append("dans la transaction")
    assert passages == ["dans la transaction", "rappel", "imbriqué"]


@pytest.mark.django_db
def test_une_transaction_abandonnee_oublie_ses_rappels():
    passages = []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        transaction.on_commit(lambda: passages.append("rappel"))
        raise ZeroDivisionError
    assert passages == []


@pytest.mark.urls("tests.config.urls_strictes")
def test_une_lecture_qui_ecrit_echoue(distribution):
    with pytest.raises(EcritureEnLecture), transaction.atomic():
        ClientStrict().get("/ecrit/")
    assert ClientStrict().post("/ecrit/").status_code == 200


def test_une_variable_inconnue_de_nos_gabarits_echoue(settings):
    from django.template import Context, Engine, Origin, Template

    from tests.fixtures.gabarits import RACINE, VariableInconnue, VariableInconnueRefusee

    moteur = Engine(string_if_invalid=VariableInconnueRefusee())

    def rendre(chemin):
        gabarit = Template("[{{ inconnue }}]", Origin(str(chemin)), "essai", moteur)
        return gabarit.render(Context())

    with pytest.raises(VariableInconnue, match="variable inconnue « inconnue »"):
        rendre(RACINE / "templates" / "essai.html")
    assert rendre(RACINE / ".venv" / "paquet" / "essai.html") == "[]"
