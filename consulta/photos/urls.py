"""Routes of photographs and of the watermark."""

from django.urls import path

from consulta.photos import views

urlpatterns = [
    path("fotos/<int:pk>/", views.photo, name="photo"),
    path("marca.svg", views.watermark, name="watermark"),
]
