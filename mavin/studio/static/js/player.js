/** The player: the video of the last preview or render; without one, the shots' pictures as a storyboard. */

import * as api from "./api.js";
import { at, el, fill } from "./dom.js";
import { caption, savedClip } from "./film.js";
import { icon } from "./icons.js";
import { startPreview } from "./jobs.js";
import { medium, mediaOf, mediumStart } from "./media.js";
import { nameOf, shotAt } from "./model.js";
import { get, on, set } from "./store.js";
import { clock, seconds } from "./time.js";
import { revealPage } from "./timeline/view.js";

const NEAR_MS = 45;

const video = el("video", { preload: "auto", playsInline: true, "aria-label": "The film", tabIndex: -1 });
const still = el("img", { class: "still", alt: "", hidden: true });
const subtitle = el("p", { class: "subtitle", hidden: true });
const empty = el("div", { class: "empty", hidden: true });
const note = el("div", { class: "note", hidden: true });

let ticking = 0;
let clockFrom = null;
let following = false;

/** Starts or stops. */
export function toggle() {
  if (get().playing) pause();
  else play();
}

/** Stops. */
export function pause() {
  if (!get().playing) return;
  set({ playing: false });
  video.pause();
  cancelAnimationFrame(ticking);
}

function play() {
  const end = caption().duration_ms;
  if (get().playhead >= end - NEAR_MS) set({ playhead: rangeOf().start });
  set({ playing: true });
  clockFrom = { ms: get().playhead, now: performance.now() };
  if (covered()) {
    seek();
    video.play().catch(() => pause());
  }
  cancelAnimationFrame(ticking);
  ticking = requestAnimationFrame(tick);
}

/** Where the shown video begins and ends, in the clip's time. */
function rangeOf() {
  const found = medium();
  const end = caption().duration_ms;
  if (!found) return { start: 0, end };
  const start = mediumStart(found);
  const long = Number.isFinite(video.duration) ? video.duration * 1000 : end - start;
  return { start, end: Math.min(start + long, end) };
}

/** Whether the playhead is inside the video. */
function covered() {
  if (!medium()) return false;
  const { start, end } = rangeOf();
  return get().playhead >= start - 1 && get().playhead <= end + NEAR_MS;
}

function tick() {
  const { playing } = get();
  if (!playing) return;
  const found = medium();
  const { start, end } = rangeOf();
  const ms = found && !video.paused ? video.currentTime * 1000 + start : clockFrom.ms + performance.now() - clockFrom.now;
  const last = found?.shot ? end : caption().duration_ms;
  following = true;
  set({ playhead: Math.min(Math.max(ms, 0), last) });
  if (ms >= last - 1 || (found && video.ended)) {
    set({ playhead: last });
    pause();
    return;
  }
  revealPage(ms);
  ticking = requestAnimationFrame(tick);
}

/** Brings the video to the playhead. */
function seek() {
  const found = medium();
  if (!found || !covered()) return;
  const wanted = Math.max(get().playhead - mediumStart(found), 0) / 1000;
  if (Math.abs(video.currentTime - wanted) > 0.001) video.currentTime = wanted;
}

function load() {
  const found = medium();
  const key = found ? `${found.url}?v=${found.modified_ms}` : "";
  if (video.dataset.key === key) return;
  video.dataset.key = key;
  pause();
  if (found) video.src = key;
  else video.removeAttribute("src");
  video.load();
}

function draw() {
  const clip = savedClip();
  if (!clip) return;
  const found = medium();
  const { playhead, film, clip: id } = get();
  const shot = shotAt(clip.caption, playhead);
  const board = !covered();
  video.hidden = board;
  still.hidden = !board;
  if (board) {
    const url = api.frameUrl(shot.id, id, film.rev, 832);
    if (still.dataset.url !== url) {
      still.dataset.url = url;
      still.src = url;
    }
    still.alt = `Shot ${shot.id}: ${shot.action}`;
  }
  const said = board ? clip.caption.dialogue.filter((line) => line.start_ms <= playhead && playhead < line.end_ms) : [];
  subtitle.hidden = !said.length;
  const words = said.map((line) => `${nameOf(clip.caption, line.role)}: ${line.text}`).join("\n");
  if (subtitle.textContent !== words) subtitle.textContent = words;
  empty.hidden = Boolean(mediaOf().length) || playhead > 0 || get().playing;
  drawNote(found);
}

function drawNote(found) {
  const stale = found && !found.current;
  const key = found ? `${found.name}|${stale}|${found.rev}` : "";
  note.hidden = !stale;
  if (!stale || note.dataset.shown === key) return;
  note.dataset.shown = key;
  const of = found.rev === null ? "an earlier state" : `revision ${found.rev}`;
  fill(
    note,
    el("span", { text: `This video shows ${of}.` }),
    el("button", { type: "button", class: "button small", text: "Make it anew", onclick: () => startPreview(found.shot ? { shot: found.shot } : {}) }),
  );
}

function drawChoice(choice) {
  const all = mediaOf();
  const wanted = all.map((each) => `${each.name}|${each.current}`).join();
  const shown = medium()?.name ?? "";
  if (choice.dataset.shown !== wanted) {
    choice.dataset.shown = wanted;
    fill(
      choice,
      el("option", { value: "", text: "Storyboard" }),
      all.map((each) => el("option", { value: each.name, text: each.name + (each.current ? "" : " (older)") })),
    );
  }
  choice.value = shown;
  choice.hidden = !all.length;
}

/** Builds the player. */
export function buildPlayer() {
  fill(
    empty,
    el("p", { text: "A storyboard of the script. A preview draws it as a film with voices, in seconds." }),
    el("button", { type: "button", class: "button primary", onclick: () => startPreview({}) }, icon("film"), "Make a preview"),
  );
  at("screen").append(video, still, subtitle, empty, note);
  at("screen").addEventListener("click", (event) => event.target.closest("button") || toggle());

  const button = (name, label, run) =>
    el("button", { type: "button", class: "button bare only-icon", "aria-label": label, title: label, onclick: run }, icon(name));
  const playing = button("play", "Play (Space)", toggle);
  const time = el("span", { class: "clock mono", role: "timer", "aria-label": "Playhead" });
  const choice = el("select", { class: "field compact", "aria-label": "Video", hidden: true, onchange: () => set({ chosen: choice.value }) });
  const sound = button("sound", "Mute", () => {
    video.muted = !video.muted;
    sound.setAttribute("aria-pressed", String(video.muted));
  });
  const whole = button("fit", "Full screen", () => (document.fullscreenElement ? document.exitFullscreen() : at("screen").requestFullscreen()));
  const seen = el("span", { class: "seen" });
  const step = (ms) => () => {
    const stops = [0, ...caption().shots.slice(1).map((shot) => shot.start_ms), caption().duration_ms];
    const to = ms < 0 ? stops.findLast((each) => each < get().playhead - 1) : stops.find((each) => each > get().playhead + 1);
    if (to !== undefined) set({ playhead: to });
  };
  at("transport").append(button("before", "To the cut before (Page up)", step(-1)), playing, button("after", "To the next cut (Page down)", step(1)), time, seen, choice, sound, whole);

  const drawTransport = () => {
    if (!caption()) return;
    const { playhead } = get();
    time.textContent = `${clock(playhead)} / ${clock(caption().duration_ms)}`;
    time.title = `${seconds(playhead)} s`;
    const shot = shotAt(caption(), playhead);
    const words = `${shot.id} ${shot.title}`;
    if (seen.textContent !== words) seen.textContent = words;
    drawChoice(choice);
  };
  on(["playing"], () => {
    fill(playing, icon(get().playing ? "pause" : "play"));
    playing.setAttribute("aria-label", get().playing ? "Pause (Space)" : "Play (Space)");
  });
  on(["film", "clip", "chosen"], load);
  on(["film", "clip", "chosen", "playhead", "playing"], draw);
  on(["film", "clip", "chosen", "playhead"], drawTransport);
  on(["playhead"], () => {
    if (following) {
      following = false;
      return;
    }
    clockFrom = { ms: get().playhead, now: performance.now() };
    seek();
  });
  video.addEventListener("loadedmetadata", () => {
    draw();
    seek();
  });
}
