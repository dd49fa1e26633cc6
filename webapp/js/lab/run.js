// @ts-check
import { Emitter } from '../emitter.js';
import { newKey } from '../key.js';
import { Api, Refused } from '../transport/api.js';
import { pause } from '../transport/pages.js';
import { follow } from './follow.js';
import { Meter } from './meter.js';
import { READERS } from './readers.js';
import { begun, came } from './recovery.js';
import { cpuBetween, ServerSide } from './server.js';

/** @typedef {import('./readers.js').Way} Way */
/**
 * `count` messages go to all ways together, or with `inTurn` to each in a round of its own.
 *
 * @typedef {{ways: Way[], rate: number, size: number, count: number, everyMs: number, inTurn: boolean}} Plan
 */

const READY_MS = 5_000;
const SETTLE_MS = 15_000;
/** A line on which something is awaited for so long is taken for dead. */
const PATIENCE_MS = 5_000;
/** A server may notice only after a while that a client has gone. */
const CLOSING_MS = 4_000;
const LOOK_AT_CLOSING_MS = 300;
const LOOK_AT_SERVER_MS = 1_000;
const LOOK_MS = 100;
const RATE_MS = 1_000;
const TEXT = /^lab (\w+) (\d+) ([\d.]+) /;

/**
 * One experiment: every way reads the same new room, all at once or one after the other, and meanwhile the messages are
 * sent into it, each with the moment of its sending in its text. Sender and readers are this page, so one clock measures. Emits `state` ('starting' |
 * 'running' | 'settling' | 'closing' | 'done' | 'stopped'), `sent` (how many) and `trouble`.
 */
export class Run extends Emitter {
  id = newKey().slice(0, 16);
  room = `lab-${newKey().slice(0, 12)}`;
  /** @type {Map<Way, Meter>} */
  meters;
  /** @type {number[]} when each was sent, by `performance.now()` */
  sentAt = [];
  /** how often the server asked the sender to slow down */
  refusals = 0;
  startedAt = new Date();
  /** @type {import('./recovery.js').Trouble[]} made so far, the oldest first */
  troubles = [];
  /** the server's processor time while messages were sent and came */
  cpu = { ms: 0, received: 0 };
  /** @type {ServerSide} */
  server;

  #base;
  #usual;
  #ending = new AbortController();
  /** @type {number[]} when the server had acknowledged each */
  #storedAt = [];

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
    this.server = new ServerSide(base, this.id);
    this.meters = new Map(plan.ways.map((way) => [way, new Meter()]));
  }

  /** Settles when all is received, or was given up, or `stop` was called; rejects when the server cannot be reached. */
  async start() {
    const api = new Api(this.#base, this.#ending.signal);
    const looking = setInterval(() => this.#look(), LOOK_AT_SERVER_MS);
    let outcome = 'done';
    try {
      this.emit('state', 'starting');
      await this.#look();
      const { ways, inTurn } = this.plan;
      for (const together of inTurn ? ways.map((way) => [way]) : [ways]) await this.#round(api, together);
    } catch (error) {
      if (!this.stopped) throw error;
      outcome = 'stopped';
    } finally {
      clearInterval(looking);
      this.stop();
    }
    this.emit('state', 'closing');
    await this.#close();
    this.emit('state', outcome);
  }

  /** Waits until the server has seen the end of every line, so that its counts are the last. */
  async #close() {
    const { signal } = new AbortController();
    for (let waited = 0; waited < CLOSING_MS; waited += LOOK_AT_CLOSING_MS) {
      await pause(LOOK_AT_CLOSING_MS, signal);
      await this.#look();
      if ([...this.meters.values()].every(({ server }) => (server?.underWay ?? 0) === 0)) return;
    }
  }

  /**
   * These ways read, and as many messages as are planned are sent.
   *
   * @param {Api} api
   * @param {Way[]} ways
   */
  async #round(api, ways) {
    const { cursor } = await api.history(this.room, { limit: 1 });
    const ending = new AbortController();
    const end = () => ending.abort();
    this.#ending.signal.addEventListener('abort', end);
    try {
      const reading = Promise.all(ways.map((way) => this.#read(way, cursor, ending.signal)));
      await Promise.race([reading, pause(READY_MS, api.signal)]);
      const before = await this.#look();
      this.emit('state', 'running');
      await this.#send(api);
      this.emit('state', 'settling');
      await this.#settle(ways);
      this.#took(ways, cpuBetween(before, await this.#look()));
    } finally {
      this.#ending.signal.removeEventListener('abort', end);
      end();
    }
  }

  /**
   * @param {Way[]} ways
   * @param {number | null} ms
   */
  #took(ways, ms) {
    if (ms === null) return;
    const received = ways.reduce((sum, way) => sum + this.#meter(way).delays.size, 0);
    this.cpu = { ms: this.cpu.ms + ms, received: this.cpu.received + received };
    if (ways.length === 1) this.#meter(ways[0]).cpu = received === 0 ? null : ms / received;
  }

  async #look() {
    const counts = await this.server.look();
    for (const [way, meter] of this.meters) meter.server = counts?.ways[way] ?? null;
    return counts;
  }

  /**
   * Makes trouble for a way, and watches what becomes of it.
   *
   * @param {Way} way
   * @param {string} kind
   * @param {Record<string, string>} amounts
   */
  async trouble(way, kind, amounts) {
    const effect = await this.server.trouble(way, kind, amounts);
    if (kind === 'none') return;
    if (kind === 'refuse') await this.server.trouble(way, 'drop', {});
    this.troubles.push(begun(way, kind, effect));
    this.emit('trouble');
  }

  stop() {
    this.#ending.abort();
  }

  get stopped() {
    return this.#ending.signal.aborted;
  }

  /** @param {Way} way */
  #meter(way) {
    return /** @type {Meter} */ (this.meters.get(way));
  }

  /**
   * @param {Way} way
   * @param {string} after
   * @param {AbortSignal} signal
   * @returns {Promise<void>} when it reads, or has failed
   */
  #read(way, after, signal) {
    const meter = this.#meter(way);
    /** @type {import('./readers.js').Place} */
    const place = {
      base: this.#base, room: this.room, after, everyMs: this.plan.everyMs, usual: this.#usual, meter, signal,
      tag: this.server.tag(way),
      received: (message) => {
        if (message.text !== undefined) place.after = message.cursor ?? place.after;
        this.#received(way, message);
      },
    };
    const from = this.sentAt.length;
    const isOverdue = (/** @type {number} */ since) => this.#isOverdue(way, from, since);
    return new Promise((ready) => {
      follow(READERS[way], place, { ready, isOverdue }).catch((error) => {
        if (!signal.aborted) meter.failure = error.message;
        ready();
      });
    });
  }

  /**
   * Whether a message was stored, and the line open, for longer than a reader waits.
   *
   * @param {Way} way
   * @param {number} from the first message of the round
   * @param {number} since
   */
  #isOverdue(way, from, since) {
    const { delays } = this.#meter(way);
    const patience = PATIENCE_MS + (way === 'poll' ? this.plan.everyMs : 0);
    const late = performance.now() - patience;
    if (since > late) return false;
    return this.#storedAt.some((at, n) => n >= from && at < late && !delays.has(n));
  }

  /**
   * @param {Way} way
   * @param {any} message
   */
  #received(way, { text = '', seq = 0 }) {
    const found = TEXT.exec(text);
    if (found === null || found[1] !== this.id) return;
    const meter = this.#meter(way);
    const sentAt = Number(found[3]);
    meter.arrived(Number(found[2]), sentAt, seq);
    came(this.troubles, way, sentAt, meter.missing === 0, performance.now());
  }

  /** @param {Api} api */
  async #send(api) {
    const begin = performance.now();
    const from = this.sentAt.length;
    for (let n = from; n < from + this.plan.count; n++) {
      const wait = begin + ((n - from) * 1000) / this.plan.rate - performance.now();
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
      this.#storedAt[n] = performance.now();
      return true;
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'rate') throw error;
      await pause(error.retryAfter || RATE_MS, api.signal);
      return false;
    }
  }

  /** @param {Way[]} ways */
  async #settle(ways) {
    for (let waited = 0; waited < SETTLE_MS; waited += LOOK_MS) {
      const missing = (/** @type {Meter} */ { failure, delays }) => failure === null && delays.size < this.plan.count;
      if (!ways.map((way) => this.#meter(way)).some(missing)) return;
      await pause(LOOK_MS, this.#ending.signal);
    }
  }
}
