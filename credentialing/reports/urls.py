"""Addresses of monthly reports, the platform's balance and the system's notices."""

from django.urls import path

from credentialing.reports import notices, views

urlpatterns = [
    path("relatorios/", views.listing, name="reports"),
    path("relatorios/preparar/", views.prepare, name="report-prepare"),
    path("relatorios/<int:pk>/", views.page, name="report"),
    path("relatorios/<int:pk>/observacoes/", views.remark, name="report-remark"),
    path("relatorios/<int:pk>/assinar/", views.sign, name="report-sign"),
    path("relatorios/<int:pk>/arquivo.<slug:kind>", views.file, name="report-file"),
    path("balanco/", views.balance, name="balance"),
    path("avisos-do-sistema/", notices.page, name="system-notices"),
    path("avisos-do-sistema/<int:pk>/retirar/", notices.withdraw, name="system-notice-withdraw"),
]
