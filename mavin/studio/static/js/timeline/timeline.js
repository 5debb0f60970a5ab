/** The timeline: its lanes, what is seen of the hand, and the events that move things. */

import { el } from "../dom.js";
import { at } from "../dom.js";
import { caption, savedClip, select } from "../film.js";
import { addLineAt } from "../dialogs/add.js";
import { icon } from "../icons.js";
import { get, on, set } from "../store.js";
import { Kept } from "./blocks.js";
import { cancelDrag, endDrag, followDrag, scrub, startDrag } from "./drag.js";
import { accept } from "../panels/proposal.js";
import { drawGhosts } from "./ghosts.js";
import { drawHud } from "./hud.js";
import { editInPlace, placeInPlace } from "./inplace.js";
import { drawLanes } from "./lanes.js";
import { drawRuler } from "./ruler.js";
import { toolbar } from "./toolbar.js";
import { fit, msAt, view, x, zoom } from "./view.js";
import { drawWave } from "./wave.js";

const KEYS = "Arrow keys move it by a frame, with Shift by ten; Control moves its end, Alt its start. Enter edits, Delete removes.";
const ZOOM_STEP = 1.2;

/** Builds the timeline into its section and keeps it drawn. */
export function buildTimeline() {
  const ruler = el("div", { class: "ruler", title: "Click or drag to move the playhead" });
  const lanes = el("div", { class: "lanes" });
  const cuts = el("div", { class: "cuts" });
  const hud = el("div", { class: "hud", hidden: true });
  const magnet = el("div", { class: "magnet", hidden: true });
  const head = el("div", { class: "playhead" }, el("span", { class: "knob" }));
  const canvas = el("canvas", { "aria-hidden": "true" });
  const note = el("span", { class: "wave-note quiet" });
  const wave = el(
    "div",
    { class: "lane wave", role: "group", "aria-label": "Waveform" },
    el("div", { class: "lane-head" }, icon("sound"), el("span", { class: "name", text: "Waveform" })),
    el("div", { class: "track" }, canvas, note),
  );
  const layer = el("div", { class: "layer" }, cuts, magnet, head, hud);
  const content = el(
    "div",
    { class: "content" },
    el("div", { class: "ruler-row" }, el("div", { class: "lane-head" }), ruler),
    lanes,
    wave,
    layer,
  );
  const scroller = el("div", { class: "scroller" }, content);
  view.scroller = scroller;
  at("timeline").append(toolbar(), scroller, el("p", { id: "timeline-keys", class: "sr", text: KEYS }));
  const keptLanes = new Kept(lanes);
  const keptCuts = new Kept(cuts);

  listenTo(scroller, ruler, layer);

  const draw = () => {
    const clip = savedClip();
    if (!clip) return;
    const width = x(Math.max(clip.caption.duration_ms, caption().duration_ms));
    content.style.width = `calc(var(--head) + ${Math.ceil(width) + 56}px)`;
    drawRuler(ruler);
    drawLanes(keptLanes, keptCuts);
    drawGhosts([...keptLanes.elements.values()], accept);
    drawHud(hud, magnet);
    placeInPlace();
    lanes.classList.toggle("tight", caption().roles.length > 4);
  };
  on(["film", "clip", "draft", "selection", "scale", "proposal"], draw);
  on(["film", "clip", "scale", "chosen"], () => drawWave(canvas, note));
  on(["playhead", "scale", "film"], () => {
    head.style.left = `${x(get().playhead)}px`;
  });
  on(["clip"], fit);
  new ResizeObserver(() => drawWave(canvas, note)).observe(wave);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawWave(canvas, note));
  new MutationObserver(() => drawWave(canvas, note)).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

function listenTo(scroller, ruler, layer) {
  let scrubbing = false;
  scroller.addEventListener("pointerdown", startDrag);
  scroller.addEventListener("pointermove", followDrag);
  scroller.addEventListener("pointerup", endDrag);
  scroller.addEventListener("pointercancel", cancelDrag);
  scroller.addEventListener("dblclick", (event) => {
    const block = event.target.closest(".block");
    const lane = event.target.closest(".lane.role");
    if (block) editInPlace(layer, block);
    else if (lane && !event.target.closest(".lane-head, .ghost")) addLineAt(lane.dataset.lane, msAt(event.clientX));
  });
  scroller.addEventListener("focusin", (event) => {
    const found = event.target.closest("[data-kind]");
    if (found && found.matches(":focus-visible") && found.dataset.kind !== "end") select(found.dataset.kind, found.dataset.id);
  });
  scroller.addEventListener("click", (event) => {
    if (event.target.closest("[data-kind], .ghost, .lane-head, .ruler, .in-place")) return;
    set({ selection: null, playhead: Math.min(Math.max(msAt(event.clientX), 0), savedClip().caption.duration_ms) });
  });
  scroller.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, msAt(event.clientX));
    },
    { passive: false },
  );
  ruler.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    scrubbing = true;
    ruler.setPointerCapture(event.pointerId);
    scrub(event);
  });
  ruler.addEventListener("pointermove", (event) => scrubbing && scrub(event));
  ruler.addEventListener("pointerup", () => {
    scrubbing = false;
  });
  ruler.addEventListener("pointercancel", () => {
    scrubbing = false;
  });
}

/** Opens the words of the selected part where they stand. */
export function editSelected() {
  const { selection } = get();
  const block = selection && view.scroller.querySelector(`.block[data-kind="${selection.kind}"][data-id="${CSS.escape(selection.id)}"]`);
  if (block) editInPlace(view.scroller.querySelector(".layer"), block);
  return Boolean(block);
}

/** Moves the focus to the next or previous part of the timeline, in order of time. */
export function focusNext(step) {
  const parts = [...view.scroller.querySelectorAll(".block, .cut")];
  const index = parts.indexOf(document.activeElement);
  const next = parts[index < 0 ? 0 : (index + step + parts.length) % parts.length];
  next?.focus();
  next?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
