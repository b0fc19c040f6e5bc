/**
 * « Reprendre les deux »: three texts, the one both started from, the other’s and mine. What either
 * added is there, what both added alike once; a line that one removed and the other left as it was is
 * gone; a line that both rewrote stays twice, one after the other. Without a base nothing is removed.
 */

const PLEINE = 1000; // A line with words counts more than the blank ones around it.
const CASES = 4_000_000;

const poids = (ligne) => (ligne.trim() ? PLEINE : 1);

/** Longest common subsequence of lines, as pairs of ranks. */
export function communes(a, b) {
  if (a.length * b.length > CASES) return [];
  const large = b.length + 1;
  const table = new Float64Array((a.length + 1) * large);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * large + j] =
        a[i] === b[j]
          ? table[(i + 1) * large + j + 1] + poids(a[i])
          : Math.max(table[(i + 1) * large + j], table[i * large + j + 1]);
    }
  }
  const paires = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) paires.push([i++, j++]);
    else if (table[(i + 1) * large + j] >= table[i * large + j + 1]) i += 1;
    else j += 1;
  }
  return paires;
}

/** What stands between two common lines: the other's, a blank line, mine. */
function bloc(sien, mien) {
  const separes = sien.length && mien.length && sien.at(-1).trim() && mien[0].trim();
  return [...sien, ...(separes ? [""] : []), ...mien];
}

function paires(a, b) {
  let debut = 0;
  while (debut < a.length && debut < b.length && a[debut] === b[debut]) debut += 1;
  let fin = 0;
  while (fin < Math.min(a.length, b.length) - debut && a.at(-1 - fin) === b.at(-1 - fin)) fin += 1;
  const milieu = communes(a.slice(debut, a.length - fin), b.slice(debut, b.length - fin));
  return [
    ...Array.from({ length: debut }, (_, rang) => [rang, rang]),
    ...milieu.map(([x, y]) => [x + debut, y + debut]),
    ...Array.from({ length: fin }, (_, rang) => [a.length - fin + rang, b.length - fin + rang]),
  ];
}

/** Every line of both, in the order of each; those in common once. */
function reunir(a, b) {
  const lignes = [];
  let [i, j] = [0, 0];
  for (const [x, y] of paires(a, b)) {
    lignes.push(...bloc(a.slice(i, x), b.slice(j, y)), a[x]);
    [i, j] = [x + 1, y + 1];
  }
  return [...lignes, ...bloc(a.slice(i), b.slice(j))];
}

/** The lines of the base that a text kept (rank → rank there), and what it added before each. */
function ecart(base, texte) {
  const gardees = new Map(paires(base, texte));
  const venues = new Set(gardees.values());
  const ajouts = (depuis, jusque) => texte.slice(depuis, jusque).filter((_, rang) => !venues.has(depuis + rang));
  return { gardees, ajouts };
}

const couper = (texte) => texte.replaceAll("\r\n", "\n").split("\n");

export function fusionner(autre, mien, base = null) {
  const [a, b] = [couper(autre), couper(mien)];
  if (base === null) return reunir(a, b).join("\n");
  const commune = base === "" ? [] : couper(base);
  const [sien, leMien] = [ecart(commune, a), ecart(commune, b)];
  const lignes = [];
  let [i, j] = [0, 0];
  for (let rang = 0; rang < commune.length; rang += 1) {
    const [x, y] = [sien.gardees.get(rang), leMien.gardees.get(rang)];
    if (x === undefined || y === undefined) continue;
    lignes.push(...reunir(sien.ajouts(i, x), leMien.ajouts(j, y)), commune[rang]);
    [i, j] = [x + 1, y + 1];
  }
  return [...lignes, ...reunir(sien.ajouts(i), leMien.ajouts(j))].join("\n");
}

/** On one line there are no paragraphs: one text that holds the other is enough. */
export function accoler(autre, mien) {
  if (mien.includes(autre)) return mien;
  return autre.includes(mien) ? autre : `${autre} / ${mien}`;
}

/**
 * Sets of boxes, one value per line: what either ticked is there, what either unticked since the base
 * is gone. A box is on or off: two people who both moved it moved it alike, so nothing is left to choose.
 */
export function fondreCases(autre, mien, base = null) {
  const [a, b, o] = [autre, mien, base ?? ""].map((t) => new Set(t ? t.split("\n") : []));
  return [...new Set([...a, ...b])].filter((x) => !o.has(x) || (a.has(x) && b.has(x))).join("\n");
}
