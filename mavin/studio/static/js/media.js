/** Which video is shown, and where in it the clip begins. */

import { savedClip } from "./film.js";
import { get } from "./store.js";

/** The videos that show the clip or a shot of it, newest first. */
export function mediaOf() {
  const { film, clip } = get();
  return (film?.media ?? []).filter((each) => each.type.startsWith("video/") && (each.clip === null || each.clip === clip));
}

/** The video that is shown: the one that was chosen, else the newest of the whole clip, else none. */
export function medium() {
  const all = mediaOf();
  const { chosen } = get();
  if (chosen === "") return null;
  return all.find((each) => each.name === chosen) ?? all.find((each) => !each.shot) ?? null;
}

/** Where in the clip a video begins, in milliseconds; before zero where earlier clips come first. */
export function mediumStart(found) {
  if (found.shot) return savedClip()?.caption.shots.find((shot) => shot.id === found.shot)?.start_ms ?? 0;
  if (found.clip !== null) return 0;
  let before = 0;
  for (const clip of get().film.clips) {
    if (clip.id === get().clip) break;
    before += clip.caption.duration_ms;
  }
  return -before;
}
