// @ts-check
import { epochOf, isAfter } from '../cursor.js';
import { Api, Refused } from './api.js';
import { readEvents } from './sse.js';

/**
 * What a tab wants to read; `after`: where it stands.
 * @typedef {{id: string, tab: string, room: string, after?: string}} Want
 *
 * What the leader tells the tabs. `begin`: what these want follows, at its place or before it; `frames`: messages as they
 * came; `alone`: the server would not have these together with the others, and they may ask themselves; `ended`: the
 * stream is over.
 * @typedef {{type: 'begin' | 'alone', wants: string[]} | {type: 'frames', messages: any[]}
 *     | {type: 'ended', wants: string[], close?: {code: number, reason: string}, refusal?: any}} Told
 */

/** What one tab asks for can be wrong; it must not cost the others their stream. */
const OF_ONE = ['bad_room', 'bad_cursor', 'bad_message', 'too_many_rooms', 'too_large'];

/**
 * One stream for what all tabs want. A new want opens it again: at the place of the one that is furthest behind in each
 * room, so that nobody misses anything; who had it already drops it by its own cursor.
 */
export class Leader {
  #base;
  #tell;
  /** @type {Map<string, Want>} */
  #wants = new Map();
  /** @type {Set<string>} those that the stream under way serves */
  #served = new Set();
  /** @type {Map<string, string>} how far the stream has come in each room, or where it begins */
  #places = new Map();
  /** @type {AbortController | null} */
  #ending = null;
  #opening = false;
  #stale = false;

  /**
   * @param {string} base the application's address, with the slash at its end
   * @param {(told: Told) => void} tell every tab, this one too
   */
  constructor(base, tell) {
    this.#base = base;
    this.#tell = tell;
  }

  /** @param {Want} want a repeated one changes nothing */
  want(want) {
    if (this.#wants.has(want.id)) return;
    this.#wants.set(want.id, want);
    this.#open();
  }

  /** @param {string} id */
  unwant(id) {
    const want = this.#wants.get(id);
    if (want === undefined) return;
    this.#remove([id]);
    if (this.#wantsOf(want.room).length === 0) this.#open();
  }

  /** @param {string} tab that is gone */
  drop(tab) {
    for (const want of [...this.#wants.values()]) if (want.tab === tab) this.unwant(want.id);
  }

  stop() {
    this.#wants.clear();
    this.#ending?.abort();
  }

  /** What is being opened is not opened again before it has begun: many that come together cost two streams, not many. */
  #open() {
    this.#stale = true;
    if (this.#opening) return;
    this.#ending?.abort();
    this.#ending = null;
    if (this.#wants.size > 0) this.#read();
  }

  async #read() {
    const ending = new AbortController();
    this.#ending = ending;
    this.#stale = false;
    const wants = [...this.#wants.keys()];
    const fresh = wants.filter((id) => !this.#served.has(id));
    const places = this.#begin();
    this.#served = new Set(wants);
    try {
      const response = await this.#answered(new Api(this.#base, ending.signal).eventsOf(places));
      if (this.#stale) return this.#open();
      this.#tell({ type: 'begin', wants });
      const close = await readEvents(response, (messages) => !ending.signal.aborted && this.#passOn(messages));
      if (!ending.signal.aborted) this.#ended({ close });
    } catch (error) {
      if (!ending.signal.aborted) this.#failed(error, fresh);
    }
  }

  /** @param {Promise<Response>} response */
  async #answered(response) {
    this.#opening = true;
    try {
      return await response;
    } finally {
      this.#opening = false;
    }
  }

  /** @returns {Array<{room: string, after?: string}>} where the next stream begins, from where nobody misses anything */
  #begin() {
    const rooms = [...new Set([...this.#wants.values()].map(({ room }) => room))];
    const places = rooms.map((room) => {
      const reached = this.#places.get(room);
      const cursors = this.#wantsOf(room).map(({ id, after }) => (this.#served.has(id) ? reached : after));
      return { room, after: furthestBehind(cursors.flatMap((cursor) => cursor ?? []), reached) };
    });
    this.#places = new Map(places.flatMap(({ room, after }) => (after === undefined ? [] : [[room, after]])));
    return places;
  }

  /** @param {any[]} messages */
  #passOn(messages) {
    for (const { type, room, cursor, to } of messages) {
      if (type === 'joined' || type === 'message') this.#places.set(room, cursor);
      if (type === 'gap') this.#places.set(room, to);
    }
    this.#tell({ type: 'frames', messages });
  }

  /**
   * @param {unknown} error
   * @param {string[]} fresh what was not in the stream before
   */
  #failed(error, fresh) {
    if (!(error instanceof Refused)) return this.#ended({});
    if (OF_ONE.includes(error.code) && fresh.length > 0) {
      this.#remove(fresh);
      this.#tell({ type: 'alone', wants: fresh });
      return this.#open();
    }
    const { code, message, retry, retryAfter } = error;
    this.#ended({ refusal: { code, message, retry, retryAfter } });
  }

  /** @param {{close?: {code: number, reason: string}, refusal?: any}} how */
  #ended(how) {
    const wants = [...this.#served];
    this.#remove(wants);
    this.#tell({ type: 'ended', wants, ...how });
    this.#open();
  }

  /** @param {string[]} ids */
  #remove(ids) {
    for (const id of ids) {
      this.#wants.delete(id);
      this.#served.delete(id);
    }
  }

  /** @param {string} room */
  #wantsOf(room) {
    return [...this.#wants.values()].filter((want) => want.room === room);
  }
}

/**
 * After a cursor of another log all of the one that is there now follows, so such a one is the furthest behind.
 *
 * @param {string[]} cursors
 * @param {string} [reached] in the log that is there now
 * @returns {string | undefined}
 */
function furthestBehind(cursors, reached = cursors[0]) {
  const foreign = cursors.find((cursor) => epochOf(cursor) !== epochOf(reached));
  return foreign ?? cursors.reduce((least, cursor) => (isAfter(cursor, least) ? least : cursor), cursors[0]);
}
