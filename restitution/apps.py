from django.apps import AppConfig


class RestitutionConfig(AppConfig):
    name = "restitution"
    label = "restitution"
    verbose_name = "Restitution"

    def ready(self):
        """Load the declarations (documents, journal) of every room."""
        from django.utils.module_loading import import_module, module_has_submodule

        for salle in self.SALLES:
            paquet = import_module(f"restitution.{salle}")
            for declarations in ("journal", "documents", "notifications", "suites"):
                if module_has_submodule(paquet, declarations):
                    import_module(f"restitution.{salle}.{declarations}")

    SALLES = (
        "feuilles",
        "engagement",
        "suivi",
        "national",
    )
