from candidatures.listes.models.vue import VueEnregistree

__all__ = ["VueEnregistree"]
