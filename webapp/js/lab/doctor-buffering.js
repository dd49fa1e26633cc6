// @ts-check
import { fine, found, unknown } from './doctor-finding.js';

/** @typedef {{at: number, here: number}} Arrival when a piece was sent and when it came, each by its own clock */

const PIECES = 8;
const EVERY_MS = 250;
/** Of the stream's whole length: a piece that was held back for longer waited for others. */
const HELD = 0.5;

/**
 * Two streams of small pieces, one as a proxy treats it by itself, and one that asks not to be collected.
 *
 * @param {import('./doctor-api.js').DoctorApi} api
 * @param {AbortSignal} signal
 * @returns {Promise<import('./doctor-finding.js').Finding>}
 */
export async function examineBuffering(api, signal) {
  const [plain, asked] = await Promise.all([arrivals(api, false, signal), arrivals(api, true, signal)]);
  return judgeBuffering(plain, asked);
}

/**
 * @param {Arrival[]} plain
 * @param {Arrival[]} asked
 */
export function judgeBuffering(plain, asked) {
  if (plain.length < PIECES || asked.length < PIECES) {
    const n = Math.min(plain.length, asked.length);
    return unknown({ key: 'buffering.broken', values: { n, count: PIECES } });
  }
  const held = heldMs(plain);
  const heldAsked = heldMs(asked);
  const of = Math.round(spanMs(plain));
  if (isCollected(asked)) {
    const values = { ms: Math.round(heldAsked), of };
    return found(['buffering'], { key: 'buffering.always', values }, { key: 'buffering.useless' });
  }
  if (isCollected(plain)) {
    const values = { ms: Math.round(held), of };
    return found(['buffering'], { key: 'buffering.itself', values }, { key: 'buffering.obeys' });
  }
  return fine({ key: 'buffering.fine', values: { count: PIECES, of, ms: Math.round(Math.max(held, heldAsked)) } });
}

/**
 * @param {import('./doctor-api.js').DoctorApi} api
 * @param {boolean} accel
 * @param {AbortSignal} signal
 */
async function arrivals(api, accel, signal) {
  /** @type {Arrival[]} */
  const came = [];
  try {
    await api.stream({ count: PIECES, everyMs: EVERY_MS, accel }, signal, ({ at }) =>
      came.push({ at, here: performance.now() }));
  } catch {
    // It broke, or was refused: too few have come.
  }
  return came;
}

/**
 * The clocks differ by something that is the same for all pieces, so only the difference between two pieces counts.
 *
 * @param {Arrival[]} came
 */
function heldMs(came) {
  const delays = came.map(({ at, here }) => here - at);
  return Math.max(...delays) - Math.min(...delays);
}

/** @param {Arrival[]} came */
function isCollected(came) {
  return heldMs(came) > HELD * spanMs(came);
}

/** @param {Arrival[]} came */
function spanMs(came) {
  return came[came.length - 1].at - came[0].at;
}
