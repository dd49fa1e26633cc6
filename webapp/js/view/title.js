// @ts-check

/** The tab's title: how much came in while nobody looked. */
export class TitleView {
  #client;
  #unread = 0;

  /** @param {import('../client.js').Client} client */
  constructor(client) {
    this.#client = client;
    client.on('messages', (messages) => this.#arrived(messages));
    client.on('room', () => this.#seen());
    document.addEventListener('visibilitychange', () => !document.hidden && this.#seen());
    this.#seen();
  }

  /** @param {import('../client.js').Message[]} messages */
  #arrived(messages) {
    if (!document.hidden) return;
    this.#unread += messages.filter(({ from }) => from.id !== this.#client.me?.id).length;
    this.#draw();
  }

  #seen() {
    this.#unread = 0;
    this.#draw();
  }

  #draw() {
    const unread = this.#unread === 0 ? '' : `(${this.#unread}) `;
    document.title = `${unread}${this.#client.room} · Parley`;
  }
}
