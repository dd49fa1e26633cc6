// @ts-check

/** @typedef {{from: number, to: number | null}} Span by `performance.now()`; null: goes on */

/**
 * @typedef {object} Counts delays in milliseconds, null before the first message; bytes with what wraps them
 * @property {number} received
 * @property {number} doubled
 * @property {number | null} median
 * @property {number | null} p99
 * @property {number} requests
 * @property {number} up
 * @property {number} down
 * @property {number} open
 * @property {number} missing messages that one with a higher seq has overtaken, and that have not come
 * @property {number} reopened
 * @property {number | null} cpu milliseconds
 */

const KEPT = 300;

/** What one way has cost and brought: counted here in the browser, and by the server where it says. */
export class Meter {
  /** @type {import('./server.js').Figures | null} the server's own counts */
  server = null;
  /** milliseconds of the server's processor for each message, if the way had it to itself
   * @type {number | null} */
  cpu = null;
  /** how often the line was opened again */
  reopened = 0;
  requests = 0;
  up = 0;
  down = 0;
  open = 0;
  /** @type {Map<number, number>} milliseconds from sending to receiving, by the message's number */
  delays = new Map();
  doubled = 0;
  /** @type {Span[]} the newest connections or requests */
  spans = [];
  /** @type {number[]} when the newest messages came */
  arrivals = [];
  /** @type {string | null} why it stopped by itself */
  failure = null;
  #first = Infinity;
  #last = 0;

  /**
   * A request goes out.
   *
   * @param {number} bytes
   * @returns {() => void} to be called at its end; any further call does nothing
   */
  begin(bytes) {
    /** @type {Span} */
    const span = { from: performance.now(), to: null };
    this.requests++;
    this.up += bytes;
    this.open++;
    this.spans = [...this.spans.slice(1 - KEPT), span];
    return () => {
      if (span.to !== null) return;
      span.to = performance.now();
      this.open--;
    };
  }

  /**
   * @param {number} n the message's number
   * @param {number} sentAt
   * @param {number} seq its place in the room
   */
  arrived(n, sentAt, seq) {
    const now = performance.now();
    if (this.delays.has(n)) {
      this.doubled++;
    } else {
      this.delays.set(n, now - sentAt);
      this.#first = Math.min(this.#first, seq);
      this.#last = Math.max(this.#last, seq);
    }
    this.arrivals = [...this.arrivals.slice(1 - KEPT), now];
  }

  /** How many of the seqs from the first to the last have not come. */
  get missing() {
    return this.delays.size === 0 ? 0 : this.#last - this.#first + 1 - this.delays.size;
  }

  /** @returns {Counts} requests, bytes and what is open as the server counts them, if it does */
  counts() {
    const sorted = [...this.delays.values()].sort((a, b) => a - b);
    return {
      received: sorted.length,
      doubled: this.doubled,
      median: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      missing: this.missing,
      reopened: this.reopened,
      cpu: this.cpu,
      requests: this.server?.requests ?? this.requests,
      up: this.server?.bytesIn ?? this.up,
      down: this.server?.bytesOut ?? this.down,
      open: this.server?.connections ?? this.server?.underWay ?? this.open,
    };
  }
}

/**
 * @param {number[]} sorted
 * @param {number} q
 * @returns {number | null} the smallest value that a share `q` of all does not exceed
 */
export function quantile(sorted, q) {
  return sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
