"""Time requests, interleaved: the floor is asked again between the pages.

A page is compared with the floors asked just before and just after it, so that a busy moment of
the machine weighs on both. The ratio is the median of these comparisons.
"""

import http.client
import json
import socket
import statistics
import time
import urllib.parse

HOTE = "127.0.0.1"
JETON = "j" * 32
REQUETES_VISEES = 12
ENTRE_DEUX = 3  # pages between two floors
PLANCHER = "Plancher, 50 lignes"
PLANCHER_ECRITURE = "Plancher, écriture d’une ligne"


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind((HOTE, 0))
        return prise.getsockname()[1]


def demander(port, chemin, session="", donnees=None, compter=False, plus=None):
    """(status, body, seconds, queries) of one request, body read; https as the proxy says it."""
    entetes = (plus or {}) | {
        "Host": HOTE,
        "X-Forwarded-Proto": "https",
        "Accept": "text/html",
        "Cookie": f"sessionid={session}; csrftoken={JETON}",
    }
    corps = None
    if donnees is not None:
        corps = urllib.parse.urlencode(donnees)
        entetes |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": JETON,
            "Origin": f"https://{HOTE}",
        }
    if compter:
        entetes["X-Banc"] = "compter"
    debut = time.perf_counter()
    connexion = http.client.HTTPConnection(HOTE, port, timeout=120)
    connexion.request("GET" if corps is None else "POST", chemin, corps, entetes)
    reponse = connexion.getresponse()
    lu = reponse.read()
    duree = time.perf_counter() - debut
    connexion.close()
    requetes = reponse.getheader("X-Requetes")
    return reponse.status, lu, duree, int(requetes) if requetes else None


def repond(port) -> bool:
    try:
        return demander(port, "/connexion/")[0] == 200
    except OSError:
        return False


class Page:
    """One page to read, and what it took."""

    def __init__(self, port, plan, session):
        self.port, self.plan, self.session, self.durees = port, plan, session, []
        self.rapports = []
        self.statut, lu, _, _ = self._lire()
        self.octets, self.requetes = len(lu), None

    def _lire(self, compter=False):
        plus = self.plan.get("entetes")
        return demander(self.port, self.plan["chemin"], self.session, compter=compter, plus=plus)

    def compter(self):
        """Queries of a warm worker: the least of four."""
        comptees = [self._lire(compter=True)[3] for _ in range(4)]
        self.requetes = min(c for c in comptees if c is not None)

    def tour(self, garder=True) -> float:
        duree = self._lire()[2]
        if garder:
            self.durees.append(duree)
        return duree


class Saisie(Page):
    """One field typed: each save starts from the revision that the last one answered."""

    def __init__(self, port, plan, session):
        self.revision, self.frappe = plan.get("revision", 0), 0
        super().__init__(port, plan, session)

    def _lire(self, compter=False):
        self.frappe += 1
        donnees = {
            "champ": self.plan.get("champ", ""),
            "valeur": f"Ce que l’on écrit, mot après mot, jusqu’au {self.frappe}e.",
            "revision": self.revision,
        }
        fait = demander(self.port, self.plan["chemin"], self.session, donnees, compter)
        if "revision" in (reponse := json.loads(fait[1])):
            self.revision = reponse["revision"]
        return fait


def mesurer(port, plan, tours) -> list[dict]:
    """Every page once per round, in the same order; two rounds are thrown away."""
    sessions, saisie = plan["sessions"], plan["saisie"]
    ecriture = {"page": PLANCHER_ECRITURE, "chemin": "/banc/ecriture/", "genre": "plancher"}
    typee = saisie | {"page": "Enregistrer un champ de la note", "genre": "ecriture", "vise": 2}
    pages = [Page(port, p, sessions[p["qui"]]) for p in plan["pages"]]
    pages += [Saisie(port, p, sessions[saisie["qui"]]) for p in (ecriture, typee)]
    refusees = [p for p in pages if p.statut != p.plan.get("statut", 200)]
    for p in refusees:
        print(f"  ({p.plan['page']} : réponse {p.statut}, non mesurée)")
    pages = [p for p in pages if p not in refusees]
    planchers = {type(p): p for p in pages if p.plan["genre"] == "plancher"}
    for tour in range(tours + 2):
        for genre, plancher in planchers.items():
            siennes = [p for p in pages if type(p) is genre and p is not plancher]
            _faire_le_tour(plancher, siennes, garder=tour >= 2)
    for p in pages:
        p.compter()
    return [_resultat(p) for p in pages]


def _faire_le_tour(plancher, pages, garder):
    """A floor, a few pages, a floor…; each page keeps its ratio to the two around it."""
    avant = plancher.tour(garder)
    for debut in range(0, len(pages), ENTRE_DEUX):
        tranche = pages[debut : debut + ENTRE_DEUX]
        durees = [p.tour(garder) for p in tranche]
        apres = plancher.tour(garder)
        if garder:
            for p, duree in zip(tranche, durees, strict=True):
                p.rapports.append(2 * duree / (avant + apres))
        avant = apres


def _resultat(page) -> dict:
    plan, rangees = page.plan, sorted(page.durees)
    return {
        "page": plan["page"],
        "requetes": page.requetes,
        "mediane_ms": round(statistics.median(rangees) * 1000, 1),
        "p95_ms": round(rangees[int(len(rangees) * 0.95)] * 1000, 1),
        "ratio_plancher": round(statistics.median(page.rapports or [1]), 2),
        "octets": page.octets,
        "vise": plan.get("vise"),
    }


def _signe(r) -> str:
    trop_lente = r["vise"] and r["ratio_plancher"] > r["vise"]
    trop_bavarde = r["vise"] and r["requetes"] > REQUETES_VISEES
    return "!" if trop_lente or trop_bavarde else " "


def imprimer(resultats):
    titres = f"{'Page':<42}{'SQL':>5}{'médiane':>10}{'p95':>9}"
    print(f"\n  {titres}{'× plancher':>12}{'visé':>6}{'Kio':>7}")
    for r in resultats:
        vise = r["vise"] or "–"
        print(
            f"{_signe(r)} {r['page']:<42}{r['requetes']:>5}{r['mediane_ms']:>8.1f} ms"
            f"{r['p95_ms']:>6.0f} ms{r['ratio_plancher']:>12.2f}{vise:>6}{r['octets'] / 1024:>7.0f}"
        )
    print(flush=True)


def imprimer_croissance(resultats):
    print(f"\n  {'À 50 000 candidatures':<42}{'SQL':>5}{'médiane':>10}{'50 000 / 5 000':>17}")
    for r in resultats:
        rapport = r.get("ratio_croissance")
        if rapport is None:
            continue
        signe = "!" if rapport > 1.3 else " "
        print(
            f"{signe} {r['page']:<42}{r['requetes']:>5}{r['mediane_ms']:>8.1f} ms{rapport:>14.2f}"
        )
    print(flush=True)
