/** The bar of the batches: closed until a dossier is ticked, then it says how many. */

const barre = document.querySelector("[data-lot-barre]");
const cases = [...document.querySelectorAll("input[name=ref][type=checkbox]")];
const cachees = document.querySelectorAll("input[name=ref][type=hidden]").length;
const page = document.querySelector("[data-lot-page]");

function compter() {
  const cochees = cases.filter((c) => c.checked).length;
  const nombre = cochees + cachees;
  for (const bouton of barre.querySelectorAll("button")) bouton.disabled = nombre === 0;
  const s = nombre > 1 ? "s" : "";
  barre.querySelector("[data-lot-compte]").textContent = nombre
    ? `${nombre} candidature${s} cochée${s} :`
    : "Cochez des candidatures pour :";
  page.checked = cochees === cases.length;
  page.indeterminate = cochees > 0 && cochees < cases.length;
}

if (barre) {
  page.hidden = false;
  page.addEventListener("change", () => {
    for (const c of cases) c.checked = page.checked;
    compter();
  });
  for (const c of cases) c.addEventListener("change", compter);
  compter();
}
