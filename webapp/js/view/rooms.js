// @ts-check
import { onMoved, show } from '../address.js';
import { say } from '../i18n.js';
import { whyOf } from '../refusal.js';

/** Which room this is, the way to another one, and what the server had to say about it. */
export class RoomView {
  #title = /** @type {HTMLElement} */ (document.querySelector('#room-name'));
  #form = /** @type {HTMLFormElement} */ (document.querySelector('#goto'));
  #input = /** @type {HTMLInputElement} */ (document.querySelector('#room'));
  #notice = /** @type {HTMLElement} */ (document.querySelector('#notice'));

  /** @param {import('../client.js').Client} client */
  constructor(client) {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const room = this.#input.value.trim().normalize('NFC');
      if (room === '') return;
      show(room);
      client.enter(room);
    });
    onMoved((room) => client.enter(room));
    client.on('room', (room) => this.#draw(room));
    client.on('notice', (refusal) => {
      say(this.#notice, 'notice', { why: whyOf(refusal) });
      this.#notice.hidden = false;
    });
    for (const settled of ['messages', 'history', 'sent']) client.on(settled, () => (this.#notice.hidden = true));
    this.#draw(client.room);
  }

  /** @param {string} room */
  #draw(room) {
    this.#title.textContent = room;
    this.#input.value = room;
    this.#notice.hidden = true;
  }
}
