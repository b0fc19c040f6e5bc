from django.shortcuts import render


def tableau_de_bord(request):
    return render(request, "config/tableau_de_bord.html")
