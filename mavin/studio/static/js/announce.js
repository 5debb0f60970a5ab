/** Telling the person what happened: for the eye at the bottom of the page, for a screen reader in a live region. */

import { at, el } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 7000;

/** Says something to a screen reader alone. */
export function say(words) {
  at("said").textContent = "";
  // A region that is set to the same words twice says them once.
  requestAnimationFrame(() => {
    at("said").textContent = words;
  });
}

/**
 * Shows a message for some seconds, or, of kind "error" or "locked", until it is closed or three others have come.
 *
 * @param kind    "info", "error" or "locked"
 * @param actions [{words, run}] offered beside it
 */
export function toast(words, kind = "info", actions = []) {
  const close = () => element.remove();
  const element = el(
    "div",
    { class: `toast ${kind}`, role: kind === "info" ? "status" : "alert" },
    icon(kind === "locked" ? "lock" : kind === "error" ? "error" : "check"),
    el("p", { text: words }),
    actions.map((action) =>
      el("button", {
        class: "button small",
        type: "button",
        text: action.words,
        onclick: () => {
          close();
          action.run();
        },
      }),
    ),
    el("button", { class: "button bare small", type: "button", "aria-label": "Close message", onclick: close }, icon("close")),
  );
  const all = at("toasts");
  [...all.children].filter((other) => other.textContent === element.textContent).forEach((other) => other.remove());
  all.append(element);
  while (all.children.length > 3) all.firstElementChild.remove();
  if (kind === "info") setTimeout(close, SHOWN_MS);
}
