/** Every step of the film: back to any of them, on from any of them, and what differs. */

import { changeBy } from "../actions.js";
import * as api from "../api.js";
import { dialog, row } from "../dialogs/dialog.js";
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { get, on } from "../store.js";

const LIMIT = 200;

/** Builds the panel; it is asked for when it is seen. */
export function buildHistory() {
  const list = el("ol", { class: "steps" });
  const more = el("p", { class: "quiet" });
  const panel = el("div", { class: "history" }, el("div", { class: "buttons" }, el("button", { type: "button", class: "button small", onclick: () => branchDialog(null) }, icon("branch"), "New branch …")), list, more);
  let shown = null;
  const draw = async () => {
    if (panel.parentElement?.hidden !== false || !get().film || shown === get().film.version) return;
    shown = get().film.version;
    const found = await api.history(LIMIT).catch(() => null);
    if (!found) {
      shown = null;
      return;
    }
    fill(list, found.steps.map((step) => item(step, found)));
    more.textContent = found.total > found.steps.length ? `${found.total - found.steps.length} older steps: mavin history ${get().film.name}` : "";
  };
  on(["film"], draw);
  panel.addEventListener("mavin:seen", draw);
  return panel;
}

function item(step, { branch }) {
  const difference = el("div", { class: "difference" });
  const button = (words, label, run) => el("button", { type: "button", class: "button bare small", "aria-label": `${label} ${step.step}`, title: label, text: words, onclick: run });
  return el(
    "li",
    { class: `step ${step.here ? "here" : ""} ${step.reached ? "" : "undone"}`, "aria-current": step.here ? "step" : null },
    el("span", { class: "dot", "aria-hidden": "true" }),
    el(
      "div",
      {},
      el(
        "p",
        {},
        el("span", { class: "mono number", text: `r${step.step}` }),
        ` ${step.words}`,
        step.branches.map((name) => el("span", { class: `branch ${name === branch ? "current" : ""}` }, icon("branch"), name)),
        step.here ? el("span", { class: "now", text: "now" }) : null,
      ),
      step.instruction ? el("p", { class: "quiet" }, el("q", { text: step.instruction })) : null,
      el("p", { class: "quiet when" }, el("time", { dateTime: step.time, text: new Date(step.time).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" }) }), step.reached ? "" : " · undone"),
      difference,
    ),
    el(
      "div",
      { class: "group" },
      step.parent === null ? null : button("What", "What changed in step", () => toggleDifference(difference, step)),
      step.here ? null : button("Restore", "Make the film as in step", () => changeBy(() => api.restore(get().film.rev, step.step))),
      button("Branch", "Begin a branch at step", () => branchDialog(step.step)),
    ),
  );
}

async function toggleDifference(element, step) {
  if (element.firstChild) {
    fill(element);
    return;
  }
  const found = await api.diff(step.parent, step.step).catch((error) => ({ differences: [], problem: error.message }));
  const lines = found.differences.map((change) =>
    el(
      "li",
      {},
      el("b", { text: `${change.subject} ` }),
      el("span", { class: "quiet", text: `${change.what} ` }),
      change.before === null ? null : el("del", { text: change.before }),
      change.before !== null && change.after !== null ? " → " : null,
      change.after === null ? null : el("ins", { text: change.after }),
    ),
  );
  fill(element, el("ul", { class: "changes" }, lines.length ? lines : el("li", { class: "quiet", text: found.problem ?? "No words or times changed (locks, perhaps)." })));
}

/** Asks for a branch's name and begins it. */
export async function branchDialog(step) {
  const name = row("Name", el("input", { class: "field", autofocus: true, placeholder: "night" }));
  const answer = await dialog(
    step === null ? "A new branch from here" : `A new branch from step ${step}`,
    [el("p", { class: "quiet", text: "Another version of the film; this one stays as it is, and you can switch between them." }), name.row],
    [
      { words: "Cancel", value: null },
      { words: "Begin", value: "begin", kind: "primary" },
    ],
    {
      submit: () => {
        const words = name.field.value.trim();
        if (!words) name.complain("A branch needs a name.");
        return words || null;
      },
    },
  );
  if (answer) await changeBy(() => api.branch(get().film.rev, answer, step === null ? null : String(step)));
}
