"""Routes of the review desk."""

from django.urls import path

from consulta.review import judging, views

urlpatterns = [
    path("duplicatas/", views.queue, name="reviews"),
    path("duplicatas/estatisticas/", views.statistics, name="review-statistics"),
    path("duplicatas/proximo/", views.begin, name="review-next"),
    path("duplicatas/desfazer/", views.undo, name="review-undo"),
    path("duplicatas/<int:review>/", views.pair, name="review"),
    path("duplicatas/<int:review>/voto/", views.vote, name="review-vote"),
    path("duplicatas/<int:review>/pular/", views.skip, name="review-skip"),
    path("duplicatas/<int:review>/sair/", views.leave, name="review-leave"),
    path("pessoas/<uuid:person>/julgamentos/", judging.judgements, name="judgements"),
    path("pessoas/<uuid:person>/julgamentos/<int:judgement>/revogar/", judging.revoke, name="judgement-revoke"),
]
