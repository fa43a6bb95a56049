// Behaviour of every page: menus, drafts that survive an expired session, no double submit.
import "@tabler/core/dist/js/tabler.esm.js";
import { keepDrafts, settleSent } from "./drafts.js";
import { guardSubmits } from "./submits.js";
import { markErrors } from "./fields.js";
import { numberLines } from "./lines.js";
import { sendQuickly } from "./quick.js";
import { addUp } from "./sums.js";
import { solvePuzzles } from "./puzzle.js";
import { loadCharts } from "./load-charts.js";

function start() {
  settleSent();
  keepDrafts(document);
  solvePuzzles(document);
  guardSubmits(document);
  sendQuickly(document);
  markErrors(document);
  numberLines(document);
  addUp(document);
  loadCharts(document);
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
}

document.addEventListener("DOMContentLoaded", start);
// Parts that HTMX puts into the page get the same care as the page itself.
document.addEventListener("htmx:load", (event) => {
  keepDrafts(event.target);
  markErrors(event.target);
  numberLines(event.target);
  loadCharts(event.target);
});
