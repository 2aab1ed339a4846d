"""Addresses of the connectors. Origin codes and ids of loads and rejections identify nobody."""

from django.urls import path

from ingestion.screens import actions, agreements, codes, findings, mapping, quality, quarantine, runs, schema, views

app_name = "ingestion"
urlpatterns = [
    path("acordos/", agreements.board, name="agreements"),
    path("acordos/<int:pk>/", agreements.page, name="agreement"),
    path("acordos/<int:pk>/metas/<int:goal>/", agreements.follow_goal, name="agreement-goal"),
    path("acordos/<int:pk>/prorrogar/", agreements.extend, name="agreement-extend"),
    path("acordos/<int:pk>/denunciar/", agreements.denounce, name="agreement-denounce"),
    path("conectores/", views.connectors, name="connectors"),
    path("conectores/qualidade/", quality.national, name="quality-national"),
    path("conectores/achados/", findings.national, name="findings-national"),
    path("conectores/<slug:code>/", views.source, name="source"),
    path("conectores/<slug:code>/carregar/", actions.load, name="load-now"),
    path("conectores/<slug:code>/conferir/", actions.reconcile, name="reconcile"),
    path("conectores/<slug:code>/pausar/", actions.pause, name="pause"),
    path("conectores/<slug:code>/retomar/", actions.resume, name="resume"),
    path("conectores/<slug:code>/cargas/<int:pk>/exclusoes/", actions.answer, name="answer-removals"),
    path("conectores/<slug:code>/cargas/<int:pk>/", runs.load, name="load"),
    path("conectores/<slug:code>/cargas/<int:pk>/andamento/", runs.progress, name="load-progress"),
    path("conectores/<slug:code>/quarentena/", quarantine.rows, name="quarantine"),
    path("conectores/<slug:code>/quarentena/<int:pk>/", quarantine.row, name="rejection"),
    path("conectores/<slug:code>/quarentena/reprocessar/", quarantine.reprocess, name="reprocess"),
    path("conectores/<slug:code>/qualidade/", quality.quality, name="quality"),
    path("conectores/<slug:code>/achados/<int:pk>/", findings.finding, name="finding"),
    path("conectores/<slug:code>/achados/<int:pk>/tratar/", findings.treat, name="treat-finding"),
    path("conectores/<slug:code>/achados/<str:name>/", findings.rule, name="findings"),
    path("conectores/<slug:code>/codigos/", codes.codes, name="codes"),
    path("conectores/<slug:code>/mapeamento/", mapping.editor, name="mapping"),
    path("conectores/<slug:code>/mapeamento/v<int:number>/", mapping.version, name="mapping-version"),
    path("conectores/<slug:code>/mapeamento/releitura/", mapping.reread, name="mapping-reread"),
    path("conectores/<slug:code>/esquema/", schema.schema, name="schema"),
]
