// @ts-check
import { text } from '../i18n.js';

/** @typedef {import('../transport/choice.js').InUse} InUse */

/** Which transport carries the conversation, and why no better one. */
export class WayView {
  #line = /** @type {HTMLElement} */ (document.querySelector('#way'));
  /** @type {InUse | null} */
  #inUse = null;

  /**
   * @param {import('../client.js').Client} client
   * @param {import('../transport/choice.js').Choice} choice
   */
  constructor(client, choice) {
    client.on('state', ({ state }) => (this.#line.hidden = state !== 'online'));
    choice.on('chosen', (inUse) => {
      this.#inUse = inUse;
      this.draw();
    });
  }

  /** Again, in the language that is spoken now. */
  draw() {
    if (this.#inUse === null) return;
    this.#line.dataset.way = this.#inUse.way;
    this.#line.toggleAttribute('data-explained', this.#inUse.forced || this.#inUse.why.length > 0);
    this.#line.textContent = told(this.#inUse);
  }
}

/** @param {InUse} inUse */
function told({ way: used, why, forced }) {
  const way = text(used);
  if (forced) return text('wayForced', { way });
  if (why.length === 0) return way;
  const reasons = why.map((each) => text(each.reason, { way: text(each.way) }));
  return text('wayInstead', { way, why: reasons.join(text('because')) });
}
