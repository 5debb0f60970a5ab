/** Times are whole milliseconds; frames are those of the 24 fps clock (mavin/frames.py), rounded half up. */

const FPS = 24;

/** The frame nearest to an instant. */
export const frameOf = (ms) => Math.floor((2 * ms * FPS + 1000) / 2000);

/** The whole millisecond nearest to a frame's beginning. */
export const msOfFrame = (frame) => Math.round((frame * 1000) / FPS);

/** The instant so many frames later, on a frame. */
export const framesLater = (ms, frames) => msOfFrame(frameOf(ms) + frames);

/** Seconds with up to three decimals and no needless zeros: 2500 → "2.5". */
export const seconds = (ms) => String(Math.round(ms) / 1000);

/** A clock with frames: 2500 → "0:02:12". */
export function clock(ms) {
  const frame = frameOf(ms);
  const whole = Math.floor(frame / FPS);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}:${String(frame % FPS).padStart(2, "0")}`;
}

/** "1.5–2.5 s". */
export const interval = (part) => `${seconds(part.start_ms)}–${seconds(part.end_ms)} s`;

/**
 * Milliseconds of what a person typed: "2.5", "2,5 s", "2500ms", "60f", "0:02:12" (with frames); `+` or `-` in front
 * counts from `from`.  `null` if it is no time.
 */
export function parseTime(text, from = 0) {
  const words = text.trim().toLowerCase().replace(",", ".").replace("−", "-");
  const found = /^([+-])?\s*(?:(\d+):(\d{1,2}):(\d{1,2})|(\d+(?:\.\d*)?|\.\d+)\s*(ms|s|sec|seconds?|f|frames?)?)$/.exec(words);
  if (!found) return null;
  const [, sign, minutes, secs, frames, number, unit = "s"] = found;
  let ms;
  if (number === undefined) ms = msOfFrame((Number(minutes) * 60 + Number(secs)) * FPS + Number(frames));
  else if (unit === "ms") ms = Math.round(Number(number));
  else if (unit.startsWith("f")) ms = msOfFrame(Number(number));
  else ms = Math.round(Number(number) * 1000);
  return sign ? from + (sign === "-" ? -ms : ms) : ms;
}
