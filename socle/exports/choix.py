from django.db import models


class FormatExport(models.TextChoices):
    XLSX = "xlsx", "Classeur Excel (XLSX)"
    ODS = "ods", "Classeur OpenDocument (ODS)"
    CSV = "csv", "Texte (CSV)"


class EtatExport(models.TextChoices):
    DEMANDE = "demande", "En préparation"
    EN_COURS = "en_cours", "En préparation"
    PRET = "pret", "Prêt"
    ECHEC = "echec", "Échec"
    EXPIRE = "expire", "Expiré"


TONS = {"demande": "", "en_cours": "info", "pret": "succes", "echec": "erreur", "expire": ""}
MIMES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "zip": "application/zip",
}
