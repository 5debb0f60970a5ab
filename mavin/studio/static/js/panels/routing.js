/** The routing view: which words and references each moment of the picture and of the sound may see. */

import * as api from "../api.js";
import { el, fill, svg } from "../dom.js";
import { selectionOf } from "../model.js";
import { select } from "../film.js";
import { get, on } from "../store.js";
import { seconds } from "../time.js";

const WIDTH = 1000;
const ROW = 20;

/** Builds the panel; it is asked for when it is seen. */
export function buildRouting() {
  const panel = el("div", { class: "routing" });
  let shown = null;
  const draw = async () => {
    if (panel.parentElement?.hidden !== false || !get().film) return;
    const { clip, film } = get();
    const key = `${clip}/${film.version}`;
    if (shown === key) return;
    shown = key;
    try {
      const found = await api.route(clip);
      fill(
        panel,
        el("p", { class: "quiet", text: "What the network would see at each moment, from the script alone: a lane is filled where the picture or the sound may attend to it." }),
        tower(found.video, found),
        tower(found.audio, found),
        found.notes.map((note) => el("p", { class: "quiet", text: note })),
      );
    } catch (error) {
      shown = null;
      fill(panel, el("p", { class: "problem", text: error.message }));
    }
  };
  on(["film", "clip"], draw);
  panel.addEventListener("mavin:seen", draw);
  return panel;
}

function tower(found, { duration_ms: duration, cuts_ms: cuts }) {
  const x = (ms) => (ms / duration) * WIDTH;
  const height = found.lanes.length * ROW;
  const rows = found.lanes.map((lane, index) => {
    const bars = lane.times_ms.map(([start, end]) => svg("rect", { class: `route ${lane.kind}`, x: x(start), y: index * ROW + 3, width: Math.max(x(end) - x(start), 1), height: ROW - 6 }));
    return svg("g", {}, ...bars);
  });
  const lines = cuts.map((ms) => svg("path", { class: "route-cut", d: `M${x(ms)} 0V${height}` }));
  const picture = svg("svg", { class: "route-lanes", viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": `${found.name}: ${found.lanes.length} lanes` }, ...rows, ...lines);
  picture.style.height = `${height}px`;
  const names = found.lanes.map((lane) => {
    const where = selectionOf(lane.label);
    const times = lane.times_ms.map(([start, end]) => `${seconds(start)}–${seconds(end)} s`).join(", ");
    return el("li", {}, el("button", { type: "button", title: `${lane.text}\n${times}`, onclick: () => where.id && select(where.kind, where.id) }, lane.label));
  });
  return el(
    "section",
    { class: "tower" },
    el("h2", { text: `${found.name}: ${found.latents} latents, ${found.tokens.toLocaleString()} tokens` }),
    el("div", { class: "tower-lanes" }, el("ul", {}, names), picture),
  );
}
