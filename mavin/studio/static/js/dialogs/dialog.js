/** Dialogs, on the browser's own <dialog>: modal, closed by Escape, focus goes back to where it was. */

import { el } from "../dom.js";
import { icon } from "../icons.js";

/**
 * Opens a dialog.
 *
 * @param title   its heading
 * @param content elements
 * @param buttons [{words, value, kind}]; the value of the one that was pressed is the answer, null if it was closed
 * @param options.wide    for tables
 * @param options.submit  checks and collects: returns the answer, or null to stay open
 */
export function dialog(title, content, buttons, { wide = false, submit = null } = {}) {
  return new Promise((resolve) => {
    let answer = null;
    const form = el(
      "form",
      { method: "dialog", class: "dialog-form" },
      el(
        "header",
        { class: "dialog-head" },
        el("h2", { text: title }),
        el("button", { type: "button", class: "button bare only-icon", "aria-label": "Close", onclick: () => box.close() }, icon("close")),
      ),
      el("div", { class: "dialog-body" }, content),
      el(
        "footer",
        { class: "dialog-foot" },
        buttons.map(({ words, value, kind = "" }) =>
          el("button", { type: value === null ? "button" : "submit", class: `button ${kind}`, text: words, value: value ?? "", onclick: value === null ? () => box.close() : null }),
        ),
      ),
    );
    const box = el("dialog", { class: wide ? "dialog wide" : "dialog", "aria-label": title }, form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const value = event.submitter?.value ?? buttons.find((button) => button.kind?.includes("primary"))?.value ?? "";
      const found = submit ? await submit(value) : value;
      if (found === null || found === undefined) return;
      answer = found;
      box.close();
    });
    box.addEventListener("click", (event) => event.target === box && box.close());
    box.addEventListener("close", () => {
      box.remove();
      resolve(answer);
    });
    document.body.append(box);
    box.showModal();
    const first = ["[autofocus]", ".dialog-body :is(input, textarea, select)", ".dialog-foot .primary"];
    first.map((wanted) => box.querySelector(wanted)).find(Boolean)?.focus();
  });
}

/** A labelled field of a dialog; returns {row, field, complain}. */
export function row(label, field, hint = "") {
  const problem = el("span", { class: "problem", role: "alert" });
  const element = el("label", { class: "row" }, el("span", { class: "label", text: label }), field, hint ? el("span", { class: "quiet", text: hint }) : null, problem);
  return {
    row: element,
    field,
    complain(words) {
      problem.textContent = words;
      if (words) {
        field.setAttribute("aria-invalid", "true");
        field.focus();
      } else field.removeAttribute("aria-invalid");
    },
  };
}
