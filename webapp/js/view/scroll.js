// @ts-check

const NEAR_PX = 48;

/** Where the reader is in the list: at the end, where they stay when it grows, or further up, where nothing moves. */
export class ScrollPlace {
  #box;
  #atEnd = true;
  #changed;

  /**
   * @param {HTMLElement} box what scrolls
   * @param {HTMLElement} content what grows in it
   * @param {() => void} changed the reader came to the end, or left it
   */
  constructor(box, content, changed) {
    this.#box = box;
    this.#changed = changed;
    box.addEventListener('scroll', () => this.#look(), { passive: true });
    const observer = new ResizeObserver(() => this.settle());
    observer.observe(box);
    observer.observe(content);
  }

  get atEnd() {
    return this.#atEnd;
  }

  toEnd() {
    this.#atEnd = true;
    this.settle();
    this.#changed();
  }

  /** Goes to the end of what has grown, if that is where the reader was. */
  settle() {
    if (this.#atEnd) this.#box.scrollTop = this.#box.scrollHeight;
  }

  /**
   * What comes in above pushes nothing down.
   *
   * @param {() => void} insert
   */
  keep(insert) {
    const fromBottom = this.#box.scrollHeight - this.#box.scrollTop;
    insert();
    if (this.#atEnd) this.settle();
    else this.#box.scrollTop = this.#box.scrollHeight - fromBottom;
  }

  #look() {
    const atEnd = this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < NEAR_PX;
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#changed();
  }
}
