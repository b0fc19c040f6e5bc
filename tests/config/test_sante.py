import pytest

from config import battement
from config.views import sante as vue

CHEMIN = "/sante/"


@pytest.fixture
def tout_va_bien(monkeypatch):
    monkeypatch.setattr(vue, "SERVICES", {nom: lambda: True for nom in vue.SERVICES})


def test_tout_repond(client, tout_va_bien):
    reponse = client.get(CHEMIN)
    assert (reponse.status_code, reponse.json()) == (
        200,
        {"postgresql": "ok", "redis": "ok", "worker": "ok", "beat": "ok", "version": "0.1.0"},
    )


@pytest.mark.parametrize("service", ["postgresql", "redis", "worker", "beat"])
@pytest.mark.parametrize("panne", ["faux", "exception"])
def test_un_service_en_panne(client, tout_va_bien, monkeypatch, service, panne):
    def sonde():
        if panne == "exception":
            raise ConnectionError("injoignable")
        return False

    monkeypatch.setitem(vue.SERVICES, service, sonde)
    reponse = client.get(CHEMIN)
    assert reponse.status_code == 503
    assert {nom for nom, etat in reponse.json().items() if etat == "en panne"} == {service}


@pytest.mark.django_db
def test_postgresql_et_redis_sont_vraiment_interroges():
    assert vue._postgresql() is True
    assert vue._redis() is True


def test_le_battement_vieillit(monkeypatch):
    battement.battre()
    assert battement.bat_encore() is True
    depuis = battement.time.time() + battement.TOLERANCE_S + 1
    monkeypatch.setattr(battement.time, "time", lambda: depuis)
    assert battement.bat_encore() is False


@pytest.mark.worker
def test_un_vrai_worker_repond_et_travaille(worker_celery):
    from django.core.cache import cache

    from config.tasks import battement as tache

    cache.delete(battement.CLE)
    assert vue._worker() is True
    tache.delay()
    worker_celery(battement.bat_encore)
