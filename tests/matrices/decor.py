"""Objects that the matrix needs to fill an address. One function per kind of object.

A function receives the cast and returns the keyword arguments of the URL. Declare it with
`@decor("candidature")`, in your app's own `tests/matrices/decor_<app>.py`.
"""

DECORS = {}


def decor(nom):
    def inscrire(fonction):
        assert nom not in DECORS, f"le décor {nom} est déjà pris"
        DECORS[nom] = fonction
        return fonction

    return inscrire
