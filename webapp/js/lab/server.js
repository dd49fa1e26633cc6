// @ts-check

/** @typedef {import('./readers.js').Way} Way */

/**
 * What the server counted of one way: bytes with all that wraps them.
 *
 * @typedef {object} Figures
 * @property {number} requests
 * @property {number} underWay requests that are not answered to the end, and open WebSockets
 * @property {number} bytesIn
 * @property {number} bytesOut
 * @property {number} [connections] open now; only where the server sees TCP
 * @property {number} [opened]
 *
 * @typedef {object} Counts
 * @property {'wire' | 'reckoned'} counted
 * @property {boolean} trouble whether this page may make any
 * @property {number} processors
 * @property {number} [cpuNanos] of the whole server process since it began
 * @property {Record<Way, Figures>} ways
 *
 * @typedef {{kind: string, seconds: number, connections: number, abruptly: boolean}} Effect
 */

/** The server's side of one run: its own counts, and the trouble that it makes. */
export class ServerSide {
  /** @type {Counts | null} the newest, null before the first */
  counts = null;

  #base;
  #run;

  /**
   * @param {string} base the application's address
   * @param {string} run
   */
  constructor(base, run) {
    this.#base = base;
    this.#run = run;
  }

  /** @param {Way} way */
  tag(way) {
    return `${this.#run}.${way}`;
  }

  /** @returns {Promise<Counts | null>} the newest that could be had */
  async look() {
    const url = new URL('api/lab/counts', this.#base);
    url.search = String(new URLSearchParams({ run: this.#run }));
    try {
      const response = await fetch(url, { cache: 'no-store' });
      if (response.ok) this.counts = await response.json();
    } catch {
      // The next look may succeed.
    }
    return this.counts;
  }

  /**
   * @param {Way} way
   * @param {string} kind
   * @param {Record<string, string>} amounts
   * @returns {Promise<Effect>} rejects with the server's reason
   */
  async trouble(way, kind, amounts) {
    const response = await fetch(new URL('api/lab/trouble', this.#base), {
      method: 'POST',
      body: new URLSearchParams({ run: this.#run, way, kind, ...amounts }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail ?? String(response.status));
    return answer;
  }
}

/**
 * @param {Counts | null} before
 * @param {Counts | null} after
 * @returns {number | null} milliseconds of processor time between them
 */
export function cpuBetween(before, after) {
  return before?.cpuNanos === undefined || after?.cpuNanos === undefined
    ? null
    : (after.cpuNanos - before.cpuNanos) / 1e6;
}
