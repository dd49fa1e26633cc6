// @ts-check
import { Emitter } from '../emitter.js';
import { ChosenTransport } from './chosen.js';

/**
 * @typedef {import('./websocket.js').Transport} Transport
 * @typedef {import('./websocket.js').TransportListener} TransportListener
 *
 * @typedef {'websocket' | 'sse' | 'longpoll' | 'poll'} Way
 *
 * Why a way is not used: it did not open in time, ended at once, opened and brought nothing, or kept breaking.
 * @typedef {'slow' | 'refused' | 'silent' | 'unsteady'} Reason
 *
 * @typedef {(way: Way, listener: TransportListener) => Transport} Make
 *
 * @typedef {object} InUse
 * @property {Way} way
 * @property {Array<{way: Way, reason: Reason}>} why the better ones are not used
 * @property {boolean} forced by the address, whatever works
 */

/** @type {Way[]} */
export const BEST_FIRST = ['websocket', 'sse', 'longpoll', 'poll'];

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;
const SHORT_LIFE_MS = 10_000;
const SHORT_LIVES = 3;

/**
 * Which transport to use: the best one that works. What worked is remembered for the tab, with the reasons against the
 * better ones, and is where the next connection begins; a better one is tried now and then. Emits `chosen` (InUse).
 */
export class Choice extends Emitter {
  #make;
  #storage;
  #forced;
  #random;
  /** @type {Way} where to begin */
  #first = BEST_FIRST[0];
  /** @type {Map<Way, Reason>} */
  #reasons = new Map();
  #pauseMs = FIRST_PAUSE_MS;
  #shortLives = 0;
  /** @type {ChosenTransport | null} */
  #line = null;

  /**
   * @param {Make} make
   * @param {{get(key: string): string | null, set(key: string, value: string | null): void}} storage of the tab
   * @param {string | null} wished forces one, if there is one of that name
   * @param {() => number} [random]
   */
  constructor(make, storage, wished, random = Math.random) {
    super();
    this.#make = make;
    this.#storage = storage;
    this.#random = random;
    this.#forced = BEST_FIRST.find((way) => way === wished) ?? null;
    this.#recall();
  }

  /**
   * A transport that is whichever works, and not yet opened.
   *
   * @param {TransportListener} listener
   */
  connect(listener) {
    this.#line = new ChosenTransport(this, this.#make, listener);
    return this.#line;
  }

  /** @returns {Way[]} what to try, in this order */
  get order() {
    return this.#forced === null ? BEST_FIRST.slice(BEST_FIRST.indexOf(this.#first)) : [this.#forced];
  }

  /**
   * @param {Way} way
   * @returns {Way[]} what would be better, the best first
   */
  betterThan(way) {
    return this.#forced === null ? BEST_FIRST.slice(0, BEST_FIRST.indexOf(way)) : [];
  }

  /** @param {Way} way that works */
  works(way) {
    const better = BEST_FIRST.slice(0, BEST_FIRST.indexOf(way));
    for (const other of BEST_FIRST) if (!better.includes(other)) this.#reasons.delete(other);
    if (way !== this.#first) this.#shortLives = 0;
    this.#first = way;
    const why = better.flatMap((other) => {
      const reason = this.#reasons.get(other);
      return reason === undefined ? [] : [{ way: other, reason }];
    });
    if (this.#forced === null) this.#storage.set('transport', JSON.stringify({ way, why }));
    this.emit('chosen', { way, why, forced: this.#forced !== null });
  }

  /**
   * @param {Way} way
   * @param {Reason} reason
   */
  failed(way, reason) {
    this.#reasons.set(way, reason);
  }

  /** Nothing worked: the next attempt begins at the best again. */
  exhausted() {
    this.#first = BEST_FIRST[0];
  }

  /**
   * A line that worked broke, without a close of the server's. One that does so soon, again and again, gives way.
   *
   * @param {Way} way
   * @param {number} heldMs
   */
  broke(way, heldMs) {
    this.#shortLives = heldMs < SHORT_LIFE_MS ? this.#shortLives + 1 : 0;
    const next = BEST_FIRST[BEST_FIRST.indexOf(way) + 1];
    if (this.#shortLives < SHORT_LIVES || next === undefined) return;
    this.#shortLives = 0;
    this.#reasons.set(way, 'unsteady');
    this.#first = next;
    this.inVain();
  }

  /** @returns {number} milliseconds to wait before a better one is tried */
  nextPause() {
    return this.#pauseMs * (0.5 + this.#random() / 2);
  }

  /** None of the better ones worked: the next pause is twice as long, up to 5 min. */
  inVain() {
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
  }

  /** The network is another one now: what failed before may work. */
  networkChanged() {
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#line?.tryBetter();
  }

  #recall() {
    try {
      const { way, why } = JSON.parse(this.#storage.get('transport') ?? '{}');
      if (!BEST_FIRST.includes(way)) return;
      this.#reasons = new Map(why.map((/** @type {any} */ each) => [each.way, each.reason]));
      this.#first = way;
    } catch {
      // Not ours; it begins afresh.
    }
  }
}
