/** Somebody else has changed the same: both values, and the choice. */

import { el } from "../dom.js";
import { lockName } from "../model.js";
import { dialog } from "./dialog.js";

/** Asks whose edits hold; answers "mine", "theirs", or null to decide later: what was typed stays. */
export function conflictDialog(problem) {
  const table = problem.clashes.length
    ? el(
        "table",
        { class: "clashes" },
        el("thead", {}, el("tr", {}, ["", "It was", "Yours", "Theirs"].map((text) => el("th", { scope: "col", text })))),
        el(
          "tbody",
          {},
          problem.clashes.map((clash) =>
            el("tr", {}, el("th", { scope: "row", text: lockName(clash.path) }), [clash.base, clash.mine, clash.theirs].map((value) => el("td", { text: shown(value) }))),
          ),
        ),
      )
    : null;
  return dialog(
    "Somebody else has changed the same",
    [
      el("p", { text: problem.clashes.length ? "Another tab or the terminal saved this while you were editing. What both changed can only be one of the two; all else is kept." : problem.message }),
      table,
    ],
    [
      { words: "Not now", value: null },
      { words: "Keep theirs", value: "theirs" },
      { words: "Keep mine", value: "mine", kind: "primary" },
    ],
    { wide: true },
  );
}

function shown(value) {
  if (value === null || value === undefined) return "(nothing)";
  return typeof value === "string" ? value : JSON.stringify(value);
}
