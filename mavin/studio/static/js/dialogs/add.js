/** Adding: a shot, a line, a sound, a role; each is one operation, and what the server refuses is said at once. */

import { refused, settled } from "../actions.js";
import { say } from "../announce.js";
import * as api from "../api.js";
import { el } from "../dom.js";
import { caption, select, take } from "../film.js";
import { shotAt } from "../model.js";
import { get } from "../store.js";
import { parseTime, seconds } from "../time.js";
import { onGrid } from "../timeline/snap.js";
import { dialog, row } from "./dialog.js";

const LINE_MS = 1500;
const SOUND_MS = 1000;
const SHOT_MS = 2000;

const input = (value = "", properties = {}) => el("input", { class: "field", value, ...properties });
const area = (value = "", properties = {}) => el("textarea", { class: "field", value, rows: 2, ...properties });
const choice = (options, value) => {
  const field = el("select", { class: "field" }, options.map(([id, text]) => el("option", { value: id, text })));
  field.value = value ?? options[0]?.[0] ?? "";
  return field;
};

/** Opens a form; `build` makes the operation of its fields, or complains and returns null. */
async function form(title, rows, build) {
  const problem = el("p", { class: "problem", role: "alert" });
  const before = new Set(idsOf(caption()));
  const film = await dialog(
    title,
    [...rows.map((each) => each.row), problem],
    [
      { words: "Cancel", value: null },
      { words: "Add", value: "add", kind: "primary" },
    ],
    {
      submit: async () => {
        rows.forEach((each) => each.complain(""));
        problem.textContent = "";
        const operation = build();
        if (!operation) return null;
        try {
          const body = { rev: get().film.rev, clip: get().clip, operations: [operation] };
          return (await settled((prefer) => api.operate({ ...body, prefer }))) ?? null;
        } catch (error) {
          if (error.status === 422 || error.status === 400) problem.textContent = error.message;
          else refused(error);
          return null;
        }
      },
    },
  );
  if (!film) return;
  take(film);
  say(`Done: ${film.undo?.words ?? title}`);
  const made = idsOf(caption()).find((id) => !before.has(id));
  if (made) select({ S: "shot", L: "line", C: "role", X: "sound" }[made[0]], made);
}

const idsOf = (now) => [...now.shots, ...now.dialogue, ...now.roles, ...now.shots.flatMap((shot) => shot.sounds)].map((part) => part.id);

/** The time in a field, or null with a complaint. */
function time(found) {
  const ms = parseTime(found.field.value);
  if (ms === null) found.complain("A time is written like 2.5, 2.5 s, 60f (frames) or 0:02:12.");
  return ms;
}

function worded(found, what) {
  if (found.field.value.trim()) return found.field.value;
  found.complain(`${what} must not be empty.`);
  return null;
}

/** A line of the selected role, at the playhead. */
export function addLine() {
  const { selection } = get();
  const now = caption();
  const spoken = selection?.kind === "line" ? now.dialogue.find((line) => line.id === selection.id)?.role : null;
  const seen = shotAt(now, get().playhead)?.roles[0];
  addLineAt(selection?.kind === "role" ? selection.id : spoken ?? seen ?? now.roles[0].id, get().playhead);
}

/** A line of a role, from an instant on. */
export function addLineAt(role, ms) {
  const now = caption();
  const from = Math.max(Math.min(onGrid(ms), now.duration_ms - 200), 0);
  const next = now.dialogue.filter((line) => line.role === role && line.start_ms >= from).map((line) => line.start_ms);
  const to = Math.min(from + LINE_MS, now.duration_ms, ...next);
  const who = row("Who speaks", choice(now.roles.map((each) => [each.id, each.name]), role));
  const text = row("Words", area("", { autofocus: true }));
  const start = row("From", input(seconds(from)));
  const end = row("To", input(seconds(to)));
  const delivery = row("How it is said", input("", { placeholder: "whispering, tired, …" }));
  return form("A line of dialogue", [who, text, start, end, delivery], () => {
    const [words, start_ms, end_ms] = [worded(text, "A line's words"), time(start), time(end)];
    if (words === null || start_ms === null || end_ms === null) return null;
    return { op: "add_line", role: who.field.value, text: words, start_ms, end_ms, delivery: delivery.field.value };
  });
}

/** A sound, at the playhead. */
export function addSound() {
  const now = caption();
  const shot = shotAt(now, get().playhead);
  const from = Math.min(onGrid(get().playhead), shot.end_ms - 100);
  const text = row("What is heard", input("", { autofocus: true, placeholder: "a door slams" }));
  const start = row("From", input(seconds(from)));
  const end = row("To", input(seconds(Math.min(from + SOUND_MS, shot.end_ms))), `It belongs to the shot it lies in: here ${shot.id}.`);
  return form("A sound", [text, start, end], () => {
    const [words, start_ms, end_ms] = [worded(text, "A sound's words"), time(start), time(end)];
    return words === null || start_ms === null || end_ms === null ? null : { op: "add_sound", text: words, start_ms, end_ms };
  });
}

/** A shot, behind the one that is selected or seen. */
export function addShot() {
  const now = caption();
  const { selection } = get();
  const behind = selection?.kind === "shot" ? selection.id : shotAt(now, get().playhead).id;
  const like = now.shots.find((shot) => shot.id === behind);
  const places = [["", "At the very beginning"], ...now.shots.map((shot) => [shot.id, `Behind ${shot.id} ${shot.title}`])];
  const place = row("Where", choice(places, behind));
  const length = row("Length", input(seconds(Math.max(Math.min(SHOT_MS, 15000 - now.duration_ms), 400))), `What follows shifts; a clip lasts 3 to 15 s, now ${seconds(now.duration_ms)} s.`);
  const title = row("Title", input());
  const setting = row("Setting", input(like?.setting ?? ""));
  const action = row("What happens", area("", { autofocus: true }));
  return form("A shot", [place, length, title, setting, action], () => {
    const [length_ms, where, what] = [time(length), worded(setting, "A setting"), worded(action, "What happens")];
    if (length_ms === null || where === null || what === null) return null;
    return { op: "insert_shot", after: place.field.value || null, length_ms, title: title.field.value, setting: where, action: what };
  });
}

/** A role. */
export function addRole() {
  const name = row("Name", input("", { autofocus: true }));
  const appearance = row("Looks", area());
  const voice = row("Voice", input());
  return form("A role", [name, appearance, voice], () => {
    const called = worded(name, "A name");
    return called === null ? null : { op: "add_role", name: called, appearance: appearance.field.value, voice: voice.field.value };
  });
}
