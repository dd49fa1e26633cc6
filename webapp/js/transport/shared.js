// @ts-check
import { isAfter } from '../cursor.js';
import { newKey } from '../key.js';
import { Refused } from './api.js';
import { Leader } from './leader.js';
import { receiveEvents } from './sse.js';

/**
 * @typedef {import('./leader.js').Told} Told
 * @typedef {{code: number, reason: string}} Close
 *
 * @typedef {object} Reading what this tab reads
 * @property {string} room
 * @property {string | undefined} cursor where it stands
 * @property {string | null} servedBy the leader whose stream is for it; what another one said comes too late
 * @property {boolean} joined
 * @property {(messages: any[]) => void} deliver
 * @property {(close: Close | Promise<Close>) => void} end
 * @property {(error: unknown) => void} fail
 * @property {import('./api.js').Api} api
 */

/**
 * One stream for all tabs of a browser, which grants six connections to a host over HTTP/1.1, and a tab that finds none
 * waits for ever. The tab that holds a lock leads: it reads for all and passes on what comes. When it closes, the browser
 * gives the lock to the next one, all tell it where they stand, and it goes on from there.
 *
 * Each tab has a lock of its own too, by which the leader learns that one is gone without a word.
 */
export class SharedEvents {
  #base;
  #name;
  #locks;
  #channel;
  #tab = newKey();
  #count = 0;
  /** @type {Map<string, Reading>} */
  #readings = new Map();
  /** @type {Leader | null} */
  #leader = null;
  /** @type {string | null} the leader whose word counts; one that has gone may still be heard */
  #following = null;
  /** @type {Set<string>} tabs whose end the leader waits for */
  #watched = new Set();
  /** @type {AbortController | null} ends being there, and leading */
  #presence = null;
  /** @type {Promise<void>} when this tab's own lock is held */
  #present = Promise.resolve();

  /** Whether this browser, and this page's address, can do it: locks are for secure contexts alone. */
  static get possible() {
    return globalThis.navigator?.locks !== undefined && globalThis.BroadcastChannel !== undefined;
  }

  /**
   * @param {string} base the application's address, with the slash at its end
   * @param {LockManager} [locks]
   */
  constructor(base, locks = navigator.locks) {
    this.#base = base;
    this.#locks = locks;
    this.#name = `parley.events ${base}`;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }) => this.#heard(data);
  }

  /** @type {import('./http.js').Receive} */
  receive = (api, { room, after }, deliver) =>
    new Promise((end, fail) => {
      const id = `${this.#tab} ${++this.#count}`;
      this.#readings.set(id, { room, cursor: after, servedBy: null, joined: false, deliver, end, fail, api });
      const stop = () => {
        this.#forget(id);
        fail(api.signal.reason);
      };
      if (api.signal.aborted) return stop();
      api.signal.addEventListener('abort', stop, { once: true });
      this.#appear();
      this.#present.then(() => this.#want(id));
    });

  close() {
    this.#presence?.abort();
    this.#channel.close();
  }

  /** Is there, and leads when no other does, as long as something is read. */
  #appear() {
    if (this.#presence !== null) return;
    const presence = new AbortController();
    this.#presence = presence;
    const { signal } = presence;
    this.#present = new Promise((held) => {
      this.#hold(`${this.#name} ${this.#tab}`, signal, held);
    });
    this.#present.then(() => this.#hold(this.#name, signal, () => this.#lead(signal)));
  }

  /**
   * @param {string} lock
   * @param {AbortSignal} signal gives it back
   * @param {() => void} held
   */
  #hold(lock, signal, held) {
    this.#locks.request(lock, { signal }, () => {
      held();
      return new Promise((release) => {
        if (signal.aborted) release(null);
        else signal.addEventListener('abort', () => release(null), { once: true });
      });
    }).catch(() => {}); // It was given up before it was held.
  }

  /** @param {AbortSignal} signal */
  #lead(signal) {
    if (signal.aborted) return;
    const leader = new Leader(this.#base, (told) => {
      this.#channel.postMessage({ ...told, from: this.#tab });
      this.#told({ ...told, from: this.#tab });
    });
    this.#leader = leader;
    this.#following = this.#tab;
    signal.addEventListener('abort', () => {
      leader.stop();
      this.#leader = null;
      this.#watched.clear();
    }, { once: true });
    this.#channel.postMessage({ type: 'lead', from: this.#tab });
    this.#wantAll();
  }

  /** Somebody leads who knows nothing of us. */
  #wantAll() {
    for (const [id, reading] of this.#readings) {
      reading.servedBy = null;
      this.#want(id);
    }
  }

  /** @param {string} id */
  #want(id) {
    const reading = this.#readings.get(id);
    if (reading === undefined) return;
    this.#say({ type: 'want', id, tab: this.#tab, room: reading.room, after: reading.cursor });
  }

  /** @param {string} id */
  #forget(id) {
    if (!this.#readings.delete(id)) return;
    this.#say({ type: 'unwant', id });
    if (this.#readings.size > 0) return;
    this.#presence?.abort();
    this.#presence = null;
  }

  /** @param {any} message to the leader, whoever that is */
  #say(message) {
    if (this.#leader === null) this.#channel.postMessage(message);
    else this.#heard(message);
  }

  /** @param {any} message of another tab's, or to ourselves as the leader */
  #heard(message) {
    switch (message.type) {
      case 'lead':
        this.#following = message.from;
        return this.#wantAll();
      case 'want':
        if (this.#leader !== null) this.#watch(message.tab);
        return this.#leader?.want(message);
      case 'unwant': return this.#leader?.unwant(message.id);
      default: return this.#told(message);
    }
  }

  /** @param {string} tab whose lock is free when it is gone */
  #watch(tab) {
    const signal = this.#presence?.signal;
    if (tab === this.#tab || signal === undefined || this.#watched.has(tab)) return;
    this.#watched.add(tab);
    this.#locks.request(`${this.#name} ${tab}`, { signal }, () => {
      this.#watched.delete(tab);
      this.#leader?.drop(tab);
    }).catch(() => {}); // We do not lead any more.
  }

  /** @param {Told & {from: string}} told */
  #told(told) {
    if (told.type === 'frames') {
      for (const reading of [...this.#readings.values()]) if (reading.servedBy === told.from) pass(reading, told.messages);
      return;
    }
    for (const id of told.wants) {
      const reading = this.#readings.get(id);
      if (reading === undefined || (this.#following ?? told.from) !== told.from) continue;
      this.#following = told.from;
      if (told.type === 'begin') reading.servedBy = told.from;
      else this.#end(id, reading, told);
    }
  }

  /**
   * Who leads goes on doing so, for those who come back.
   *
   * @param {string} id
   * @param {Reading} reading
   * @param {Exclude<Told, {type: 'frames'}>} told
   */
  #end(id, reading, told) {
    this.#readings.delete(id);
    if (told.type === 'alone') reading.end(receiveEvents(reading.api, placeOf(reading), reading.deliver));
    else if (told.type === 'ended' && told.refusal !== undefined) reading.fail(new Refused(told.refusal));
    else if (told.type === 'ended' && told.close !== undefined) reading.end(told.close);
    else reading.fail(new Error('the stream broke'));
  }
}

/** @param {Reading} reading */
function placeOf({ room, cursor }) {
  return { room, after: cursor };
}

/**
 * The stream may begin before this one's place, and is begun again when another tab comes: what it has had is left out,
 * and who is there is told as a change.
 *
 * @param {Reading} reading
 * @param {any[]} messages
 */
function pass(reading, messages) {
  const fresh = messages.flatMap((message) => {
    if (message.room !== undefined && message.room !== reading.room) return [];
    if (message.type === 'joined') return [join(reading, message)];
    if (!reading.joined) return [];
    if (message.type === 'message') return moved(reading, message.cursor) ? [message] : [];
    if (message.type !== 'gap') return [message];
    const from = reading.cursor;
    return moved(reading, message.to) ? [{ ...message, from }] : [];
  });
  if (reading.joined && (fresh.length > 0 || messages.length === 0)) reading.deliver(fresh);
}

/**
 * @param {Reading} reading
 * @param {any} joined
 */
function join(reading, { room, cursor, members, count, version, ...others }) {
  const roster = { room, members, count, version };
  if (reading.joined) return { type: 'presence', ...roster };
  reading.joined = true;
  reading.cursor ??= cursor;
  return { ...others, ...roster, cursor: reading.cursor };
}

/**
 * @param {Reading} reading
 * @param {string} cursor
 * @returns {boolean} whether that is further on
 */
function moved(reading, cursor) {
  if (!isAfter(cursor, reading.cursor)) return false;
  reading.cursor = cursor;
  return true;
}
