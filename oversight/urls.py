"""Addresses of the corregedor's desk."""

from django.urls import path

from oversight.views import canaries, hearing, judging

app_name = "oversight"
urlpatterns = [
    path("desvios/", judging.queue, name="queue"),
    path("desvios/<int:pk>/", judging.alert, name="alert"),
    path("desvios/<int:pk>/andamento/", judging.step, name="step"),
    path("desvios/iscas/", canaries.page, name="canaries"),
    path("desvios/iscas/<int:pk>/retirar/", canaries.withdraw, name="withdraw-canary"),
    path("explicacoes/", hearing.explanations, name="explanations"),
    path("explicacoes/<int:pk>/", hearing.explain, name="explain"),
    path("confirmacoes/", hearing.confirmations, name="confirmations"),
    path("confirmacoes/<int:pk>/", hearing.confirm, name="confirm"),
]
