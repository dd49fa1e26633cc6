// @ts-check

/** How a lost connection is come back to: the wire's table of close codes, and how long to wait. */

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const AT_ONCE_MS = 250;

/** @typedef {'final' | 'backoff' | 'now'} Verdict */

/**
 * @param {number} code a close code; 1006 for a line that broke
 * @returns {Verdict}
 */
export function verdictOf(code) {
  if ([1002, 1003, 1007, 1009].includes(code) || (code >= 4000 && code < 4100)) return 'final';
  return code >= 4200 && code < 4300 ? 'now' : 'backoff';
}

/** How long to wait before the next attempt: full jitter, so that a thousand pages do not come back as one. */
export class Backoff {
  #attempts = 0;
  #random;

  /** @param {() => number} random in [0, 1) */
  constructor(random = Math.random) {
    this.#random = random;
  }

  /**
   * The server's wish (`bye`) is enough for the first attempt; from the second on the back-off comes on top, so that a
   * server that turns everybody away is not stormed.
   *
   * @param {Verdict} verdict
   * @param {{retryAfter?: number, spread?: number} | null} [bye] milliseconds
   * @returns {number} milliseconds
   */
  next(verdict, bye = null) {
    const wished = (bye?.retryAfter ?? 0) + this.#random() * (bye?.spread ?? 0);
    const attempt = this.#attempts++;
    if (attempt === 0 && verdict === 'now') return wished + this.#random() * AT_ONCE_MS;
    if (attempt === 0 && bye !== null) return wished;
    return wished + this.#random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  }

  /** The connection has held for a while: the next loss is a first one again. */
  reset() {
    this.#attempts = 0;
  }
}
