import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../../../webapp/js/transport/api.js';
import { SharedEvents } from '../../../webapp/js/transport/shared.js';

const BASE = 'http://parley.test/';

/** Locks as browsers have them: exclusive, first come first served, and free when their tab is gone. */
class Locks {
  #queues = new Map();

  request(name, { signal }, callback) {
    return new Promise((resolve, reject) => {
      const entry = { run: () => Promise.resolve(callback()).then(resolve, reject).finally(() => this.#next(name)) };
      const queue = this.#queues.get(name) ?? [];
      this.#queues.set(name, queue);
      queue.push(entry);
      signal.addEventListener('abort', () => {
        if (queue.indexOf(entry) > 0) queue.splice(queue.indexOf(entry), 1);
        reject(signal.reason);
      });
      if (queue.length === 1) entry.run();
    });
  }

  #next(name) {
    const queue = this.#queues.get(name);
    queue.shift();
    queue[0]?.run();
  }
}

/** A server with a log for each room, whose streams begin where they are asked to. */
class Server {
  logs = new Map();
  streams = new Set();
  asked = [];
  refuse = () => null;

  constructor(t) {
    t.mock.method(globalThis, 'fetch', async (url, { signal }) => {
      this.asked.push(`${url.pathname}${decodeURIComponent(url.search)}`);
      const refused = this.refuse(url);
      if (refused !== null) {
        const headers = { 'Content-Type': 'application/problem+json' };
        return Response.json({ code: refused, detail: 'no' }, { status: 400, headers });
      }
      return this.#stream(url, signal);
    });
  }

  log(room) {
    if (!this.logs.has(room)) this.logs.set(room, []);
    return this.logs.get(room);
  }

  say(room, text) {
    const log = this.log(room);
    log.push({ type: 'message', room, cursor: `a:${log.length + 1}`, seq: log.length + 1, text });
    for (const stream of this.streams) if (stream.rooms.includes(room)) stream.write(log.slice(-1));
  }

  end(message) {
    for (const { write, close } of [...this.streams]) {
      write([message]);
      close();
    }
  }

  #stream(url, signal) {
    const own = /rooms\/([^/]*)\/events/.exec(url.pathname)?.[1];
    const rooms = own === undefined ? url.searchParams.getAll('room') : [decodeURIComponent(own)];
    const after = url.searchParams.get('after') ?? '';
    const places = own === undefined ? Object.fromEntries(after.split(',').map((place) => place.split('='))) : { [own]: after };
    const body = new ReadableStream({
      start: (out) => {
        const stream = {
          rooms,
          write: (messages) => out.enqueue(new TextEncoder().encode(messages.map((m) => `data: ${JSON.stringify(m)}\n\n`).join(''))),
          close: () => this.streams.delete(stream) && out.close(),
        };
        this.streams.add(stream);
        signal.addEventListener('abort', () => this.streams.delete(stream) && out.error(signal.reason));
        for (const room of rooms) {
          const cursor = places[room] || `a:${this.log(room).length}`;
          const seq = Number(cursor.slice(2));
          stream.write([{ type: 'joined', room, cursor, members: [], count: rooms.length, version: 1 }, ...this.log(room).slice(seq)]);
        }
      },
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  }
}

let browsers = 0;

/** A browser, whose tabs read from one room each. */
function browser(t) {
  const base = `${BASE}${++browsers}/`;
  const locks = new Locks();
  const all = [];
  t.after(() => all.forEach((tab) => tab.close()));
  return (room, after) => {
    const events = new SharedEvents(base, locks);
    const ending = new AbortController();
    const heard = [];
    const tab = {
      heard,
      texts: () => heard.filter(({ type }) => type === 'message').map(({ text }) => text),
      leave: () => ending.abort(),
      close: () => {
        ending.abort();
        events.close();
      },
    };
    tab.ended = events.receive(new Api(base, ending.signal), { room, after }, (messages) => heard.push(...messages));
    tab.ended.catch(() => {});
    all.push(tab);
    return tab;
  };
}

async function until(condition) {
  for (let i = 0; i < 20_000 && !condition(); i++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(condition(), String(condition));
}

const joined = (tab) => () => tab.heard.some(({ type }) => type === 'joined');

test('all tabs read from one stream, each its room', async (t) => {
  const server = new Server(t);
  const open = browser(t);
  const tabs = [open('a'), open('b'), open('a')];
  for (const tab of tabs) await until(joined(tab));
  server.say('a', 'one');
  server.say('b', 'two');
  for (const tab of tabs) await until(() => tab.texts().length === 1);
  assert.deepEqual(tabs.map((tab) => tab.texts()), [['one'], ['two'], ['one']]);
  assert.equal(server.streams.size, 1);
});

test('when the leading tab closes, another goes on with nothing lost or doubled', async (t) => {
  const server = new Server(t);
  const open = browser(t);
  const first = open('a');
  await until(joined(first));
  const others = [open('a'), open('b')];
  for (const tab of others) await until(joined(tab));
  server.say('a', 'before');
  await until(() => others[0].texts().length === 1);
  first.close();
  server.say('a', 'while nobody leads');
  server.say('b', 'there too');
  await until(() => others[0].texts().length === 2 && others[1].texts().length === 1);
  server.say('a', 'after');
  await until(() => others[0].texts().length === 3);
  assert.deepEqual(others.map((tab) => tab.texts()), [['before', 'while nobody leads', 'after'], ['there too']]);
  assert.deepEqual(server.streams.size, 1);
});

test('a tab that is behind gets what it lacks, and the others nothing twice', async (t) => {
  const server = new Server(t);
  const open = browser(t);
  for (const text of ['1', '2', '3']) server.say('a', text);
  const live = open('a', 'a:3');
  await until(joined(live));
  const behind = open('a', 'a:1');
  await until(() => behind.texts().length === 2);
  server.say('a', '4');
  await until(() => live.texts().length === 1 && behind.texts().length === 3);
  assert.deepEqual(live.texts(), ['4']);
  assert.deepEqual(behind.texts(), ['2', '3', '4']);
  assert.equal(behind.heard[0].cursor, 'a:1');
  assert.deepEqual(live.heard.map(({ type }) => type), ['joined', 'presence', 'message']);
});

test('a room that no tab reads any more is left', async (t) => {
  const server = new Server(t);
  const open = browser(t);
  const a = open('a');
  const b = open('b');
  await until(joined(b));
  b.leave();
  await until(() => [...server.streams].some(({ rooms }) => rooms.join() === 'a'));
  a.leave();
  await until(() => server.streams.size === 0);
});

test('a room that is refused costs the others nothing', async (t) => {
  const server = new Server(t);
  server.refuse = ({ href }) => (decodeURIComponent(href).includes('refused') ? 'bad_room' : null);
  const open = browser(t);
  const good = open('a');
  await until(joined(good));
  await assert.rejects(open('refused').ended, { code: 'bad_room' });
  server.say('a', 'still here');
  await until(() => good.texts().length === 1);
});

test('a server that cannot be reached is everybody’s end, and the next try brings all back', async (t) => {
  const server = new Server(t);
  const open = browser(t);
  server.refuse = () => 'unavailable';
  for (const tab of [open('a'), open('b')]) await assert.rejects(tab.ended, { code: 'unavailable' });
  server.refuse = () => null;
  const again = [open('a'), open('b')];
  for (const tab of again) await until(joined(tab));
});

test('the end of the stream is everybody’s, with the server’s code', async (t) => {
  const server = new Server(t);
  const open = browser(t);
  const tabs = [open('a'), open('b')];
  for (const tab of tabs) await until(joined(tab));
  server.end({ type: 'bye', code: 1001, retryAfter: 1, spread: 2 });
  for (const tab of tabs) {
    assert.deepEqual(await tab.ended, { code: 1001, reason: '' });
    assert.equal(tab.heard.at(-1).type, 'bye');
  }
});
