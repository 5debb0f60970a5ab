/** Drawing the lanes: shots, one for each role, sounds, the wave; from the caption as it would be now. */

import * as api from "../api.js";
import { el, fill } from "../dom.js";
import { locks, savedClip, select, shownClip } from "../film.js";
import { icon } from "../icons.js";
import { described, lockOn, lockPath, selectionOf, soundsOf, timeLock } from "../model.js";
import { get } from "../store.js";
import { frameOf, seconds } from "../time.js";
import { block, cut, drawBlock, Kept } from "./blocks.js";
import { x } from "./view.js";

const ROLE_COLOURS = 6;
const RETRY_MS = 1500;

/** Which colour of its own a role has, by its place in the cast. */
const colourOf = (caption, role) => caption.roles.findIndex((each) => each.id === role) % ROLE_COLOURS;

function lane(item) {
  const head = el("div", { class: "lane-head", "data-drop-role": item.role?.id });
  const track = el("div", { class: "track" });
  const under = el("div", { class: "under" });
  const over = el("div", { class: "over" });
  track.append(under, over);
  const element = el("div", { class: `lane ${item.kind}`, role: "group", "data-lane": item.key }, head, track);
  Object.assign(element, { head, track, presence: new Kept(under), blocks: new Kept(over), ghosts: el("div", { class: "ghosts" }) });
  track.append(element.ghosts);
  return element;
}

/** Draws all lanes into their holder. */
export function drawLanes(kept, cuts) {
  const clip = shownClip();
  if (!clip) return;
  const { caption } = clip;
  const zones = new Map(clip.lines.map((line) => [line.id, line.zone]));
  const found = findingsOf(clip);
  const items = [
    { key: "shots", kind: "shots", label: "Shots", parts: caption.shots.map((part) => ({ kind: "shot", part })) },
    ...caption.roles.map((role) => ({
      key: role.id,
      kind: "role",
      label: role.name,
      role,
      parts: linesOf(caption, role.id).map((part) => ({ kind: "line", part })),
    })),
    { key: "sounds", kind: "sounds", label: "Sounds", parts: soundsOf(caption).map((part) => ({ kind: "sound", part })) },
  ];
  kept.draw(items, (item) => item.key, lane, (element, item) => drawLane(element, item, caption, zones, found));
  drawCuts(cuts, caption);
}

/** The lines that are drawn in a role's lane: its own, and one that is being dragged to it. */
function linesOf(caption, role) {
  const moving = get().draft?.moving ?? {};
  return caption.dialogue.filter((line) => (moving[`line:${line.id}`]?.role ?? line.role) === role);
}

/** Id → the gravest thing that is found about a part, but for what is merely worth knowing. */
function findingsOf(clip) {
  const found = new Map();
  for (const { severity, path } of clip.diagnostics) {
    const { id } = selectionOf(path);
    if (severity !== "info" && id && found.get(id) !== "error") found.set(id, severity);
  }
  return found;
}

function drawLane(element, item, caption, zones, findings) {
  element.setAttribute("aria-label", item.label);
  drawHead(element, item, caption);
  const present = item.role ? caption.shots.filter((shot) => shot.roles.includes(item.role.id)) : [];
  element.presence.draw(
    present,
    (shot) => shot.id,
    () => el("span", { class: "present" }),
    (span, shot) => {
      span.style.left = `${x(shot.start_ms)}px`;
      span.style.width = `${x(shot.end_ms - shot.start_ms)}px`;
    },
  );
  element.blocks.draw(
    item.parts,
    ({ kind, part }) => `${kind}:${part.id}`,
    ({ kind, part }) => block(kind, part.id),
    (each, found) => drawPart(each, found, caption, zones, findings),
  );
}

function drawHead(element, { key, kind, label, role }, caption) {
  const lock = role && lockOn(locks(), `roles.${role.id}`);
  const image = role?.reference.image;
  const wanted = [label, lock, image, get().clip, image ? get().film.rev : 0, role ? colourOf(caption, role.id) : ""].join("|");
  const selected = role && get().selection?.kind === "role" && get().selection.id === role.id;
  element.head.classList.toggle("selected", Boolean(selected));
  if (element.head.dataset.shown === wanted) return;
  element.head.dataset.shown = wanted;
  if (!role) {
    fill(element.head, icon(kind === "shots" ? "film" : "sound"), el("span", { class: "name", text: label }));
    return;
  }
  const picture = image
    ? el("img", { class: "face", alt: "", src: api.referenceUrl(role.id, "png", { clip: get().clip, rev: get().film.rev }) })
    : el("span", { class: `dot colour-${colourOf(caption, role.id)}` });
  const button = el(
    "button",
    { type: "button", class: "name", title: `${label} (${key})`, onclick: () => select("role", role.id) },
    picture,
    el("span", { text: label }),
  );
  fill(element.head, button, lock ? el("span", { class: "held", "data-lock": lock, title: `${label} is locked` }, icon("lock")) : null);
}

function drawPart(element, { kind, part }, caption, zones, findings) {
  const { draft, selection, film, clip, proposal } = get();
  const me = { kind, id: part.id };
  const moving = draft?.moving[`${kind}:${part.id}`];
  const pinned = moving && draft.locks.length > 0;
  const place = pinned ? savedPart(kind, part.id) ?? part : { ...part, ...moving };
  const zone = zones.get(part.id);
  const lock = kind === "shot" ? lockOn(locks(), lockPath(caption, me)) : timeLock(locks(), caption, me);
  const marks = [];
  if (lock) marks.push("lock");
  if (zone === "impossible" || findings.get(part.id) === "error") marks.push("error");
  else if (zone === "rushed" || findings.has(part.id)) marks.push("warn");
  if (kind === "line" && part.recording) marks.push("sound");
  drawBlock(element, {
    left: x(place.start_ms),
    width: x(place.end_ms - place.start_ms),
    id: part.id,
    words: kind === "shot" ? part.title || part.action : part.text,
    label: described(caption, me, zone),
    lock,
    marks,
    selected: selection?.kind === kind && selection.id === part.id,
    classes: {
      natural: zone === "natural" || zone === "recorded",
      rushed: zone === "rushed",
      impossible: zone === "impossible",
      offscreen: kind === "line" && !part.on_screen,
      selected: selection?.kind === kind && selection.id === part.id,
      locked: lock,
      moving: moving && !pinned,
      denied: moving && draft.ok === false,
      odd: kind === "shot" && caption.shots.indexOf(part) % 2 === 1,
      doomed: proposal?.gone.has(part.id),
      leaving: proposal?.moved.has(part.id),
    },
  });
  if (kind === "shot") drawThumb(element.querySelector(".thumb"), api.frameUrl(part.id, clip, film.rev, 240), part.id);
}

/** A shot's picture is asked for anew only when the saved film has changed and nothing is being dragged. */
function drawThumb(image, url, id) {
  if (image.dataset.url === url || get().draft) return;
  if (!savedClip().caption.shots.some((shot) => shot.id === id)) return;
  image.dataset.url = url;
  image.onerror = () => {
    image.classList.add("missing");
    // Drawing was ended or is overdue; a later drawing of the lanes asks again.
    setTimeout(() => delete image.dataset.url, RETRY_MS);
  };
  image.onload = () => image.classList.remove("missing");
  image.src = url;
}

function savedPart(kind, id) {
  const { caption } = savedClip();
  if (kind === "shot") return caption.shots.find((shot) => shot.id === id);
  return kind === "line" ? caption.dialogue.find((line) => line.id === id) : soundsOf(caption).find((sound) => sound.id === id);
}

function drawCuts(kept, caption) {
  const { draft, selection } = get();
  const items = [
    ...caption.shots.slice(1).map((shot, index) => ({ kind: "cut", id: shot.id, ms: shot.start_ms, before: caption.shots[index], shot })),
    { kind: "end", id: "end", ms: caption.duration_ms },
  ];
  kept.draw(
    items,
    (item) => `${item.kind}:${item.id}`,
    (item) => cut(item.kind, item.id),
    (element, item) => {
      const moving = draft?.moving[`${item.kind}:${item.id}`];
      const pinned = moving && draft.locks.length > 0;
      const ms = moving && !pinned ? moving.start_ms : item.ms;
      const lock = item.kind === "cut" ? lockOn(locks(), `cuts.${item.id}`) : lockOn(locks(), "duration_ms");
      element.style.left = `${x(ms)}px`;
      const name = item.kind === "cut" ? `Cut to ${item.id}` : "End of the clip";
      const words = `${name} at ${seconds(ms)} s, frame ${frameOf(ms)}${lock ? ", locked" : ""}`;
      element.setAttribute("aria-label", name);
      element.setAttribute("aria-valuemin", item.before ? String(item.before.start_ms) : "3000");
      element.setAttribute("aria-valuemax", item.shot ? String(item.shot.end_ms) : "15000");
      element.setAttribute("aria-valuenow", String(Math.round(ms)));
      element.setAttribute("aria-valuetext", words);
      element.title = words;
      element.classList.toggle("locked", Boolean(lock));
      element.classList.toggle("moving", Boolean(moving) && !pinned);
      element.classList.toggle("denied", Boolean(moving) && draft.ok === false);
      element.classList.toggle("selected", selection?.kind === item.kind && selection.id === item.id);
      if (lock) element.dataset.lock = lock;
      else delete element.dataset.lock;
      fill(element.querySelector(".marks"), lock ? icon("lock") : null);
    },
  );
}
