"""Count the queries of one request, when the benchmark asks for it."""

from django.db import connection


class CompteurDeRequetes:
    def __init__(self, suivant):
        self.suivant = suivant

    def __call__(self, request):
        if request.headers.get("X-Banc") != "compter":
            return self.suivant(request)
        executees = []

        def compter(execute, sql, params, many, context):
            executees.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(compter):
            reponse = self.suivant(request)
        reponse.headers["X-Requetes"] = str(len(executees))
        return reponse
