/**
 * « Reprendre les deux »: every line of both texts, in the order of each; those in common once.
 * Nothing is guessed: a paragraph that both changed stays twice, one after the other.
 */

const PLEINE = 1000; // A line with words counts more than the blank ones around it.
const CASES = 4_000_000;

const poids = (ligne) => (ligne.trim() ? PLEINE : 1);

/** Longest common subsequence of lines, as pairs of ranks. */
function communes(a, b) {
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

export function fusionner(autre, mien) {
  const [a, b] = [autre, mien].map((texte) => texte.replaceAll("\r\n", "\n").split("\n"));
  let debut = 0;
  while (debut < a.length && debut < b.length && a[debut] === b[debut]) debut += 1;
  let fin = 0;
  while (fin < Math.min(a.length, b.length) - debut && a.at(-1 - fin) === b.at(-1 - fin)) fin += 1;
  const [finA, finB] = [a.length - fin, b.length - fin];
  const lignes = a.slice(0, debut);
  let [i, j] = [debut, debut];
  for (const [x, y] of communes(a.slice(debut, finA), b.slice(debut, finB))) {
    lignes.push(...bloc(a.slice(i, debut + x), b.slice(j, debut + y)), a[debut + x]);
    [i, j] = [debut + x + 1, debut + y + 1];
  }
  lignes.push(...bloc(a.slice(i, finA), b.slice(j, finB)), ...a.slice(finA));
  return lignes.join("\n");
}

/** On one line there are no paragraphs: one text that holds the other is enough. */
export function accoler(autre, mien) {
  if (mien.includes(autre)) return mien;
  return autre.includes(mien) ? autre : `${autre} / ${mien}`;
}
