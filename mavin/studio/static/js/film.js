/** The film that is open: what is shown of it, and taking in what the server says of it. */

import * as api from "./api.js";
import { partOf } from "./model.js";
import { get, set } from "./store.js";

/** The clip that is being edited, as it is saved; undefined before the film has come. */
export function savedClip() {
  const { film, clip } = get();
  return film?.clips.find((each) => each.id === clip) ?? film?.clips[0];
}

/** The clip as it is shown: with the gesture that is under way. */
export function shownClip() {
  return get().draft?.clip ?? savedClip();
}

/** Its caption. */
export const caption = () => shownClip()?.caption;

/** What the server knows of how a line can be spoken: {zone, length_ms, natural_ms, fastest_ms}. */
export const speechOf = (line) => shownClip()?.lines.find((each) => each.id === line);

/** The locked paths of the clip. */
export const locks = () => savedClip()?.locks.map((lock) => lock.path) ?? [];

/**
 * Takes in the film as the server has it now; an older answer that came late is left out.
 *
 * The selection stays, unless its part has gone.
 */
export function take(film) {
  const now = get();
  if (!film || (now.film && film.rev < now.film.rev)) return;
  const clip = film.clips.find((each) => each.id === now.clip) ?? film.clips[0];
  const gone = now.selection && !partOf(clip.caption, now.selection);
  set({
    film,
    clip: clip.id,
    selection: gone ? null : now.selection,
    playhead: Math.min(now.playhead, clip.caption.duration_ms),
    online: true,
  });
}

let fetching = null;
let again = false;

/** Asks for the film anew; a call that comes while an answer is under way asks once more behind it. */
export function refresh() {
  if (fetching) {
    again = true;
    return fetching;
  }
  fetching = api
    .film()
    .then(take)
    .catch((error) => set({ online: error.code !== "offline" }))
    .finally(() => {
      fetching = null;
      if (again) {
        again = false;
        return refresh();
      }
    });
  return fetching;
}

/** Selects a part. */
export function select(kind, id = "") {
  const now = get().selection;
  if (now?.kind !== kind || now.id !== id) set({ selection: kind ? { kind, id } : null });
}
