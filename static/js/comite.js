/** The line of the ceiling: arrow keys follow its two links, a drag takes it to the row where it is dropped. */

const ligne = document.querySelector("[data-ligne][tabindex]");
const BORD = 60;

function aller(lien) {
  if (lien) window.location.assign(lien.href);
}

/** Going down raises each ceiling that would hold; going up lowers the one that stops. */
function placer(rang) {
  const descend = rang > Number(ligne.dataset.nombre);
  const adresse = new URL(ligne.querySelector(descend ? "[data-descendre]" : "[data-monter]").href);
  const valeurs = { places: rang, budget: rang * Number(ligne.dataset.cout) };
  for (const [nom, valeur] of Object.entries(valeurs)) {
    if (!adresse.searchParams.has(nom)) continue;
    if (descend) adresse.searchParams.set(nom, String(Math.max(valeur, Number(adresse.searchParams.get(nom)))));
    else if (nom === ligne.dataset.par) adresse.searchParams.set(nom, String(valeur));
  }
  window.location.assign(adresse.href);
}

function deplacement() {
  const rangees = [...document.querySelectorAll(".comite-ligne")];
  const milieux = rangees.map((rangee) => rangee.getBoundingClientRect().top + window.scrollY + rangee.offsetHeight / 2);
  const mot = ligne.querySelector("[data-mot]");
  const dit = mot.textContent;
  let depart = null;
  let rang = Number(ligne.dataset.nombre);

  function montrer(hauteur) {
    ligne.style.transform = `translateY(${hauteur - depart}px)`;
    rang = milieux.filter((milieu) => milieu < hauteur).length;
    mot.textContent = `${rang} au-dessus de la ligne`;
    rangees.forEach((rangee, place) => rangee.classList.toggle("comite-ligne--franchie", (place < rang) !== (place < Number(ligne.dataset.nombre))));
  }

  function lacher() {
    depart = null;
    ligne.style.transform = "";
    mot.textContent = dit;
    ligne.classList.remove("comite-plafond--tiree");
    rangees.forEach((rangee) => rangee.classList.remove("comite-ligne--franchie"));
  }

  ligne.addEventListener("pointerdown", (evenement) => {
    if (evenement.button !== 0 || evenement.target.closest("a")) return;
    evenement.preventDefault();
    ligne.focus({ preventScroll: true });
    depart = evenement.pageY;
    rang = Number(ligne.dataset.nombre);
    ligne.setPointerCapture(evenement.pointerId);
    ligne.classList.add("comite-plafond--tiree");
  });
  ligne.addEventListener("pointermove", (evenement) => {
    if (depart === null) return;
    if (evenement.clientY < BORD) window.scrollBy(0, -BORD / 4);
    else if (evenement.clientY > window.innerHeight - BORD) window.scrollBy(0, BORD / 4);
    montrer(evenement.clientY + window.scrollY);
  });
  ligne.addEventListener("pointerup", () => {
    if (depart === null) return;
    lacher();
    if (rang !== Number(ligne.dataset.nombre)) placer(rang);
  });
  ligne.addEventListener("pointercancel", lacher);
  ligne.addEventListener("keydown", (evenement) => {
    if (evenement.key === "Escape" && depart !== null) lacher();
  });
}

if (ligne) {
  if (window.location.hash === "#ligne") ligne.focus({ preventScroll: true });
  ligne.addEventListener("keydown", (evenement) => {
    if (evenement.target !== ligne) return;
    const sens = { ArrowUp: "[data-monter]", ArrowDown: "[data-descendre]" }[evenement.key];
    if (!sens) return;
    evenement.preventDefault();
    aller(ligne.querySelector(sens));
  });
  deplacement();
}
