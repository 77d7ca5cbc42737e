'use strict';
const STATUS = {
  RUNNING: ['Running', 'running', 'blue'],
  COMPENSATING: ['Undoing', 'undo', 'violet'],
  NEEDS_ATTENTION: ['Needs attention', 'attention', 'amber'],
  COMPLETED: ['Completed', 'done', 'green'],
  REJECTED: ['Rejected', 'refused', 'red'],
};
const PHASE = {
  PENDING: ['not asked yet', 'pending', 'grey'],
  HELD: ['held back until its participant answers again', 'pending', 'amber'],
  RUNNING: ['asked, not answered yet', 'running', 'blue'],
  DONE: ['done', 'done', 'green'],
  SKIPPED: ['skipped by a person', 'done', 'grey'],
  REFUSED: ['refused', 'refused', 'red'],
  SUPERSEDED: ['undone before it was done', 'undo', 'grey'],
  UNDOING: ['being undone', 'undo', 'violet'],
  UNDOING_BY_HAND: ['undone by hand, to be noted', 'undo', 'violet'],
  UNDONE: ['undone', 'undo', 'grey'],
};
const VIEWS = [['ALL', 'All', 'all', 'grey'], ...Object.entries(STATUS).map(([key, [label, icon, tone]]) => [key, label, icon, tone])];
const CAUSE = { STARTED: 'Started', REPLIED: 'Answered', TIME_CAME: 'Time was up', CANCEL_REQUESTED: 'Cancel requested',
  RELEASED: 'Let go on', OPERATED: 'A person stepped in' };
const STALE_MS = 25000;

const $ = (id) => document.getElementById(id);
const known = new Map();   // id -> {row, tr}
let order = [];
let view = new URLSearchParams(location.search).get('view') || 'ALL';
if (!VIEWS.some(([key]) => key === view)) view = 'ALL';
let skew = 0;              // server's clock minus ours
let paused = false;
let held = null;           // the newest counts and order that came while paused
let source = null;
let failures = 0;
let lastHeard = 0;
let samples = [];          // [time, ended] of the last seconds
let opened = null;
let first = true;

/* ---- small parts */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== ''));
  return node;
}
function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', '#i-' + name);
  svg.append(use);
  return svg;
}
function badge(status) {
  const [label, symbol, tone] = STATUS[status] || [status, 'pending', 'grey'];
  return el('span', { class: `badge ${tone}${status === 'RUNNING' ? ' spin' : ''}` }, icon(symbol), label);
}
function words(name) { return name.replaceAll('-', ' '); }
function strip(steps) {
  return el('ol', { class: 'strip' }, ...steps.map((step) => {
    const [meaning, symbol, tone] = PHASE[step.state] || [step.state, 'pending', 'grey'];
    const again = step.sends > 1 ? `, sent ${step.sends} times` : '';
    return el('li', {}, el('span',
      { class: `step ${tone}${step.state === 'PENDING' ? ' pending' : ''}${step.state === 'RUNNING' ? ' spin' : ''}`,
        title: `${words(step.name)}: ${meaning}${again}` },
      icon(symbol), words(step.name).split(' ').pop(),
      step.sends > 1 ? el('span', { class: 'again' }, `×${step.sends}`) : '',
      el('span', { class: 'hidden' }, `: ${meaning}${again}`)));
  }));
}
const money = (total) => {
  if (!total) return '–';
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency: total.currency }).format(total.amount);
  } catch { return `${total.amount} ${total.currency}`; }
};
const number = (n) => new Intl.NumberFormat().format(n);
function span(ms) {
  if (ms < 0) ms = 0;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60000) return `${(ms / 1000).toFixed(ms < 10000 ? 1 : 0)} s`;
  if (ms < 3600000) return `${Math.floor(ms / 60000)} min ${Math.floor(ms / 1000) % 60} s`;
  if (ms < 86400000) return `${Math.floor(ms / 3600000)} h ${Math.floor(ms / 60000) % 60} min`;
  return `${Math.floor(ms / 86400000)} d ${Math.floor(ms / 3600000) % 24} h`;
}
function ago(time) {
  const ms = now() - Date.parse(time);
  return ms < 1500 ? 'just now' : `${ms < 60000 ? Math.floor(ms / 1000) + ' s' : span(ms).split(' ').slice(0, 2).join(' ')} ago`;
}
const now = () => Date.now() + skew;
const ended = (row) => row.status === 'COMPLETED' || row.status === 'REJECTED';
const took = (row) => span((ended(row) ? Date.parse(row.updatedAt) : now()) - Date.parse(row.createdAt));

/* ---- tiles */
function drawTiles(counts) {
  const tiles = $('tiles');
  if (!tiles.children.length) {
    for (const [key, label, symbol, tone] of VIEWS) {
      tiles.append(el('button', { type: 'button', class: `tile ${tone}`, 'data-view': key },
        el('span', { class: 'label' }, icon(symbol), label), el('span', { class: 'count' }, '–')));
    }
  }
  for (const tile of tiles.children) {
    const key = tile.dataset.view;
    tile.setAttribute('aria-pressed', String(key === view));
    if (counts) {
      const count = key === 'ALL' ? counts.total : counts.byStatus[key];
      tile.lastChild.textContent = number(count);
      tile.classList.toggle('alarm', key === 'NEEDS_ATTENTION' && count > 0);
    }
  }
  const title = VIEWS.find(([key]) => key === view)[1];
  $('list-title').textContent = view === 'ALL' ? 'Newest' : title;
  document.title = (counts && counts.byStatus.NEEDS_ATTENTION ? `(${counts.byStatus.NEEDS_ATTENTION}!) ` : '') + 'Checkouts';
}
function drawRate(counts) {
  const done = counts.byStatus.COMPLETED + counts.byStatus.REJECTED;
  samples.push([Date.now(), done]);
  samples = samples.filter(([time]) => time > Date.now() - 10000);
  const [time, before] = samples[0];
  const seconds = (Date.now() - time) / 1000;
  $('rate').textContent = seconds < 2 ? '' : `${((done - before) / seconds).toFixed(1)} ended per second`;
}

/* ---- table */
function fill(tr, row) {
  tr.replaceChildren(
    el('td', {}, badge(row.status)),
    el('td', {}, el('button', { type: 'button', class: 'link mono', title: row.id, 'aria-label': `Checkout ${row.id}, details` },
      `${row.id.slice(0, 8)}…${row.id.slice(-6)}`)),
    el('td', {}, strip(row.steps)),
    el('td', { class: 'num' }, money(row.total)),
    el('td', { class: 'num age' }, ago(row.createdAt)),
    el('td', { class: 'num took' }, took(row)),
    el('td', { class: 'outcome' }, row.reason || (row.trackingNumber ? el('span', { class: 'mono' }, row.trackingNumber) : '')));
}
function draw() {
  const body = $('rows');
  const present = new Set(order);
  for (const [id, entry] of known) {
    if (!present.has(id)) { entry.tr?.remove(); known.delete(id); }
  }
  let next = body.firstChild;
  for (const id of order) {
    const entry = known.get(id);
    if (!entry) continue;
    if (!entry.tr) {
      entry.tr = el('tr', { 'data-id': id });
      entry.drawn = null;
    }
    if (entry.drawn !== entry.row) {
      fill(entry.tr, entry.row);
      entry.tr.classList.toggle('fresh', !first); // new cells start the animation anew
      entry.drawn = entry.row;
    }
    if (entry.tr === next) next = next.nextSibling; else body.insertBefore(entry.tr, next);
  }
  $('empty').hidden = order.length > 0;
  $('empty-title').textContent = view === 'ALL' ? 'No checkouts yet' : 'None right now';
  $('empty-hint').hidden = view !== 'ALL';
  $('list-note').textContent = order.length ? `the ${order.length === 60 ? 'newest 60' : number(order.length)}, updated live` : '';
  first = false;
}
setInterval(() => {
  for (const { row, tr } of known.values()) {
    if (!tr) continue;
    tr.querySelector('.age').textContent = ago(row.createdAt);
    if (!ended(row)) tr.querySelector('.took').textContent = took(row);
  }
  if (lastHeard && Date.now() - lastHeard > STALE_MS) { reconnect(); }
}, 1000);

/* ---- the stream */
function live(state, text) { $('live').className = `live ${state}`; if ($('live-text').textContent !== text) $('live-text').textContent = text; }
function onRows(event) {
  const data = JSON.parse(event.data);
  heard(data.now);
  for (const row of data.rows) known.set(row.id, { ...known.get(row.id), row });
  if (paused) { held = data; return; }
  show(data);
}
function show(data) {
  order = data.order;
  drawTiles(data.counts);
  drawRate(data.counts);
  draw();
  if (opened && data.rows.some((row) => row.id === opened)) loadDetail(opened);
}
function heard(serverTime) {
  lastHeard = Date.now();
  failures = 0;
  skew = Date.parse(serverTime) - Date.now();
  if (!paused) live('on', 'Live');
}
function connect() {
  source = new EventSource(`/ui/events?view=${view}`);
  source.addEventListener('rows', onRows);
  source.addEventListener('heartbeat', (event) => {
    const data = JSON.parse(event.data);
    heard(data.now);
    if (!data.fresh) live('stale', 'Stale');
  });
  source.onerror = reconnect;
}
function reconnect() {
  if (!source) return;
  source.close();
  source = null;
  lastHeard = 0;
  live('stale', 'Reconnecting');
  failures++;
  setTimeout(connect, 300 + Math.random() * Math.min(15000, 700 * 2 ** failures)); // full jitter
}
function restart() {
  source?.close();
  known.clear();
  order = [];
  held = null;
  first = true;
  $('rows').replaceChildren();
  connect();
}

/* ---- detail */
function entryTone(entry) {
  if (entry.verdict !== 'APPLIED') return ['pending', 'grey'];
  const last = entry.changes.at(-1);
  if (entry.cause === 'STARTED') return ['running', 'blue'];
  if (entry.status === 'COMPLETED') return ['done', 'green'];
  const refused = entry.changes.find((change) => change.phase === 'REFUSED');
  const phase = PHASE[(refused || entry.changes[0] || last || {}).phase] || PHASE.PENDING;
  return [phase[1], phase[2]];
}
function sentence(entry) {
  if (entry.cause === 'REPLIED') return `${words(entry.message || '')} answered: ${entry.reply || ''}`;
  return CAUSE[entry.cause] || entry.cause;
}
function consequence(change) {
  const name = words(change.step);
  switch (change.phase) {
    case 'RUNNING': return change.send > 1 ? `${name} asked again (${change.send})` : `${name} asked`;
    case 'UNDOING': return change.send > 1 ? `undoing ${name} again (${change.send})` : `undoing ${name}`;
    case 'DONE': return `${name} done`;
    default: return `${name} ${(PHASE[change.phase] || [change.phase])[0]}`;
  }
}
function drawDetail({ checkout, history }) {
  $('detail-id').textContent = checkout.id;
  const facts = [
    ['Status', badge(checkout.status)],
    ['Steps', strip(checkout.steps)],
    checkout.reason && ['Reason', checkout.reason],
    ['Amount', money(checkout.total)],
    ['Tracking number', checkout.trackingNumber ? el('span', { class: 'mono' }, checkout.trackingNumber) : '–'],
    ['Started', new Date(checkout.createdAt).toLocaleString()],
    [ended(checkout) ? 'Took' : 'Running for', took(checkout)],
  ].filter(Boolean);
  const start = Date.parse(checkout.createdAt);
  $('detail-body').replaceChildren(
    el('dl', { class: 'facts' }, ...facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
    el('h3', {}, 'What happened'),
    el('ol', { class: 'timeline' }, ...history.map((entry) => {
      const [symbol, tone] = entryTone(entry);
      const more = [...entry.changes.map(consequence), entry.note].filter(Boolean).join(' · ');
      return el('li', {},
        el('span', { class: `mark ${tone}` }, icon(symbol)),
        el('div', { class: 'what' }, el('strong', {}, sentence(entry)),
          el('time', { datetime: entry.at, title: new Date(entry.at).toLocaleString() }, `+${span(Date.parse(entry.at) - start)}`)),
        more ? el('div', { class: 'more' }, (entry.verdict === 'APPLIED' ? '' : `${entry.verdict.toLowerCase()}: `) + more) : '');
    })));
}
async function loadDetail(id) {
  try {
    const response = await fetch(`/ui/checkouts/${id}`);
    const body = await response.json();
    if (opened !== id) return;
    if (response.ok) drawDetail(body);
    else $('detail-body').replaceChildren(el('p', {}, `${body.detail || 'It cannot be shown.'} (${body.traceId || response.status})`));
  } catch {
    if (opened === id) $('detail-body').replaceChildren(el('p', {}, 'The orchestrator cannot be reached.'));
  }
}
function open(id) {
  opened = id;
  $('detail-id').textContent = id;
  history.replaceState(null, '', `${location.pathname}${location.search}#${id}`);
  if (!$('detail').open) { $('detail-body').replaceChildren(); $('detail').showModal(); }
  loadDetail(id);
}
$('detail').addEventListener('close', () => {
  opened = null;
  history.replaceState(null, '', location.pathname + location.search);
});
$('detail').addEventListener('click', (event) => { if (event.target === $('detail')) $('detail').close(); });
$('close').addEventListener('click', () => $('detail').close());
$('rows').addEventListener('click', (event) => {
  const tr = event.target.closest('tr');
  if (tr) open(tr.dataset.id);
});
$('tiles').addEventListener('click', (event) => {
  const tile = event.target.closest('[data-view]');
  if (!tile) return;
  view = tile.dataset.view;
  history.replaceState(null, '', view === 'ALL' ? location.pathname : `?view=${view}`);
  drawTiles(null);
  restart();
});
$('pause').addEventListener('click', () => {
  paused = !paused;
  $('pause').setAttribute('aria-pressed', String(paused));
  $('pause').textContent = paused ? 'Resume' : 'Pause';
  live(paused ? 'paused' : 'on', paused ? 'Paused' : 'Live');
  if (!paused && held) { show(held); held = null; }
});
drawTiles(null);
connect();
if (/^#[0-9a-f-]{36}$/.test(location.hash)) open(location.hash.slice(1));
