// @ts-check
import { epochOf, seqOf } from './cursor.js';
import { Emitter } from './emitter.js';
import { Link } from './link.js';
import { Requests } from './requests.js';
import { Roster } from './roster.js';
import { Sender } from './sender.js';

/**
 * @typedef {import('./requests.js').Failure} Failure
 * @typedef {import('./roster.js').Person} Person
 * @typedef {{seq: number, cursor: string, key: string, from: Person, at: string, text: string}} Message
 */

const HISTORY = 50;
const TYPING_MS = 3_000;

/**
 * The conversation in one room: where we are in its log, what we still have to say, who is there. Emits
 * `state` (LinkState), `me` (Person), `limits`, `room` (a new list begins), `messages` (Message[], new ones in order),
 * `history` ({messages, more}), `gap`, `letter` (a Letter is new or failed), `sent` ({key, seq}), `roster`,
 * `typing` (Person), `refused` (Failure: the name), `notice` (Failure: anything else).
 */
export class Client extends Emitter {
  roster = new Roster();
  /** @type {Person | null} */
  me = null;

  #link;
  #outbox;
  #sender;
  #room;
  /** @type {string | null} the name to be known by; null leaves it to the server */
  #name;
  /** @type {string | null} the last one that the server took */
  #accepted = null;
  /** @type {string | null} */
  #cursor = null;
  #filled = false;
  #joinedRoom = false;
  #typed = 0;
  #requests;
  #helloId = 0;

  /**
   * @param {(listener: import('./link.js').TransportListener) => import('./link.js').Transport} connect
   * @param {import('./outbox.js').Outbox} outbox
   * @param {{room: string, name: string | null}} start
   */
  constructor(connect, outbox, { room, name }) {
    super();
    this.#room = room;
    this.#name = name;
    this.#outbox = outbox;
    this.#requests = new Requests((message) => this.#link.send(message));
    this.#sender = new Sender(outbox, this.#requests, (type, detail) => this.emit(type, detail));
    this.#link = new Link(connect, {
      opened: () => this.#hello(true),
      received: (messages) => this.#received(messages),
      changed: (state) => this.#changed(state),
    });
  }

  get link() {
    return this.#link;
  }

  get room() {
    return this.#room;
  }

  /** The name that was chosen and not refused. */
  get name() {
    return this.#name;
  }

  /** What is not confirmed in this room. */
  get letters() {
    return this.#outbox.of(this.#room);
  }

  /** @param {string} room where to go */
  enter(room) {
    if (room === this.#room) return;
    if (this.#joinedRoom) this.#link.send({ type: 'leave', room: this.#room });
    this.#joinedRoom = false;
    this.#room = room;
    this.roster.replace({});
    this.#begin();
    this.emit('roster');
    if (this.#link.state.state !== 'online') return;
    this.#requests.ask({ type: 'join', room }, { done: () => {}, failed: (failure) => this.#noticed(failure) });
  }

  /** @param {string} text sent as soon as there is a server */
  say(text) {
    this.emit('letter', this.#outbox.write(this.#room, text));
    this.#typed = 0;
    this.#sender.pump();
  }

  /** @param {string} key of a failed letter */
  retry(key) {
    const letter = this.#outbox.retry(key);
    this.emit('retried', { key, letter });
    this.#sender.pump();
  }

  /** @param {string} key of a failed letter */
  giveUp(key) {
    this.#outbox.remove(key);
  }

  /** Tells the others, now and then. */
  typing() {
    if (this.#link.state.state !== 'online' || Date.now() - this.#typed < TYPING_MS) return;
    this.#typed = Date.now();
    this.#link.send({ type: 'typing', room: this.#room });
  }

  /** @param {string} name now, or with the next connection */
  rename(name) {
    this.#name = name;
    if (this.#link.state.state === 'online') this.#hello(false);
  }

  /**
   * @param {string | null} before a cursor; null for the newest
   * @param {() => void} finished well or not
   */
  history(before, finished) {
    this.page(before, (page) => {
      if (page !== null) {
        this.#filled = true;
        this.emit('history', page);
      }
      finished();
    });
  }

  /**
   * A page of this room's past.
   *
   * @param {string | null} before a cursor; null for the newest
   * @param {(page: {messages: Message[], more: boolean} | null) => void} done null: it did not come, or one has left
   */
  page(before, done) {
    const room = this.#room;
    if (this.#link.state.state !== 'online') return done(null);
    this.#requests.ask({ type: 'history', room, limit: HISTORY, ...(before !== null && { before }) }, {
      done: ({ messages, more }) => {
        if (room !== this.#room) return done(null);
        for (const message of messages) this.#outbox.remove(message.key);
        done({ messages, more });
      },
      failed: (failure) => {
        if (room === this.#room) this.#noticed(failure);
        done(null);
      },
    });
  }

  /** @param {boolean} opening whether the room is to be joined too; otherwise it only tells the name */
  #hello(opening) {
    const here = { room: this.#room, ...(this.#cursor !== null && { after: this.#cursor }) };
    this.#helloId = this.#requests.ask({
      type: 'hello',
      ...this.#link.hello,
      ...(this.#name !== null && { name: this.#name }),
      ...(opening && { rooms: [here] }),
    });
  }

  /**
   * What the server would not have is left out of the next `hello`.
   *
   * @param {Failure} failure
   */
  #helloRefused(failure) {
    const opening = !this.#joinedRoom;
    if (failure.code === 'bad_name' && this.#name !== null) {
      this.#name = this.#name === this.#accepted ? null : this.#accepted;
      this.emit('refused', failure);
      if (opening) this.#hello(true);
    } else if (failure.code === 'bad_cursor' && this.#cursor !== null) {
      this.#begin();
      this.#hello(true);
    } else {
      this.#noticed(failure);
      if (failure.code === 'bad_room' && this.#link.state.state !== 'online') this.#hello(false);
    }
  }

  /** @param {import('./link.js').LinkState} state */
  #changed(state) {
    this.#sender.ready = state.state === 'online';
    if (state.state !== 'online') {
      this.#joinedRoom = false;
      this.#requests.lost();
    }
    this.emit('state', state);
  }

  /** @param {any[]} messages of one frame: what is new goes to the screen at once, not one by one */
  #received(messages) {
    /** @type {Message[]} */
    let fresh = [];
    for (const message of messages) {
      if (message.type === 'message') {
        if (this.#isNew(message)) fresh.push(message);
        continue;
      }
      if (fresh.length > 0) this.emit('messages', fresh);
      fresh = [];
      this.#handle(message);
    }
    if (fresh.length > 0) this.emit('messages', fresh);
  }

  /** @param {any} message */
  #isNew(message) {
    if (message.room !== this.#room) return false;
    this.#outbox.remove(message.key);
    if (this.#cursor !== null && message.seq <= seqOf(this.#cursor)) return false;
    this.#cursor = message.cursor;
    return true;
  }

  /** @param {any} message */
  #handle(message) {
    switch (message.type) {
      case 'ping': return this.#link.send({ type: 'pong' });
      case 'welcome': return this.#welcomed(message);
      case 'bye': return this.#link.parting(message);
      case 'error': return this.#failed(message);
      case 'sent':
      case 'history': return this.#requests.answered(message);
    }
    if (message.room !== this.#room) return;
    switch (message.type) {
      case 'joined': return this.#joined(message);
      case 'gap': return this.#gap(message);
      case 'presence': return this.roster.apply(message) ? this.emit('roster') : undefined;
      case 'typing': return message.from.id === this.me?.id ? undefined : this.emit('typing', message.from);
    }
  }

  /** @param {any} welcome */
  #welcomed(welcome) {
    this.me = welcome.user;
    this.#accepted = this.#name;
    this.emit('limits', welcome.limits ?? {});
    this.emit('me', welcome.user);
    this.#link.welcomed(welcome.heartbeat ?? 25);
  }

  /** @param {any} joined */
  #joined(joined) {
    if (this.#cursor !== null && epochOf(joined.cursor) !== epochOf(this.#cursor)) this.#begin();
    if (this.#cursor === null || seqOf(joined.cursor) > seqOf(this.#cursor)) this.#cursor = joined.cursor;
    this.#joinedRoom = true;
    this.roster.replace(joined);
    this.emit('roster');
    if (!this.#filled) this.history(null, () => {});
  }

  /** @param {any} gap after one of reason `epoch` the other log follows from its first entry */
  #gap(gap) {
    if (gap.reason === 'epoch') {
      this.#begin();
      this.#filled = true;
    }
    this.#cursor = gap.to;
    this.emit('gap', gap);
  }

  /** @param {any} error */
  #failed(error) {
    if (error.id === this.#helloId) return this.#helloRefused(error);
    if (!this.#requests.refused(error)) this.#noticed(error);
  }

  /** @param {Failure} failure */
  #noticed(failure) {
    if (failure.code !== 'lost') this.emit('notice', failure);
  }

  /** Another room or another log: what is on the screen has no place in it. */
  #begin() {
    this.#cursor = null;
    this.#filled = false;
    this.emit('room', this.#room);
  }
}
