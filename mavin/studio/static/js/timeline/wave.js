/** The sound of the film that is shown, as a wave under the lanes. */

import * as api from "../api.js";
import { at } from "../dom.js";
import { savedClip } from "../film.js";
import { get } from "../store.js";
import { medium, mediumStart } from "../media.js";
import { x } from "./view.js";

const POINTS = 3000;

let shown = { key: null, peaks: null, duration_ms: 0, silent: false };

/** Draws the wave into its canvas; fetches it when another video is shown. */
export function drawWave(canvas, note) {
  const clip = savedClip();
  if (!clip) return;
  const found = medium();
  const key = found ? `${found.name}:${found.modified_ms}` : null;
  if (key !== shown.key) {
    shown = { key, peaks: null, duration_ms: 0, silent: false };
    if (found) load(found, key, canvas, note);
  }
  note.textContent = found ? (shown.silent ? "This video is silent" : "") : "The sound of a preview is seen here";
  const width = Math.max(Math.ceil(x(clip.caption.duration_ms)), 1);
  const height = canvas.parentElement.clientHeight || 44;
  const ratio = Math.min(devicePixelRatio || 1, 8192 / width);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  if (!shown.peaks || !found) return;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.fillStyle = getComputedStyle(at("timeline")).getPropertyValue("--wave");
  const start = mediumStart(found);
  for (let pixel = 0; pixel < width; pixel += 1) {
    const ms = pixel / get().scale - start;
    if (ms < 0 || ms >= shown.duration_ms) continue;
    const peak = peakAt(ms, 1 / get().scale);
    const tall = Math.max(peak * (height - 6), 1);
    context.fillRect(pixel, (height - tall) / 2, 1, tall);
  }
}

function peakAt(ms, span) {
  const { peaks, duration_ms: duration } = shown;
  const first = Math.floor((ms / duration) * peaks.length);
  const last = Math.max(Math.ceil(((ms + span) / duration) * peaks.length), first + 1);
  let most = 0;
  for (let index = first; index < Math.min(last, peaks.length); index += 1) most = Math.max(most, peaks[index]);
  return most;
}

async function load(found, key, canvas, note) {
  const answer = await api.waveform(found.name, POINTS).catch(() => null);
  if (shown.key !== key || !answer) return;
  shown = { key, peaks: answer.silent ? null : answer.peaks, duration_ms: answer.duration_ms, silent: answer.silent };
  drawWave(canvas, note);
}
