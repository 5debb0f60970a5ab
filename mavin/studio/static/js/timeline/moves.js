/** From where a part shall be to the operations that bring it there, and where it is drawn meanwhile. */

import { MIN_LINE_MS, MIN_SHOT_MS, MIN_SOUND_MS, soundsOf } from "../model.js";
import { get } from "../store.js";

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** A part that has a start and an end, by its selection. */
export function timed(caption, { kind, id }) {
  if (kind === "line") return caption.dialogue.find((line) => line.id === id);
  if (kind === "sound") return soundsOf(caption).find((sound) => sound.id === id);
  if (kind === "shot" || kind === "cut") return caption.shots.find((shot) => shot.id === id);
  return kind === "end" ? { id: "end", start_ms: caption.duration_ms, end_ms: caption.duration_ms } : undefined;
}

/**
 * The edges of a part that a grip moves: both for its body, one for an end.
 *
 * @param grip "body", "start" or "end"
 */
export function edgesOf(part, grip) {
  if (grip === "body") return [part.start_ms, part.end_ms];
  return [grip === "end" ? part.end_ms : part.start_ms];
}

/**
 * A line or sound moved by so much.
 *
 * @param role another role whose lane it was brought to, or null
 * @returns {operations, moving}
 */
export function moved(caption, selection, grip, by, role = null) {
  const part = timed(caption, selection);
  const least = selection.kind === "line" ? MIN_LINE_MS : MIN_SOUND_MS;
  let { start_ms, end_ms } = part;
  if (grip === "body") {
    const shift = clamp(by, -start_ms, caption.duration_ms - end_ms);
    start_ms += shift;
    end_ms += shift;
  } else if (grip === "start") start_ms = clamp(start_ms + by, 0, end_ms - least);
  else end_ms = clamp(end_ms + by, start_ms + least, caption.duration_ms);
  const operations = [];
  if (role && role !== part.role) operations.push({ op: "revoice_line", line: part.id, role });
  if (start_ms !== part.start_ms || end_ms !== part.end_ms) {
    operations.push(
      selection.kind === "line"
        ? { op: "retime_line", line: part.id, start_ms, end_ms }
        : { op: "retime_sound", sound: part.id, start_ms, end_ms },
    );
  }
  return { operations, moving: { [`${selection.kind}:${part.id}`]: { start_ms, end_ms, role: role ?? part.role } } };
}

/** A cut moved by so much; `mode` is "roll" or "ripple". */
export function cutMoved(caption, id, by, mode) {
  const index = caption.shots.findIndex((shot) => shot.id === id);
  const [before, after] = [caption.shots[index - 1], caption.shots[index]];
  const high = mode === "roll" ? after.end_ms - MIN_SHOT_MS : Number.MAX_SAFE_INTEGER;
  const to_ms = clamp(after.start_ms + by, before.start_ms + MIN_SHOT_MS, high);
  const operations = to_ms === after.start_ms ? [] : [{ op: "move_cut", shot: id, to_ms, mode }];
  const moving = { [`shot:${before.id}`]: { start_ms: before.start_ms, end_ms: to_ms }, [`cut:${id}`]: { start_ms: to_ms } };
  const shift = mode === "ripple" ? to_ms - after.start_ms : 0;
  moving[`shot:${id}`] = { start_ms: to_ms, end_ms: after.end_ms + shift };
  return { operations, moving };
}

/** The clip's end moved by so much: trimmed, or everything scaled. */
export function endMoved(caption, by, mode) {
  const last = caption.shots.at(-1);
  const duration_ms = Math.max(caption.duration_ms + by, 1);
  const operations = duration_ms === caption.duration_ms ? [] : [{ op: "set_duration", duration_ms, mode }];
  const moving = { "end:end": { start_ms: duration_ms } };
  if (mode === "trim") moving[`shot:${last.id}`] = { start_ms: last.start_ms, end_ms: Math.max(duration_ms, last.start_ms + 1) };
  return { operations, moving };
}

/** A shot brought to another place in the order; `ms` is where the pointer is. */
export function shotMoved(caption, id, ms) {
  const others = caption.shots.filter((shot) => shot.id !== id);
  const place = others.filter((shot) => (shot.start_ms + shot.end_ms) / 2 < ms).length;
  const order = others.map((shot) => shot.id);
  order.splice(place, 0, id);
  const same = order.every((each, index) => each === caption.shots[index].id);
  return { operations: same ? [] : [{ op: "reorder_shots", order }], moving: {}, place: order };
}

/** How cuts move now: what the switch says, the other way while Shift is held. */
export const cutMode = (shift) => (get().ripple !== shift ? "ripple" : "roll");
