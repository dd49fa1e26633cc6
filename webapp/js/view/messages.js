// @ts-check
import { sayDay } from '../i18n.js';
import { GapLine } from './gap.js';
import { draw, make } from './message.js';

/**
 * @typedef {import('./message.js').Shown} Shown
 * @typedef {{messages: import('../client.js').Message[], more: boolean} | null} Page null: it did not come
 *
 * @typedef {object} Actions
 * @property {(key: string) => void} retry
 * @property {(key: string) => void} discard
 * @property {(before: string | null, loaded: (page: Page) => void) => void} load puts a page of the past into the list
 */

const TOGETHER_MS = 5 * 60_000;
const MOST = 600;
const CUT = 200;

/**
 * The list: what is in the log by `seq`, and below it what is not there yet. A message has one line, whichever way and
 * however often it comes: by its `seq`, or before it has one by its key.
 */
export class MessagesView {
  #list;
  #actions;
  /** @type {Map<number, HTMLLIElement>} */
  #bySeq = new Map();
  /** @type {Map<string, HTMLLIElement>} lines of ours that have not come back from the log */
  #byKey = new Map();
  /** @type {WeakMap<HTMLLIElement, Shown>} */
  #shown = new WeakMap();

  /**
   * @param {HTMLOListElement} list
   * @param {Actions} actions
   */
  constructor(list, actions) {
    this.#list = list;
    this.#actions = actions;
  }

  /** @returns {boolean} */
  get empty() {
    return this.#list.childElementCount === 0;
  }

  /** @returns {string | null} the place of the oldest message */
  get oldest() {
    for (const line of this.#lines()) {
      const cursor = this.#shown.get(line)?.cursor;
      if (cursor !== undefined) return cursor;
    }
    return null;
  }

  clear() {
    this.#list.replaceChildren();
    this.#bySeq.clear();
    this.#byKey.clear();
  }

  /** @param {Shown} shown new, or changed */
  put(shown) {
    const known = (shown.seq !== undefined && this.#bySeq.get(shown.seq)) || this.#byKey.get(shown.key);
    const line = known || document.createElement('li');
    if (shown.seq === undefined) {
      this.#byKey.set(shown.key, line);
    } else {
      if (this.#byKey.get(shown.key) !== line) this.remove(shown.key);
      this.#byKey.delete(shown.key);
      this.#bySeq.set(shown.seq, line);
    }
    this.#shown.set(line, shown);
    draw(line, shown, this.#actions);
    this.#place(line, shown.seq);
  }

  /**
   * The server has it; its own message will follow, or is here already, or lies above what is shown.
   *
   * @param {{key: string, seq: number}} sent
   */
  sent({ key, seq }) {
    const line = this.#byKey.get(key);
    const shown = line && this.#shown.get(line);
    if (shown === undefined) return;
    const first = [...this.#bySeq.keys()].reduce((least, other) => Math.min(least, other), Infinity);
    if (this.#bySeq.has(seq) || (seq < first && first !== Infinity)) this.remove(key);
    else this.put({ ...shown, seq, state: 'sent' });
  }

  /** @param {string} key of a line that is not in the log */
  remove(key) {
    const line = this.#byKey.get(key);
    if (line === undefined) return;
    const next = line.nextElementSibling;
    line.remove();
    this.#byKey.delete(key);
    if (next !== null) this.#relate(/** @type {HTMLLIElement} */ (next));
  }

  /** @param {{from: number, to: number, reason: string}} gap what lies between is not here */
  gap(gap) {
    const made = new GapLine(gap, () => this.#actions.load(this.#cursorBelow(made.element), (page) => {
      made.loaded(page && { seqs: page.messages.map(({ seq }) => seq), more: page.more });
      if (made.empty) made.element.remove();
    }));
    this.#place(made.element, gap.to);
  }

  /**
   * @param {HTMLLIElement} line
   * @returns {string | null} the place of the first message after it
   */
  #cursorBelow(line) {
    for (let below = line.nextElementSibling; below !== null; below = below.nextElementSibling) {
      const cursor = this.#shown.get(/** @type {HTMLLIElement} */ (below))?.cursor;
      if (cursor !== undefined) return cursor;
    }
    return null;
  }

  /** @returns {boolean} whether old lines went, so that the page does not grow for ever */
  trim() {
    if (this.#list.childElementCount <= MOST) return false;
    for (const line of [...this.#lines()].slice(0, CUT)) {
      if (line.dataset.seq === undefined) break;
      this.#bySeq.delete(Number(line.dataset.seq));
      line.remove();
    }
    const first = this.#list.firstElementChild;
    if (first !== null) this.#relate(/** @type {HTMLLIElement} */ (first));
    return true;
  }

  /**
   * @param {HTMLLIElement} line
   * @param {number} [seq] none: at the end
   */
  #place(line, seq) {
    const followed = line.nextElementSibling;
    let before = /** @type {HTMLLIElement | null} */ (this.#list.lastElementChild);
    while (before !== null && (before === line || after(before, seq))) {
      before = /** @type {HTMLLIElement | null} */ (before.previousElementSibling);
    }
    const next = before === null ? this.#list.firstElementChild : before.nextElementSibling;
    if (next !== line && !(seq === undefined && line.isConnected)) this.#list.insertBefore(line, next);
    for (const moved of [line, line.nextElementSibling, followed]) {
      if (moved?.isConnected) this.#relate(/** @type {HTMLLIElement} */ (moved));
    }
  }

  /** @param {HTMLLIElement} line looks at the one above: another day, or the same person going on? */
  #relate(line) {
    const above = /** @type {HTMLLIElement | null} */ (line.previousElementSibling);
    const at = line.dataset.at;
    if (at === undefined) return;
    const day = new Date(at).toDateString();
    const newDay = above?.dataset.at === undefined || new Date(above.dataset.at).toDateString() !== day;
    line.querySelector('.day')?.remove();
    if (newDay) {
      const heading = make('p', 'day');
      heading.dataset.day = at;
      sayDay(heading);
      line.prepend(heading);
    }
    const same = above?.dataset.from === line.dataset.from && above?.classList.contains('mine') === line.classList.contains('mine');
    const soon = Date.parse(at) - Date.parse(above?.dataset.at ?? '') < TOGETHER_MS;
    line.classList.toggle('goes-on', !newDay && same && soon);
  }

  #lines() {
    return /** @type {Iterable<HTMLLIElement>} */ (/** @type {unknown} */ (this.#list.children));
  }
}

/**
 * @param {HTMLLIElement} line
 * @param {number} [seq] none: at the end
 */
function after(line, seq) {
  if (seq === undefined) return false;
  return line.dataset.seq === undefined || Number(line.dataset.seq) > seq;
}
