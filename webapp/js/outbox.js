// @ts-check
import { newKey } from './key.js';

/**
 * @typedef {object} Letter a message of ours that the server has not confirmed
 * @property {string} key kept for every attempt, so that sending twice does no harm
 * @property {string} room
 * @property {string} text
 * @property {string} at when it was written, ISO 8601
 * @property {'pending' | 'failed'} state
 * @property {{code: string, message: string}} [error] why it failed
 */

/** What is not confirmed yet, in the order it was written. Survives lost connections and reloads of the tab. */
export class Outbox {
  /** @type {Letter[]} */
  #letters;
  #storage;

  /** @param {{get(key: string): string | null, set(key: string, value: string | null): void}} storage of the tab */
  constructor(storage) {
    this.#storage = storage;
    try {
      this.#letters = JSON.parse(storage.get('outbox') ?? '[]');
    } catch {
      this.#letters = [];
    }
  }

  /**
   * @param {string} room
   * @returns {Letter[]}
   */
  of(room) {
    return this.#letters.filter((letter) => letter.room === room);
  }

  /** @returns {Letter | undefined} the next to be sent */
  next() {
    return this.#letters.find((letter) => letter.state === 'pending');
  }

  /**
   * @param {string} room
   * @param {string} text
   * @returns {Letter}
   */
  write(room, text) {
    /** @type {Letter} */
    const letter = { key: newKey(), room, text, at: new Date().toISOString(), state: 'pending' };
    this.#letters.push(letter);
    this.#save();
    return letter;
  }

  /**
   * @param {string} key
   * @param {{code: string, message: string}} error
   * @returns {Letter | undefined}
   */
  fail(key, error) {
    return this.#change(key, (letter) => ({ ...letter, state: 'failed', error }));
  }

  /**
   * The server keeps a key with the text it first stood for, so a `key_reused` needs a new one.
   *
   * @param {string} key
   * @returns {Letter | undefined}
   */
  retry(key) {
    return this.#change(key, ({ error, ...letter }) => ({
      ...letter,
      state: 'pending',
      key: error?.code === 'key_reused' ? newKey() : key,
    }));
  }

  /**
   * It is in the log, or was given up.
   *
   * @param {string} key
   * @returns {boolean} whether it was here
   */
  remove(key) {
    const kept = this.#letters.filter((letter) => letter.key !== key);
    if (kept.length === this.#letters.length) return false;
    this.#letters = kept;
    this.#save();
    return true;
  }

  /**
   * @param {string} key
   * @param {(letter: Letter) => Letter} change
   */
  #change(key, change) {
    const at = this.#letters.findIndex((letter) => letter.key === key);
    if (at < 0) return undefined;
    this.#letters[at] = change(this.#letters[at]);
    this.#save();
    return this.#letters[at];
  }

  #save() {
    this.#storage.set('outbox', this.#letters.length === 0 ? null : JSON.stringify(this.#letters));
  }
}
