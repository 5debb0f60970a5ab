/** The tabs beside the player. */

import { at, el } from "../dom.js";
import { icon } from "../icons.js";
import { get, on } from "../store.js";
import { buildHistory } from "./history.js";
import { buildInspector } from "./inspector.js";
import { buildNotes } from "./notes.js";
import { buildProposal } from "./proposal.js";
import { buildRouting } from "./routing.js";

const tabs = new Map();

/** Shows a tab. */
export function show(name) {
  for (const [other, { tab, panel }] of tabs) {
    const chosen = other === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    panel.hidden = !chosen;
    if (chosen) panel.firstElementChild.dispatchEvent(new CustomEvent("mavin:seen"));
  }
}

const shownTab = () => [...tabs].find(([, { panel }]) => !panel.hidden)?.[0];

function add(name, words, symbol, content) {
  const badge = el("span", { class: "badge", hidden: true });
  const tab = el("button", { type: "button", class: "tab", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, onclick: () => show(name) }, icon(symbol), words, badge);
  const panel = el("div", { class: "panel", role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}`, tabIndex: -1 }, content((words_, kind = "") => {
    badge.hidden = !words_;
    badge.textContent = words_ || "";
    badge.className = `badge ${kind}`;
  }));
  tabs.set(name, { tab, panel });
  at("tabs").append(tab);
  at("panels").append(panel);
}

/** Builds the tabs. */
export function buildPanels() {
  add("details", "Details", "film", () => buildInspector());
  add("notes", "Notes", "warn", (badge) => buildNotes((count, worst) => badge(count || "", worst)));
  add("proposal", "Proposal", "wand", (badge) =>
    buildProposal((count) => {
      badge(count ?? "", "new");
      tabs.get("proposal").tab.hidden = count === null;
      if (count === null && shownTab() === "proposal") show("details");
    }),
  );
  add("history", "History", "undo", () => buildHistory());
  add("routing", "Routing", "ripple", () => buildRouting());
  tabs.get("proposal").tab.hidden = true;
  show("details");

  at("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const seen = [...tabs.values()].filter(({ tab }) => !tab.hidden);
    const index = seen.findIndex(({ tab }) => tab === document.activeElement);
    const next = seen.at((index + step) % seen.length).tab;
    next.focus();
    next.click();
  });
  let proposed = null;
  on(["proposal"], () => {
    const id = get().proposal?.id ?? null;
    if (id && id !== proposed) show("proposal");
    proposed = id;
  });
  let selected = null;
  on(["selection"], () => {
    const key = get().selection && `${get().selection.kind}:${get().selection.id}`;
    if (key && key !== selected && ["history", "routing"].includes(shownTab()) === false && !get().proposal) show("details");
    selected = key;
  });
  document.addEventListener("mavin:details", () => {
    show("details");
    at("panel-details").querySelector("input, textarea, select, button")?.focus();
  });
}

