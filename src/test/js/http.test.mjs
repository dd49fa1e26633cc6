import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LongPollTransport } from '../../../webapp/js/transport/longpoll.js';
import { PollTransport } from '../../../webapp/js/transport/poll.js';
import { SseTransport } from '../../../webapp/js/transport/sse.js';

const me = { id: 'g-1', name: 'Me' };
const message = (seq) => ({ type: 'message', room: 'lobby', cursor: `a:${seq}`, seq, text: `${seq}` });

/** A server that answers each address as the test says, and what the page heard. */
function visit(t, Transport, answers) {
  const asked = [];
  const heard = [];
  const closes = [];
  t.mock.method(globalThis, 'fetch', async (url, init = {}) => {
    const path = `${init.method ?? 'GET'} ${url.pathname}${url.search}`;
    asked.push(path);
    const all = Object.entries({ 'GET /api/me': () => reply(me), ...answers });
    const found = all.find(([start]) => path.startsWith(start));
    if (found === undefined) throw new TypeError('nobody answers');
    return found[1](init);
  });
  const transport = new Transport('http://parley.test/', {
    opened: () => heard.push({ type: 'opened' }),
    received: (messages) => heard.push(...messages),
    closed: (close) => closes.push(close),
  });
  t.after(() => transport.close());
  return { transport, asked, heard, closes };
}

const reply = (body, status = 200, headers = {}) => Response.json(body, { status, headers });
const problem = (status, code, headers = {}) =>
  reply({ code, detail: 'no', retry: false }, status, { 'Content-Type': 'application/problem+json', ...headers });
const never = ({ signal }) => new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
const stream = (...pieces) => () =>
  new Response(new ReadableStream({
    start: (out) => pieces.forEach((piece) => out.enqueue(new TextEncoder().encode(piece))),
  }), { headers: { 'Content-Type': 'text/event-stream' } });

const hello = { type: 'hello', id: 1, rooms: [{ room: 'lobby', after: 'a:7' }] };

test('the welcome comes with the stream’s first event, not before', async (t) => {
  const joined = { type: 'joined', room: 'lobby', cursor: 'a:7' };
  const { transport, asked, heard } = visit(t, SseTransport, {
    'GET /api/rooms/lobby/events': stream(...[joined, message(8)].map((each) => `data: ${JSON.stringify(each)}\n\n`)),
  });
  await transport.open();
  transport.send(hello);
  await settled();
  assert.equal(asked.at(-1), 'GET /api/rooms/lobby/events?after=a%3A7');
  assert.deepEqual(heard, [
    { type: 'opened' },
    { type: 'welcome', id: 1, user: me, heartbeat: 25, limits: {} },
    { ...joined, id: 1 },
    message(8),
  ]);
});

for (const Transport of [SseTransport, LongPollTransport, PollTransport]) {
  test(`${Transport.name} welcomes with the server’s limits, under a new name too`, async (t) => {
    const limits = { textChars: 1234, nameChars: 5 };
    const { transport, heard } = visit(t, Transport, {
      'GET /api/me': () => reply({ ...me, limits }),
      'POST /api/me': () => reply({ ...me, name: 'Ada', limits: { ...limits, textChars: 99 } }),
    });
    await transport.open();
    transport.send({ type: 'hello', id: 1 });
    transport.send({ type: 'hello', id: 2, name: 'Ada' });
    await settled();
    assert.deepEqual(heard.slice(1).map((welcome) => [welcome.id, welcome.user, welcome.limits]), [
      [1, me, limits],
      [2, { ...me, name: 'Ada' }, { ...limits, textChars: 99 }],
    ]);
  });
}

test('sending is a POST, its answer the acknowledgement', async (t) => {
  const sent = { seq: 8, key: 'k', cursor: 'a:8', stored: 'disk', duplicate: false };
  const bodies = [];
  const { transport, heard } = visit(t, SseTransport, {
    'POST /api/rooms/%E4%BB%96/messages': (init) => {
      bodies.push(JSON.parse(init.body));
      return reply(sent, 201);
    },
  });
  await transport.open();
  transport.send({ type: 'send', id: 4, room: '他', key: 'k', text: 'hi' });
  await settled();
  assert.deepEqual(bodies, [{ text: 'hi', key: 'k' }]);
  assert.deepEqual(heard[1], { type: 'sent', id: 4, room: '他', key: 'k', seq: 8, stored: 'disk', duplicate: false });
});

test('a refusal is the error that a WebSocket would have brought', async (t) => {
  const { transport, heard, closes } = visit(t, SseTransport, {
    'POST /api/rooms/lobby/messages': () => problem(429, 'rate', { 'Retry-After': '2' }),
  });
  await transport.open();
  transport.send({ type: 'send', id: 4, room: 'lobby', key: 'k', text: 'hi' });
  await settled();
  assert.deepEqual(heard[1], { type: 'error', id: 4, code: 'rate', message: 'no', retry: false, retryAfter: 2000 });
  assert.deepEqual(closes, []);
});

test('a proxy’s error page is a broken line, the server’s refusal at the door is final', async (t) => {
  const broken = visit(t, SseTransport, { 'GET /api/me': () => new Response('<h1>Bad gateway', { status: 502 }) });
  await broken.transport.open();
  assert.deepEqual(broken.closes, [{ code: 1006, reason: '' }]);
  t.mock.restoreAll();
  const forbidden = visit(t, SseTransport, { 'GET /api/me': () => problem(403, 'forbidden') });
  await forbidden.transport.open();
  assert.deepEqual(forbidden.closes, [{ code: 4003, reason: 'no' }]);
});

test('long polling asks again from where it is', async (t) => {
  const { transport, asked, heard } = visit(t, LongPollTransport, {
    'GET /api/rooms/lobby/messages?after=a%3A7&wait=0': () => reply({ messages: [], cursor: 'a:7' }),
    'GET /api/rooms/lobby/members': () => reply({ members: [me], count: 1, version: 3 }),
    'GET /api/rooms/lobby/messages?after=a%3A7&wait=25': () => reply({ messages: [message(8)], cursor: 'a:8' }),
    'GET /api/rooms/lobby/messages?after=a%3A8&wait=25': never,
  });
  await transport.open();
  transport.send(hello);
  await settled();
  assert.deepEqual(heard.slice(2), [
    { type: 'joined', id: 1, room: 'lobby', cursor: 'a:7', members: [me], count: 1, version: 3 },
    message(8),
  ]);
  assert.match(asked.at(-1), /after=a%3A8&wait=25/);
});

test('a poller that comes too late is told of the gap first', async (t) => {
  const gap = { from: 'a:7', to: 'a:9', reason: 'trimmed' };
  const { transport, heard } = visit(t, PollTransport, {
    'GET /api/rooms/lobby/messages?after=a%3A7': () => reply({ messages: [message(10)], cursor: 'a:10', gap }),
    'GET /api/rooms/lobby/messages?after=a%3A10': () => reply({ messages: [], cursor: 'a:10' }),
    'GET /api/rooms/lobby/members': () => reply({ members: [], count: 0, version: 1 }),
  });
  await transport.open();
  transport.send(hello);
  await settled();
  assert.deepEqual(heard.slice(3), [{ ...gap, type: 'gap', room: 'lobby' }, message(10)]);
});

test('a closed transport is silent', async (t) => {
  const { transport, heard, closes } = visit(t, SseTransport, { 'GET /api/rooms/lobby/messages': never });
  await transport.open();
  transport.send({ type: 'history', id: 2, room: 'lobby' });
  transport.close();
  await settled();
  assert.deepEqual([heard, closes], [[{ type: 'opened' }], []]);
});
