/** The line of the ceiling: arrow keys follow its two links, a drag goes to the row where it is dropped. */

const ligne = document.querySelector("[data-ligne][tabindex]");

function aller(lien) {
  if (lien) window.location.assign(lien.href);
}

function placer(rang) {
  const adresse = new URL(ligne.querySelector("[data-descendre]").href);
  const cout = Number(ligne.dataset.cout);
  if (adresse.searchParams.has("places")) adresse.searchParams.set("places", String(rang));
  else adresse.searchParams.set("budget", String(rang * cout));
  window.location.assign(adresse.href);
}

if (ligne) {
  if (window.location.hash === "#ligne") ligne.focus();
  ligne.addEventListener("keydown", (evenement) => {
    if (evenement.target !== ligne) return;
    const sens = { ArrowUp: "[data-monter]", ArrowDown: "[data-descendre]" }[evenement.key];
    if (!sens) return;
    evenement.preventDefault();
    aller(ligne.querySelector(sens));
  });
  let depart = null;
  ligne.addEventListener("pointerdown", (evenement) => {
    if (evenement.target.closest("a")) return;
    depart = evenement.clientY;
    ligne.setPointerCapture(evenement.pointerId);
    ligne.classList.add("comite-plafond--tiree");
  });
  ligne.addEventListener("pointerup", (evenement) => {
    if (depart === null) return;
    const deplacement = Math.abs(evenement.clientY - depart);
    depart = null;
    ligne.classList.remove("comite-plafond--tiree");
    if (deplacement < 12) return;
    const rangees = [...document.querySelectorAll(".comite-ligne")];
    placer(rangees.filter((rangee) => rangee.getBoundingClientRect().top + rangee.offsetHeight / 2 < evenement.clientY).length);
  });
}
