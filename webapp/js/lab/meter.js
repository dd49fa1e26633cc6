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
 */

const KEPT = 300;

/**
 * What one way has cost and brought, counted here in the browser. The server's own counts, once it offers them, stand
 * beside these in a run's results, under the same names.
 */
export class Meter {
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
   */
  arrived(n, sentAt) {
    const now = performance.now();
    if (this.delays.has(n)) this.doubled++;
    else this.delays.set(n, now - sentAt);
    this.arrivals = [...this.arrivals.slice(1 - KEPT), now];
  }

  /** @returns {Counts} */
  counts() {
    const sorted = [...this.delays.values()].sort((a, b) => a - b);
    return {
      received: sorted.length,
      doubled: this.doubled,
      median: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      requests: this.requests,
      up: this.up,
      down: this.down,
      open: this.open,
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
