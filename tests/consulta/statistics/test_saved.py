"""Panels kept under a name: one's own, with their filters and no numbers."""

import pytest
from django.test import Client

from audit.events import Kind
from consulta.models import SavedPanel
from consulta.statistics import saved
from registry.models import FigureBuild
from tests import events

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

SAVE = "/estatisticas/perfil/salvar/?uf=AL&sexo=F"


def test_a_panel_is_kept_with_its_filters_and_listed_as_a_link(agent: Client, build: FigureBuild) -> None:
    answer = agent.post(SAVE, {"nome": "Mulheres de Alagoas"}, follow=True)
    assert answer.redirect_chain == [("/estatisticas/perfil/?uf=AL&sexo=F", 302)]
    (kept,) = agent.get("/estatisticas/movimento/").context["saved"]
    assert (kept["name"], kept["url"]) == ("Mulheres de Alagoas", "/estatisticas/perfil/?uf=AL&sexo=F")
    assert agent.get(kept["url"]).status_code == 200
    (change,) = events.recorded(Kind.WORK_CHANGED)
    assert change.detail == {"panel": "perfil"}


def test_the_same_name_again_takes_its_place(agent: Client) -> None:
    agent.post(SAVE, {"nome": "Meu"})
    agent.post("/estatisticas/penas/salvar/", {"nome": "Meu"})
    kept = SavedPanel.objects.get()
    assert (kept.panel, kept.filters) == ("penas", {})


def test_nobody_sees_or_deletes_anothers(agent: Client, statistician: Client) -> None:
    agent.post(SAVE, {"nome": "Meu"})
    kept = SavedPanel.objects.get()
    assert statistician.get("/estatisticas/perfil/").context["saved"] == []
    assert statistician.post(f"/estatisticas/salvos/{kept.pk}/excluir/").status_code == 404
    assert agent.post(f"/estatisticas/salvos/{kept.pk}/excluir/").status_code == 302
    assert not SavedPanel.objects.exists()


def test_what_cannot_be_kept_is_told(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Dê um nome" in agent.post(SAVE, {"nome": " "}, follow=True).content.decode()
    monkeypatch.setattr(saved, "MOST", 1)
    agent.post(SAVE, {"nome": "Um"})
    assert "Exclua um" in agent.post(SAVE, {"nome": "Dois"}, follow=True).content.decode()
    assert agent.post("/estatisticas/nada/salvar/", {"nome": "Um"}).status_code == 404
    assert SavedPanel.objects.count() == 1
