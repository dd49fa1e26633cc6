// @ts-check
import { Emitter } from '../emitter.js';
import { newKey } from '../key.js';
import { Api, Refused } from '../transport/api.js';
import { pause } from '../transport/pages.js';
import { Meter } from './meter.js';
import { READERS } from './readers.js';

/** @typedef {import('./readers.js').Way} Way */
/** @typedef {{ways: Way[], rate: number, size: number, count: number, everyMs: number}} Plan */

const READY_MS = 5_000;
const SETTLE_MS = 10_000;
const LOOK_MS = 100;
const RATE_MS = 1_000;
const TEXT = /^lab (\w+) (\d+) ([\d.]+) /;

/**
 * One experiment: every way reads the same new room, and then the messages are sent into it, each with the moment of
 * its sending in its text. Sender and readers are this page, so one clock measures. Emits `state` ('starting' |
 * 'running' | 'settling' | 'done' | 'stopped') and `sent` (how many).
 */
export class Run extends Emitter {
  id = newKey().slice(0, 8);
  room = `lab-${newKey().slice(0, 12)}`;
  /** @type {Map<Way, Meter>} */
  meters;
  /** @type {number[]} when each was sent, by `performance.now()` */
  sentAt = [];
  /** how often the server asked the sender to slow down */
  refusals = 0;
  startedAt = new Date();

  #base;
  #usual;
  #ending = new AbortController();

  /**
   * @param {string} base
   * @param {Plan} plan
   * @param {number} usual bytes of the headers that the browser adds
   */
  constructor(base, plan, usual) {
    super();
    this.#base = base;
    this.plan = plan;
    this.#usual = usual;
    this.meters = new Map(plan.ways.map((way) => [way, new Meter()]));
  }

  /** Settles when all is received, or was given up, or `stop` was called; rejects when the server cannot be reached. */
  async start() {
    const api = new Api(this.#base, this.#ending.signal);
    try {
      this.emit('state', 'starting');
      const { cursor } = await api.history(this.room, { limit: 1 });
      const reading = Promise.all(this.plan.ways.map((way) => this.#read(way, cursor)));
      await Promise.race([reading, pause(READY_MS, api.signal)]);
      this.emit('state', 'running');
      await this.#send(api);
      this.emit('state', 'settling');
      await this.#settle();
      this.emit('state', 'done');
    } catch (error) {
      if (!this.stopped) throw error;
      this.emit('state', 'stopped');
    } finally {
      this.stop();
    }
  }

  stop() {
    this.#ending.abort();
  }

  get stopped() {
    return this.#ending.signal.aborted;
  }

  /**
   * @param {Way} way
   * @param {string} after
   * @returns {Promise<void>} when it reads, or has failed
   */
  #read(way, after) {
    const meter = /** @type {Meter} */ (this.meters.get(way));
    const place = {
      base: this.#base, room: this.room, after, everyMs: this.plan.everyMs, usual: this.#usual, meter,
      received: (/** @type {any} */ message) => this.#received(meter, message),
      signal: this.#ending.signal,
    };
    return new Promise((ready) => {
      READERS[way](place, ready).catch((error) => {
        if (!this.#ending.signal.aborted) meter.failure = error.message;
        ready();
      });
    });
  }

  /**
   * @param {Meter} meter
   * @param {any} message
   */
  #received(meter, { text = '' }) {
    const found = TEXT.exec(text);
    if (found !== null && found[1] === this.id) meter.arrived(Number(found[2]), Number(found[3]));
  }

  /** @param {Api} api */
  async #send(api) {
    const begun = performance.now();
    for (let n = 0; n < this.plan.count; n++) {
      const wait = begun + (n * 1000) / this.plan.rate - performance.now();
      if (wait > 0) await pause(wait, api.signal);
      while (!await this.#post(api, n)) this.refusals++;
      this.emit('sent', n + 1);
    }
  }

  /**
   * @param {Api} api
   * @param {number} n
   * @returns {Promise<boolean>} false: refused for now, and the pause that was asked for is over
   */
  async #post(api, n) {
    const sentAt = performance.now();
    const text = `lab ${this.id} ${n} ${sentAt.toFixed(3)} `.padEnd(this.plan.size, '.');
    this.sentAt[n] = sentAt;
    try {
      await api.post(this.room, { key: `${this.id}-${n}`, text });
      return true;
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'rate') throw error;
      await pause(error.retryAfter || RATE_MS, api.signal);
      return false;
    }
  }

  async #settle() {
    for (let waited = 0; waited < SETTLE_MS; waited += LOOK_MS) {
      const missing = (/** @type {Meter} */ { failure, delays }) => failure === null && delays.size < this.plan.count;
      if (![...this.meters.values()].some(missing)) return;
      await pause(LOOK_MS, this.#ending.signal);
    }
  }
}
