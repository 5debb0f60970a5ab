/** Reading a caption: finding parts, naming them, what is where.  Nothing here changes anything. */

import { interval, seconds } from "./time.js";

export const MIN_SHOT_MS = 400;
export const MIN_LINE_MS = 200;
export const MIN_SOUND_MS = 100;

export const SIZES = ["extreme_wide", "wide", "full", "medium", "close_up", "extreme_close_up"];
export const ANGLES = ["eye", "low", "high", "overhead", "dutch", "over_shoulder", "pov"];
export const MOVEMENTS = [
  "static", "pan_left", "pan_right", "tilt_up", "tilt_down", "dolly_in", "dolly_out", "zoom_in", "zoom_out", "track",
  "crane", "handheld",
];
export const ASPECTS = ["16:9", "9:16", "1:1", "4:3", "21:9"];

/** "extreme_close_up" → "extreme close up". */
export const words = (name) => name.replaceAll("_", " ");

/** All sounds of a caption, each with its shot's id, in order of time. */
export function soundsOf(caption) {
  return caption.shots
    .flatMap((shot) => shot.sounds.map((sound) => ({ ...sound, shot: shot.id })))
    .sort((a, b) => a.start_ms - b.start_ms || a.id.localeCompare(b.id));
}

/** The part that a selection means, or undefined where it is gone. */
export function partOf(caption, selection) {
  if (!caption || !selection) return undefined;
  const { kind, id } = selection;
  if (kind === "shot" || kind === "cut") return caption.shots.find((shot) => shot.id === id);
  if (kind === "line") return caption.dialogue.find((line) => line.id === id);
  if (kind === "role") return caption.roles.find((role) => role.id === id);
  if (kind === "sound") return soundsOf(caption).find((sound) => sound.id === id);
  return caption;
}

/** The selection that an id or a path of a diagnostic means: "shots.S2.end_ms" → {kind: "shot", id: "S2"}. */
export function selectionOf(path) {
  const found = (path || "").match(/\b[SLCX]\d+\b/g);
  if (!found) return { kind: "film", id: "" };
  const sound = found.find((id) => id.startsWith("X"));
  const id = sound || found[0];
  if (path.startsWith("cuts.")) return { kind: "cut", id };
  return { kind: { S: "shot", L: "line", C: "role", X: "sound" }[id[0]], id };
}

/** The path under which a part is locked. */
export function lockPath(caption, selection) {
  const { kind, id } = selection;
  if (kind === "shot") return `shots.${id}`;
  if (kind === "cut") return `cuts.${id}`;
  if (kind === "line") return `dialogue.${id}`;
  if (kind === "role") return `roles.${id}`;
  if (kind === "sound") return `shots.${partOf(caption, selection)?.shot}.sounds.${id}`;
  return "global_caption";
}

/** The lock that holds a path, itself or what it is part of; undefined if none does. */
export function lockOn(locks, path) {
  return locks.find((lock) => path === lock || path.startsWith(`${lock}.`));
}

/** Whether moving a part in time is locked. */
export function timeLock(locks, caption, selection) {
  const path = lockPath(caption, selection);
  const own = lockOn(locks, path) ?? locks.find((lock) => lock === `${path}.interval`);
  if (own || selection.kind !== "line") return own;
  // A locked shot keeps what is said while it is seen.
  const line = partOf(caption, selection);
  const shots = caption.shots.filter((shot) => line.start_ms < shot.end_ms && line.end_ms > shot.start_ms);
  return locks.find((lock) => shots.some((shot) => lock === `shots.${shot.id}`));
}

/** A lock as people say it: "dialogue.L1.interval" → "L1.interval". */
export function lockName(path) {
  if (path.startsWith("cuts.")) return `the cut to ${path.slice(5)}`;
  return path.replace(/^shots\.S\d+\.sounds\./, "").replace(/^(shots|dialogue|roles|global_caption)\./, "");
}

/** The name of a role, or its id where it has gone. */
export const nameOf = (caption, role) => caption.roles.find((each) => each.id === role)?.name ?? role;

/** The shot that is seen at an instant. */
export function shotAt(caption, ms) {
  return caption.shots.find((shot) => shot.start_ms <= ms && ms < shot.end_ms) ?? caption.shots.at(-1);
}

/** The lines that are heard in a shot. */
export const linesIn = (caption, shot) =>
  caption.dialogue
    .filter((line) => line.start_ms < shot.end_ms && line.end_ms > shot.start_ms)
    .sort((a, b) => a.start_ms - b.start_ms);

/** How a part is called in a sentence: 'L1 (Mara)', "S2", "the cut to S2". */
export function spoken(caption, selection) {
  const { kind, id } = selection;
  if (kind === "line") return `${id} (${nameOf(caption, partOf(caption, selection)?.role ?? "")})`;
  if (kind === "role") return nameOf(caption, id);
  if (kind === "cut") return `the cut to ${id}`;
  return kind === "film" ? "the film" : id;
}

/** What a screen reader says of a part. */
export function described(caption, selection, zone) {
  const part = partOf(caption, selection);
  if (!part) return selection.id;
  if (selection.kind === "line") {
    return `Line ${part.id}, ${nameOf(caption, part.role)}, ${interval(part)}${zone ? `, ${zone}` : ""}: ${part.text}`;
  }
  if (selection.kind === "shot") return `Shot ${part.id}, ${interval(part)}: ${part.title || part.action}`;
  if (selection.kind === "sound") return `Sound ${part.id}, ${interval(part)}: ${part.text}`;
  if (selection.kind === "cut") return `Cut to ${part.id} at ${seconds(part.start_ms)} s`;
  return selection.kind === "role" ? `Role ${part.name}` : "Film";
}
