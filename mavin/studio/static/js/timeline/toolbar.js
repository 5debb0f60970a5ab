/** The timeline's own tools: adding, splitting, deleting, locking, how cuts move, the grid, the zoom. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { menu } from "../menu.js";
import { get, on } from "../store.js";
import { commands, runCommand } from "../commands.js";
import { fit, zoom } from "./view.js";

const GRIDS = [
  ["tenths", "Tenths"],
  ["frames", "Frames"],
  ["free", "Off"],
];

/** A button that runs a command. */
function tool(name, { words = false } = {}) {
  const command = commands[name];
  const keys = command.keys?.[0] ? ` (${command.keys[0]})` : "";
  return el(
    "button",
    {
      type: "button",
      class: `button bare ${words ? "" : "only-icon"}`,
      title: `${command.words}${keys}`,
      "aria-label": command.words,
      "data-command": name,
      onclick: () => runCommand(name),
    },
    icon(command.icon),
    words ? command.short : null,
  );
}

function remembered(name, fallback) {
  try {
    return localStorage.getItem(`mavin.${name}`) ?? fallback;
  } catch {
    return fallback;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(`mavin.${name}`, value);
  } catch {
    // It holds until the page is left.
  }
}

/** Builds the tools. */
export function toolbar() {
  const mode = el("button", {
    type: "button",
    class: "button small",
    "data-command": "ripple",
    onclick: () => runCommand("ripple"),
  });
  const drawMode = () => {
    mode.replaceChildren(icon(get().ripple ? "ripple" : "cut"), get().ripple ? "Ripple" : "Roll");
    mode.setAttribute("aria-pressed", String(get().ripple));
    mode.title = get().ripple
      ? "Ripple: moving a cut shifts all that follows, and the clip's length changes. Click (R) for roll; Shift while dragging does the other."
      : "Roll: moving a cut changes only the two shots beside it. Click (R) for ripple; Shift while dragging does the other.";
  };
  on(["ripple"], drawMode);
  drawMode();

  const grid = el(
    "select",
    { class: "field compact", "aria-label": "Snap to", title: "What dragging snaps to, besides cuts, edges and the playhead; Alt turns it off" },
    GRIDS.map(([value, text]) => el("option", { value, text })),
  );
  grid.value = remembered("grid", "tenths");
  document.documentElement.dataset.grid = grid.value;
  grid.addEventListener("change", () => {
    document.documentElement.dataset.grid = grid.value;
    remember("grid", grid.value);
  });

  const slider = el("input", { type: "range", min: "-1.7", max: "0.08", step: "0.01", "aria-label": "Zoom", class: "zoom" });
  slider.addEventListener("input", () => zoom(10 ** Number(slider.value) / get().scale));
  const drawZoom = () => {
    slider.value = String(Math.log10(get().scale));
    slider.setAttribute("aria-valuetext", `${Math.round(get().scale * 1000)} pixels a second`);
  };
  on(["scale"], drawZoom);
  drawZoom();

  const can = () => {
    for (const button of bar.querySelectorAll("button[data-command]")) {
      const { possible } = commands[button.dataset.command];
      button.disabled = possible ? !possible() : false;
    }
    const lock = bar.querySelector('[data-command="lock"]');
    lock.setAttribute("aria-pressed", String(commands.lock.pressed()));
  };
  on(["selection", "film", "playhead"], can);

  const bar = el(
    "div",
    { class: "tools", role: "toolbar", "aria-label": "Timeline tools" },
    menu({ words: "Add", icon: "plus", side: "left" }, () => [
      commands.addShot,
      commands.addLine,
      commands.addSound,
      commands.addRole,
    ]),
    tool("split"),
    tool("duplicate"),
    tool("delete"),
    tool("lock"),
    el("span", { class: "divider" }),
    mode,
    el("label", { class: "labelled" }, icon("magnet"), el("span", { class: "sr", text: "Snap to" }), grid),
    el("span", { class: "gap" }),
    el("span", { class: "legend", "aria-hidden": "true" },
      el("i", { class: "natural" }), "natural", el("i", { class: "rushed" }), "rushed", el("i", { class: "impossible" }), "too fast to say"),
    el("button", { type: "button", class: "button bare only-icon", "aria-label": "Zoom out", title: "Zoom out (−, Ctrl + wheel)", onclick: () => zoom(1 / 1.4) }, icon("minus")),
    slider,
    el("button", { type: "button", class: "button bare only-icon", "aria-label": "Zoom in", title: "Zoom in (+, Ctrl + wheel)", onclick: () => zoom(1.4) }, icon("plus")),
    el("button", { type: "button", class: "button bare only-icon", "aria-label": "Show the whole clip", title: "Show the whole clip (0)", onclick: fit }, icon("fit")),
  );
  can();
  return bar;
}

