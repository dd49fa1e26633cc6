// @ts-check

/** @typedef {import('./readers.js').Way} Way */
/** @typedef {import('./run.js').Run} Run */

/**
 * A trouble and what became of it; times by `performance.now()`.
 *
 * @typedef {object} Trouble
 * @property {Way} way
 * @property {string} kind
 * @property {number} from
 * @property {number} until when the server stops making it; `from` for what happens once
 * @property {number | null} nextAt when the first message came after `from`
 * @property {number | null} wholeAt when one that was sent after `until` had come, and all before it
 * @property {boolean} abruptly whether the server could do it as a network would
 * @property {number} reopened how often the line was opened again since
 */

/** Kinds that happen once; the others last. */
const ONCE = ['drop', 'halfopen'];

/**
 * @param {Way} way
 * @param {string} kind
 * @param {import('./server.js').Effect} effect
 * @returns {Trouble} that begins now
 */
export function begun(way, kind, { seconds, abruptly }) {
  const from = performance.now();
  const until = ONCE.includes(kind) ? from : from + seconds * 1000;
  return { way, kind, from, until, nextAt: null, wholeAt: null, abruptly, reopened: 0 };
}

/**
 * Brings the troubles up to a message that has just come.
 *
 * @param {Trouble[]} troubles
 * @param {Way} way
 * @param {number} sentAt of the message
 * @param {boolean} whole whether all that was sent before it has come
 * @param {number} now
 */
export function came(troubles, way, sentAt, whole, now) {
  for (const trouble of troubles) {
    if (trouble.way !== way || trouble.wholeAt !== null) continue;
    trouble.nextAt ??= now;
    if (whole && sentAt >= trouble.until) trouble.wholeAt = now;
  }
}
