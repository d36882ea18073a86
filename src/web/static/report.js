/* The report's workspace. Without this file the pages work as they are: a button saves, and a reload shows what is new. */
(() => {
  'use strict';
  const d = document, $ = (s, r = d) => r.querySelector(s), $$ = (s, r = d) => [...r.querySelectorAll(s)];

  /* 1. The figures of a draft and the questions about it follow the record: what is on the page takes its new values in
        place. A part in which the reader is at work stays until they leave it. */
  let newest = 0, asking = false;
  const follow = async () => {
    if (asking) return;
    asking = true;
    while (newest) {
      const address = new URL(location.href), position = newest;
      newest = 0; address.hash = ''; address.searchParams.set('seen', position); address.searchParams.delete('done');
      const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => null);
      if (!answer?.ok) break;
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const part of $$('[data-fresh]')) {
        const there = $(`[data-fresh="${part.dataset.fresh}"]`, next);
        if (!there || part.contains(d.activeElement)) continue;
        $$('details[open]', part).forEach(open => { const same = next.getElementById(open.id); if (same) same.open = true; });
        part.replaceWith(there);
      }
    }
    asking = false;
  };
  if ($('[data-fresh]')) d.addEventListener('koinon:newer', e => { newest = Math.max(newest, e.detail); follow(); });

  /* 2. A section is saved while it is written. Every letter is kept in this browser at once; the log gets one record when
        the writer leaves the field or the page, or pauses, and then at most one a minute. */
  const form = $('form[data-form=EditSection]'), told = $('[data-autosave]');
  if (!form || !told) return;
  const PAUSE = 8000, APART = 60000, AGAIN = 15000;
  const text = form.elements.text, version = form.elements.version;
  const draft = `draft ${location.pathname}${location.search}`;
  let saved = text.defaultValue, key = null, keyed = null, timer = null, at = 0, busy = false, stopped = false;
  const tell = (state, time = '') => { told.dataset.state = state; told.textContent = told.dataset[state].replace('#', time); };
  /* Who chooses another section after writing saves with the button: nothing is put where it was not meant to go. */
  const place = () => `${form.elements.section.value} ${form.elements.city?.value ?? ''}`, begun = place();
  const clock = () => new Date().toLocaleTimeString(d.documentElement.lang, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const later = wait => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const body = () => {
    const fields = { report: form.elements.report.value, section: form.elements.section.value, text: text.value };
    for (const name of ['city', 'language']) if (form.elements[name]?.value) fields[name] = form.elements[name].value;
    return fields;
  };
  /* Somebody wrote elsewhere in the report: this section's own text decides whether that is a conflict. */
  const isMine = async () => {
    const address = new URL(location.href);
    address.searchParams.set('section', form.elements.section.value);
    const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok) return false;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const there = $('form[data-form=EditSection]', next);
    if (there?.elements.text.defaultValue !== saved) return false;
    version.value = there.elements.version.value;
    return true;
  };
  const send = (fields, leaving) => fetch('/api/commands/EditSection', {
    method: 'POST', keepalive: leaving, body: JSON.stringify(fields),
    headers: { 'content-type': 'application/json', 'koinon-form-token': form.elements.form_token.value, 'if-match': `"${version.value}"`, 'idempotency-key': key },
  }).catch(() => null);
  let underway = null;
  const save = (leaving = false) => { if (!busy) underway = write(leaving); };
  async function write(leaving) {
    clearTimeout(timer);
    if (stopped || busy || place() !== begun || text.value === saved || !text.value.trim()) return;
    busy = true;
    const fields = body(), stamp = JSON.stringify(fields);
    if (stamp !== keyed) { keyed = stamp; key = `autosave-${[...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('')}`; }
    tell('saving');
    let answer = await send(fields, leaving);
    if (answer?.status === 412 && await isMine()) answer = await send(fields, leaving);
    busy = false; at = Date.now();
    if (answer?.ok) {
      version.value = answer.headers.get('etag').replaceAll('"', ''); saved = fields.text;
      tell('saved', clock());
      if (text.value === saved) { try { sessionStorage.removeItem(draft); } catch { /* Nothing was kept. */ } } else later(PAUSE);
      return;
    }
    if (!answer || answer.status >= 500 || answer.status === 429) { tell('offline'); return later(AGAIN); }
    if (answer.status === 401 || answer.status === 403) { tell('signedOut'); return later(AGAIN); }
    stopped = true;
    tell(answer.status === 412 ? 'conflict' : 'refused');
  }
  text.addEventListener('input', () => { if (stopped) return; tell('kept'); later(Math.max(PAUSE, at + APART - Date.now())); });
  text.addEventListener('change', () => save());
  d.addEventListener('visibilitychange', () => { if (d.visibilityState === 'hidden') save(true); });
  addEventListener('online', () => save());
  /* Going to the button leaves the field: what is being saved then is waited for, or the form would be of an older version. */
  form.addEventListener('submit', async e => {
    stopped = true; clearTimeout(timer);
    if (!busy) return;
    e.preventDefault(); e.stopImmediatePropagation();
    await underway;
    form.requestSubmit(e.submitter);
  }, true);
  if (text.value !== saved) { tell('kept'); later(PAUSE); }
})();
