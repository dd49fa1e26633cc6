// @ts-check
import { say } from '../i18n.js';

const SHOWN_MS = 5_000;

/** Who is typing, for a while after each sign of it. */
export class TypingView {
  #line = /** @type {HTMLElement} */ (document.querySelector('#typing'));
  /** @type {Map<string, {name: string, timer: ReturnType<typeof setTimeout>}>} */
  #typists = new Map();

  /** @param {import('../client.js').Client} client */
  constructor(client) {
    client.on('typing', (person) => this.#add(person));
    client.on('messages', (messages) => {
      for (const { from } of messages) this.#remove(from.id);
    });
    client.on('room', () => [...this.#typists.keys()].forEach((id) => this.#remove(id)));
  }

  /** @param {import('../roster.js').Person} person */
  #add({ id, name }) {
    clearTimeout(this.#typists.get(id)?.timer);
    this.#typists.set(id, { name, timer: setTimeout(() => this.#remove(id), SHOWN_MS) });
    this.#draw();
  }

  /** @param {string} id */
  #remove(id) {
    clearTimeout(this.#typists.get(id)?.timer);
    if (this.#typists.delete(id)) this.#draw();
  }

  #draw() {
    const [a, b] = [...this.#typists.values()].map(({ name }) => `\u2068${name}\u2069`);
    if (a === undefined) say(this.#line, 'none');
    else if (b === undefined) say(this.#line, 'typing1', { a });
    else say(this.#line, this.#typists.size === 2 ? 'typing2' : 'typingMany', { a, b });
  }
}
