/** Arrows in the calendar: left and right along the séances, up and down from a row to the next. */

const AUTOUR = ".tl__ligne, .cal-mois tr, .cal-table tr";
const PAS = { ArrowLeft: -1, ArrowRight: 1 };
const RANGS = { ArrowUp: -1, ArrowDown: 1 };

function liens(bloc) {
  return [...bloc.querySelectorAll(".tl__point a, .cal-seance a, .cal-table td a")];
}

function voisin(lien, touche) {
  const cadre = lien.closest(".tl, .cal-mois, .cal-table");
  if (touche in PAS) {
    const tous = liens(cadre);
    return tous[tous.indexOf(lien) + PAS[touche]];
  }
  const rangees = [...cadre.querySelectorAll(AUTOUR)].filter((r) => liens(r).length);
  const ici = rangees.findIndex((r) => r.contains(lien));
  const cible = rangees[ici + RANGS[touche]];
  return cible && liens(cible)[0];
}

document.addEventListener("keydown", (evenement) => {
  const lien = evenement.target;
  if (!(evenement.key in PAS || evenement.key in RANGS) || evenement.altKey) return;
  if (!lien.matches?.(".tl__point a, .cal-seance a, .cal-table td a")) return;
  const cible = voisin(lien, evenement.key);
  if (!cible) return;
  evenement.preventDefault();
  cible.focus();
});
