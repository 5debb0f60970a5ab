/** The details of a sound. */

import { commit } from "../actions.js";
import { soundsOf } from "../model.js";
import { interval } from "../time.js";
import { beside, buttons, findings, Form, heading } from "./form.js";

/** Builds the details. */
export function soundForm(caption, id) {
  const form = new Form();
  const sound = (now) => soundsOf(now).find((each) => each.id === id);
  const path = `shots.${sound(caption).shot}.sounds.${id}`;
  const retime = (now, changes) => [{ op: "retime_sound", sound: id, start_ms: sound(now).start_ms, end_ms: sound(now).end_ms, ...changes }];
  form.add(
    heading(form, { name: "sound", title: id, path, words: (now) => (sound(now) ? `Sound ${id} · ${interval(sound(now))}` : id) }),
    findings(form, (found) => found.includes(`.sounds.${id}`)),
    form.field({ path: `${path}.text`, label: "What is heard", kind: "area", read: (now) => sound(now)?.text, write: (text) => [{ op: "set_text", path: `${path}.text`, text }] }),
    beside(
      form.time({ path: `${path}.start_ms`, label: "From", lock: `${path}.interval`, read: (now) => sound(now)?.start_ms, write: (ms, now) => retime(now, { start_ms: ms }) }),
      form.time({ path: `${path}.end_ms`, label: "To", lock: `${path}.interval`, read: (now) => sound(now)?.end_ms, write: (ms, now) => retime(now, { end_ms: ms }) }),
      form.time({
        path: `${path}.length`,
        label: "Length",
        lock: null,
        read: (now) => sound(now) && sound(now).end_ms - sound(now).start_ms,
        write: (ms, now) => retime(now, { end_ms: sound(now).start_ms + ms }),
      }),
    ),
    buttons({ words: "Delete", icon: "trash", kind: "danger", run: () => commit([{ op: "delete_sound", sound: id }]) }),
  );
  return form;
}
