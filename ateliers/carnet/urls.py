from django.urls import path

from ateliers.carnet.views.carnet import carnet

urlpatterns = [path("ateliers/<slug:slug>/espace/carnet/", carnet, name="carnet")]
