/** What lies under the drawing: the outlines of the communes, those of the perimeter in light blue. */

import { decoder } from "./polyligne.js";

export class Fond {
  constructor(editeur) {
    this.editeur = editeur;
    this.groupe = editeur.svg.querySelector("[data-communes]");
    this.lire();
    addEventListener("perimetre:change", () => this.colorer());
  }

  /** A département that cannot be read leaves its plain outline. */
  async lire() {
    const adresses = this.editeur.racine.dataset.contours.trim().split(/\s+/).filter(Boolean);
    const reponses = await Promise.allSettled(adresses.map(async (a) => (await fetch(a)).json()));
    const lues = reponses.filter((r) => r.status === "fulfilled").map((r) => r.value);
    this.groupe.replaceChildren(...lues.flatMap(({ pas, communes }) => communes.map((c) => this.dessiner(c, pas))));
    const toutes = lues.length === adresses.length && lues.every((l) => l.communes.length);
    if (toutes) this.editeur.svg.querySelector("[data-departements]").remove();
    this.colorer();
    if (!this.editeur.champ.value.trim()) this.editeur.cadrer();
  }

  /** Two corners around the communes of the perimeter; none when none is drawn. */
  coins() {
    const cadres = [...this.groupe.querySelectorAll(".trace__commune--choisie")].map((c) => c.getBBox());
    if (!cadres.length) return [];
    const [xs, ys] = [cadres.flatMap((c) => [c.x, c.x + c.width]), cadres.flatMap((c) => [c.y, c.y + c.height])];
    return [[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]];
  }

  dessiner({ code, nom, epci, trace }, pas) {
    const forme = this.editeur.creer("path", { d: this.chemin(trace, pas), "data-code": code, "data-epci": epci });
    const titre = this.editeur.creer("title", {});
    titre.textContent = nom;
    forme.append(titre);
    return forme;
  }

  chemin(trace, pas) {
    const point = ([lon, lat]) => this.editeur.versPixels([lat, lon]).map((n) => n.toFixed(2)).join(" ");
    return decoder(trace, pas).flat().map((a) => `M${a.map(point).join("L")}Z`).join("");
  }

  colorer() {
    const cases = document.querySelectorAll('[name="perimetre"]:checked');
    const choisis = new Set([...cases].map((c) => c.value));
    for (const { classList, dataset } of this.groupe.children) {
      classList.toggle("trace__commune--choisie", choisis.has(`C${dataset.code}`) || choisis.has(`E${dataset.epci}`));
    }
  }
}
