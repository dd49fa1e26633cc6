// @ts-check
import { newKey } from '../key.js';
import { fine, found, unknown } from './doctor-finding.js';

/**
 * What the page saw of its handshake. `echoed`: a text came back; `code`: of the close before that, 1006 for none.
 * @typedef {{openedMs: number | null, echoed: boolean, code: number | null}} Shake
 * @typedef {import('./doctor-api.js').Handshake} Handshake
 */

const PATIENCE_MS = 5_000;
const FORBIDDEN = 4003;
const OVERLOADED = 4100;

/**
 * A handshake, and how it looked when it had come to the server.
 *
 * @param {import('./doctor-api.js').DoctorApi} api
 * @param {{host: string, origin: string}} here
 */
export async function examineUpgrade(api, here) {
  const token = newKey();
  const shake = await shakeHands(api.socket(token));
  try {
    return judgeUpgrade(shake, await api.handshake(token), here);
  } catch (error) {
    return unknown({ key: 'doctor.unanswered', values: { why: String(error) } });
  }
}

/**
 * @param {Shake} shake
 * @param {Handshake} handshake
 * @param {{host: string, origin: string}} here
 * @returns {import('./doctor-finding.js').Finding}
 */
export function judgeUpgrade({ openedMs, echoed, code }, { seen, upgraded = false, headers = {} }, here) {
  if (echoed) return fine({ key: 'upgrade.fine', values: { ms: Math.round(openedMs ?? 0) } });
  const values = { host: headers.host ?? '–', here: here.host, origin: here.origin };
  if (code === FORBIDDEN) return found(['host'], { key: 'upgrade.foreign', values });
  if (code === OVERLOADED) return unknown({ key: 'doctor.busy' });
  if (openedMs !== null) return found(['upgrade'], { key: 'upgrade.silent', values: { s: PATIENCE_MS / 1000 } });
  if (!seen) return found(['upgrade'], { key: 'upgrade.stopped' });
  if (upgraded) return found(['upgrade'], { key: 'upgrade.answerLost' });
  const missing = [
    ...(headers.upgrade === undefined ? ['Upgrade: websocket'] : []),
    ...(/upgrade/i.test(headers.connection ?? '') ? [] : ['Connection: Upgrade']),
  ];
  return found(['upgrade'], { key: 'upgrade.lost', values: { missing: missing.join(', ') } }, { key: 'upgrade.instead' });
}

/**
 * @param {WebSocket} socket
 * @returns {Promise<Shake>}
 */
function shakeHands(socket) {
  return new Promise((resolve) => {
    const begun = performance.now();
    /** @type {number | null} */
    let openedMs = null;
    const settle = (/** @type {boolean} */ echoed, /** @type {number | null} */ code) => {
      clearTimeout(timer);
      socket.onclose = null;
      socket.close();
      resolve({ openedMs, echoed, code });
    };
    const timer = setTimeout(() => settle(false, null), PATIENCE_MS);
    socket.onopen = () => {
      openedMs = performance.now() - begun;
      socket.send('hello');
    };
    socket.onmessage = () => settle(true, null);
    socket.onclose = ({ code }) => settle(false, code);
  });
}
