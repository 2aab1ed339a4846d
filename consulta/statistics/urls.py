"""Routes of the statistics."""

from django.urls import path

from consulta.statistics import levantamento, saved, views

urlpatterns = [
    path("estatisticas/", views.statistics, name="statistics"),
    path("estatisticas/pessoas/", views.behind, name="statistics-people"),
    path("estatisticas/levantamento/", levantamento.levantamento, name="levantamento"),
    path("estatisticas/levantamento/pais.<slug:kind>", levantamento.country, name="country-form"),
    path("estatisticas/levantamento/<int:pk>/", levantamento.edition, name="edition"),
    path("estatisticas/levantamento/<int:pk>/assinar/", levantamento.sign, name="sign-edition"),
    path("estatisticas/levantamento/<int:pk>/arquivo.<slug:kind>", levantamento.file, name="edition-file"),
    path("estatisticas/salvos/<int:pk>/excluir/", saved.drop, name="forget-panel"),
    path("estatisticas/<slug:panel>/", views.panel, name="statistics-panel"),
    path("estatisticas/<slug:panel>/arquivo.<slug:kind>", views.file, name="statistics-file"),
    path("estatisticas/<slug:panel>/salvar/", saved.save, name="save-panel"),
]
