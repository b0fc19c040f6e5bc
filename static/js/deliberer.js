/** « Tous pour » in one click; the exceptions are then changed one by one. */

const bouton = document.querySelector("[data-tous-pour]");

if (bouton) {
  bouton.hidden = false;
  bouton.querySelector("button").addEventListener("click", () => {
    for (const vote of document.querySelectorAll("select[name^=vote_]")) {
      vote.value = "pour";
      vote.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
