// @ts-check

/** @typedef {import('./run.js').Run} Run */

/**
 * Everything that was measured: for each way `server` is what the server counted, `page` what this page did. Times of troubles
 * are milliseconds since the first message was sent.
 *
 * @param {Run} run
 */
export function resultsOf(run) {
  return {
    run: run.id,
    room: run.room,
    startedAt: run.startedAt.toISOString(),
    browser: navigator.userAgent,
    http: Reflect.get(performance.getEntriesByType('navigation')[0] ?? {}, 'nextHopProtocol') ?? null,
    plan: run.plan,
    sent: run.sentAt.length,
    refusals: run.refusals,
    counted: run.server.counts?.counted ?? null,
    cpu: { ...run.cpu, processors: run.server.counts?.processors ?? null, of: 'whole server, everything it did meanwhile' },
    troubles: run.troubles.map(({ way, kind, abruptly, ...times }) => ({
      way, kind, abruptly,
      beganMs: rounded(times.from - (run.sentAt[0] ?? 0)),
      nextMessageAfterMs: times.nextAt === null ? null : rounded(times.nextAt - times.from),
      wholeAfterMs: times.wholeAt === null ? null : rounded(times.wholeAt - times.until),
    })),
    ways: Object.fromEntries([...run.meters].map(([way, meter]) => [way, {
      ...meter.counts(),
      server: meter.server,
      page: { requests: meter.requests, up: meter.up, down: meter.down },
      failure: meter.failure,
      delaysMs: run.sentAt.map((_, n) => rounded(meter.delays.get(n))),
    }])),
  };
}

/**
 * A line for each message: its number, when it was sent, and each way's delay, empty where it never came.
 *
 * @param {Run} run
 * @returns {string} RFC 4180
 */
export function csvOf(run) {
  const ways = [...run.meters.keys()];
  const from = run.sentAt[0] ?? 0;
  const lines = run.sentAt.map((at, n) =>
    [n, rounded(at - from), ...ways.map((way) => rounded(run.meters.get(way)?.delays.get(n)) ?? '')].join(','));
  return [['n', 'sent_ms', ...ways.map((way) => `${way}_ms`)].join(','), ...lines, ''].join('\r\n');
}

/**
 * @param {string} name of the file
 * @param {string} type
 * @param {string} content
 */
export function save(name, type, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** @param {number | undefined} ms */
function rounded(ms) {
  return ms === undefined ? null : Math.round(ms * 1000) / 1000;
}
