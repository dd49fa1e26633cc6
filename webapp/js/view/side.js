// @ts-check
import { speak, spoken } from '../i18n.js';

/** The side of the page, folded away on narrow screens, and the choice of language in it. */
export class SideView {
  #side = /** @type {HTMLElement} */ (document.querySelector('#side'));
  #toggle = /** @type {HTMLButtonElement} */ (document.querySelector('#people-toggle'));
  #language = /** @type {HTMLSelectElement} */ (document.querySelector('#language'));

  /** @param {(language: string) => void} chosen */
  constructor(chosen) {
    this.#toggle.addEventListener('click', () => this.#open(this.#toggle.getAttribute('aria-expanded') !== 'true'));
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#side.classList.contains('open')) {
        this.#open(false);
        this.#toggle.focus();
      }
    });
    this.#language.value = spoken();
    this.#language.addEventListener('change', () => {
      speak(this.#language.value);
      chosen(this.#language.value);
    });
  }

  /** @param {boolean} open */
  #open(open) {
    this.#side.classList.toggle('open', open);
    this.#toggle.setAttribute('aria-expanded', String(open));
  }
}
