"""No line begins with a colon: the spaces of French punctuation do not break."""

import re

INSECABLE = "\N{NO-BREAK SPACE}"
# It begins with its space: the search of a whole page then takes a third of a millisecond.
SECABLE = re.compile(r" (?:(?<=\S )(?=[:;!?»](?![\w=]))|(?<=« ))")
# What is typed, or is no prose, goes back as it came.
PROTEGE = re.compile(r"<(script|style|pre|code|textarea)\b.*?</\1>", re.S)


def insecables(phrase) -> str:
    return SECABLE.sub(INSECABLE, str(phrase))


def insecables_html(html: str) -> str:
    """The same in the text of a page: neither inside a tag nor where text is typed."""
    places = [m.start() for m in SECABLE.finditer(html)]
    if not places:
        return html
    proteges = [m.span() for m in PROTEGE.finditer(html)]
    morceaux, debut = [], 0
    for place in places:
        dans_une_balise = html.rfind("<", 0, place) > html.rfind(">", 0, place)
        if dans_une_balise or any(d < place < f for d, f in proteges):
            continue
        morceaux += [html[debut:place], INSECABLE]
        debut = place + 1
    return "".join([*morceaux, html[debut:]])


class PageInsecable:
    """Middleware: the sentences of verbs, labels and stored titles print as the templates do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reponse = self.get_response(request)
        if not reponse.streaming and reponse.get("Content-Type", "").startswith("text/html"):
            lu = reponse.content.decode(reponse.charset)
            if (propre := insecables_html(lu)) is not lu:
                reponse.content = propre
        return reponse
