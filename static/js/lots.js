/** The bar of the batches: closed until a dossier is ticked, then it says how many. */

const barre = document.querySelector("[data-lot-barre]");
const cases = [...document.querySelectorAll("input[name=ref]")];

function compter() {
  const nombre = cases.filter((c) => c.checked).length;
  for (const bouton of barre.querySelectorAll("button")) bouton.disabled = nombre === 0;
  const s = nombre > 1 ? "s" : "";
  barre.querySelector("[data-lot-compte]").textContent = nombre
    ? `${nombre} candidature${s} cochée${s} :`
    : "Cochez des candidatures pour :";
}

if (barre) {
  for (const c of cases) c.addEventListener("change", compter);
  compter();
}
