/** Draws an outline on the map, point by point; the field of coordinates under it is what is saved. */

import { Fond } from "./fond-trace.js";
import { Tuiles } from "./tuiles-trace.js";

const SVG = "http://www.w3.org/2000/svg";
const PAS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const POINT = /^(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)$/;
const merc = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

class Editeur {
  constructor(racine) {
    this.racine = racine;
    this.champ = document.getElementById(racine.dataset.editeurTrace);
    this.svg = racine.querySelector("svg");
    this.coins = racine.dataset.coins.split(" ").map(Number);
    this.vue = this.svg.getAttribute("viewBox").split(" ").map(Number);
    this.origine = [...this.vue];
    this.viseur = [this.vue[0] + this.vue[2] / 2, this.vue[1] + this.vue[3] / 2];
    this.champ.closest(".fr-input-group").before(document.getElementById("trace-importer"), racine);
    racine.hidden = false;
    this.relire();
    this.cadrer();
    this.ecouter();
    this.fond = new Fond(this);
    if (racine.dataset.tuiles) this.tuiles = new Tuiles(this);
    racine.closest("details")?.addEventListener("toggle", () => this.tuiles?.cadrer()); // Folded, it has no size.
  }

  versPixels([lat, lon]) {
    const [o, e, n, s, l, h] = this.coins;
    return [((lon - o) / (e - o)) * l, ((merc(n) - merc(lat)) / (merc(n) - merc(s))) * h];
  }

  versDegres([x, y]) {
    const [o, e, n, s, l, h] = this.coins;
    const ordonnee = merc(n) - (y / h) * (merc(n) - merc(s));
    return [(Math.atan(Math.exp(ordonnee)) * 360) / Math.PI - 90, o + (x / l) * (e - o)];
  }

  /** Blocks of lines; a block that begins with « trou » stays a hole. */
  relire() {
    this.blocs = [{ trou: false, points: [] }];
    for (const brute of this.champ.value.split("\n")) {
      const ligne = brute.trim();
      const lu = ligne.match(POINT);
      if (!ligne || ligne.toLowerCase().startsWith("trou")) this.ouvrir(Boolean(ligne));
      else if (lu) this.blocs.at(-1).points.push([Number(lu[1]), Number(lu[2])]);
    }
    this.dessiner();
  }

  ouvrir(trou = false) {
    if (this.blocs.at(-1).points.length) this.blocs.push({ trou, points: [] });
    else this.blocs.at(-1).trou = trou;
  }

  ecrire(phrase) {
    const bloc = ({ trou, points }) => [...(trou ? ["trou"] : []), ...points.map((p) => p.map((n) => n.toFixed(6)).join(", "))].join("\n");
    const pleins = this.blocs.filter((b) => b.points.length);
    this.champ.value = pleins.map((b, i) => (i && !b.trou ? "\n" : "") + bloc(b)).join("\n");
    this.champ.dispatchEvent(new Event("input", { bubbles: true }));
    this.dessiner();
    this.racine.querySelector("[data-etat]").textContent = phrase;
  }

  dessiner() {
    const rayon = this.vue[2] / 90;
    const formes = this.blocs.map(({ points }) => this.creer("path", { class: "trace__forme", d: this.chemin(points) }));
    const poignees = this.blocs.flatMap((bloc, b) =>
      bloc.points.map((point, i) => {
        const [cx, cy] = this.versPixels(point);
        const nom = `Point ${i + 1} du contour ${b + 1} : ${point.map((n) => n.toFixed(5)).join(", ")}`;
        return this.creer("circle", { class: "trace__point", cx, cy, r: rayon, tabindex: 0, role: "button", "aria-label": nom, "data-bloc": b, "data-rang": i });
      }),
    );
    const [x, y] = this.viseur;
    const croix = `M${x - 2 * rayon} ${y}h${4 * rayon}M${x} ${y - 2 * rayon}v${4 * rayon}`;
    this.svg.querySelector("[data-formes]").replaceChildren(...formes);
    this.svg.querySelector("[data-poignees]").replaceChildren(...poignees);
    this.svg.querySelector("[data-viseur]").replaceChildren(this.creer("path", { class: "trace__viseur", d: croix }));
    this.svg.setAttribute("viewBox", this.vue.join(" "));
    this.tuiles?.cadrer();
  }

  chemin(points) {
    return points.length ? `M${points.map((p) => this.versPixels(p).join(" ")).join("L")}Z` : "";
  }

  creer(nom, attributs) {
    const element = document.createElementNS(SVG, nom);
    for (const [cle, valeur] of Object.entries(attributs)) element.setAttribute(cle, valeur);
    return element;
  }

  /** All the points; without any, the communes that were chosen, or the départements. */
  cadrer() {
    const traces = this.blocs.flatMap((b) => b.points.map((p) => this.versPixels(p)));
    const points = traces.length ? traces : (this.fond?.coins() ?? []);
    if (points.length) {
      const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
      const cote = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 0.05) * 1.5;
      const milieu = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2];
      this.vue = [milieu[0] - cote / 2, milieu[1] - cote / 2, cote, cote];
      this.viseur = milieu;
    } else this.vue = [...this.origine];
    this.dessiner();
  }

  zoomer(facteur) {
    const [, , l, h] = this.vue;
    const [x, y] = this.viseur;
    this.vue = [x - (l * facteur) / 2, y - (h * facteur) / 2, l * facteur, h * facteur];
    this.dessiner();
  }

  ajouter(pixels) {
    this.blocs.at(-1).points.push(this.versDegres(pixels));
    this.viseur = pixels;
    this.ecrire(`Point ajouté : ${this.blocs.at(-1).points.length} dans ce contour.`);
  }

  ou(evenement) {
    const p = new DOMPoint(evenement.clientX, evenement.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [p.x, p.y];
  }

  ecouter() {
    this.svg.addEventListener("pointerdown", (e) => this.saisir(e));
    this.svg.addEventListener("keydown", (e) => this.clavier(e));
    this.champ.addEventListener("change", () => this.relire());
    this.racine.addEventListener("click", ({ target }) => {
      if (target.dataset.zoom) this.zoomer(Number(target.dataset.zoom));
      if ("cadrer" in target.dataset) this.cadrer();
      if ("nouveau" in target.dataset) {
        this.ouvrir();
        this.racine.querySelector("[data-etat]").textContent = "Le prochain point commence un autre contour.";
      }
    });
  }

  saisir(evenement) {
    if (evenement.button) return;
    const { bloc, rang } = evenement.target.dataset;
    if (rang === undefined) {
      this.ajouter(this.ou(evenement));
      return;
    }
    const points = this.blocs[bloc].points;
    const bouger = (e) => {
      points[rang] = this.versDegres(this.ou(e));
      this.dessiner();
    };
    this.svg.setPointerCapture(evenement.pointerId);
    this.svg.addEventListener("pointermove", bouger);
    this.svg.addEventListener("pointerup", () => {
      this.svg.removeEventListener("pointermove", bouger);
      this.ecrire("Point déplacé.");
    }, { once: true });
  }

  clavier(evenement) {
    const { bloc, rang } = evenement.target.dataset;
    const sens = PAS[evenement.key];
    const pas = this.vue[2] / (evenement.shiftKey ? 200 : 40);
    const decaler = ([x, y]) => [x + sens[0] * pas, y + sens[1] * pas];
    if (rang !== undefined && sens) this.deplacer(bloc, rang, decaler);
    else if (rang !== undefined && ["Delete", "Backspace"].includes(evenement.key)) this.retirer(bloc, rang);
    else if (rang === undefined && sens) {
      this.viseur = decaler(this.viseur);
      this.suivre();
    } else if (rang === undefined && evenement.key === "Enter") this.ajouter(this.viseur);
    else if (rang === undefined && evenement.key === "Backspace" && this.blocs.at(-1).points.length) this.retirer(this.blocs.length - 1, this.blocs.at(-1).points.length - 1);
    else return;
    evenement.preventDefault();
  }

  /** The frame follows the crosshair. */
  suivre() {
    for (const axe of [0, 1]) {
      const ecart = this.viseur[axe] - this.vue[axe];
      if (ecart < 0) this.vue[axe] += ecart;
      if (ecart > this.vue[axe + 2]) this.vue[axe] += ecart - this.vue[axe + 2];
    }
    this.dessiner();
  }

  deplacer(bloc, rang, decaler) {
    const points = this.blocs[bloc].points;
    points[rang] = this.versDegres(decaler(this.versPixels(points[rang])));
    this.ecrire("Point déplacé.");
    this.svg.querySelector(`[data-bloc="${bloc}"][data-rang="${rang}"]`).focus();
  }

  retirer(bloc, rang) {
    this.blocs[bloc].points.splice(rang, 1);
    if (!this.blocs[bloc].points.length && this.blocs.length > 1) this.blocs.splice(bloc, 1);
    this.ecrire("Point retiré.");
    this.svg.focus();
  }
}

for (const racine of document.querySelectorAll("[data-editeur-trace]")) new Editeur(racine);
