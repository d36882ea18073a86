/* Progressive enhancement only: every page works without this file. */
(() => {
  'use strict';
  const d = document, $ = (s, r = d) => r.querySelector(s), $$ = (s, r = d) => [...r.querySelectorAll(s)];
  d.documentElement.classList.add('js');
  const nb = n => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');

  const here = $('.nav [aria-current]');
  if (here) { const ul = here.closest('ul'); ul.scrollLeft = here.offsetLeft - ul.offsetLeft - 40; }

  /* On a phone the form for an earlier moment opens in place. */
  const earlier = $('[data-earlier]');
  if (earlier) earlier.addEventListener('click', e => { e.preventDefault(); const form = $('.asof-form'); form.classList.add('is-open'); $('input[name="as_of"]', form).focus(); earlier.hidden = true; });

  /* 1. Live: an open page of the present learns of newer events. Nothing moves: the strip says how many there are, the
        feed keeps them behind a button. */
  const strip = $('[data-live]');
  if (strip && 'EventSource' in window) {
    const list = $('[data-feed-today]'), more = $('[data-feed-new]'), pause = $('[data-feed-pause]'), status = $('[data-feed-status]');
    const dots = $$('[data-live-dot]'), reload = $('[data-live-reload]', strip), waiting = [];
    let newer = 0, on = true;
    const stripWords = n => ($('meta[name="reload"]')?.content ?? '').split('|')[n === 1 ? 0 : 1]?.replace('#', nb(n)) ?? '';
    const label = () => {
      if (!more) return;
      more.hidden = !waiting.length || !on;
      more.textContent = waiting.length === 1 ? more.dataset.one : more.dataset.many.replace('#', nb(waiting.length));
    };
    const source = new EventSource(`/live?after=${strip.dataset.live}`);
    const off = state => dots.forEach(dot => { dot.dataset.state = state ? 'off' : ''; });
    source.onopen = () => off(false);
    source.onerror = () => off(true);
    source.onmessage = e => {
      const { position, item } = JSON.parse(e.data);
      d.dispatchEvent(new CustomEvent('koinon:newer', { detail: position }));
      newer += 1; strip.hidden = false; reload.textContent = stripWords(newer); reload.dataset.position = position;
      if (list) { waiting.push(item); label(); }
    };
    if (more) more.addEventListener('click', () => {
      $$('.is-new', list).forEach(x => x.classList.remove('is-new'));
      let newest;
      for (const item of waiting.splice(0)) {
        const box = d.createElement('template'); box.innerHTML = item;
        const li = box.content.firstElementChild; li.classList.add('is-new'); li.tabIndex = -1; list.prepend(li); newest = li;
      }
      label(); if (newest) newest.focus({ preventScroll: true });
    });
    if (pause) {
      const word = pause.textContent;
      pause.addEventListener('click', () => { on = !on; pause.setAttribute('aria-pressed', String(!on)); pause.textContent = on ? word : pause.dataset.goOn; $('.dot', status).dataset.state = on ? '' : 'off'; label(); });
    }
    addEventListener('pagehide', () => source.close());
  }

  /* 2. Audit rows: a link to #d1480 works alone (:target); here it toggles in place. */
  $$('[data-toggle]').forEach(a => {
    const row = d.getElementById(a.dataset.toggle);
    a.setAttribute('role', 'button'); a.setAttribute('aria-controls', row.id);
    const set = v => { row.classList.toggle('is-open', v); a.setAttribute('aria-expanded', String(v)); };
    set(row.classList.contains('is-open') || location.hash === '#' + row.id);
    a.addEventListener('click', e => { e.preventDefault(); const v = a.getAttribute('aria-expanded') !== 'true'; set(v); history.replaceState(null, '', v ? '#' + row.id : location.pathname + location.search); });
    a.addEventListener('keydown', e => { if (e.key === ' ') { e.preventDefault(); a.click(); } });
  });

  /* 3. Forms: what stands in the way is read first; what is typed is kept in this browser until it was recorded. */
  const summary = $('[data-errsum]');
  if (summary) summary.focus();
  const form = $('form[data-form]');
  const key = form && `draft ${location.pathname}${location.search}`;
  const kept = name => { try { return sessionStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { value === null ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, value); } catch { /* Nothing is kept where the browser keeps nothing. */ } };
  if (form) {
    const typed = () => $$('input:not([type=hidden]):not([type=file]), select, textarea', form).filter(x => x.name);
    const draft = JSON.parse(kept(key) ?? 'null');
    if (draft && !summary) {
      const values = new Map(draft), ticks = new Set(draft.map(([name, value]) => `${name} ${value}`));
      typed().forEach(x => { if (/^(checkbox|radio)$/.test(x.type)) x.checked = ticks.has(`${x.name} ${x.value}`); else if (values.has(x.name)) x.value = values.get(x.name); });
    }
    form.addEventListener('input', () => keep(key, JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === 'string' && typed().some(x => x.name === name)))));
    form.addEventListener('submit', () => { keep('sent', key); });
    let sent = false;
    form.addEventListener('submit', e => { if (sent) e.preventDefault(); sent = true; setTimeout(() => { sent = false; }, 5000); });
  }
  if (new URLSearchParams(location.search).has('done') || $('[data-recorded]')) { const done = kept('sent'); if (done) { keep(done, null); keep('sent', null); } }

  /* 4. Replay: the slider asks for the same page as of another day and puts what is new of it in place. */
  const scrub = $('[data-scrub]');
  if (scrub) {
    const begins = Date.parse(scrub.dataset.scrub), day = 86400000;
    let asked = 0, waiting = null, timer = null;
    const iso = value => new Date(begins + value * day).toISOString().slice(0, 10);
    const address = value => iso(value) >= scrub.dataset.last ? '/replay' : `/replay?as_of=${iso(value)}T23:59:59Z`;
    const show = async url => {
      const turn = ++asked;
      const answer = await fetch(url, { headers: { accept: 'text/html' } }).catch(() => null);
      if (!answer?.ok || turn !== asked) return;
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const part of ['[data-moment]', '[data-when]', '.histo', '.chapters', '.share', '.asof']) { const here = $(part), there = $(part, next); if (here && there) here.replaceWith(there); }
      d.body.className = next.body.className; d.title = next.title;
      const spoken = $('[data-scrub]', next).getAttribute('aria-valuetext');
      scrub.setAttribute('aria-valuetext', spoken);
      /* While it plays nobody moves the slider, so the day is said in a line of its own. */
      if (timer) $('[data-spoken]').textContent = spoken;
      history.replaceState(null, '', url);
    };
    const soon = () => { clearTimeout(waiting); waiting = setTimeout(() => show(address(+scrub.value)), 120); };
    scrub.addEventListener('input', soon);
    scrub.addEventListener('keydown', e => {
      const month = { PageUp: -30, PageDown: 30 }[e.key];
      if (month) { e.preventDefault(); scrub.value = +scrub.value + month; soon(); }
    });
    $$('[data-step]').forEach(b => b.addEventListener('click', () => { scrub.value = +scrub.value + +b.dataset.step; soon(); }));
    const play = $('[data-play]'), word = play.textContent;
    const stop = () => { clearInterval(timer); timer = null; play.textContent = word; play.setAttribute('aria-pressed', 'false'); };
    play.addEventListener('click', () => {
      if (timer) return stop();
      if (scrub.value === scrub.max) scrub.value = 0;
      play.textContent = play.dataset.stop; play.setAttribute('aria-pressed', 'true');
      timer = setInterval(() => { scrub.value = +scrub.value + +$('#spd').value; show(address(+scrub.value)); if (scrub.value === scrub.max) stop(); }, 1000);
    });
    d.addEventListener('click', e => { const a = e.target.closest('.chapters a[data-day]'); if (!a) return; e.preventDefault(); stop(); scrub.value = a.dataset.day; show(a.getAttribute('href')); });
  }

  /* 5. Boxes: all rows of a page, everybody expected; a paper is printed. */
  $$('[data-all]').forEach(all => all.addEventListener('change', () => $$(`input[type=checkbox][form="${all.dataset.all}"]`).forEach(box => { box.checked = all.checked; })));
  $$('[data-tick-all]').forEach(a => a.addEventListener('click', e => { e.preventDefault(); $$('input[name=present]', a.closest('form')).forEach(box => { box.checked = true; }); a.closest('form').dispatchEvent(new Event('input')); }));
  $$('[data-print]').forEach(b => b.addEventListener('click', () => print()));

  /* 6. A link to something folded away opens it. */
  const unfold = () => { const target = location.hash.length > 1 && d.getElementById(location.hash.slice(1)); if (target?.tagName === 'DETAILS') target.open = true; };
  addEventListener('hashchange', unfold); unfold();
})();
