// @ts-check
import { Probe } from './probe.js';

/**
 * @typedef {import('./choice.js').Choice} Choice
 * @typedef {import('./choice.js').Reason} Reason
 * @typedef {import('./choice.js').Way} Way
 * @typedef {import('./websocket.js').Transport} Transport
 * @typedef {import('./websocket.js').TransportListener} TransportListener
 */

export const OPEN_MS = 3_000;
const ALL_MS = 15_000;
const BROKEN = { code: 1006, reason: '' };

/**
 * One connection that is whichever way works. It tries one after the other until the server's welcome has come, and
 * calls `opened` for each that opens. Later it may change to a better one: when nothing is under way the old is hung up
 * and `opened` is called again, so that the owner's `hello` takes its place in the room there, at its cursor.
 *
 * @implements {Transport}
 */
export class ChosenTransport {
  patienceMs = ALL_MS;
  #choice;
  #make;
  #listener;
  /** @type {Way[]} */
  #left = [];
  /** @type {Transport | null} */
  #line = null;
  /** @type {Way} */
  #way = 'websocket';
  #opened = false;
  /** @type {'trying' | 'working' | 'changing'} changing: to a better one, which has not answered our hello */
  #phase = 'trying';
  #since = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @type {Set<any>} requests without an answer */
  #asked = new Set();
  /** @type {Set<string>} */
  #rooms = new Set();
  /** @type {any} the id of the last hello that joins */
  #hello = null;
  /** @type {Probe | null} */
  #probe = null;

  /**
   * @param {Choice} choice
   * @param {import('./choice.js').Make} make
   * @param {TransportListener} listener
   */
  constructor(choice, make, listener) {
    this.#choice = choice;
    this.#make = make;
    this.#listener = listener;
  }

  get state() {
    return this.#line?.state ?? 'closed';
  }

  get hello() {
    return this.#line?.hello ?? {};
  }

  open() {
    this.#left = [...this.#choice.order];
    this.#tryNext(BROKEN);
  }

  /** @param {any} message */
  send(message) {
    if (message.id !== undefined) this.#asked.add(message.id);
    if (message.type === 'hello' && message.rooms !== undefined) {
      this.#hello = message.id;
      for (const { room } of message.rooms) this.#rooms.add(room);
    }
    if (message.type === 'join') this.#rooms.add(message.room);
    if (message.type === 'leave') this.#rooms.delete(message.room);
    this.#line?.send(message);
  }

  close() {
    clearTimeout(this.#timer);
    this.#probe?.close();
    this.#line?.close();
    this.#probe = this.#line = null;
  }

  /** Tries now whether a better one works, unless it is doing so. */
  tryBetter() {
    if (this.#phase !== 'working' || this.#line === null || this.#probe !== null) return;
    clearTimeout(this.#timer);
    this.#look(this.#choice.betterThan(this.#way));
  }

  /** @param {{code: number, reason: string}} close of the one before */
  #tryNext(close) {
    const way = this.#left.shift();
    if (way === undefined) {
      this.#choice.exhausted();
      return this.#end(close);
    }
    this.#way = way;
    this.#opened = false;
    this.#asked.clear();
    const line = this.#make(way, this.#listenTo(() => line));
    this.#line = line;
    // The others by HTTP begin with the same plain request: if that is slow, so would they be.
    if (way === 'websocket') this.#await('slow');
    line.open();
  }

  /**
   * @param {() => Transport} line
   * @returns {TransportListener}
   */
  #listenTo(line) {
    return {
      opened: () => this.#line === line() && this.#begin(),
      received: (messages) => this.#line === line() && this.#received(messages),
      closed: (close) => this.#line === line() && this.#closed(close),
    };
  }

  #begin() {
    this.#opened = true;
    this.#await('silent');
    this.#listener.opened();
  }

  /** @param {Reason} reason it counts as failed when no welcome comes in time */
  #await(reason) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#failed(reason, BROKEN), OPEN_MS);
  }

  /** @param {any[]} messages */
  #received(messages) {
    const fresh = this.#phase === 'changing' ? this.#fromAnswer(messages) : messages;
    for (const { id } of fresh) if (id !== undefined) this.#asked.delete(id);
    if (this.#phase !== 'working' && fresh.length > 0) {
      if (fresh.some(({ type }) => type === 'welcome')) this.#works();
      else this.#await('silent');
    }
    if (fresh.length > 0 || messages.length === 0) this.#listener.received(fresh);
    this.#change();
  }

  /**
   * What the probe's own joining brings is not ours; the answer to our hello begins what is.
   *
   * @param {any[]} messages
   */
  #fromAnswer(messages) {
    const first = messages.findIndex(({ id }) => id !== undefined && id === this.#hello);
    return first < 0 ? [] : messages.slice(first);
  }

  #works() {
    this.#phase = 'working';
    this.#since = Date.now();
    this.#choice.works(this.#way);
    clearTimeout(this.#timer);
    this.#lookLater();
  }

  #lookLater() {
    if (this.#choice.betterThan(this.#way).length === 0) return;
    this.#timer = setTimeout(() => this.#look(this.#choice.betterThan(this.#way)), this.#choice.nextPause());
  }

  /** @param {Way[]} ways better ones, of which the first that works is taken */
  #look(ways) {
    const [way, ...others] = ways;
    if (way === undefined) {
      this.#choice.inVain();
      return this.#lookLater();
    }
    this.#probe = new Probe(way, (listener) => this.#make(way, listener), [...this.#rooms], {
      proved: () => this.#change(),
      failed: (reason) => {
        this.#probe = null;
        this.#choice.failed(way, reason);
        this.#look(others);
      },
    });
    this.#probe.open();
  }

  /** To the better one, as soon as there is one and nothing is under way. */
  #change() {
    if (this.#probe === null || !this.#probe.proved || this.#asked.size > 0 || this.#line === null) return;
    const probe = this.#probe;
    this.#probe = null;
    this.#line.close();
    this.#way = probe.way;
    this.#phase = 'changing';
    this.#line = probe.handOver(this.#listenTo(() => probe.transport));
    this.#begin();
  }

  /** @param {{code: number, reason: string}} close */
  #closed(close) {
    const answered = this.#opened && close.code !== 1006;
    const unreachable = !this.#opened && this.#way !== 'websocket';
    if (this.#phase === 'working' || answered || unreachable) this.#end(close);
    else this.#failed('refused', close);
  }

  /**
   * @param {Reason} reason
   * @param {{code: number, reason: string}} close
   */
  #failed(reason, close) {
    this.#choice.failed(this.#way, reason);
    this.#line?.close();
    this.#line = null;
    if (this.#phase === 'trying') this.#tryNext(close);
    else this.#end(close);
  }

  /** @param {{code: number, reason: string}} close */
  #end(close) {
    const broke = this.#phase === 'working' && close.code === BROKEN.code;
    if (broke) this.#choice.broke(this.#way, Date.now() - this.#since);
    this.close();
    this.#listener.closed(close);
  }
}
