// @ts-check
import { Status } from './doctor-api.js';
import { fine, found, unknown } from './doctor-finding.js';

/** @typedef {import('./doctor-api.js').DoctorApi} DoctorApi */

/**
 * How long a kind of connection was let be silent. `cutMs`: when it was cut, `quietly` if nobody was told and it was only
 * seen when something was sent; `survivedMs`: the longest silence that it came through. Neither: it could not be tried.
 * @typedef {{cutMs?: number, quietly?: boolean, survivedMs?: number}} Life
 */

const GRACE_MS = 5_000;
const SERVER_CLOSES = 4000;
/** What proxies answer when the server was silent for too long. */
const CUT_STATUS = [502, 504];

/**
 * Streams and WebSockets that are silent, each for another time, all at once: the shortest that does not come through tells.
 *
 * @param {DoctorApi} api
 * @param {number[]} silencesMs
 * @param {number} heartbeatMs the longest that Parley itself is silent
 * @param {AbortSignal} signal the reader had enough
 */
export async function examineIdle(api, silencesMs, heartbeatMs, signal) {
  const begun = performance.now();
  try {
    const [stream, socket] = await Promise.all([
      life((ms, ending) => streamLife(api, ms, ending), silencesMs, signal),
      life((ms, ending) => socketLife(api, ms, ending), silencesMs, signal),
    ]);
    return judgeIdle(stream, socket, heartbeatMs);
  } catch {
    return unknown({ key: 'idle.stopped', values: { s: seconds(performance.now() - begun) } });
  }
}

/**
 * @param {Life} stream
 * @param {Life} socket
 * @param {number} heartbeatMs
 */
export function judgeIdle(stream, socket, heartbeatMs) {
  const reasons = [...told('Stream', stream), ...told('Socket', socket)];
  const cuts = [stream, socket].flatMap(({ cutMs }) => cutMs ?? []);
  const heartbeat = seconds(heartbeatMs);
  if (cuts.length > 0) {
    const harm = Math.min(...cuts) > heartbeatMs ? 'idle.kept' : 'idle.lost';
    return found(['timeout'], ...reasons, { key: harm, values: { heartbeat } });
  }
  const survived = [stream, socket].flatMap(({ survivedMs }) => survivedMs ?? []);
  if (survived.length === 0) return unknown(...reasons);
  return fine(...reasons, { key: 'idle.heartbeat', values: { heartbeat } });
}

/**
 * @param {'Stream' | 'Socket'} kind
 * @param {Life} life
 */
function told(kind, { cutMs, quietly = false, survivedMs }) {
  if (cutMs !== undefined) {
    return [{ key: `idle.${quietly ? 'quiet' : 'cut'}${kind}`, values: { s: seconds(cutMs) } }];
  }
  if (survivedMs !== undefined) return [{ key: `idle.survived${kind}`, values: { s: seconds(survivedMs) } }];
  return [{ key: `idle.untried${kind}` }];
}

/**
 * @param {(ms: number, signal: AbortSignal) => Promise<Life>} probe
 * @param {number[]} silencesMs
 * @param {AbortSignal} signal
 * @returns {Promise<Life>} as soon as it is certain
 */
async function life(probe, silencesMs, signal) {
  const ending = new AbortController();
  const end = () => ending.abort();
  signal.addEventListener('abort', end);
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      const all = silencesMs.map(async (ms) => {
        const result = await probe(ms, ending.signal);
        if (result.cutMs !== undefined) resolve(result);
        return result;
      });
      Promise.all(all).then((results) => {
        const survived = results.flatMap(({ survivedMs }) => survivedMs ?? []);
        resolve(survived.length === 0 ? {} : { survivedMs: Math.max(...survived) });
      }, reject);
    });
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/**
 * @param {DoctorApi} api
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<Life>}
 */
async function streamLife(api, ms, signal) {
  const patience = new AbortController();
  const end = () => patience.abort();
  signal.addEventListener('abort', end);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end();
  }, ms + GRACE_MS);
  let heard = performance.now();
  let pieces = 0;
  let failure;
  try {
    await api.stream({ count: 2, everyMs: ms, accel: true }, patience.signal, () => {
      heard = performance.now();
      pieces++;
    });
  } catch (error) {
    failure = error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
  signal.throwIfAborted();
  if (pieces === 2) return { survivedMs: ms };
  if (failure instanceof Status && !CUT_STATUS.includes(failure.status)) return {};
  return late ? { cutMs: ms, quietly: true } : { cutMs: performance.now() - heard };
}

/**
 * @param {DoctorApi} api
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<Life>}
 */
function socketLife(api, ms, signal) {
  return new Promise((resolve, reject) => {
    const socket = api.socket();
    let opened = NaN;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const settle = (/** @type {Life} */ life) => {
      clearTimeout(timer);
      socket.onclose = null;
      socket.close();
      resolve(life);
    };
    signal.addEventListener('abort', () => {
      settle({});
      reject(signal.reason);
    });
    timer = setTimeout(() => settle({}), GRACE_MS);
    socket.onopen = () => {
      opened = performance.now();
      clearTimeout(timer);
      timer = setTimeout(() => {
        socket.send('still there?');
        timer = setTimeout(() => settle({ cutMs: ms, quietly: true }), GRACE_MS);
      }, ms);
    };
    socket.onmessage = () => settle({ survivedMs: ms });
    socket.onclose = ({ code }) =>
      settle(Number.isNaN(opened) || code >= SERVER_CLOSES ? {} : { cutMs: performance.now() - opened });
  });
}

/** @param {number} ms */
function seconds(ms) {
  return Math.round(ms / 100) / 10;
}
