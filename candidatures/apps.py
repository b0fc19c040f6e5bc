from django.apps import AppConfig


class CandidaturesConfig(AppConfig):
    name = "candidatures"
    label = "candidatures"
    verbose_name = "Candidatures"

    def ready(self):
        """Load the declarations (documents, journal) of every room."""
        from django.utils.module_loading import import_module, module_has_submodule

        for salle in self.SALLES:
            paquet = import_module(f"candidatures.{salle}")
            declarees = ("journal", "documents", "notifications", "liens", "exports")
            for declarations in (*declarees, "domaine.abonnements"):
                if module_has_submodule(paquet, declarations):
                    import_module(f"candidatures.{salle}.{declarations}")

    SALLES = (
        "dispositifs",
        "appels",
        "dossiers",
        "echanges",
        "instruction",
        "comite",
        "listes",
    )
