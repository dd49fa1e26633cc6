// @ts-check
import { seqOf } from '../cursor.js';
import { say } from '../i18n.js';
import { MessagesView } from './messages.js';
import { ScrollPlace } from './scroll.js';

/** @typedef {import('../client.js').Message} Message */

/** The middle of the page: the messages of the room, older ones on demand, and what came in unseen below. */
export class LogView {
  #client;
  #messages;
  #place;
  #box = /** @type {HTMLElement} */ (document.querySelector('#log'));
  #older = /** @type {HTMLElement} */ (document.querySelector('#older'));
  #newer = /** @type {HTMLButtonElement} */ (document.querySelector('#newer'));
  #empty = /** @type {HTMLElement} */ (document.querySelector('#empty'));
  #more = false;
  #loading = false;
  #below = 0;
  #sight;

  /** @param {import('../client.js').Client} client */
  constructor(client) {
    this.#client = client;
    const list = /** @type {HTMLOListElement} */ (document.querySelector('#messages'));
    this.#messages = new MessagesView(list, {
      retry: (key) => client.retry(key),
      discard: (key) => this.#discard(key),
      load: (before, loaded) => this.#load(before, loaded),
    });
    this.#place = new ScrollPlace(this.#box, list, () => this.#showBelow());
    this.#sight = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#loadOlder(), {
      root: this.#box,
      rootMargin: '300px 0px 0px',
    });
    this.#older.addEventListener('click', () => this.#loadOlder());
    this.#newer.addEventListener('click', () => this.#place.toEnd());

    client.on('room', () => this.#begin());
    client.on('messages', (messages) => this.#arrived(messages));
    client.on('history', (page) => this.#filled(page));
    client.on('gap', (gap) => this.#gap(gap));
    client.on('sent', (sent) => this.#grow(() => this.#messages.sent(sent)));
    client.on('letter', (letter) => this.#written(letter));
    client.on('state', ({ state }) => state === 'online' && this.#setMore(this.#more));
    client.on('retried', ({ key, letter }) => this.#retried(key, letter));
    this.#begin();
  }

  #begin() {
    this.#messages.clear();
    this.#more = false;
    this.#older.hidden = true;
    for (const letter of this.#client.letters) this.#putLetter(letter);
    this.#empty.hidden = true;
    this.#below = 0;
    this.#place.toEnd();
  }

  /** @param {Message[]} messages */
  #arrived(messages) {
    this.#grow(() => messages.forEach((message) => this.#put(message)));
    if (this.#place.atEnd) {
      if (this.#messages.trim()) this.#setMore(true);
    } else {
      this.#below += messages.filter((message) => message.from.id !== this.#client.me?.id).length;
    }
    this.#showBelow();
  }

  /** @param {{messages: Message[], more: boolean}} page */
  #filled({ messages, more }) {
    this.#place.keep(() => messages.forEach((message) => this.#put(message)));
    this.#empty.hidden = !this.#messages.empty;
    this.#setMore(more);
  }

  #loadOlder() {
    const oldest = this.#messages.oldest;
    if (this.#loading || !this.#more || oldest === null) return;
    this.#loading = true;
    this.#box.setAttribute('aria-busy', 'true');
    this.#client.history(oldest, () => {
      this.#loading = false;
      this.#box.removeAttribute('aria-busy');
    });
  }

  /**
   * What a gap left out, which lies above what the reader sees as a rule.
   *
   * @param {string | null} before
   * @param {(page: import('./messages.js').Page) => void} loaded
   */
  #load(before, loaded) {
    this.#client.page(before, (page) => {
      this.#place.keep(() => {
        page?.messages.forEach((message) => this.#put(message));
        loaded(page);
      });
    });
  }

  /** @param {boolean} more observing again makes the observer look again, also when the top has stayed in sight */
  #setMore(more) {
    this.#more = more;
    this.#older.hidden = !more;
    this.#sight.unobserve(this.#older);
    if (more) requestAnimationFrame(() => this.#sight.observe(this.#older));
  }

  /** @param {{from: string, to: string, reason: string}} gap */
  #gap({ from, to, reason }) {
    this.#grow(() => this.#messages.gap({ from: seqOf(from), to: seqOf(to), reason }));
  }

  /** @param {import('../outbox.js').Letter} letter */
  #written(letter) {
    this.#grow(() => this.#putLetter(letter));
    if (letter.state === 'pending') this.#place.toEnd();
  }

  /**
   * @param {string} key
   * @param {import('../outbox.js').Letter} letter
   */
  #retried(key, letter) {
    if (key !== letter.key) this.#messages.remove(key);
    this.#grow(() => this.#putLetter(letter));
  }

  /** @param {string} key */
  #discard(key) {
    this.#client.giveUp(key);
    this.#messages.remove(key);
    this.#box.focus();
  }

  /** @param {() => void} change adds at the end */
  #grow(change) {
    change();
    this.#empty.hidden = true;
    this.#place.settle();
  }

  /** @param {Message} message */
  #put(message) {
    this.#messages.put({ ...message, mine: message.from.id === this.#client.me?.id, state: 'sent' });
  }

  /** @param {import('../outbox.js').Letter} letter */
  #putLetter(letter) {
    if (letter.room !== this.#client.room) return;
    this.#messages.put({ ...letter, from: this.#client.me ?? undefined, mine: true });
  }

  #showBelow() {
    if (this.#place.atEnd) this.#below = 0;
    this.#newer.hidden = this.#below === 0;
    if (this.#below > 0) say(this.#newer, 'newer', { n: this.#below });
  }
}
