"""Accounts: allauth's views under French addresses, with the names that allauth expects."""

from allauth.account import views as allauth
from django.urls import path, re_path

from socle.comptes import views

urlpatterns = [
    path("connexion/", views.Connexion.as_view(), name="account_login"),
    path("connexion/demonstration/", views.jouer, name="connexion_demonstration"),
    path("connexion/ouvrir-un-compte/", allauth.signup, name="account_signup"),
    path("connexion/compte-inactif/", allauth.account_inactive, name="account_inactive"),
    path("deconnexion/", allauth.logout, name="account_logout"),
    path("compte/mot-de-passe/", allauth.password_change, name="account_change_password"),
    path("compte/confirmer/", allauth.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe-oublie/", allauth.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe-oublie/envoye/",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^mot-de-passe-oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe-oublie/change/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
