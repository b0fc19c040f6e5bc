from django.db import models


class Partage(models.TextChoices):
    PRIVE = "prive", "Moi seulement"
    SERVICE = "service", "Mon service"
    DGALN = "dgaln", "Toute la DGALN"


class PageListe(models.TextChoices):
    CANDIDATURES = "candidatures", "Candidatures"
    INSTRUCTION = "instruction", "Instruction"
