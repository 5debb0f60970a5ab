/** The ruler: seconds, and below them tenths or frames as the scale has room for them. */

import { el, fill, svg } from "../dom.js";
import { savedClip } from "../film.js";
import { get } from "../store.js";
import { msOfFrame, seconds } from "../time.js";
import { x } from "./view.js";

const LABEL_PX = 54;
const TICK_PX = 5;
const STEPS_MS = [100, 200, 500, 1000, 2000, 5000];

/** Draws the ruler. */
export function drawRuler(ruler) {
  const clip = savedClip();
  if (!clip) return;
  const { scale } = get();
  const duration = clip.caption.duration_ms;
  const wanted = `${scale}|${duration}`;
  if (ruler.dataset.shown === wanted) return;
  ruler.dataset.shown = wanted;
  const labelled = STEPS_MS.find((step) => step * scale >= LABEL_PX) ?? 5000;
  const ticks = [];
  const line = (ms, height) => ticks.push(`M${(x(ms) + 0.5).toFixed(1)} 26v${-height}`);
  if ((1000 / 24) * scale >= TICK_PX) {
    for (let frame = 0; msOfFrame(frame) <= duration; frame += 1) line(msOfFrame(frame), 4);
  } else if (100 * scale >= TICK_PX) {
    for (let ms = 0; ms <= duration; ms += 100) line(ms, 4);
  }
  const labels = [];
  for (let ms = 0; ms <= duration; ms += labelled) {
    line(ms, 9);
    const label = el("span", { class: "time mono", text: ms === 0 ? "0 s" : seconds(ms) });
    label.style.left = `${x(ms)}px`;
    labels.push(label);
  }
  const picture = svg("svg", { class: "ticks", width: Math.ceil(x(duration)) + 2, height: 26, "aria-hidden": "true" });
  picture.append(svg("path", { d: ticks.join("") }));
  fill(ruler, picture, labels);
}
