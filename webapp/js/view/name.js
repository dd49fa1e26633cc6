// @ts-check
import { say } from '../i18n.js';
import { whyOf } from '../refusal.js';

/** Our own name: shown, changed, and refused with the reason. */
export class NameView {
  #form = /** @type {HTMLFormElement} */ (document.querySelector('#rename'));
  #input = /** @type {HTMLInputElement} */ (document.querySelector('#name'));
  #said = /** @type {HTMLElement} */ (document.querySelector('#name-said'));
  #asked = false;

  /** @param {import('../client.js').Client} client */
  constructor(client) {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const name = this.#input.value.trim();
      if (name === '') return;
      this.#asked = true;
      this.#input.removeAttribute('aria-invalid');
      say(this.#said, client.link.state.state === 'online' ? 'none' : 'nameLater');
      client.rename(name);
    });
    this.#input.addEventListener('input', () => say(this.#said, 'none'));
    client.on('me', ({ name }) => this.#known(name));
    client.on('refused', (refusal) => this.#refused(refusal));
  }

  /** @param {string} name a reconnect must not overwrite what is being written */
  #known(name) {
    const writing = document.activeElement === this.#input && !this.#asked;
    if (!writing && this.#input.getAttribute('aria-invalid') === null) this.#input.value = name;
    if (this.#asked) say(this.#said, 'nameSaved');
    this.#asked = false;
  }

  /** @param {import('../refusal.js').Refusal} refusal */
  #refused(refusal) {
    this.#asked = false;
    this.#input.setAttribute('aria-invalid', 'true');
    say(this.#said, 'refusedFor', { why: whyOf(refusal) });
  }
}
