from django.apps import AppConfig


class AteliersConfig(AppConfig):
    name = "ateliers"
    label = "ateliers"
    verbose_name = "Ateliers"

    def ready(self):
        """Load the declarations (documents, journal) of every room."""
        from django.utils.module_loading import import_module, module_has_submodule

        for salle in self.SALLES:
            paquet = import_module(f"ateliers.{salle}")
            for declarations in ("journal", "documents", "notifications", "suites", "exports"):
                if module_has_submodule(paquet, declarations):
                    import_module(f"ateliers.{salle}.{declarations}")

    SALLES = (
        "parcours",
        "annuaire",
        "cadrage",
        "marche",
        "sites",
        "lieux",
        "seances",
        "agendas",
        "programme",
        "participants",
        "sondages",
        "inscriptions",
        "calendrier",
        "synchro",
        "contributions",
        "livrables",
        "budget",
        "carnet",
    )
